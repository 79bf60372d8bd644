"""Events and tables for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from diplograph.extract.records import Event, Extraction
from diplograph.graph.events import MergedEvent
from diplograph.graph.query import Table, short
from diplograph.markup import plain

__all__ = ["events_listing", "explanation", "found_listing", "history_listing", "record_listing", "table_listing"]

_STYLES = {
    "occurred": "green", "ongoing": "green", "planned": "cyan", "proposed": "blue",
    "postponed": "yellow", "cancelled": "red", "refused": "red", "hypothetical": "magenta",
}  # fmt: skip
_WIDE = 100


def _console() -> Console:
    """Standard output; wide enough for tables where it is no terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDE)


def events_listing(events: Sequence[MergedEvent]) -> None:
    """Print merged events, in the order of their first report."""
    table = RichTable(title=f"{len(events)} events", title_justify="left")
    for name in ("Event", "Class", "Status", "Date", "Place"):
        table.add_column(name, overflow="fold")
    for event in sorted(events, key=lambda e: (e.history[0].date or "", e.history[0].sentence, e.label)):
        steps = list(dict.fromkeys(s.status for s in event.history if s.status != event.status))
        status = Text(event.status, style=_STYLES[event.status])
        if steps:
            status.append(f" (also {', '.join(steps)})", style="dim")
        table.add_row(
            Text(event.label),
            event.event_class,
            status,
            event.date or "",
            Text(event.place.name if event.place else ""),
        )
    _console().print(table)


def found_listing(events: Sequence[MergedEvent]) -> Table:
    """Return a table of events by which each can be told from the others and named."""
    rows: list[tuple[str | None, ...]] = [
        (e.id, e.label, e.status, e.date, e.place.name if e.place else None, e.history[0].date) for e in events
    ]
    return Table(("event", "label", "status", "date", "place", "reported"), rows)


def history_listing(event: MergedEvent) -> str:
    """Return the history of an event as plain text: each step with who says so, its sentence, and where that stands."""
    kind = f"{event.event_class}/{event.mode}" if event.mode else event.event_class
    about = [kind, f"now {event.status}", event.date, f"before {event.was}" if event.was else None]
    about += [f"in {event.place.name}"] if event.place else []
    lines = [f"{plain(event.label)}  ({event.id})", "  " + ", ".join(plain(a) for a in about if a)]
    for number, step in enumerate(event.history, 1):
        head = [f"{number:3}  {step.date or 'undated'}  {step.status}"]
        head += [f"for {step.event_date}"] if step.event_date else []
        head += [f"before for {step.was}"] if step.was else []
        head += [f"in {plain(step.place)}"] if step.place else []
        head += [f"says {plain(step.source)}"] if step.source else []
        where = f"{plain(step.document)} [{step.sentence[0]}, {step.sentence[1]})"
        lines += ["", "  ".join(head)]
        lines += [f"     {plain(step.quote)}"] if step.quote is not None else []
        lines += [f"     {where}"]
        lines += [f"     same event: {plain(step.because)}"] if step.because else []
    return "\n".join(lines) + "\n"


def table_listing(table: Table) -> None:
    """Print the answer to a query."""
    shown = RichTable()
    for name in table.columns:
        shown.add_column(name, overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(short(value)) for value in row))
    _console().print(shown if table.rows else "no rows")


def record_listing(record: Extraction, *, explain: bool = False) -> str:
    """Return a record as plain text: each event with its sentence; `explain` adds which rules and models found it."""
    lines = [f"{record.id}  {record.date or 'no date'}  {record.title or ''}".rstrip()]
    for event in record.events:
        parties = ", ".join(f"{p.name} ({p.role})" for p in event.participants)
        kind = f"{event.event_class}/{event.mode}" if event.mode else event.event_class
        parts = [f"  {kind}", event.status, parties]
        parts += [f"in {event.place.name}"] if event.place else []
        parts += (
            [f"time {event.time.text}" + (f" = {event.time.value}" if event.time.value else "")] if event.time else []
        )
        parts += [f"says {event.source.name}"] if event.source else []
        lines.append("  ".join(parts))
        quote = record.quote(event.sentence)
        where = f"[{event.sentence[0]}, {event.sentence[1]})"
        lines.append(f"      {where} {' '.join(quote.split())}" if quote is not None else f"      {where}")
        lines += explanation(record, event) if explain else []
    return "\n".join(lines)


def explanation(record: Extraction, event: Event) -> list[str]:
    """Return a line for each rule or model that an event and its status go by, with the words that it read, and one
    for each participant who was weighed."""
    lines = [] if event.confidence is None else [f"      confidence {event.confidence:.2f}"]
    for reason in event.reasons:
        share = "" if reason.probability is None else f" ({reason.probability:.2f})"
        lines.append(f"      {reason.what} by {reason.by}{share}: {_words(record, reason.begin, reason.end)}")
    return lines + [
        f"      {p.role} {p.name} ({p.confidence:.2f}): {_words(record, p.begin, p.end)}"
        for p in event.participants
        if p.confidence is not None and p.begin is not None and p.end is not None
    ]


def _words(record: Extraction, begin: int, end: int) -> str:
    """The words of a span in quotation marks; its bounds, where the record has no text."""
    words = record.quote((begin, end))
    return f"{' '.join(words.split())!r}" if words is not None else f"[{begin}, {end})"
