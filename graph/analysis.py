"""What people ask of networks of actors and events: parts of them, weights, central actors.

Pure functions on the graphs of `diplograph.graph.networks`; none changes the graph that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import networkx as nx

from diplograph.errors import InputError
from diplograph.graph.identity import days_of
from diplograph.graph.query import Table
from diplograph.ontology.actors import load_actors

__all__ = ["REAL", "between", "by_country", "centrality_table", "ego", "of_class", "of_status", "weighted"]

REAL = frozenset({"occurred", "ongoing"})
"""Statuses of events that are real; others weigh nothing unless they are asked for."""

_EXACT = 2_000
_SAMPLE = 500
"""Up to so many actors betweenness is exact; beyond, it is estimated from so many of them (always the same)."""


def ego(graph: nx.Graph, actor: str, radius: int = 1) -> nx.Graph:
    """Return an actor, those within `radius` steps of him, and all edges among them; directions do not count.

    Raises
    ------
    InputError
        If there is no such node.

    Examples
    --------
    >>> graph = nx.MultiDiGraph([("state/FRA", "state/DEU"), ("state/DEU", "state/POL"), ("state/POL", "state/UKR")])
    >>> sorted(ego(graph, "state/DEU"))
    ['state/DEU', 'state/FRA', 'state/POL']
    """
    if actor not in graph:
        like = sorted(
            n for n, data in graph.nodes(data=True) if actor.casefold() in f"{n} {data.get('label')}".casefold()
        )
        known = f"did you mean {', '.join(like[:3])}?" if like else "ids are in the table `actors`"
        raise InputError(f"no actor {actor!r} in the graph", remedy=known)
    return nx.ego_graph(graph, actor, radius=radius, undirected=True)


def between(graph: nx.Graph, start: str, end: str) -> nx.Graph:
    """Return the part with the events of which at least one day lies between two dates (both included).

    Parameters
    ----------
    graph : a graph of `diplograph.graph.networks`
    start, end : ISO 8601 dates, months or years: "2024", "2024-03", "2024-03-15"

    Returns
    -------
    A graph of the same kind, without actors that have no event left. Events without a date are left out.

    Raises
    ------
    InputError
        If a date is none.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> _ = graph.add_edge("state/FRA", "state/DEU", key="e1", date="2024-03-15", day=738960, last_day=738960)
    >>> between(graph, "2024-03", "2024-04").number_of_edges(), between(graph, "2025", "2026").number_of_edges()
    (1, 0)
    """
    begin, finish = days_of(start), days_of(end)
    if begin is None or finish is None:
        wrong = start if begin is None else end
        raise InputError(f"{wrong!r} is no date", remedy="write it as YYYY-MM-DD, YYYY-MM or YYYY")
    first, last = begin[0], finish[1]
    return _kept(graph, lambda e: "day" in e and e["day"] <= last and e["last_day"] >= first)


def of_class(graph: nx.Graph, *kinds: str) -> nx.Graph:
    """Return the part with the events of some classes ("CONSULT") or modes ("call").

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> _ = graph.add_edge("state/FRA", "state/DEU", key="e1", event_class="CONSULT", mode="call")
    >>> _ = graph.add_edge("state/FRA", "state/MLI", key="e2", event_class="RETREAT", mode="")
    >>> list(of_class(graph, "CONSULT").edges), list(of_class(graph, "call", "RETREAT").nodes)
    ([('state/FRA', 'state/DEU', 'e1')], ['state/FRA', 'state/DEU', 'state/MLI'])
    """
    return _kept(graph, lambda e: e["event_class"] in kinds or e["mode"] in kinds)


def of_status(graph: nx.Graph, *statuses: str) -> nx.Graph:
    """Return the part with the events of some statuses ("occurred", "planned" ...).

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> _ = graph.add_edge("state/FRA", "state/DEU", key="e1", status="occurred")
    >>> _ = graph.add_edge("state/FRA", "state/POL", key="e2", status="planned")
    >>> list(of_status(graph, "planned").nodes)
    ['state/FRA', 'state/POL']
    """
    return _kept(graph, lambda e: e["status"] in statuses)


def _kept(graph: nx.Graph, keep: Callable[[Mapping[str, Any]], bool]) -> nx.Graph:
    """Return a copy with the events that are kept, whether they are edges or nodes, and the actors in them."""
    network = graph.graph.get("network")
    if network == "actors":
        edges = [(u, v, key) for u, v, key, data in graph.edges(keys=True, data=True) if keep(data)]
        return graph.edge_subgraph(edges).copy()
    events = {n for n, data in graph.nodes(data=True) if network == "events" or data.get("bipartite") == 1}
    kept = {n for n in events if keep(graph.nodes[n])}
    if network != "events":
        kept |= {actor for event in kept for actor in graph[event]}
    return graph.subgraph(kept).copy()


def weighted(
    graph: nx.MultiDiGraph, *, statuses: Collection[str] = REAL, directed: bool = False
) -> nx.Graph | nx.DiGraph:
    """Return the actor graph with one signed edge a pair in place of one edge an event.

    Parameters
    ----------
    graph : from `actor_graph` or `by_country`
    statuses : which events count: those that are real, unless others are asked for
    directed : whether what one does to the other is kept apart; what both do together counts both ways

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Edges have ``events`` (how many), ``weight`` (the sum of their weights: below 0 conflict prevails),
        ``cooperation`` and ``conflict`` (the sums of those above and, without sign, below 0), ``mean`` (weight an
        event), ``first`` and ``last`` (ISO dates, "" if none has one). Actors without such an event stay.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> for key, status, weight, date, directed in [
    ...     ("e1", "occurred", 2.5, "2024", False),
    ...     ("e2", "ongoing", -2.0, "2025", True),
    ...     ("e3", "planned", 7.0, "2026", False),
    ... ]:
    ...     about = {"status": status, "weight": weight, "date": date, "directed": directed}
    ...     _ = graph.add_edge("state/DEU", "state/FRA", key=key, **about)
    >>> edge = weighted(graph)["state/FRA"]["state/DEU"]
    >>> edge["events"], edge["weight"], edge["cooperation"], edge["conflict"], edge["first"], edge["last"]
    (2, 0.5, 2.5, 2.0, '2024', '2025')
    >>> weighted(graph, directed=True)["state/FRA"]["state/DEU"]["weight"]
    2.5
    """
    result = nx.DiGraph(network="weighted") if directed else nx.Graph(network="weighted")
    result.add_nodes_from(graph.nodes(data=True))
    for u, v, data in graph.edges(data=True):
        if data["status"] in statuses:
            _add(result, u, v, data)
            if directed and not data["directed"]:
                _add(result, v, u, data)
    for _, _, edge in result.edges(data=True):
        for name in ("weight", "cooperation", "conflict"):
            edge[name] = round(edge[name], 6)
        edge["mean"] = round(edge["weight"] / edge["events"], 6)
    return result


def _add(graph: nx.Graph, u: str, v: str, event: Mapping[str, Any]) -> None:
    if not graph.has_edge(u, v):
        graph.add_edge(u, v, events=0, weight=0.0, cooperation=0.0, conflict=0.0, first="", last="")
    edge, value, date = graph[u][v], event["weight"], event["date"]
    edge["events"] += 1
    edge["weight"] += value
    edge["cooperation" if value > 0 else "conflict"] += abs(value)
    if date:
        edge["first"] = min(edge["first"] or date, date)
        edge["last"] = max(edge["last"], date)


def centrality_table(graph: nx.MultiDiGraph, *, statuses: Collection[str] = REAL) -> Table:
    """Return how central each actor is, those with most events first.

    Parameters
    ----------
    graph : from `actor_graph` or `by_country`
    statuses : which events count

    Returns
    -------
    Table
        Columns: ``actor, name, kind, country``; ``events``; ``degree`` (how many others); ``cooperation``,
        ``conflict`` and ``weight`` as in `weighted`, summed over the others; ``betweenness`` (share of the shortest
        paths that run through him), ``pagerank`` and ``eigenvector`` (weighted by events; ``eigenvector`` in the
        largest component, 0 outside). `Table.to_dataframe` makes a DataFrame of it.

    Notes
    -----
    Betweenness is exact up to 2,000 actors (some seconds) and estimated beyond. Actors without an event that
    counts are left out.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> about = {"status": "occurred", "weight": 1.0, "date": "", "directed": False}
    >>> for event, (one, other) in enumerate([("a", "b"), ("b", "c"), ("b", "c")]):
    ...     _ = graph.add_edge(one, other, key=event, **about)
    >>> table = centrality_table(graph)
    >>> [(row["actor"], row["events"], row["degree"], row["betweenness"]) for row in table]
    [('b', 3, 2, 1.0), ('c', 2, 1, 0.0), ('a', 1, 1, 0.0)]
    """
    pairs = weighted(graph, statuses=statuses)
    pairs.remove_edges_from(list(nx.selfloop_edges(pairs)))
    pairs.remove_nodes_from([n for n, degree in list(pairs.degree) if not degree])
    if not pairs:
        return Table(_COLUMNS, [])
    few = None if len(pairs) <= _EXACT else _SAMPLE
    through = nx.betweenness_centrality(pairs, k=few, seed=0)
    rank = nx.pagerank(pairs, weight="events", max_iter=1000)
    core = pairs.subgraph(max(nx.connected_components(pairs), key=lambda c: (len(c), min(c))))
    vector = nx.eigenvector_centrality(core, weight="events", max_iter=100_000, tol=1e-9)
    took_part = _events_of(graph, statuses)
    rows = []
    for actor, data in pairs.nodes(data=True):
        edges = [edge for _, _, edge in pairs.edges(actor, data=True)]
        sums = (round(sum(edge[name] for edge in edges), 6) for name in ("cooperation", "conflict", "weight"))
        shares = (round(share.get(actor, 0.0), 6) for share in (through, rank, vector))
        about = (data.get("label", actor), data.get("kind") or None, data.get("country") or None)
        rows.append((actor, *about, len(took_part[actor]), pairs.degree(actor), *sums, *shares))
    return Table(_COLUMNS, sorted(rows, key=lambda r: (-r[4], -r[5], r[0])))


_COLUMNS = (
    "actor", "name", "kind", "country", "events", "degree", "cooperation", "conflict", "weight",
    "betweenness", "pagerank", "eigenvector",
)  # fmt: skip


def _events_of(graph: nx.MultiDiGraph, statuses: Collection[str]) -> dict[str, set[str]]:
    """The events of each actor; one that joins him with several others is one."""
    found: dict[str, set[str]] = {actor: set() for actor in graph}
    for u, v, key, data in graph.edges(keys=True, data=True):
        if data["status"] in statuses:
            found[u].add(key)
            found[v].add(key)
    return found


def by_country(graph: nx.MultiDiGraph, *, domestic: bool = False) -> nx.MultiDiGraph:
    """Return the actor graph with the persons and bodies of each state drawn together into the state.

    Parameters
    ----------
    graph : from `actor_graph`
    domestic : whether events within one state stay, as loops

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are codes of countries (ISO 3166-1 alpha-3), and actors that belong to none, by their ids. An event
        is one edge between two states, however many of their people took part; if it was directed between any
        two of these, it is.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(network="actors")
    >>> graph.add_node("person/emmanuel-macron", label="Emmanuel Macron", kind="person", country="FRA")
    >>> graph.add_node("state/DEU", label="Germany", kind="state", country="DEU")
    >>> _ = graph.add_edge("person/emmanuel-macron", "state/DEU", key="e1", directed=False)
    >>> states = by_country(graph)
    >>> list(states.edges), states.nodes["FRA"]["label"]
    ([('FRA', 'DEU', 'e1')], 'France')
    """
    result = nx.MultiDiGraph(network="actors")
    home = {actor: data.get("country") or actor for actor, data in graph.nodes(data=True)}
    for actor, data in graph.nodes(data=True):
        country = home[actor]
        result.add_node(country, **(data if country == actor else _of_state(country)))
    for u, v, key, data in sorted(graph.edges(keys=True, data=True), key=lambda e: (not e[3]["directed"], *e[:3])):
        one, other = home[u], home[v]
        if one == other and not domestic:
            continue
        twice = result.has_edge(one, other, key) or (not data["directed"] and result.has_edge(other, one, key))
        if not twice:
            result.add_edge(one, other, key=key, **data)
    return result


def _of_state(country: str) -> dict[str, str]:
    state = load_actors().state(country)
    return {"label": state.name if state else country, "kind": state.kind if state else "state", "country": country}
