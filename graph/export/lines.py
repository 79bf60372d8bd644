"""Merged events out: one JSON object a line, or a CSV row an event; and the records that they were made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from diplograph.graph.events import MergedEvent
from diplograph.graph.spreadsheet import spreadsheet_csv

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["event_object", "to_csv", "to_events", "to_records", "to_verdicts"]

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


def to_csv(graph: KnowledgeGraph) -> bytes:
    """One merged event a row; lists are joined by "; ", and no cell is a formula (`spreadsheet_csv`)."""
    rows = (
        {
            **event_object(event),
            "participants": "; ".join(p.name for p in event.participants),
            "documents": "; ".join(event.documents),
            "reports": len(event.history),
            "label": event.label,
        }
        for event in graph.events()
    )
    return spreadsheet_csv(_COLUMNS, ([row[c] for c in _COLUMNS] for row in rows)).encode("utf-8")
