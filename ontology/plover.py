"""The PLOVER view: plover.toml, which tells what a report of an event counts as in PLOVER."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["PloverParty", "PloverRule", "PloverView", "load_plover", "read_plover"]

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
class PloverParty:
    """Who takes part in an event; `entry` is the id in the actor table, "" of those who are not in it."""

    name: str
    role: str
    kind: str | None
    country: str | None
    entry: str = ""


Coded = dict[str, str | None]
"""An actor of PLOVER: name, code, sector."""


@dataclass(frozen=True, slots=True)
class PloverView:
    """The rules, in the order in which they are tried, and the codes of actors and their sectors.

    Of the parties those with a role in `acting` are actors, the others recipients. `placed` classes are done to
    the state where they happen, `domestic` ones to the actor's own, where the text names nobody.
    """

    __pydantic_config__ = _STRICT
    rule: tuple[PloverRule, ...]
    acting: frozenset[str]
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

    def sides(
        self, parties: Sequence[PloverParty], code: str, place_country: str | None
    ) -> tuple[list[Coded], list[Coded]]:
        """Return the actors and the recipients of an event of a PLOVER class that happened in a country.

        Where nobody acts, all are actors.

        >>> rus, usa = (PloverParty(c, "agent", "state", c, f"state/{c}") for c in ("RUS", "USA"))
        >>> [actor["code"] for actor in load_plover().sides([rus, usa], "CONSULT", None)[0]]
        ['RUS', 'USA']
        """
        acting = [p for p in parties if p.role in self.acting] or list(parties)
        home = place_country if code in self.placed else None
        if home is None and code in self.domestic:
            home = next((p.country for p in acting if p.country), None)
        recipients = [self._coded(p, home) for p in parties if p not in acting]
        if not recipients and home:
            recipients = [{"name": None, "code": self.codes.get(home, home), "sector": None}]
        return [self._coded(p, home) for p in acting], recipients

    def _coded(self, party: PloverParty, home: str | None) -> Coded:
        """An actor's codes; a group that is only described ("protesters") is of the state where the event is."""
        country, kind = party.country, party.kind or ""
        code = self.codes.get(party.entry) or self.codes.get(country or "", country)
        if code is None and party.entry:
            code = self.codes.get(kind)
        if code is None and kind == "group":
            code = home
        return {"name": party.name, "code": code, "sector": self.sectors.get(kind)}


def read_plover(path: Path) -> PloverView:
    """Read a file like plover.toml."""
    return read_toml(path, PloverView)


@cache
def load_plover() -> PloverView:
    """Return the bundled view (read once per process)."""
    return read_plover(ROOT / "plover.toml")
