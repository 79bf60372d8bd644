"""What the page knows: actors, places and events for its views, and the evidence and documents behind them.

Everything is JSON-ready and refers to actors, places, events and documents by number. Days are counted from
1970-01-01, as JavaScript does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import networkx as nx

from diplograph.extract.records import Event, Extraction, Place
from diplograph.graph.events import MergedEvent, Step
from diplograph.graph.identity import days_of
from diplograph.graph.networks import story_graph
from diplograph.graph.plans import moves
from diplograph.graph.view.marking import Piece, pieces
from diplograph.ontology.places import state_middles

__all__ = ["Contents", "contents"]

_EPOCH = 719163
"""1970-01-01 as `datetime.date.toordinal` counts it."""
_TRIGGER, _STATUS = 0, 1
"""Numbers of the marks on a quoted sentence."""


@dataclass(slots=True)
class Contents:
    """What the page shows, in three parts of which the later ones are read only when asked for.

    Attributes
    ----------
    actors, places, stories, events : for every view
    evidence : for each event, its steps and the contradictions between them
    documents : each with its text in pieces and the mentions that were read in it
    """

    actors: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)


def contents(events: Sequence[MergedEvent], records: Iterable[Extraction]) -> Contents:
    """Return what the page shows of merged events and of the documents that tell of them."""
    found = Contents()
    records = sorted(records, key=lambda r: (r.date or "9999", r.id))
    document = {record.id: n for n, record in enumerate(records)}
    actor: dict[str, int] = {}
    place: dict[tuple[str, str | None], int] = {}
    story = _stories(events, found)
    for event in events:
        for party in event.participants:
            if party.actor not in actor:
                actor[party.actor] = len(actor)
                found.actors.append(
                    {"id": party.actor, "name": party.name, "kind": party.kind or "actor", "country": party.country}
                )
        if event.place and (event.place.name, event.place.country) not in place:
            place[event.place.name, event.place.country] = len(place)
            found.places.append(_place(event.place))
        found.events.append(
            {
                "id": event.id,
                "label": event.label,
                "class": event.event_class,
                "kind": event.kind,
                "status": event.status,
                "date": event.date,
                "was": event.was,
                "days": _days(event.when),
                "place": place[event.place.name, event.place.country] if event.place else None,
                "parties": [[actor[p.actor], p.role] for p in event.participants],
                "pairs": [[actor[a.actor], actor[b.actor]] for a, b, _ in event.pairs()],
                "reports": len(event.history),
                "story": story.get(event.id),
            }
        )
        found.evidence.append(_evidence(event, document))
    number = {(s.document, s.mention): n for n, event in enumerate(events) for s in event.history}
    found.documents = [_document(record, number, actor) for record in records]
    return found


def _stories(events: Iterable[MergedEvent], found: Contents) -> dict[str, int]:
    """Numbers of the stories by event; a story is named after the actors with most events in it."""
    graph = story_graph(events)
    by_id = {event.id: event for event in events}
    joined = nx.Graph((a, b) for a, b, relation in graph.edges(keys=True) if relation != "follows" and a != b)
    numbers: dict[str, int] = {}
    for part in sorted(nx.connected_components(joined), key=lambda part: (-len(part), min(part))):
        numbers.update(dict.fromkeys(part, len(found.stories)))
        names = Counter(p.name for key in sorted(part) for p in by_id[key].participants)
        chief = [name for name, _ in names.most_common(2)]
        found.stories.append(f"{' – '.join(chief)}{' and others' if len(names) > len(chief) else ''}")
    return numbers


def _place(place: Place) -> dict[str, Any]:
    """A place; one that is a state stands in its middle (`exact` is false)."""
    exact = place.latitude is not None and place.longitude is not None
    at = (place.latitude, place.longitude) if exact else _middle(place)
    return {"name": place.name, "country": place.country, "at": at, "exact": exact}


@cache
def _middle(place: Place) -> tuple[float, float] | None:
    return state_middles().get(place.country or "")


def _evidence(event: MergedEvent, document: dict[str, int]) -> dict[str, Any]:
    moved = moves(event)
    return {
        "steps": [_step(s, document) for s in event.history],
        "moves": [[m.about, m.old, m.new] for m in moved],
        "disagreements": [[d.about, sorted(set(d.values))] for d in event.disagreements()],
    }


def _step(step: Step, document: dict[str, int]) -> dict[str, Any]:
    return {
        "status": step.status,
        "date": step.date,
        "day": _day(step.date),
        "document": document.get(step.document),
        "mention": step.mention,
        "quote": _quote(step),
        "at": list(step.sentence),
        "source": step.source,
        "for": step.event_date,
        "days": _days(step.event_date),
        "place": step.place,
        "because": step.because,
        "confidence": None if step.confidence is None else round(step.confidence, 2),
    }


def _quote(step: Step) -> list[Piece] | None:
    """The sentence in pieces: the words that tell of the event, and those that decided the status."""
    if step.quote is None:
        return None
    start = step.sentence[0]
    spans = [(*step.trigger, _TRIGGER), *((b, e, _STATUS) for b, e in step.evidence)]
    return pieces(step.quote, [(b - start, e - start, n) for b, e, n in spans])


def _document(record: Extraction, number: dict[tuple[str, str], int], actor: dict[str, int]) -> dict[str, Any]:
    """A document; its marks are the mentions (by place in `mentions`), then the actors named in it."""
    named = [a for a in record.actors if a.id in actor and a.mentions]
    spans = [(*e.trigger, n) for n, e in enumerate(record.events)]
    spans += [(*span, len(record.events) + n) for n, a in enumerate(named) for span in a.mentions]
    return {
        "id": record.id,
        "title": record.title,
        "date": record.date,
        "source": record.source,
        "text": None if record.text is None else pieces(record.text, spans),
        "mentions": [_mention(e, number.get((record.id, e.id))) for e in record.events],
        "actors": [actor[a.id] for a in named],
    }


def _mention(event: Event, number: int | None) -> dict[str, Any]:
    return {
        "id": event.id,
        "event": number,
        "class": event.event_class,
        "mode": event.mode,
        "status": event.status,
        "date": event.time.value if event.time else None,
        "place": event.place.name if event.place else None,
        "source": event.source.name if event.source else None,
        "participants": "; ".join(f"{p.name} ({p.role})" for p in event.participants),
        "at": list(event.trigger),
        "confidence": None if event.confidence is None else round(event.confidence, 2),
        "by": sorted({reason.by for reason in event.reasons}),
    }


def _days(value: str | None) -> list[int] | None:
    days = days_of(value) if value else None
    return [days[0] - _EPOCH, days[1] - _EPOCH] if days else None


def _day(value: str | None) -> int | None:
    days = _days(value)
    return days[0] if days else None
