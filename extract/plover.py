"""Records as PLOVER events: one JSON object for each report of an event, with PLOVER's fields and codes.

PLOVER (Open Event Data Alliance, draft 2.0) codes what is to come, was called off or was refused as other
classes; ontology/plover.toml has the table. What our record knows beyond PLOVER stays in it: `status`, and in
`link` the id of the real event that its reports share.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from diplograph.extract.layers import ACTING
from diplograph.extract.records import Event, Extraction, Participant
from diplograph.ontology.plover import PloverView, load_plover

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
    sides = event.participants
    acting = [p for p in sides if p.role in ACTING] or list(sides)
    home = event.place.country if event.place and code in view.placed else None
    if home is None and code in view.domestic:
        home = next((p.country for p in acting if p.country), None)
    recipients = [_actor(p, view, home) for p in sides if p not in acting]
    if not recipients and home:
        recipients = [{"name": None, "code": home, "sector": None}]
    return {
        "id": record.id,
        "date": event.time.value if event.time and event.time.value else record.date,
        "actor": [_actor(p, view, home) for p in acting],
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


def _actor(participant: Participant, view: PloverView, home: str | None) -> dict[str, Any]:
    """An actor's codes; a group that the text only describes ("protesters") is of the state where the event is."""
    table_id = participant.iri.rsplit("/actor/", 1)[-1] if participant.iri else ""
    country = participant.country
    code = view.codes.get(table_id) or view.codes.get(country or "", country)
    if code is None and table_id:
        code = view.codes.get(participant.kind or "")
    if code is None and participant.kind == "group":
        code = home
    return {"name": participant.name, "code": code, "sector": view.sectors.get(participant.kind or "")}
