"""What events weigh in networks, and which lead to which: networks.toml."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["ClassWeight", "ModeWeight", "NetworkRules", "load_network_rules", "read_network_rules"]

_STRICT = ConfigDict(extra="forbid")

Value = Annotated[float, Field(ge=-10, le=10)]


@dataclass(frozen=True, slots=True)
class ModeWeight:
    """The weight of a mode, and the CAMEO code that has it."""

    __pydantic_config__ = _STRICT
    cameo: str
    value: Value


@dataclass(frozen=True, slots=True)
class ClassWeight:
    """The weight of a class, and of those of its modes that have one of their own."""

    __pydantic_config__ = ConfigDict(extra="forbid", populate_by_name=True)
    event_class: Annotated[str, Field(alias="class")]
    cameo: str
    value: Value
    modes: dict[str, ModeWeight] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """Weights from -10 (conflict) to 10 (cooperation), and the classes to which each class may lead."""

    __pydantic_config__ = _STRICT
    weight: tuple[ClassWeight, ...]
    leads_to: dict[str, frozenset[str]]

    def value(self, event_class: str, mode: str | None = None) -> float:
        """Return the weight of a class, or of a mode in it; 0 for a class that is not listed.

        >>> rules = load_network_rules()
        >>> rules.value("CONSULT", "visit"), rules.value("AID", "gift"), rules.value("ASSAULT"), rules.value("PARTY")
        (1.9, 7.0, -10.0, 0.0)
        """
        for entry in self.weight:
            if entry.event_class == event_class:
                own = entry.modes.get(mode or "")
                return own.value if own else entry.value
        return 0.0


def read_network_rules(path: Path) -> NetworkRules:
    """Read a file like networks.toml."""
    return read_toml(path, NetworkRules)


@cache
def load_network_rules() -> NetworkRules:
    """Return the bundled rules (read once per process)."""
    return read_network_rules(ROOT / "networks.toml")
