"""Merged events as nodes and edges of a pyvis network, and as the data behind the page's panels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyvis.network import Network

from diplograph.extract.records import Extraction
from diplograph.graph.events import MergedEvent, Party, Step
from diplograph.graph.view.layout import positions

__all__ = ["CLASSES", "STATUSES", "Drawing", "draw"]


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """How an edge shows the status of its event: dashes (on, off ...; empty = solid), width, sign."""

    label: str
    dashes: tuple[int, ...]
    width: float
    sign: str


STATUSES = {
    "occurred": StatusStyle("occurred", (), 2.5, ""),
    "ongoing": StatusStyle("ongoing", (), 4.0, "▶"),
    "planned": StatusStyle("planned", (14, 6), 2.0, "◷"),
    "proposed": StatusStyle("proposed", (6, 6), 1.5, "…"),
    "postponed": StatusStyle("postponed", (2, 7), 3.0, "‖"),
    "cancelled": StatusStyle("cancelled", (14, 4, 2, 4), 2.0, "×"),
    "refused": StatusStyle("refused", (4, 4), 2.0, "⊘"),
    "hypothetical": StatusStyle("hypothetical", (1, 5), 1.5, "?"),
}
"""The eight statuses, in the order of the legend."""

_COOPERATION, _TALK, _WORDS, _FORCE = "#1b7f4d", "#2b5fb3", "#b35c00", "#b3261e"
CLASSES = {
    "CONSULT": _TALK, "AGREE": _TALK, "SUPPORT": _TALK,
    "COOPERATE": _COOPERATION, "AID": _COOPERATION, "CONCEDE": _COOPERATION, "RETREAT": _COOPERATION,
    "REQUEST": _WORDS, "ACCUSE": _WORDS, "REJECT": _WORDS, "THREATEN": _WORDS,
    "PROTEST": _FORCE, "SANCTION": _FORCE, "MOBILIZE": _FORCE, "COERCE": _FORCE, "ASSAULT": _FORCE,
}  # fmt: skip
"""Colour of each class: PLOVER's quad classes, verbal and material, cooperation and conflict."""

_LOOKS = {
    "person": ("dot", "#3f5a7d"), "state": ("square", "#6b4f9e"), "organisation": ("diamond", "#1f7a8c"),
    "group": ("triangle", "#8a6d1f"), "region": ("hexagon", "#7a7f87"),
}  # fmt: skip
"""Shape and colour of each kind of actor."""
_MANY = 3
"""An event that would need more edges than this is drawn as a node of its own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the page needs: nodes and edges for vis-network, events and documents for the panels."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    events: list[dict[str, Any]]
    documents: dict[str, dict[str, Any]]


def draw(events: Sequence[MergedEvent], records: Iterable[Extraction]) -> Drawing:
    """Draw merged events.

    Every event that joins two actors is an edge of its own, also where several join the same two.
    Events of one party, and those of many, are small nodes joined to their parties.
    """
    network = Network(directed=True, notebook=False, cdn_resources="in_line")
    actors: dict[str, Party] = {}
    weight: dict[str, int] = defaultdict(int)
    links: list[tuple[str, str, MergedEvent, bool]] = []
    hubs: list[MergedEvent] = []
    for event in events:
        for party in event.participants:
            actors.setdefault(party.actor, party)
            weight[party.actor] += 1
        joined = event.pairs()
        if joined and len(joined) <= _MANY:
            links += [(a.actor, b.actor, event, directed) for a, b, directed in joined]
        elif event.participants:
            hubs.append(event)
            links += [(p.actor, f"event/{event.id}", event, False) for p in event.participants]
    names = [*actors, *(f"event/{e.id}" for e in hubs)]
    where = positions(names, [(a, b) for a, b, _, _ in links])
    for key, party in actors.items():
        _add_actor(network, key, party, weight[key], where[key])
    for event in hubs:
        _add_hub(network, event, where[f"event/{event.id}"])
    _add_links(network, links)
    documents = {r.id: {"title": r.title or r.id, "date": r.date, "source": r.source} for r in records}
    panels = [_panel(e) for e in sorted(events, key=lambda e: (e.history[0].date or "", -len(e.history), e.label))]
    return Drawing(network.nodes, network.edges, panels, documents)


def _add_actor(network: Network, key: str, party: Party, weight: int, where: tuple[float, float]) -> None:
    shape, color = _LOOKS.get(party.kind or "", ("dot", "#7a7f87"))
    network.add_node(
        key,
        label=party.name,
        x=where[0],
        y=where[1],
        shape=shape,
        size=10 + 2 * min(weight, 10),
        color=color,
        kind=party.kind or "actor",
        country=party.country or "",
    )


def _add_hub(network: Network, event: MergedEvent, where: tuple[float, float]) -> None:
    style = STATUSES[event.status]
    network.add_node(
        f"event/{event.id}",
        label=f"{style.sign} {_kind(event)}".strip(),
        x=where[0],
        y=where[1],
        shape="box",
        color=CLASSES[event.event_class],
        kind="event",
        event=event.id,
        single=len(event.participants) == 1,
    )


def _add_links(network: Network, links: list[tuple[str, str, MergedEvent, bool]]) -> None:
    """Add edges; those between the same two nodes are bent apart."""
    between: dict[tuple[str, str], int] = defaultdict(int)
    for one, other, event, directed in links:
        low, high = sorted((one, other))
        number = between[low, high]
        between[low, high] += 1
        bend = 0.0 if number == 0 else 0.18 * ((number + 1) // 2) * (1 if number % 2 else -1)
        if one != low:
            bend = -bend
        style = STATUSES[event.status]
        to_hub = other.startswith("event/")
        network.add_edge(
            one,
            other,
            label="" if to_hub else f"{style.sign} {_kind(event)}".strip(),
            color=CLASSES[event.event_class],
            dashes=list(style.dashes) or False,
            width=style.width,
            arrows="to" if directed else "",
            smooth={"enabled": bend != 0, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)},
            event=event.id,
            status=event.status,
        )


def _kind(event: MergedEvent) -> str:
    return (event.mode or event.event_class.lower()).replace("_", " ")


def _marked(step: Step) -> list[str] | None:
    """The sentence cut at the trigger: before, trigger, behind; JavaScript counts other characters."""
    if step.quote is None:
        return None
    begin, end = (at - step.sentence[0] for at in step.trigger)
    return [step.quote[:begin], step.quote[begin:end], step.quote[end:]]


def _panel(event: MergedEvent) -> dict[str, Any]:
    """What a click on an event shows."""
    return {
        "id": event.id,
        "label": event.label,
        "class": event.event_class,
        "kind": _kind(event),
        "status": event.status,
        "date": event.date,
        "was": event.was,
        "place": event.place.name if event.place else None,
        "parties": [{"actor": p.actor, "name": p.name, "role": p.role} for p in event.participants],
        "history": [
            {
                "status": s.status,
                "date": s.date,
                "document": s.document,
                "quote": _marked(s),
                "at": list(s.sentence),
                "source": s.source,
            }
            for s in event.history
        ],
    }
