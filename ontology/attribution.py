"""Words of attribution (data: attribution.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Attribution", "load_attribution"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Verbs, prepositions and nouns that name the source of a claim."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    verbs: frozenset[str]
    committing: frozenset[str]
    prepositions: frozenset[str]
    measures: frozenset[str]
    owning: frozenset[str]
    nouns: frozenset[str]
    duties: frozenset[str]


@cache
def load_attribution() -> Attribution:
    """Return the bundled words of attribution."""
    return read_toml(ROOT / "attribution.toml", Attribution)
