"""CAMEO codes as our classes, modes and statuses: cameo.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, Field

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["CameoCode", "CameoTable", "load_cameo", "read_cameo"]

_LAST_ROOT = 20


@dataclass(frozen=True, slots=True)
class CameoCode:
    """What a code stands for; `event_class` is empty where PLOVER has no such event."""

    __pydantic_config__ = ConfigDict(extra="forbid", populate_by_name=True)
    says: str
    event_class: str = Field(alias="class")
    mode: str | None = None
    status: str = "occurred"
    source: str = "agent"
    target: str | None = None


@dataclass(frozen=True, slots=True)
class CameoTable:
    """The codes, the classes whose sides are counterparts, and codes of countries that ISO 3166-1 writes otherwise."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    symmetric: frozenset[str]
    codes: dict[str, CameoCode]
    countries: dict[str, str]

    def find(self, code: str) -> CameoCode | None:
        """Return the entry of the longest code that begins this one; None if it is no CAMEO code.

        Zeros that a spreadsheet took away are put back.

        >>> load_cameo().find("0411").mode, load_cameo().find("36").status, load_cameo().find("abc")
        ('call', 'planned', None)
        """
        if not (code.isascii() and code.isdigit() and len(code) <= 4):
            return None
        if len(code) == 1 or not 1 <= int(code[:2]) <= _LAST_ROOT:
            code = f"0{code}"
        return next((self.codes[code[:n]] for n in (4, 3, 2) if code[:n] in self.codes), None)

    def target_role(self, entry: CameoCode) -> str:
        """Return the role of the target of an event with this code."""
        return entry.target or ("counterpart" if entry.event_class in self.symmetric else "target")


def read_cameo(path: Path) -> CameoTable:
    """Read a file like cameo.toml."""
    return read_toml(path, CameoTable)


@cache
def load_cameo() -> CameoTable:
    """Return the bundled table (read once per process)."""
    return read_cameo(ROOT / "cameo.toml")
