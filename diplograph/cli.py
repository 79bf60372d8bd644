"""The command line. Results go to standard output (or -o), everything else to standard error.

Exit codes: 0 done; 1 done, but some inputs were refused (each named); 2 wrong usage; 3 nothing done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import diplograph
from diplograph.errors import DiplographError, InputError
from diplograph.output import output_file

if TYPE_CHECKING:
    from diplograph.extract.documents import Item
    from diplograph.extract.records import Extraction

__all__ = ["app", "main"]

app = typer.Typer(
    name="diplograph",
    help="A knowledge graph of diplomatic events from text: who did what with whom, what became of it, "
    "and which sentence says so.",
    epilog="Exit codes: 0 done; 1 done, but some inputs were refused (each named); 2 wrong usage; 3 nothing done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
actors_app = typer.Typer(help="The actor table: who a name is.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(actors_app, name="actors")
console = Console(stderr=True)

DONE, PARTLY, USAGE, NOTHING = 0, 1, 2, 3


class RecordFormat(StrEnum):
    """What `extract` can print."""

    jsonl = "jsonl"
    text = "text"
    explain = "explain"
    plover = "plover"
    triples = "triples"
    carb = "carb"


class TableFormat(StrEnum):
    """What `query` can print."""

    table = "table"
    csv = "csv"
    json = "json"


def _date(value: str | None) -> str | None:
    from diplograph.extract.documents import DATE_REMEDY, is_date

    if value is not None and not is_date(value):
        raise typer.BadParameter(f"{value!r} is no date ({DATE_REMEDY})")
    return value


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Text (.txt .md .html .jsonl .csv), a folder, or - for standard input."),
]
Store = Annotated[Path, typer.Option("--store", metavar="DIR", help="Folder of the graph.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="OUT", help="File to write; standard output if not given.")
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="ISO date of texts that bring none.", callback=_date),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Installed spaCy pipeline to read with, in place of the bundled one."),
]
Actors = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Your own actors (.csv .json .ttl), over ours; may be repeated."),
]
OverrulesFile = Annotated[
    Path | None, typer.Option("--overrules", metavar="FILE", help="CSV of your decisions over who is who.")
]
Processes = Annotated[int, typer.Option("--processes", min=1, metavar="N", help="Worker processes.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Read texts that do not look like English too.")]
NoText = Annotated[
    bool, typer.Option("--no-text", help="Leave texts and triples out of the records (offsets and names stay).")
]
Least = Annotated[
    float, typer.Option("--least", min=0.0, max=1.0, metavar="P", help="Leave out triples with less confidence.")
]


def _version(value: bool) -> None:
    if value:
        print(f"diplograph {diplograph.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options of the program itself."""


@app.command()
def extract(
    inputs: Inputs,
    format: Annotated[
        RecordFormat,
        typer.Option(
            help="jsonl: one record a line; text: for people; explain: with rules and words; plover: events in PLOVER; "
            "triples: a table of subject, relation, object; carb: the same in the format of the benchmark CaRB."
        ),
    ] = RecordFormat.jsonl,
    output: Output = None,
    date: Date = None,
    model: Model = None,
    actors: Actors = None,
    overrules: OverrulesFile = None,
    processes: Processes = 1,
    no_text: NoText = False,
    least: Least = 0.0,
    any_language: AnyLanguage = False,
) -> None:
    """Print what texts say: one record (a JSON object) a document."""
    refused = written = 0
    with output_file(output) as out:
        for item in _read(inputs, date, model, processes, any_language, actors, overrules):
            if isinstance(item, tuple):
                refused += _refuse(item)
                continue
            for line in _lines(item.without_text() if no_text else item.with_triples(least), format):
                out.write(f"{line}\n".encode())
            written += 1
        if not written:
            raise typer.Exit(NOTHING)
    raise typer.Exit(_code(written, refused))


def _lines(record: Extraction, format: RecordFormat) -> Iterable[str]:
    if format is RecordFormat.jsonl:
        return (record.to_json(),)
    if format is RecordFormat.plover:
        from diplograph.extract.plover import to_plover

        return to_plover(record)
    if format in {RecordFormat.triples, RecordFormat.carb}:
        from diplograph.extract.triples.formats import to_carb, to_table

        return to_carb(record) if format is RecordFormat.carb else to_table(record)
    from diplograph.listing import record_listing

    return (record_listing(record, explain=format is RecordFormat.explain),)


@app.command()
def build(
    inputs: Inputs,
    store: Store,
    date: Date = None,
    model: Model = None,
    actors: Actors = None,
    overrules: OverrulesFile = None,
    processes: Processes = 1,
    no_text: NoText = False,
    no_triples: Annotated[bool, typer.Option("--no-triples", help="Leave the triples out of the graph.")] = False,
    least: Least = 0.0,
    any_language: AnyLanguage = False,
) -> None:
    """Read texts or records into a graph.

    A document with the id of one that is there already takes its place.
    """
    from diplograph.graph.store import KnowledgeGraph

    with KnowledgeGraph(store) as graph:
        records: list[Extraction] = []
        refused = 0
        for item in _read(inputs, date, model, processes, any_language, actors, overrules):
            if isinstance(item, tuple):
                refused += _refuse(item)
            else:
                records.append(item.without_text() if no_text else item.with_triples(least))
        before = len(graph.documents())
        added = graph.add(records, triples=not no_triples)
        replaced = before + added - len(graph.documents())
        console.print(
            f"{_count(added, 'document')} read{f' ({replaced} replaced)' if replaced else ''}, "
            f"{_count(len(graph.events()), 'event')} in {store}",
            highlight=False,
            markup=False,
        )
    raise typer.Exit(_code(added, refused))


@app.command()
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
        _print(table.to_csv())
    elif format is TableFormat.json:
        _print(table.to_json() + "\n")
    else:
        from diplograph.listing import table_listing

        table_listing(table)


@app.command()
def export(
    store: Store,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="events csv turtle trig nquads jsonld graphml gexf")
    ] = "events",
    output: Output = None,
) -> None:
    """Write the graph in another format.

    The format `events` gives one merged event a line, with its history.
    """
    from diplograph.graph.store import KnowledgeGraph

    with KnowledgeGraph(store, read_only=True) as graph:
        data = graph.export(format)
    with output_file(output) as out:
        out.write(data)


@app.command()
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


@actors_app.command()
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help='A name or an office: "Bush", "the French president".')],
    date: Date = None,
    actors: Actors = None,
    format: Annotated[TableFormat, typer.Option(help="How to print the answer.")] = TableFormat.table,
) -> None:
    """Show what a name means on a date, and why; the likeliest first."""
    from diplograph.graph.query import Table
    from diplograph.listing import table_listing
    from diplograph.ontology.actors import load_actors
    from diplograph.ontology.lookup import look_up

    found = look_up(name, date, load_actors(actors or ()))
    rows = [(f.actor.id, f.actor.name, f.actor.kind, f.actor.country, f.why) for f in found]
    table = Table(("actor", "name", "kind", "country", "why"), rows)
    if format is TableFormat.table:
        table_listing(table)
    else:
        _print(table.to_csv() if format is TableFormat.csv else table.to_json() + "\n")
    raise typer.Exit(DONE if found else NOTHING)


@app.command()
def demo(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[IN...]", help="Your own texts; our example article if none.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for graph and page.")] = Path(
        "demo"
    ),
    date: Date = None,
) -> None:
    """Read an article into a new graph and a page; print its events."""
    from diplograph.api import Report
    from diplograph.api import build as build_graph
    from diplograph.graph.store import forget
    from diplograph.listing import events_listing

    report = Report()
    if not inputs:
        inputs, date = [_example()], date or "2025-10-22"
    store, page = output / "graph", output / "page.html"
    forget(store)
    with build_graph(inputs, store=store, date=date, report=report) as graph:
        refused = sum(_refuse(item) for item in report.refused)
        if report.documents:
            events_listing(graph.events())
            page.write_text(graph.page(), encoding="utf-8")
            print(f"\nPage:   {page}   (open it in a browser; it needs no network)")
            print(f"Graph:  {store}   (ask it: {_program()} query --store {store} '{_QUESTION}')")
    raise typer.Exit(_code(report.documents, refused))


def main() -> None:
    """Run the program: our own errors are one line and exit code 3."""
    try:
        app()
    except DiplographError as error:
        console.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(NOTHING)
    except BrokenPipeError:
        sys.exit(DONE)


_QUESTION = "SELECT ?a ?b WHERE { ?a dg:call ?b }"


def _program() -> str:
    """What to type to run this program again."""
    called = sys.argv[0]
    return "python -m diplograph" if called.endswith(".py") else called


def _example() -> str:
    from importlib.resources import files

    return str(files("diplograph.examples").joinpath("summit.txt"))


def _read(
    inputs: list[str],
    date: str | None,
    model: str | None,
    processes: int,
    any_language: bool,
    actors: list[Path] | None,
    overrules: Path | None,
) -> Iterator[Extraction | tuple[str, DiplographError]]:
    """Read the inputs with a progress bar, if somebody watches."""
    from diplograph.extract.overrules import read_overrules
    from diplograph.extract.pipeline import extract_many, load
    from diplograph.extract.readers import read_inputs

    items: list[Item] = list(read_inputs(inputs, date=date))
    nlp = load(model, actors=actors or ())
    decided = read_overrules(overrules, actors=actors or ()) if overrules else None
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=len(items) < 2 or not console.is_terminal) as bar:
        done = extract_many(items, nlp=nlp, processes=processes, check_language=not any_language, overrules=decided)
        yield from bar.track(done, total=len(items))


def _refuse(item: tuple[str, DiplographError]) -> int:
    console.print(f"refused: {item[1]}", style="yellow", highlight=False, markup=False, soft_wrap=True)
    return 1


def _code(done: int, refused: int) -> int:
    if done == 0:
        return NOTHING
    return PARTLY if refused else DONE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
