"""Records, and decisions over them, as a notebook shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplograph.extract.records import Event, Extraction
from diplograph.markup import Html, Mark, block, cut, label, line, marked, names, panel, table

if TYPE_CHECKING:
    from diplograph.extract.marks import Marks
    from diplograph.extract.overrules import Overrules

__all__ = ["event_html", "extraction_html", "kind_of", "marks_html", "marks_of", "overrules_html"]


def kind_of(event: Event) -> str:
    """Return class and mode as one word: "CONSULT/summit"."""
    return f"{event.event_class}/{event.mode}" if event.mode else event.event_class


def marks_of(event: Event) -> tuple[Mark, ...]:
    """Return the words that tell of an event, that decided its status, and that name the speaker."""
    speaker = event.source
    said = [(speaker.begin, speaker.end)] if speaker else []
    return (
        (*event.trigger, "event"),
        *((*span, "status") for span in event.status_evidence),
        *((begin, end, "speaker") for begin, end in said if begin is not None and end is not None),
    )


def extraction_html(record: Extraction) -> Html:
    """Return a record: its document, and each mention of an event with its sentence."""
    counts = f"{len(record.events)} mentions of events, {len(record.actors)} actors, {len(record.triples)} triples"
    rows = []
    for event in record.events:
        quote = record.quote(event.sentence)
        where = f"[{event.sentence[0]}, {event.sentence[1]})"
        rows.append(
            (
                kind_of(event),
                label(event.status),
                names(p.name for p in event.participants),
                event.place.name if event.place else None,
                (event.time.value or event.time.text) if event.time else None,
                event.source.name if event.source else None,
                where if quote is None else marked(cut(quote, event.sentence[0], marks_of(event))),
            )
        )
    head = ("event", "status", "who", "where", "when", "speaker", "sentence")
    about = line(record.date or "no date", record.source, record.id, counts)
    return panel(record.title or record.id, about, *([table(head, rows)] if rows else []))


def event_html(event: Event) -> Html:
    """Return one mention of an event as a list of what is known of it."""
    sure = None if event.confidence is None else f"{event.confidence:.2f}"
    facts = [
        ("status", label(event.status)),
        *((p.role, p.name) for p in event.participants),
        ("place", event.place.name if event.place else None),
        ("time", f"{event.time.value or 'unknown'} ({event.time.text})" if event.time else None),
        ("time before", event.was),
        ("speaker", event.source.name if event.source else None),
        ("confidence", sure),
        *((f"{r.what} by", r.by) for r in event.reasons),
        ("id", event.id),
    ]
    return panel(kind_of(event), table(("", ""), [fact for fact in facts if fact[1]]))


def marks_html(marks: Marks) -> Html:
    """Return what a coder said of mentions, a row each."""
    rows = [(m.document, m.mention, m.mark, m.field, m.value, m.note) for m in marks.lines]
    if not rows:
        return panel("Marks", line("none: mentions stay as they were read"))
    return panel("Marks", table(("document", "mention", "mark", "field", "value", "note"), rows))


def overrules_html(overrules: Overrules) -> Html:
    """Return who is who, and what a coder said of mentions."""
    everywhere = [(actor, right, "all") for actor, right in overrules.everywhere.items()]
    here = [(actor, right, document) for (document, actor), right in overrules.in_document.items()]
    rows = [*everywhere, *here]
    who = table(("actor", "is", "document"), rows) if rows else line("none: actors stay as they were read")
    return block(panel("Who is who", who), marks_html(overrules.marks))
