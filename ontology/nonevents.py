"""What stands with a word that looks like an event and tells of none: nonevents.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Beside", "NonEventRule", "Retold", "load_beside", "load_nonevents", "load_retold"]

_STRICT = ConfigDict(extra="forbid")

Where = Literal["object", "law", "disaster", "accident", "circumstance", "aspect", "crime", "actor"]


@dataclass(frozen=True, slots=True)
class NonEventRule:
    """Words (lemmas, or prepositions) that make an event of these classes none (see the head of nonevents.toml)."""

    __pydantic_config__ = _STRICT
    id: str
    note: str
    classes: frozenset[str]
    where: Where
    words: frozenset[str]
    none: tuple[str, ...]
    still: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    """What another event of the sentence tells better.

    Attributes
    ----------
    harm : verbs of what an attack did to those whom it hit
    cases, marks : prepositions and conjunctions of the attack in or when which that was
    rest : words for further victims of whom nothing is said
    orders : words of an order, which tells the act that is ordered
    """

    __pydantic_config__ = _STRICT
    harm: frozenset[str]
    cases: frozenset[str]
    marks: frozenset[str]
    rest: frozenset[str]
    orders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Words (lemmas) that decide with those of a rule.

    Attributes
    ----------
    vehicles, mishaps : what moves people, and the verbs of what befalls it
    people : who is held by the police for no politics, as those to whom it is done
    politics : words that make an arrest one of politics, whoever is held
    armed : who fights, and does no police work
    borders : where an army stands against another country
    """

    __pydantic_config__ = _STRICT
    vehicles: frozenset[str]
    mishaps: frozenset[str]
    people: frozenset[str]
    politics: frozenset[str]
    armed: frozenset[str]
    borders: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    __pydantic_config__ = _STRICT
    retold: Retold
    beside: Beside
    rule: tuple[NonEventRule, ...]


@cache
def _load() -> _Rules:
    return read_toml(ROOT / "nonevents.toml", _Rules)


def load_nonevents() -> tuple[NonEventRule, ...]:
    """Return the bundled rules (read once per process)."""
    return _load().rule


def load_retold() -> Retold:
    """Return what another event of the sentence tells better (read once per process)."""
    return _load().retold


def load_beside() -> Beside:
    """Return the words that decide with those of a rule (read once per process)."""
    return _load().beside
