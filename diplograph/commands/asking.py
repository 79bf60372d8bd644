"""What is in a graph: `query` asks it, `export` writes it for other programs, `view` draws it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph.commands.options import Store, TableFormat, console, print_text
from diplograph.errors import InputError
from diplograph.output import output_file

__all__ = ["export", "query", "view"]


def query(
    store: Store,
    sparql: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="SPARQL; the prefixes dg: sem: prov: ... are known.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="F", help="File with the query.")] = None,
    format: Annotated[TableFormat, typer.Option(help="How to print the answer.")] = TableFormat.table,
) -> None:
    """Ask the graph in SPARQL."""
    from diplograph.graph.store import KnowledgeGraph

    if (sparql is None) == (file is None):
        raise typer.BadParameter("give a query or --file, one of them")
    if file is not None:
        try:
            sparql = file.read_text(encoding="utf-8")
        except OSError as error:
            raise InputError(f"{file}: {error.strerror}", remedy="check the path") from None
        except UnicodeDecodeError:
            raise InputError(f"{file}: not UTF-8", remedy="save the query as UTF-8") from None
    with KnowledgeGraph(store, read_only=True) as graph:
        table = graph.query(sparql or "")
    if format is TableFormat.csv:
        print_text(table.to_csv())
    elif format is TableFormat.json:
        print_text(table.to_json() + "\n")
    else:
        from diplograph.listing import table_listing

        table_listing(table)


def export(
    store: Store,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="events csv plover records; turtle trig nquads jsonld; graphml gexf cytoscape; into a folder: parquet "
            "neo4j.",
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
) -> None:
    """Write the interactive page, one HTML file that needs no network."""
    from diplograph.graph.store import KnowledgeGraph

    with KnowledgeGraph(store, read_only=True) as graph:
        page = graph.page(title=title)
    with output_file(output) as out:
        out.write(page.encode("utf-8"))
    console.print(f"wrote {output}", highlight=False, markup=False)
