"""Merged events as PLOVER events, one JSON object a line (see `diplograph.ontology.plover` for the codes)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from diplograph.graph.events import MergedEvent, Party, Step
from diplograph.ontology.actors import ACTOR_BASE
from diplograph.ontology.plover import PloverParty, PloverView, load_plover

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["plover_object", "to_plover"]


def to_plover(graph: KnowledgeGraph) -> bytes:
    """One merged event a line, by its present status; those that PLOVER has no code for are left out."""
    events, view = graph.events(), load_plover()
    classes = {event.id: event.event_class for event in events}
    tables = graph.tables()
    iris = {row["actor"]: row["iri"] for row in tables.plain("actors") if row["iri"]}
    documents = {row["document"]: (row["title"], row["source"]) for row in tables.plain("documents")}
    lines = []
    for event in events:
        demand = next((classes.get(link.event) for link in event.links), None)
        found = plover_object(event, demand, iris, documents, view)
        if found:
            lines.append(json.dumps(found, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def plover_object(
    event: MergedEvent,
    content_of: str | None,
    iris: Mapping[str, str],
    documents: Mapping[str, tuple[str | None, str | None]],
    view: PloverView,
) -> dict[str, Any] | None:
    """Return a merged event with PLOVER's fields; None if PLOVER has no such event.

    Parameters
    ----------
    event : MergedEvent
    content_of : class of the demand, threat or refusal that has the event as its content
    iris : IRI of each actor that has one
    documents : title and source of each document
    view : PloverView
    """
    parties = [_party(p, iris) for p in event.participants]
    abroad = view.is_abroad(parties)
    code, mode = view.code(event.event_class, event.mode, event.status, content_of, abroad=abroad)
    if not code:
        return None
    actors, recipients = view.sides(parties, code, event.place.country if event.place else None)
    step = _telling(event)
    title, source = documents.get(step.document, (None, None))
    # what PLOVER codes of a plan or its end is that it was made or ended: that was when it was reported
    is_itself = code == event.event_class and event.status in {"occurred", "ongoing"}
    return {
        "id": event.id,
        "date": (event.date or step.date) if is_itself else step.date or event.date,
        "actor": actors,
        "recipient": recipients,
        "event": code,
        "mode": mode,
        "event_loc": event.place.name if event.place else None,
        "event_text": step.quote,
        "status": event.status,
        "link": event.id,
        "text_info": {"start": step.sentence[0], "end": step.sentence[1]},
        "cite_info": {"title": title, "url": source, "documents": list(event.documents)},
    }


def _party(party: Party, iris: Mapping[str, str]) -> PloverParty:
    iri = iris.get(party.actor, "")
    entry = iri.removeprefix(ACTOR_BASE) if iri.startswith(ACTOR_BASE) else ""
    return PloverParty(party.name, party.role, party.kind, party.country, entry)


def _telling(event: MergedEvent) -> Step:
    """The first report of the present status."""
    return next((s for s in event.history if s.status == event.status), event.history[-1])
