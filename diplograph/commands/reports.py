"""The life of events: `report` lists what was never held, moved, contested ...; `history` tells that of one event."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.commands.options import Store, TableFormat, checked_date, print_table, print_text
from diplograph.errors import InputError

__all__ = ["history", "report"]


def report(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="announced-first, disagreements, moved, never-held, one-source, open-plans or postponed.",
        ),
    ],
    store: Store,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Day from which open-plans looks back (today if not given); never-held then takes in overdue plans.",
            callback=checked_date,
        ),
    ] = None,
    times: Annotated[int, typer.Option(min=1, metavar="N", help="How often postponed must count at least.")] = 2,
    format: Annotated[TableFormat, typer.Option(help="How to print the report.")] = TableFormat.table,
) -> None:
    """List events by what became of them: never held, postponed twice, moved, contested, from one source only.

    docs/lifecycle.md explains each report and its columns.
    """
    from diplograph.graph.reports import REPORTS
    from diplograph.graph.reports import report as make
    from diplograph.graph.store import KnowledgeGraph

    if name not in REPORTS:
        raise typer.BadParameter(f"no report {name!r}; use one of {', '.join(REPORTS)}")
    with KnowledgeGraph(store, read_only=True) as graph:
        table = make(name, graph.events(), on=on, times=times)
    print_table(table, format)


def history(
    words: Annotated[
        list[str], typer.Argument(metavar="EVENT", help="Id of an event, or words of its label, status, place, date.")
    ],
    store: Store,
    format: Annotated[TableFormat, typer.Option(help="How to print the steps.")] = TableFormat.table,
) -> None:
    """Tell what became of one event, report by report: date, status, who says so, in which sentence.

    If several events fit the words, they are listed.
    """
    from diplograph.graph.reports import find_events
    from diplograph.graph.reports import history as steps_of
    from diplograph.graph.store import KnowledgeGraph
    from diplograph.listing import found_listing, history_listing

    sought = " ".join(words)
    with KnowledgeGraph(store, read_only=True) as graph:
        found = find_events(graph.events(), sought)
    if not found:
        raise InputError(f"{store}: no event {sought!r}", remedy="use fewer words, or an id from `diplograph export`")
    if len(found) > 1:
        print_table(found_listing(found), format)
    elif format is TableFormat.table:
        print_text(history_listing(found[0]))
    else:
        print_table(steps_of(found[0]), format)
