"""How much rules and the trained reader count: fusion.toml."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["BOUND", "Aside", "Fusion", "StatusWeights", "Weights", "load_fusion"]

_STRICT = ConfigDict(extra="forbid")
BOUND = 0.02
"""Probabilities are kept away from 0 and 1 by this much before their odds are taken: surer than that nobody is."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of whether something is told, from whether a rule and how surely the trained reader found it.

    Attributes
    ----------
    bias, rule, odds, both : weights of a constant, of a rule having found it, of the log-odds that the
        trained reader gives it, and of the product of the two
    marks : weights of what else is known of it, by name (`fusion.event_marks`, `fusion.Candidate`)
    least : what has less confidence is left out
    """

    __pydantic_config__ = _STRICT
    bias: float
    rule: float
    odds: float
    both: float
    marks: dict[str, float]
    least: float

    def confidence(self, *, rule: bool, share: float, marks: Iterable[str] = ()) -> float:
        """Return the probability of something that the trained reader gives `share` (0 if it does not see it).

        >>> weights = Weights(bias=0, rule=1, odds=1, both=0, marks={"known": 1}, least=0.5)
        >>> weights.confidence(rule=False, share=0.5), round(weights.confidence(rule=True, share=0.5), 2)
        (0.5, 0.73)
        >>> round(weights.confidence(rule=False, share=0.5, marks=["known"]), 2)
        0.73
        """
        bounded = min(max(share, BOUND), 1 - BOUND)
        odds = math.log(bounded / (1 - bounded))
        score = self.bias + self.odds * odds + rule * (self.rule + self.both * odds)
        score += sum(self.marks[mark] for mark in marks)
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class StatusWeights:
    """By how much (in log-odds) the rules' status gains: for each rule that decided, or for the mere form."""

    __pydantic_config__ = _STRICT
    rule: float
    form: float

    def decide(self, shares: dict[str, float], status: str, *, rules: int) -> str:
        """Return the likeliest status, given those of the trained reader and that of the rules: so many decided it."""
        bonus = math.exp(rules * self.rule or self.form)
        return max(shares, key=lambda s: shares[s] * (bonus if s == status else 1.0))


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of what is beside an event: whom they name takes no part in it.

    Attributes
    ----------
    circumstances : prepositions and conjunctions of a circumstance
    around : those of them that hold for all that their phrase names, not for its head alone
    scenes : prepositions of where that happened which somebody speaks of
    sites : prepositions of a building or the like, whose owner does not matter
    discussing : verbs whose object is what is spoken of
    topics : prepositions of what is spoken of, behind a noun
    goods, markets : what is traded, and prepositions of the country that buys it
    """

    __pydantic_config__ = _STRICT
    circumstances: frozenset[str]
    around: frozenset[str]
    scenes: frozenset[str]
    sites: frozenset[str]
    discussing: frozenset[str]
    topics: frozenset[str]
    goods: frozenset[str]
    markets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fusion:
    """All weights, fitted on annotated texts (see the head of fusion.toml).

    Attributes
    ----------
    event, participant : who or what is kept
    status : which status wins
    least : probability that a place, time or source needs that only the trained reader sees
    least_bare : the same for an event of which nobody political is known
    aside : who is named beside an event
    frames : by part of speech, the frame of each class ("CONSULT/visit" before "CONSULT" before "other")
    """

    __pydantic_config__ = _STRICT
    event: Weights
    participant: Weights
    status: StatusWeights
    least: float
    least_bare: float
    frames: dict[str, dict[str, str]]
    aside: Aside

    def frame(self, event_class: str, mode: str | None, pos: str) -> str:
        """Return the frame by which a word that is not in the lexicon takes its participants."""
        frames = self.frames[pos]
        return frames.get(f"{event_class}/{mode}") or frames.get(event_class) or frames["other"]


@cache
def load_fusion() -> Fusion:
    """Return the bundled weights (read once per process)."""
    return read_toml(ROOT / "fusion.toml", Fusion)
