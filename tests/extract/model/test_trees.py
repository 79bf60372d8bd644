from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from diplograph.extract.model.trees import decode_tree


def best_by_trying(scores):
    """The best single-rooted tree of a small sentence, by trying them all."""
    n = len(scores)
    best, value = None, -np.inf
    for heads in product(range(n + 1), repeat=n):
        if heads.count(0) != 1 or any(h == i + 1 for i, h in enumerate(heads)):
            continue
        if all(reaches_root(i, heads) for i in range(n)):
            total = sum(scores[i, h] for i, h in enumerate(heads))
            if total > value:
                best, value = heads, total
    return best, value


def reaches_root(i, heads):
    for _ in range(len(heads) + 1):
        if heads[i] == 0:
            return True
        i = heads[i] - 1
    return False


@pytest.mark.parametrize("seed", range(60))
def test_finds_the_best_tree(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    scores = rng.normal(size=(n, n + 1)).astype(np.float32)
    heads = decode_tree(scores)
    _, value = best_by_trying(scores)
    assert (heads == 0).sum() == 1
    assert all(reaches_root(i, heads.tolist()) for i in range(n))
    assert sum(scores[i, h] for i, h in enumerate(heads)) == pytest.approx(value, abs=1e-4)
