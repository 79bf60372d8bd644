"""Merged events as nodes and links with positions, and as a pyvis network."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyvis.network import Network

from diplograph.graph.events import MergedEvent, Party
from diplograph.graph.view.layout import positions
from diplograph.graph.view.looks import CLASSES, KINDS, QUADS, STATUSES

__all__ = ["Drawing", "Link", "Node", "draw", "pyvis_network"]

_MANY = 3
"""An event that would need more lines than this is drawn as a node of its own."""
_BENT = 0.9
"""More would run back behind the nodes: the lines of more than ten events lie on each other."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, or (`party` is None) an event of one party or of many; x, y and size in pixels."""

    key: str
    label: str
    x: float
    y: float
    size: float
    party: Party | None
    event: MergedEvent | None


@dataclass(frozen=True, slots=True)
class Link:
    """A line of an event between two nodes; the lines between the same two are bent apart by `bend`."""

    one: str
    other: str
    event: MergedEvent
    directed: bool
    bend: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and links of a network; `left` actors have no place in it."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left: int = 0


def draw(events: Sequence[MergedEvent], *, most: int | None = None) -> Drawing:
    """Draw merged events.

    Every event that joins two actors is a line of its own, also where several join the same two. Events of one
    party, and those of many, are small nodes joined to their parties. An actor is the larger the more events it
    takes part in. Of more actors than `most`, those with fewest events are left out, with their events.
    """
    actors: dict[str, Party] = {}
    weight: dict[str, int] = defaultdict(int)
    joined: list[tuple[str, str, MergedEvent, bool]] = []
    hubs: dict[str, MergedEvent] = {}
    for event in events:
        for party in event.participants:
            actors.setdefault(party.actor, party)
            weight[party.actor] += 1
        pairs = event.pairs()
        if pairs and len(pairs) <= _MANY:
            joined += [(a.actor, b.actor, event, directed) for a, b, directed in pairs]
        elif event.participants:
            hubs[f"event/{event.id}"] = event
            joined += [(p.actor, f"event/{event.id}", event, False) for p in event.participants]
    left = _lightest(weight, most)
    if left:
        joined = [link for link in joined if link[0] not in left and link[1] not in left]
        kept = {key for link in joined for key in link[:2]}
        actors = {key: party for key, party in actors.items() if key not in left}
        hubs = {key: event for key, event in hubs.items() if key in kept}
    alone = {key: event.participants[0].actor for key, event in hubs.items() if len(event.participants) == 1}
    where = positions({*actors, *hubs} - alone.keys(), [(a, b) for a, b, _, _ in joined if b not in alone])
    where |= _around(alone, where)
    nodes = [Node(k, p.name, *where[k], _size(weight[k]), p, None) for k, p in actors.items()]
    nodes += [Node(k, e.kind, *where[k], 7, None, e) for k, e in hubs.items()]
    return Drawing(tuple(nodes), tuple(_bent(joined)), len(left))


def _size(events: int) -> float:
    return round(7 + 4 * min(math.sqrt(events), 6), 1)


def _around(alone: Mapping[str, str], where: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Where events of one party stand: in a spiral round it."""
    turns: dict[str, int] = defaultdict(int)
    found = {}
    for key, actor in alone.items():
        turn = turns[actor]
        turns[actor] += 1
        x, y = where[actor]
        away = 30 + 9 * math.sqrt(turn)
        found[key] = (round(x + away * math.cos(2.4 * turn), 1), round(y + away * math.sin(2.4 * turn), 1))
    return found


def _lightest(weight: Mapping[str, int], most: int | None) -> set[str]:
    if most is None or len(weight) <= most:
        return set()
    return set(sorted(weight, key=lambda key: (weight[key], key))[: len(weight) - most])


def _bent(joined: Sequence[tuple[str, str, MergedEvent, bool]]) -> list[Link]:
    """Bend the lines between the same two nodes apart, to both sides in turn."""
    between: dict[tuple[str, str], int] = defaultdict(int)
    links = []
    for one, other, event, directed in joined:
        low, high = sorted((one, other))
        number = between[low, high]
        between[low, high] += 1
        bend = min(0.18 * ((number + 1) // 2), _BENT) * (1 if number % 2 else -1)
        links.append(Link(one, other, event, directed, bend if one == low else -bend))
    return links


def pyvis_network(drawing: Drawing) -> Network:
    """Return a drawing as a pyvis network, whose nodes and edges have the attributes that vis-network knows.

    Edge number n is that of link number n.
    """
    network = Network(directed=True, notebook=False, cdn_resources="in_line")
    for node in drawing.nodes:
        network.add_node(node.key, label=node.label, x=node.x, y=node.y, size=node.size, **_look(node))
    for link in drawing.links:
        status = STATUSES[link.event.status]
        direction = "curvedCW" if link.bend > 0 else "curvedCCW"
        network.add_edge(
            link.one,
            link.other,
            color=QUADS[CLASSES[link.event.event_class].quad].light,
            dashes=list(status.dashes) or False,
            width=status.width,
            arrows="to" if link.directed else "",
            smooth={"enabled": bool(link.bend), "type": direction, "roundness": abs(link.bend)},
        )
    return network


def _look(node: Node) -> dict[str, Any]:
    if node.party is None:
        assert node.event is not None
        return {"shape": "dot", "color": QUADS[CLASSES[node.event.event_class].quad].light}
    look = KINDS.get(node.party.kind or "", KINDS["actor"])
    return {"shape": look.shape, "color": look.light}
