"""The PLOVER view: plover.toml, which tells what a report of an event counts as in PLOVER."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["PloverRule", "PloverView", "load_plover", "read_plover"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PloverRule:
    """Reports of these classes, modes and statuses (any, if empty) have this code; none, if that is empty.

    With `content_of`, only those that are the content of an event of these classes.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", populate_by_name=True)
    id: str
    code: str
    classes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    content_of: tuple[str, ...] = ()
    plover_mode: str | None = None

    def fits(self, event_class: str, mode: str | None, status: str, content_of: str | None) -> bool:
        """Say whether the rule is for such a report."""
        wanted = (
            (self.classes, event_class),
            (self.modes, mode),
            (self.statuses, status),
            (self.content_of, content_of),
        )
        return all(not values or value in values for values, value in wanted)


@dataclass(frozen=True, slots=True)
class PloverView:
    """The rules, in the order in which they are tried, and the codes of actors and their sectors.

    `placed` classes are done to the state where they happen, `domestic` ones to the actor's own, where the text
    names nobody.
    """

    __pydantic_config__ = _STRICT
    rule: tuple[PloverRule, ...]
    placed: frozenset[str]
    domestic: frozenset[str]
    codes: dict[str, str]
    sectors: dict[str, str]

    def code(
        self, event_class: str, mode: str | None, status: str, content_of: str | None = None
    ) -> tuple[str, str | None]:
        """Return PLOVER class and mode of a report; the class is empty where PLOVER has no such event.

        `content_of` is the class of the demand, threat or refusal that has it as its content.

        >>> load_plover().code("CONSULT", "summit", "planned"), load_plover().code("CONSULT", "summit", "cancelled")
        (('AGREE', None), ('REJECT', 'meet'))
        """
        found = next((r for r in self.rule if r.fits(event_class, mode, status, content_of)), None)
        return (found.code, found.plover_mode) if found else (event_class, None)


def read_plover(path: Path) -> PloverView:
    """Read a file like plover.toml."""
    return read_toml(path, PloverView)


@cache
def load_plover() -> PloverView:
    """Return the bundled view (read once per process)."""
    return read_plover(ROOT / "plover.toml")
