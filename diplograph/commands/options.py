"""What the commands share: options, exit codes, how a refusal and a count are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from diplograph.errors import DiplographError

if TYPE_CHECKING:
    from diplograph.extract.marks import Mark
    from diplograph.graph.query import Table

console = Console(stderr=True)

DONE, PARTLY, USAGE, NOTHING = 0, 1, 2, 3


class TableFormat(StrEnum):
    """How a table can be printed."""

    table = "table"
    csv = "csv"
    json = "json"


def checked_date(value: str | None) -> str | None:
    """Return the date of an option; wrong usage if it is none."""
    from diplograph.extract.documents import DATE_REMEDY, is_date

    if value is not None and not is_date(value):
        raise typer.BadParameter(f"{value!r} is no date ({DATE_REMEDY})")
    return value


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Text (.txt .md .html .jsonl .csv), a folder, or - for standard input."),
]
Store = Annotated[
    str,
    typer.Option("--store", metavar="DIR", help="Folder of the graph, or address of a SPARQL 1.1 store (http://...)."),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="OUT", help="File to write; standard output if not given.")
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="ISO date of texts that bring none.", callback=checked_date),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Installed spaCy pipeline to read with, in place of the bundled one."),
]
Actors = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Your own actors (.csv .json .ttl), over ours; may be repeated."),
]
Lexicon = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", metavar="FILE", help="Your own words for events (.toml), before ours; may be repeated."),
]
OverrulesFile = Annotated[
    list[Path] | None,
    typer.Option("--overrules", metavar="FILE", help="CSV of who is who, or of marks on mentions; may be repeated."),
]
Processes = Annotated[int, typer.Option("--processes", min=1, metavar="N", help="Worker processes.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Read texts that do not look like English too.")]
NoText = Annotated[
    bool, typer.Option("--no-text", help="Leave texts and triples out of the records (offsets and names stay).")
]
Least = Annotated[
    float, typer.Option("--least", min=0.0, max=1.0, metavar="P", help="Leave out triples with less confidence.")
]


def refuse(item: tuple[str, DiplographError]) -> int:
    """Say which input was refused and why; return 1, to be counted."""
    console.print(f"refused: {item[1]}", style="yellow", highlight=False, markup=False, soft_wrap=True)
    return 1


def say_unfound(marks: Sequence[Mark]) -> None:
    """Say which marks of a coder found no mention; they are no reason to fail."""
    if not marks:
        return
    fault = f"{count(len(marks), 'mark')} found no mention: the text or the reading changed; mark anew, or take out"
    for line in (fault, *(f"  {mark}" for mark in marks)):
        console.print(line, style="yellow", highlight=False, markup=False, soft_wrap=True)


def exit_code(done: int, refused: int) -> int:
    """Return the exit code of so many inputs done and refused."""
    if done == 0:
        return NOTHING
    return PARTLY if refused else DONE


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def print_text(text: str) -> None:
    """Print to standard output in UTF-8, whatever the terminal says."""
    sys.stdout.buffer.write(text.encode("utf-8"))


def print_table(table: Table, format: TableFormat) -> None:
    """Print a table to standard output: CSV, JSON, or for people."""
    if format is TableFormat.csv:
        print_text(table.to_csv())
    elif format is TableFormat.json:
        print_text(table.to_json() + "\n")
    else:
        from diplograph.listing import table_listing

        table_listing(table)
