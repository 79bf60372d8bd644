"""The graph as NetworkX: who has to do with whom, in which events, and which events hang together.

Attributes are typed: text as str, numbers as int or float, and what is not known is "" where it is text and
missing where it is a number. All three graphs say in ``graph.graph["network"]`` which of them they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

import networkx as nx

from diplograph.graph.events import MergedEvent, Party
from diplograph.graph.identity import days_of
from diplograph.ontology.networks import load_network_rules

__all__ = ["actor_graph", "event_graph", "story_graph"]

_WITHIN = 30
"""Days between events that still follow one another."""
_FEWEST_SHARED = 2


def actor_graph(events: Iterable[MergedEvent]) -> nx.MultiDiGraph:
    """Return a multigraph of actors in which each event is an edge between each pair of its parties.

    A directed event runs from agent to target or host, from a mediator to each side, and from the host of a
    gathering to its guests. Between the sides of a symmetric event there is one edge, with
    ``directed=False``; its direction means nothing.

    Parameters
    ----------
    events : iterable of MergedEvent

    Returns
    -------
    networkx.MultiDiGraph
        Node keys are actor ids; nodes have ``label, kind, country``. Edge keys are event ids; edges have

        - ``label, event_class, mode, status, place, directed``
        - ``date``: ISO 8601 as text, of the event, else of the last report
        - ``day, last_day``: first and last day of that, counted as `datetime.date.toordinal` does
        - ``reports, weight``: how many reports there are, and what such an event weighs (-10 conflict to 10
          cooperation, ontology/networks.toml)
        - ``documents``: their ids as a JSON list
    """
    graph = nx.MultiDiGraph(network="actors")
    for event in events:
        for party in event.participants:
            graph.add_node(party.actor, **_of_party(party))
        for one, other, directed in event.pairs():
            graph.add_edge(one.actor, other.actor, key=event.id, directed=directed, **_of_event(event))
    return graph


def event_graph(events: Iterable[MergedEvent]) -> nx.Graph:
    """Return a bipartite graph of actors (``bipartite=0``) and events (``bipartite=1``).

    Events have the attributes that they have as edges of `actor_graph` (but ``directed``); their keys are
    "event/" and the id. An edge says in which role (``role``) an actor takes part.
    """
    graph = nx.Graph(network="actors and events")
    for event in events:
        graph.add_node(f"event/{event.id}", bipartite=1, **_of_event(event))
        for party in event.participants:
            graph.add_node(party.actor, bipartite=0, **_of_party(party))
            graph.add_edge(party.actor, f"event/{event.id}", role=party.role)
    return graph


def story_graph(events: Iterable[MergedEvent], *, within: int = _WITHIN) -> nx.MultiDiGraph:
    """Return the events as nodes, and how they hang together as edges.

    Parameters
    ----------
    events : iterable of MergedEvent
    within : int
        Days from one event to the next that still follows it.

    Returns
    -------
    networkx.MultiDiGraph
        Node keys are event ids; nodes have the attributes of `event_graph`. The key of an edge, which is its
        attribute ``relation`` too, is one of

        - ``content_of`` (and other links of the records): from an event to the demand, threat or offer of
          which it is the content
        - ``follows``: from an event to the next one between the same two actors, at most `within` days later;
          ``days`` is how much later, ``pair`` the two actors. Where the next day has several, to each of them
        - ``same_story``: from an event to one of the same day or later that it may lead to by its class
          (`leads_to` in ontology/networks.toml), at most `within` days later and with two participants in
          common at least; of several events of one class that may have led to it, from the last; ``days`` as
          before

    Notes
    -----
    Events without a date only have links. The components of the edges ``content_of`` and ``same_story`` are
    the stories.
    """
    events = sorted(events, key=lambda e: e.id)
    graph = nx.MultiDiGraph(network="events")
    for event in events:
        graph.add_node(event.id, **_of_event(event))
    for event in events:
        for link in event.links:
            if link.event in graph:
                graph.add_edge(event.id, link.event, key=link.rel, relation=link.rel)
    dated = sorted((days[0], event.id, event) for event in events if (days := _days(event)))
    by_pair: dict[tuple[str, str], dict[int, list[MergedEvent]]] = defaultdict(lambda: defaultdict(list))
    for day, _, event in dated:
        for one, other in {tuple(sorted((a.actor, b.actor))) for a, b, _ in event.pairs()}:
            by_pair[one, other][day].append(event)
    for pair, course in by_pair.items():
        for first, then in pairwise(course):
            if then - first <= within:
                _follow(graph, course[first], course[then], then - first, " – ".join(pair))
    for (first, _, before), (then, _, after) in _stories(dated, within):
        graph.add_edge(before.id, after.id, key="same_story", relation="same_story", days=then - first)
    return graph


def _follow(
    graph: nx.MultiDiGraph, before: Iterable[MergedEvent], after: Sequence[MergedEvent], days: int, pair: str
) -> None:
    for one in before:
        for other in after:
            graph.add_edge(one.id, other.id, key="follows", relation="follows", days=days, pair=pair)


_Dated = tuple[int, str, MergedEvent]


def _stories(dated: Iterable[_Dated], within: int) -> Iterable[tuple[_Dated, _Dated]]:
    """Yield the pairs of events of which one may lead to the other, each once."""
    rules = load_network_rules()
    sharing: dict[tuple[str, ...], list[_Dated]] = defaultdict(list)
    for one in dated:
        found: dict[str, _Dated] = {}
        for pair in combinations(sorted({p.actor for p in one[2].participants}), _FEWEST_SHARED):
            near = sharing[pair] = [d for d in sharing[pair] if one[0] - d[0] <= within]
            found.update((other[1], other) for other in near)
            near.append(one)
        latest: dict[str, int] = {}
        for day, _, other in found.values():
            latest[other.event_class] = max(day, latest.get(other.event_class, day))
        for key in sorted(found):
            day, _, other = found[key]
            leads = one[2].event_class in rules.leads_to.get(other.event_class, ())
            if leads and day == latest[other.event_class]:
                yield found[key], one


def _of_party(party: Party) -> dict[str, Any]:
    return {"label": party.name, "kind": party.kind or "", "country": party.country or ""}


def _of_event(event: MergedEvent) -> dict[str, Any]:
    days = _days(event)
    return {
        "label": event.label,
        "event_class": event.event_class,
        "mode": event.mode or "",
        "status": event.status,
        "date": event.when or "",
        **({"day": days[0], "last_day": days[1]} if days else {}),
        "place": event.place.name if event.place else "",
        "reports": len(event.history),
        "weight": load_network_rules().value(event.event_class, event.mode),
        "documents": json.dumps(event.documents, ensure_ascii=False),
    }


def _days(event: MergedEvent) -> tuple[int, int] | None:
    return days_of(event.when) if event.when else None
