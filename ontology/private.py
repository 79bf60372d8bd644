"""Whose affairs are private, and no diplomacy: private.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Private", "load_private"]


@dataclass(frozen=True, slots=True)
class Private:
    """Words of private life, as lemmas (see the head of private.toml)."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    classes: frozenset[str]
    people: frozenset[str]
    fields: frozenset[str]
    teams: frozenset[str]
    occasions: frozenset[str]


@cache
def load_private() -> Private:
    """Return the bundled words (read once per process)."""
    return read_toml(ROOT / "private.toml", Private)
