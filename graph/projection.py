"""The graph as NetworkX: who has to do with whom, and in which events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import networkx as nx

from diplograph.graph.events import MergedEvent

__all__ = ["actor_graph", "event_graph"]


def actor_graph(events: Iterable[MergedEvent]) -> nx.MultiDiGraph:
    """Return a multigraph of actors in which each event is an edge between each pair of its parties.

    A directed event runs from agent to target or host, from a mediator to each side, and from the host of a
    gathering to its guests. Between the sides of a symmetric event
    there is one edge, with ``directed=False``; its direction means nothing.

    Parameters
    ----------
    events : iterable of MergedEvent

    Returns
    -------
    networkx.MultiDiGraph
        Node keys are actor ids; nodes have ``label, kind, country``. Edge keys are event ids; edges have
        ``event_class, mode, status, date, place, documents, directed``; ``documents`` is a JSON list.
    """
    graph = nx.MultiDiGraph()
    for event in events:
        for party in event.participants:
            graph.add_node(party.actor, label=party.name, kind=party.kind or "", country=party.country or "")
        for one, other, directed in event.pairs():
            graph.add_edge(one.actor, other.actor, key=event.id, directed=directed, **_attributes(event))
    return graph


def event_graph(events: Iterable[MergedEvent]) -> nx.Graph:
    """Return a bipartite graph of actors (``bipartite=0``) and events (``bipartite=1``).

    An edge says in which role (``role``) an actor takes part.
    """
    graph = nx.Graph()
    for event in events:
        graph.add_node(f"event/{event.id}", bipartite=1, label=event.label, **_attributes(event))
        for party in event.participants:
            graph.add_node(
                party.actor, bipartite=0, label=party.name, kind=party.kind or "", country=party.country or ""
            )
            graph.add_edge(party.actor, f"event/{event.id}", role=party.role)
    return graph


def _attributes(event: MergedEvent) -> dict[str, Any]:
    return {
        "event_class": event.event_class,
        "mode": event.mode or "",
        "status": event.status,
        "date": event.date or event.history[-1].date or "",
        "place": event.place.name if event.place else "",
        "documents": json.dumps(event.documents, ensure_ascii=False),
    }
