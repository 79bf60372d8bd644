"""Words by which somebody is held to have done an act: charges.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["ChargeWords", "load_charges"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class ChargeWords:
    """Words of blame (see charges.toml)."""

    __pydantic_config__ = _STRICT
    holding: frozenset[str]
    held: frozenset[str]
    reasons: frozenset[str]
    share: frozenset[str]
    involved: frozenset[str]
    attributed: dict[str, str]


@cache
def load_charges() -> ChargeWords:
    """Return the bundled words (read once per process)."""
    return read_toml(ROOT / "charges.toml", ChargeWords)
