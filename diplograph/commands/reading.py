"""Texts in: `extract` prints what they say, `build` keeps it in a graph, `demo` shows both."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import diplograph
from diplograph.commands.options import (
    NOTHING,
    Actors,
    AnyLanguage,
    Date,
    Inputs,
    Least,
    Lexicon,
    Model,
    NoText,
    Output,
    OverrulesFile,
    Processes,
    Store,
    console,
    count,
    exit_code,
    refuse,
    say_unfound,
)
from diplograph.errors import DiplographError
from diplograph.output import output_file

if TYPE_CHECKING:
    from diplograph.extract.documents import Item
    from diplograph.extract.marks import Mark
    from diplograph.extract.records import Extraction
    from diplograph.graph.journal import Journal

__all__ = ["build", "demo", "extract"]


class RecordFormat(StrEnum):
    """What `extract` can print."""

    jsonl = "jsonl"
    text = "text"
    explain = "explain"
    plover = "plover"
    triples = "triples"
    carb = "carb"


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
    lexicon: Lexicon = None,
    overrules: OverrulesFile = None,
    processes: Processes = 1,
    no_text: NoText = False,
    least: Least = 0.0,
    any_language: AnyLanguage = False,
) -> None:
    """Print what texts say: one record (a JSON object) a document."""
    from diplograph.extract.overrules import read_overrules
    from diplograph.ontology.lexicon import load_lexicon

    if lexicon:
        load_lexicon(lexicon)
    decided = read_overrules(overrules or (), actors=actors or ())
    unfound: list[Mark] = []
    refused = written = 0
    with output_file(output) as out:
        for item in read(inputs, date, model, processes, any_language, actors, lexicon):
            if isinstance(item, tuple):
                refused += refuse(item)
                continue
            unfound += decided.unfound(item)
            record = decided.apply(item)
            for line in _lines(record.without_text() if no_text else record.with_triples(least), format):
                out.write(f"{line}\n".encode())
            written += 1
        say_unfound(unfound)
        if not written:
            raise typer.Exit(NOTHING)
    raise typer.Exit(exit_code(written, refused))


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


def build(
    inputs: Inputs,
    store: Store,
    date: Date = None,
    model: Model = None,
    actors: Actors = None,
    lexicon: Lexicon = None,
    overrules: OverrulesFile = None,
    verdicts: Annotated[
        Path | None, typer.Option("--verdicts", metavar="FILE", help="CSV of your decisions over which events are one.")
    ] = None,
    processes: Processes = 1,
    no_text: NoText = False,
    no_triples: Annotated[bool, typer.Option("--no-triples", help="Leave the triples out of the graph.")] = False,
    least: Least = 0.0,
    any_language: AnyLanguage = False,
) -> None:
    """Read texts or records into a graph.

    A document with the id of one that is there already takes its place. A build that was stopped goes on where it
    was when the same command is given again.
    """
    from diplograph.api import Report
    from diplograph.api import build as build_graph
    from diplograph.graph.journal import Journal

    files = [[*map(_contents, given or ())] for given in (actors, lexicon)]
    settings = [diplograph.__version__, model, no_text, least, *files]
    journal = None if "://" in store else Journal.beside(store, settings)
    report = Report()
    refused = done = 0

    def records() -> Iterator[Extraction]:
        nonlocal refused, done
        if journal:
            _say(f"going on: {count(len(journal), 'document')} were read before")
        for item in read(inputs, date, model, processes, any_language, actors, lexicon, journal):
            if isinstance(item, tuple):
                refused += refuse(item)
                continue
            record = item.without_text() if no_text else item.with_triples(least)
            if journal is not None:
                journal.add(record)
            done += 1
            yield record

    try:
        graph = build_graph(
            records(),
            store=store,
            triples=not no_triples,
            overrules=overrules,
            verdicts=verdicts,
            actors=actors or (),
            lexicon=lexicon or (),
            report=report,
        )
    except KeyboardInterrupt:
        kept = f"; what was read is kept in {journal.path}" if journal is not None else ""
        _say(f"stopped after {count(done, 'document')}{kept}: give the same command again to go on")
        raise typer.Exit(NOTHING) from None
    with graph:
        if journal is not None:
            journal.close()
        again = f" ({report.replaced} replaced)" if report.replaced else ""
        _say(f"{count(report.documents, 'document')} read{again}, {count(len(graph.events()), 'event')} in {store}")
        say_unfound(report.unfound)
    raise typer.Exit(exit_code(report.documents, refused))


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)


def _contents(path: Path) -> str:
    """What is in a file that decides how texts are read; a folder or a missing file is for its reader to refuse."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else str(path)


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
    from diplograph.graph.backends import forget
    from diplograph.listing import events_listing

    report = Report()
    if not inputs:
        inputs, date = [_example()], date or "2025-10-22"
    store, page = output / "graph", output / "page.html"
    forget(store)
    with build_graph(inputs, store=store, date=date, report=report) as graph:
        refused = sum(refuse(item) for item in report.refused)
        if report.documents:
            events_listing(graph.events())
            page.write_text(graph.page(), encoding="utf-8")
            print(f"\nPage:   {page}   (open it in a browser; it needs no network)")
            print(f"Graph:  {store}   (ask it: {_program()} query --store {store} '{_QUESTION}')")
    raise typer.Exit(exit_code(report.documents, refused))


_QUESTION = "SELECT ?a ?b WHERE { ?a dg:call ?b }"


def _program() -> str:
    """What to type to run this program again."""
    called = sys.argv[0]
    return "python -m diplograph" if called.endswith(".py") else called


def _example() -> str:
    from importlib.resources import files

    return str(files("diplograph.examples").joinpath("summit.txt"))


def read(
    inputs: list[str],
    date: str | None,
    model: str | None,
    processes: int,
    any_language: bool,
    actors: list[Path] | None,
    lexicon: list[Path] | None,
    journal: Journal | None = None,
) -> Iterator[Extraction | tuple[str, DiplographError]]:
    """Read the inputs, less those that the journal has, with a progress bar if somebody watches."""
    from diplograph.extract.documents import Document
    from diplograph.extract.pipeline import extract_many, load
    from diplograph.extract.readers import read_inputs
    from diplograph.extract.records import text_hash

    items: list[Item] = list(read_inputs(inputs, date=date))
    if journal:
        known = ((journal.record_of(i, text_hash(i.text)) if isinstance(i, Document) else None) for i in items)
        items = [found or item for found, item in zip(known, items, strict=True)]
    nlp = partial(load, model, actors=actors or (), lexicon=lexicon or ())
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=len(items) < 2 or not console.is_terminal) as bar:
        done = extract_many(items, nlp=nlp, processes=processes, check_language=not any_language)
        yield from bar.track(done, total=len(items))
