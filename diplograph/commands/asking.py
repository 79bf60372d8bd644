"""What is in a graph: `query` asks it, `export` writes it for other programs, `view` draws it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.commands.options import Store, TableFormat, console, print_table
from diplograph.errors import InputError
from diplograph.output import output_file

if TYPE_CHECKING:
    from diplograph.graph.query import Table

__all__ = ["export", "query", "view"]


def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="SPARQL; the prefixes dg: sem: prov: ... are known.")
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store", metavar="DIR", help="Folder of the graph, or address of a SPARQL 1.1 store (http://...)."
        ),
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="F", help="File with the query.")] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="Question of the cookbook to ask (docs/cookbook.md).")
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="List the questions of the cookbook.")] = False,
    format: Annotated[TableFormat, typer.Option(help="How to print the answer.")] = TableFormat.table,
) -> None:
    """Ask the graph in SPARQL, or one of the questions of the cookbook."""
    if questions:
        print_table(_listed(), format)
        return
    if sum(given is not None for given in (sparql, file, question)) != 1:
        raise typer.BadParameter("give a query, --file or --question, one of them")
    if store is None:
        raise typer.BadParameter("Missing option '--store'.")
    from diplograph.graph.cookbook import question as look_up
    from diplograph.graph.store import KnowledgeGraph

    if question is not None:
        sparql = look_up(question).sparql
    elif file is not None:
        sparql = _content(file)
    with KnowledgeGraph(store, read_only=True) as graph:
        table = graph.query(sparql or "")
    print_table(table, format)


def _listed() -> Table:
    """Return the questions of the cookbook as a table."""
    from diplograph.graph.cookbook import questions
    from diplograph.graph.query import Table

    return Table(("id", "topic", "question"), [(q.id, q.topic, q.question) for q in questions()])


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}", remedy="check the path") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8", remedy="save the query as UTF-8") from None


def export(
    store: Store,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="events csv plover records verdicts; turtle trig nquads jsonld; graphml gexf cytoscape; in a folder: "
            "parquet neo4j.",
        ),
    ] = "events",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="File or folder to write; standard output if not given."),
    ] = None,
) -> None:
    """Write the graph in another format.

    The format `events` gives one merged event a line, with its history; docs/formats.md tells of all.
    """
    from diplograph.graph.export import folder_formats
    from diplograph.graph.store import KnowledgeGraph

    if format in folder_formats():
        folder = _folder(format, output)
        with KnowledgeGraph(store, read_only=True) as graph:
            files = graph.export_files(format)
        for name, data in files.items():
            with output_file(folder / name) as out:
                out.write(data)
        console.print(f"wrote {', '.join(files)} in {folder}", highlight=False, markup=False)
        return
    with KnowledgeGraph(store, read_only=True) as graph:
        data = graph.export(format)
    with output_file(output) as out:
        out.write(data)


def _folder(format: str, output: Path | None) -> Path:
    """Return the folder to write to; `InputError` if none is given, or a file."""
    if output is None:
        raise InputError(f"format {format!r} is written as several files", remedy="give a folder: -o FOLDER")
    if output.exists() and not output.is_dir():
        raise InputError(f"{output}: is a file, and format {format!r} needs a folder", remedy="give another name")
    return output


def view(
    store: Store,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PAGE.html", help="Page to write.")],
    title: Annotated[str, typer.Option(help="Title of the page.")] = "Diplomatic events",
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Events from this day, month or year on.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Events until then.")] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="An actor and those that it has to do with.")
    ] = None,
) -> None:
    """Write the interactive page, one HTML file that needs no network: network, timeline, map, documents, table."""
    from diplograph.graph.finding import narrowed
    from diplograph.graph.store import KnowledgeGraph

    with KnowledgeGraph(store, read_only=True) as graph:
        wanted = any(given is not None for given in (start, end, actor))
        events = narrowed(graph.events(), start=start, end=end, actor=actor) if wanted else None
        page = graph.page(title=title, events=events)
    with output_file(output) as out:
        out.write(page.encode("utf-8"))
    console.print(f"wrote {output}", highlight=False, markup=False)
