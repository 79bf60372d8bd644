"""How an attack names those whom it hits, and those who make it: attacks.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["AttackWords", "load_attacks"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class AttackWords:
    """Words by which an attack is told (see attacks.toml)."""

    __pydantic_config__ = _STRICT
    hit: frozenset[str]
    parts: frozenset[str]
    anybody: frozenset[str]
    members: frozenset[str]
    aiming: frozenset[str]
    own: frozenset[str]
    invading: frozenset[str]
    beside: frozenset[str]
    locals: frozenset[str]
    public: frozenset[str]
    unknown: frozenset[str]
    custody: frozenset[str]


@cache
def load_attacks() -> AttackWords:
    """Return the bundled words (read once per process)."""
    return read_toml(ROOT / "attacks.toml", AttackWords)
