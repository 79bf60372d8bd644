"""Where the nodes of a drawing stand, computed once so that the page need not simulate anything.

Small components are laid out by Kamada and Kawai (1989), as NetworkX has it. Larger ones start from distances
to pivots (Brandes and Pich 2006, "Eigensolver methods for progressive multidimensional scaling of large data")
and are relaxed with the forces of Fruchterman and Reingold (1991), nodes repelling by their degree as in
ForceAtlas2 (Jacomy et al. 2014). Repulsion is summed on a mesh, as in the particle-mesh codes of physics, so
that a step takes n log n and not n squared; NetworkX takes a minute for 2,000 nodes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, rfft2
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

__all__ = ["positions"]

Array = NDArray[np.float64]

_EXACT = 60
"""Up to so many nodes in a component Kamada and Kawai's layout is fast enough; it crosses fewest edges."""
_SPACE = 120.0
"""Pixels between neighbours, about."""
_ASPECT = 1.25
"""Width over height of the whole drawing, about that of the stage."""
_PIVOTS, _CELLS = 40, 128
_WORK = 1_500_000
"""Steps times nodes that a relaxation may take."""


def positions(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return x, y of every node, in pixels of the drawing; the same graph gives the same positions.

    Connected components are laid out by themselves and set side by side in rows, the largest first.

    >>> sorted(positions(["a", "b"], [("a", "b")]))
    ['a', 'b']
    """
    names = sorted(set(nodes))
    number = {name: n for n, name in enumerate(names)}
    pairs = sorted({(min(i, j), max(i, j)) for i, j in ((number[a], number[b]) for a, b in edges) if i != j})
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    parts = [(part, _component(len(part), own)) for part, own in _components(len(names), ends)]
    sizes = [np.ptp(spots, axis=0) + 1.5 for _, spots in parts]
    width = max([float(wide) for wide, _ in sizes] + [_ASPECT * math.sqrt(sum(float(w * h) for w, h in sizes) / 0.8)])
    placed = np.zeros((len(names), 2))
    for (part, spots), corner in zip(parts, _packed(sizes, width), strict=True):
        placed[part] = spots - spots.min(axis=0) + corner
    rounded = (placed * _SPACE).round(1).tolist()
    return {name: (rounded[n][0], rounded[n][1]) for n, name in enumerate(names)}


def _packed(sizes: Sequence[Array], width: float) -> Iterator[tuple[float, float]]:
    """Yield a corner for each box: the first on the left, the others in rows beside it, then below it."""
    if not sizes:
        return
    yield 0.0, 0.0
    left, bottom = (float(side) for side in sizes[0])
    x, y, row, free = left, 0.0, 0.0, bottom
    for wide, high in (map(float, size) for size in sizes[1:]):
        if x > left and x + wide > width:
            x, y, row = left, y + row, 0.0
        if left and (y + high > free or left + wide > width):
            x, y, row, left = 0.0, free, 0.0, 0.0
        yield x, y
        x, row = x + wide, max(row, high)


def _components(count: int, ends: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Components, the largest first: the numbers of their nodes, and their edges by place in these."""
    if count == 0:
        return []
    _, label = connected_components(_matrix(count, ends), directed=False)
    order = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[order], np.arange(label.max() + 2))
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count) - starts[label[order]]
    by_label = np.argsort(label[ends[:, 0]], kind="stable")
    cuts = np.searchsorted(label[ends[by_label, 0]], np.arange(label.max() + 2))
    found = [
        (order[starts[k] : starts[k + 1]], place[ends[by_label[cuts[k] : cuts[k + 1]]]]) for k in range(label.max() + 1)
    ]
    return sorted(found, key=lambda part: (-len(part[0]), part[0][0]))


def _component(count: int, ends: NDArray[np.int64]) -> Array:
    """Positions in which neighbours are about one unit from each other."""
    if count == 1:
        return np.zeros((1, 2))
    if count <= _EXACT:
        graph = nx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_edges_from(ends.tolist())
        layout = nx.kamada_kawai_layout(graph, pos=nx.circular_layout(graph))
        spots = np.array([layout[n] for n in range(count)])
        return spots * 0.8 * math.sqrt(count)
    spots = _relaxed(_by_pivots(count, ends), ends)
    distance, _ = cKDTree(spots).query(spots, k=2)
    return spots / max(float(np.median(distance[:, 1])), 1e-9)


def _matrix(count: int, ends: NDArray[np.int64]) -> csr_matrix:
    return csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))


def _by_pivots(count: int, ends: NDArray[np.int64]) -> Array:
    """Two main axes of the distances to pivots, each as far from those before as there is; one unit an edge."""
    matrix = _matrix(count, ends)
    degree = np.bincount(ends.ravel(), minlength=count)
    pivot, nearest = int(degree.argmax()), np.full(count, np.inf)
    columns = []
    for _ in range(min(_PIVOTS, count)):
        distance = shortest_path(matrix, directed=False, unweighted=True, indices=pivot)
        columns.append(distance)
        nearest = np.minimum(nearest, distance)
        pivot = int(nearest.argmax())
    squared = np.stack(columns, axis=1) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    spots = centred @ axes[:, -2:]
    spots *= np.sign(spots[np.abs(spots).argmax(axis=0), [0, 1]])  # an axis may come out either way round
    scaled: Array = spots / max(float(spots.std()), 1e-9) * math.sqrt(count) / 2
    return scaled


def _relaxed(spots: Array, ends: NDArray[np.int64]) -> Array:
    """Let edges pull and nodes push, in steps that grow smaller."""
    count = len(spots)
    spots = spots + np.random.default_rng(1).normal(scale=0.3, size=spots.shape)
    degree = np.bincount(ends.ravel(), minlength=count).astype(float)
    mass = (degree + 1) / (degree + 1).mean()
    one, other = ends.T
    steps = int(np.clip(_WORK / count, 40, 200))
    for step in range(steps):
        apart = spots[one] - spots[other]
        pull = apart * np.hypot(*apart.T)[:, None] / np.sqrt(np.minimum(degree[one], degree[other]))[:, None]
        force = mass[:, None] * _repulsion(spots, mass) - 0.02 * math.sqrt(count) * _unit(spots)
        for axis in (0, 1):
            force[:, axis] += np.bincount(other, pull[:, axis], count) - np.bincount(one, pull[:, axis], count)
        longest = 0.1 * math.sqrt(count) * (1 - step / steps) + 0.01
        length = np.hypot(*force.T)
        spots += force / np.maximum(length, 1e-9)[:, None] * np.minimum(length, longest)[:, None]
        spots -= spots.mean(axis=0)
    return _apart(spots)


def _unit(spots: Array) -> Array:
    units: Array = spots / np.maximum(np.hypot(*spots.T), 1e-9)[:, None]
    return units


def _repulsion(spots: Array, mass: Array) -> Array:
    """The push of all masses on each spot, one over the distance, summed on a mesh."""
    low = spots.min(axis=0)
    cell = max(float(np.ptp(spots, axis=0).max()), 1e-6) / (_CELLS - 2)
    at = (spots - low) / cell
    corner = at.astype(np.int64)
    share = at - corner
    weights = [(dx, dy, np.abs(1 - dx - share[:, 0]) * np.abs(1 - dy - share[:, 1])) for dx in (0, 1) for dy in (0, 1)]
    grid = np.zeros(_CELLS * _CELLS)
    for dx, dy, weight in weights:
        grid += np.bincount((corner[:, 0] + dx) * _CELLS + corner[:, 1] + dy, mass * weight, _CELLS * _CELLS)
    away = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS)) * cell
    squared = away[:, None] ** 2 + away[None, :] ** 2 + cell * cell
    spread = rfft2(grid.reshape(_CELLS, _CELLS), (2 * _CELLS, 2 * _CELLS))
    push = np.zeros_like(spots)
    for axis, distance in enumerate((away[:, None], away[None, :])):
        field = irfft2(spread * rfft2(distance / squared), (2 * _CELLS, 2 * _CELLS))[:_CELLS, :_CELLS].ravel()
        for dx, dy, weight in weights:
            push[:, axis] += weight * field[(corner[:, 0] + dx) * _CELLS + corner[:, 1] + dy]
    return push


def _apart(spots: Array, rounds: int = 12) -> Array:
    """Push spots that are nearer than a part of the usual distance from each other."""
    extent = float(np.sqrt(np.prod(np.ptp(spots, axis=0)) / len(spots)))
    least = 0.6 * extent
    for _ in range(rounds):
        pairs = cKDTree(spots).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs.T
        gap = spots[one] - spots[other]
        length = np.maximum(np.hypot(*gap.T), 1e-9)
        push = gap / length[:, None] * ((least - length) / 2)[:, None] * 0.6
        for axis in (0, 1):
            spots[:, axis] += np.bincount(one, push[:, axis], len(spots)) - np.bincount(
                other, push[:, axis], len(spots)
            )
    return spots
