"""From arc scores to a tree: greedy where that is already a tree, else the maximum spanning tree.

The spanning tree is that of Chu and Liu (1965) and Edmonds (1967), with the constraint of
Universal Dependencies that exactly one word hangs from the root, here by making arcs
from the root so dear that the best tree has no second one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode_tree"]


def decode_tree(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the best single-rooted tree.

    Parameters
    ----------
    scores : array, shape (n, n + 1)
        ``scores[d, h]``: how well word ``h - 1`` governs word ``d``; column 0 is the root.

    Returns
    -------
    array of int, shape (n,)
        The head of each word, 1-based; 0 for the root.

    >>> decode_tree(np.array([[0.0, 0.0, 5.0], [4.0, 1.0, 0.0]])).tolist()
    [2, 0]
    """
    n = scores.shape[0]
    greedy: NDArray[np.intp] = scores.argmax(1)
    if (greedy == 0).sum() == 1 and _is_tree(greedy):
        return greedy
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:] = scores
    square[1:, 0] -= 2 * n * (np.abs(scores).max() + 1)  # dearer than all else together: one root arc only
    return _spanning(square)[1:]


def _is_tree(heads: NDArray[np.intp]) -> bool:
    return _cycle(np.concatenate(([0], heads))) is None


def _cycle(heads: NDArray[np.intp]) -> list[int] | None:
    """Return the nodes of a cycle; `heads` has node 0 as the root."""
    done = np.zeros(len(heads), dtype=bool)
    done[0] = True
    for start in range(1, len(heads)):
        path: list[int] = []
        seen: set[int] = set()
        node = start
        while not done[node] and node not in seen:
            path.append(node)
            seen.add(node)
            node = int(heads[node])
        if node in seen:
            return path[path.index(node) :]
        done[path] = True
    return None


def _spanning(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Maximum spanning arborescence from node 0: ``scores[dependent, head]``; returns heads."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    heads: NDArray[np.intp] = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    position = {int(node): i for i, node in enumerate(outside)}
    cyc = np.array(cycle)
    current = scores[cyc, heads[cyc]]
    total = current.sum()
    size = len(outside)
    contracted = np.full((size + 1, size + 1), -np.inf)
    contracted[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, cyc)]
    best_head = leaving.argmax(1)
    contracted[:size, size] = leaving.max(1)
    entering = scores[np.ix_(cyc, outside)] - current[:, None] + total
    best_entry = entering.argmax(0)
    contracted[size, :size] = entering.max(0)
    solved = _spanning(contracted)
    result = heads.copy()
    for node in outside[1:]:
        head = solved[position[int(node)]]
        result[node] = cyc[best_head[position[int(node)]]] if head == size else outside[head]
    entry = solved[size]
    result[cyc[best_entry[entry]]] = outside[entry]
    return result
