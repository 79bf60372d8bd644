"""Records as PLOVER events: one JSON object for each report of an event, with PLOVER's fields and codes.

PLOVER (Open Event Data Alliance, draft 2.0) codes what is to come, was called off or was refused as other
classes; ontology/plover.toml has the table. What our record knows beyond PLOVER stays in it: `status`, and in
`link` the id of the real event that its reports share.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from diplograph.extract.records import Event, Extraction
from diplograph.ontology.plover import PloverParty, PloverView, load_plover

__all__ = ["to_plover"]


def to_plover(record: Extraction) -> Iterator[str]:
    """Yield the events of a record, one JSON object a line each; reports that say the same again are left out.

    Agents and mediators are actors, the others recipients; where nobody is an agent, all are actors.
    """
    view = load_plover()
    classes = {event.id: event.event_class for event in record.events}
    said = set()
    for event in record.events:
        demand = next((classes[link.event] for link in event.links), None)
        code, mode = view.code(event.event_class, event.mode, event.status, demand)
        if code and (event.event, code) not in said:
            said.add((event.event, code))
            yield json.dumps(_object(record, event, code, mode, view), ensure_ascii=False)


def _object(record: Extraction, event: Event, code: str, mode: str | None, view: PloverView) -> dict[str, Any]:
    parties = [
        PloverParty(p.name, p.role, p.kind, p.country, p.iri.rsplit("/actor/", 1)[-1] if p.iri else "")
        for p in event.participants
    ]
    actors, recipients = view.sides(parties, code, event.place.country if event.place else None)
    return {
        "id": record.id,
        "date": event.time.value if event.time and event.time.value else record.date,
        "actor": actors,
        "recipient": recipients,
        "event": code,
        "mode": mode,
        "event_loc": event.place.name if event.place else None,
        "event_text": record.quote(event.trigger),
        "status": event.status,
        "link": event.event,
        "text_info": {"start": event.sentence[0], "end": event.sentence[1]},
        "cite_info": {"title": record.title, "url": record.source},
    }
