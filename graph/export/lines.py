"""Merged events out: one JSON object a line, or a CSV row an event; and the records that they were made of."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from diplograph.graph.events import MergedEvent

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["event_object", "spreadsheet_safe", "to_csv", "to_events", "to_records", "to_verdicts"]

_COLUMNS = (
    "id", "class", "mode", "participants", "place", "date", "was", "status", "reports", "documents", "label",
)  # fmt: skip


def event_object(event: MergedEvent) -> dict[str, Any]:
    """Return a merged event as JSON-ready objects."""
    return {
        "id": event.id,
        "class": event.event_class,
        "mode": event.mode,
        "participants": [p.name for p in event.participants],
        "place": event.place.name if event.place else None,
        "date": event.date,
        "was": event.was,
        "status": event.status,
        "history": [
            {
                "status": s.status,
                "date": s.date,
                "document": s.document,
                "sentence": s.quote or list(s.sentence),
                "source": s.source,
                "event_date": s.event_date,
                "place": s.place,
                "confidence": s.confidence,
                "because": s.because,
            }
            for s in event.history
        ],
        "links": [{"rel": link.rel, "event": link.event} for link in event.links],
        "documents": list(event.documents),
    }


def to_events(graph: KnowledgeGraph) -> bytes:
    """One merged event a line, with its history."""
    lines = [json.dumps(event_object(e), ensure_ascii=False) for e in graph.events()]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def to_records(graph: KnowledgeGraph) -> bytes:
    """One record a line, by document id; a graph that is built from them, with its `verdicts` if any, is the same."""
    records = sorted(graph.records(), key=lambda r: r.id)
    return "".join(f"{record.to_json()}\n" for record in records).encode("utf-8")


def to_verdicts(graph: KnowledgeGraph) -> bytes:
    """What a user decided over which reports are of one event, as `build --verdicts` reads it."""
    return graph.verdicts.to_csv().encode("utf-8")


def spreadsheet_safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that may begin one gets an apostrophe in front.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("Budapest"), spreadsheet_safe(" @here")
    ("'=1+1", 'Budapest', "' @here")
    """
    return f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r", "\n"} else text


def to_csv(graph: KnowledgeGraph) -> bytes:
    """One merged event a row; lists are joined by "; ", and no cell is a formula (`spreadsheet_safe`)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for event in graph.events():
        row = {
            **event_object(event),
            "participants": "; ".join(p.name for p in event.participants),
            "documents": "; ".join(event.documents),
            "reports": len(event.history),
            "label": event.label,
        }
        writer.writerow([spreadsheet_safe(v) if isinstance(v := row[c], str) else v for c in _COLUMNS])
    return out.getvalue().encode("utf-8")
