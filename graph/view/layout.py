"""Where the nodes of a drawing stand, computed once so that the page need not simulate anything."""

from __future__ import annotations

import math
from collections.abc import Iterable

import networkx as nx

__all__ = ["positions"]

_EXACT = 120
"""Up to so many nodes in a component Kamada and Kawai's layout is fast enough; it crosses fewest edges."""
_SPACE = 150.0
_ASPECT = 1.5
"""Width over height of the whole drawing, about that of the stage."""


def positions(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return x, y of every node, in pixels of the drawing; the same graph gives the same positions.

    Connected components are laid out by themselves and set side by side in rows, the largest first.

    >>> sorted(positions(["a", "b"], [("a", "b")]))
    ['a', 'b']
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted(edges))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    radii = [_SPACE * max(0.6, math.sqrt(len(part)) * 0.8) for part in parts]
    width = max([2 * r for r in radii] + [_ASPECT * math.sqrt(sum(4 * r * r for r in radii))])
    placed: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for part, radius in zip(parts, radii, strict=True):
        if x and x + 2 * radius > width:
            x, y, row = 0.0, y + row + _SPACE * 0.5, 0.0
        for node, (dx, dy) in _component(graph.subgraph(sorted(part))).items():
            placed[node] = (round(x + radius + dx * radius, 1), round(y + radius + dy * radius, 1))
        x += 2 * radius + _SPACE * 0.5
        row = max(row, 2 * radius)
    return placed


def _component(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Positions within [-1, 1]."""
    if len(graph) == 1:
        return {next(iter(graph)): (0.0, 0.0)}
    start = nx.circular_layout(graph)
    layout = (
        nx.kamada_kawai_layout(graph, pos=start)
        if len(graph) <= _EXACT
        else nx.spring_layout(graph, pos=start, seed=1, iterations=60)
    )
    return {node: (float(p[0]), float(p[1])) for node, p in layout.items()}
