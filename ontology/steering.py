"""Words that decide who does what around them (data: steering.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Steering", "load_steering"]


@dataclass(frozen=True, slots=True)
class Steering:
    """Lists of lemmas (see steering.toml); `addressing` has the prepositions of each verb."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    control: frozenset[str]
    asking: frozenset[str]
    anybodys: frozenset[str]
    requests: frozenset[str]
    charges: frozenset[str]
    minded: frozenset[str]
    phrasal: frozenset[str]
    addressing: dict[str, frozenset[str]]


@cache
def load_steering() -> Steering:
    """Return the bundled words (read once per process)."""
    return read_toml(ROOT / "steering.toml", Steering)
