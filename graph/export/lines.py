"""Merged events out: one JSON object a line, or a CSV row an event."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from diplograph.graph.events import MergedEvent

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["event_object", "to_csv", "to_events"]

_COLUMNS = ("id", "class", "mode", "participants", "place", "date", "status", "reports", "documents")


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
            }
            for s in event.history
        ],
        "documents": list(event.documents),
    }


def to_events(graph: KnowledgeGraph) -> bytes:
    """One merged event a line, with its history."""
    lines = [json.dumps(event_object(e), ensure_ascii=False) for e in graph.events()]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def to_csv(graph: KnowledgeGraph) -> bytes:
    """One merged event a row; lists are joined by "; "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for event in graph.events():
        o = event_object(event)
        row = {
            **o,
            "participants": "; ".join(o["participants"]),
            "documents": "; ".join(o["documents"]),
            "reports": len(o["history"]),
        }
        writer.writerow([row[c] for c in _COLUMNS])
    return out.getvalue().encode("utf-8")
