"""How sure a triple is: triples.toml."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["TripleWeights", "load_triple_weights"]


@dataclass(frozen=True, slots=True)
class TripleWeights:
    """A logistic model of whether a triple is what the sentence says, from its marks (see triples.toml)."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    bias: float
    marks: dict[str, float]

    def confidence(self, marks: Iterable[str]) -> float:
        """Return the probability of a triple with these marks.

        >>> round(TripleWeights(0.0, {"far": -1.0}).confidence(["far"]), 2)
        0.27
        """
        return 1 / (1 + math.exp(-self.bias - sum(self.marks[mark] for mark in marks)))


@cache
def load_triple_weights() -> TripleWeights:
    """Return the bundled weights (read once per process)."""
    return read_toml(ROOT / "triples.toml", TripleWeights)
