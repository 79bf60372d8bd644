"""The actor table: who a name is."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.commands.options import DONE, NOTHING, Actors, Date, TableFormat, print_text

__all__ = ["lookup"]


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
        print_text(table.to_csv() if format is TableFormat.csv else table.to_json() + "\n")
    raise typer.Exit(DONE if found else NOTHING)
