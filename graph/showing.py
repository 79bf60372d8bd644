"""What is in a graph, as a notebook shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from diplograph.graph.events import Disagreement, MergedEvent
from diplograph.markup import Html, label, line, panel, table

if TYPE_CHECKING:
    from diplograph.graph.verdicts import Verdicts

__all__ = ["disagreement_html", "event_html", "events_html", "graph_html", "verdicts_html"]

_EVENTS = 20
"""Events that a graph shows of itself."""


def graph_html(where: object, events: Sequence[MergedEvent], documents: int, quads: int) -> Html:
    """Return a graph: how much there is in it, what became of it, and its latest events."""
    found = Counter(event.status for event in events)
    counts = line(f"{len(events)} events", f"{documents} documents", f"{quads} quads", where)
    latest = sorted(events, key=lambda e: (e.when or "", e.id), reverse=True)
    parts = [line(*(f"{number} {status}" for status, number in found.most_common()), small=True)] if found else []
    return panel("Knowledge graph", counts, *parts, *([events_html(latest)] if latest else []))


def events_html(events: Iterable[MergedEvent]) -> Html:
    """Return events, a row each."""
    rows = [
        (e.label, label(e.status), e.when, e.place.name if e.place else None, len(e.history), len(e.documents), e.id)
        for e in events
    ]
    return table(("event", "now", "date", "place", "reports", "documents", "id"), rows, shown=_EVENTS)


def event_html(event: MergedEvent) -> Html:
    """Return a merged event with its history."""
    rows = [
        (n, s.date, label(s.status), s.event_date, s.place, s.source, s.quote, s.document)
        for n, s in enumerate(event.history, 1)
    ]
    kind = f"{event.event_class}/{event.mode}" if event.mode else event.event_class
    about = line(
        kind,
        Html(f"now {label(event.status)}"),
        f"on {event.date}" if event.date else None,
        f"planned before for {event.was}" if event.was else None,
        f"in {event.place.name}" if event.place else None,
        event.id,
    )
    who = line(*(f"{p.name} ({p.role})" for p in event.participants), small=True)
    head = ("", "reported", "status", "for", "in", "speaker", "sentence", "document")
    return panel(event.label, about, who, table(head, rows))


def disagreement_html(found: Disagreement) -> Html:
    """Return who says what in a disagreement."""
    rows = [(value, s.date, s.source, s.quote, s.document) for value, s in zip(found.values, found.steps, strict=True)]
    return panel(
        f"Sources disagree on the {found.about}", table(("says", "reported", "speaker", "sentence", "document"), rows)
    )


def verdicts_html(verdicts: Verdicts) -> Html:
    """Return the decisions over which reports are of one event."""
    rows = [(*v.one, "same" if v.same else "not same", *v.other, v.note) for v in verdicts.lines]
    if not rows:
        return panel("Verdicts", line("none: the signs decide"))
    return panel("Verdicts", table(("document", "event", "", "other document", "other event", "note"), rows))
