"""The PLOVER view: plover.toml, which tells what a report of an event counts as in PLOVER."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["PloverParty", "PloverPhrase", "PloverRule", "PloverView", "load_plover", "read_plover"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PloverRule:
    """Reports of these classes, modes and statuses (any, if empty) have this code; none, if that is empty.

    With `content_of`, only those that are the content of an event of these classes; with `entries`, only those that
    these entries of the lexicon found; with `abroad`, only those in which several states or organisations take part.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", populate_by_name=True)
    id: str
    code: str
    classes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    content_of: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    abroad: bool = False
    plover_mode: str | None = None

    def fits(
        self,
        event_class: str,
        mode: str | None,
        status: str,
        content_of: str | None,
        entry: str | None,
        *,
        abroad: bool,
    ) -> bool:
        """Say whether the rule is for such a report."""
        wanted = (
            (self.classes, event_class),
            (self.modes, mode),
            (self.statuses, status),
            (self.content_of, content_of),
            (self.entries, entry),
        )
        return (abroad or not self.abroad) and all(not values or value in values for values, value in wanted)


@dataclass(frozen=True, slots=True)
class PloverPhrase:
    """Words of a text as a regular expression; each example matches it."""

    __pydantic_config__ = _STRICT
    pattern: str
    examples: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Say whether the whole text is such a phrase."""
        return re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True, slots=True)
class PloverParty:
    """Who takes part in an event; `entry` is the id in the actor table, "" of those who are not in it.

    `surface` is what the text calls him there.
    """

    name: str
    role: str
    kind: str | None
    country: str | None
    entry: str = ""
    surface: str | None = None


Coded = dict[str, str | None]
"""An actor of PLOVER: name, code, sector."""


@dataclass(frozen=True, slots=True)
class PloverView:
    """The rules, in the order in which they are tried, and the codes of actors and their sectors.

    Of the parties those with a role in `acting` are actors, the others recipients. `placed` classes are done to
    the state where they happen, `domestic` ones to the actor's own, where the text names nobody. `paired` classes
    need two states or organisations; those who do or suffer an `inner` one are of the state that the sentence names.
    An `addressed` one of which no recipient is known is to the other state that the sentence names, else a group's
    `rising` one to its own.
    `joining`, `aside` and `opening` are words by which one tells what a sentence reports from what it mentions
    besides; what is said of a `promised` class promises, and does not threaten. A group is of the state that its name
    is followed by, if the words between match `belonging`. `words` are last words of what an actor is called, by
    sector.
    """

    __pydantic_config__ = _STRICT
    rule: tuple[PloverRule, ...]
    acting: frozenset[str]
    placed: frozenset[str]
    domestic: frozenset[str]
    paired: frozenset[str]
    inner: frozenset[str]
    addressed: frozenset[str]
    rising: frozenset[str]
    joining: frozenset[str]
    aside: frozenset[str]
    opening: frozenset[str]
    promised: frozenset[str]
    belonging: PloverPhrase
    codes: dict[str, str]
    sectors: dict[str, str]
    words: dict[str, frozenset[str]]

    def code(
        self,
        event_class: str,
        mode: str | None,
        status: str,
        content_of: str | None = None,
        entry: str | None = None,
        *,
        abroad: bool = False,
    ) -> tuple[str, str | None]:
        """Return PLOVER class and mode of a report; the class is empty where PLOVER has no such event.

        `content_of` is the class of the demand, threat or refusal that has it as its content; `entry` is the entry of
        the lexicon that found it, where it is known; `abroad` says that several states or organisations take part.

        >>> load_plover().code("CONSULT", "summit", "planned"), load_plover().code("CONSULT", "summit", "cancelled")
        (('AGREE', None), ('REJECT', 'meet'))
        """
        found = next(
            (r for r in self.rule if r.fits(event_class, mode, status, content_of, entry, abroad=abroad)), None
        )
        return (found.code, found.plover_mode) if found else (event_class, None)

    def sides(
        self, parties: Sequence[PloverParty], code: str, place_country: str | None, named: Sequence[PloverParty] = ()
    ) -> tuple[list[Coded], list[Coded]]:
        """Return the actors and the recipients of an event of a PLOVER class that happened in a country.

        `named` are all whom the sentence names. Where nobody acts, all are actors but those to whom it is
        done. Regions ("the West") are no actors beside others of their side.

        >>> rus, usa = (PloverParty(c, "agent", "state", c, f"state/{c}") for c in ("RUS", "USA"))
        >>> [actor["code"] for actor in load_plover().sides([rus, usa], "CONSULT", None)[0]]
        ['RUS', 'USA']
        """
        acting = [p for p in parties if p.role in self.acting] or [p for p in parties if p.role != "target"]
        home = self._home(acting or parties, code, place_country)
        only = _one([place_country, *(p.country for p in named)])
        inner = code in self.inner or only not in {p.country for p in parties}
        where = [home, only]
        if code in self.domestic:
            where.append(_one(p.country for p in parties))
        actors = self._coded(acting, where, inner=inner)
        if code in self.domestic:
            actors = actors or self._unnamed(home)
        recipients = self._coded([p for p in parties if p not in acting], where, inner=inner) or self._unnamed(home)
        if code in self.addressed and not any(r["code"] for r in recipients):
            recipients = self._other(actors, named) or recipients
        return actors, recipients or self._own(actors, acting, code)

    def _home(self, parties: Sequence[PloverParty], code: str, place_country: str | None) -> str | None:
        """The state that an act is done to where the text names nobody."""
        home = place_country if code in self.placed else None
        if home is None and code in self.domestic:
            home = next((p.country for p in parties if p.country), None)
        return home

    def _unnamed(self, country: str | None) -> list[Coded]:
        """A side that the text does not name: a state, if it is known."""
        return [{"name": None, "code": self.codes.get(country, country), "sector": None}] if country else []

    def _own(self, actors: Sequence[Coded], acting: Sequence[PloverParty], code: str) -> list[Coded]:
        """The actors' own state, as that which they act upon where nobody else is known."""
        own = _one(a["code"] for a in actors)
        inside = code in self.domestic or (code in self.rising and all(map(self._is_group, acting)))
        return [{"name": None, "code": own, "sector": None}] if own and inside else []

    def _other(self, actors: Sequence[Coded], named: Sequence[PloverParty]) -> list[Coded]:
        """The other state or organisation that is named besides the actors, if it is one."""
        codes = {a["code"] for a in actors}
        coded = {code: p for p in named if p.entry and (code := self._code(p, None, inner=False))}
        coded = {code: p for code, p in coded.items() if code not in codes}
        if None in codes or len(codes) != 1 or len(coded) != 1:
            return []
        code, party = coded.popitem()
        return [{"name": party.name, "code": code, "sector": self._sector(party)}]

    def is_abroad(self, parties: Sequence[PloverParty]) -> bool:
        """Say whether the parties are of several states or organisations."""
        return len({code for p in parties if (code := self._code(p, None, inner=False))}) > 1

    def is_paired(self, actors: Sequence[Coded], recipients: Sequence[Coded], code: str) -> bool:
        """Say whether an event has as many sides as its class needs; a side without a code counts as another.

        >>> load_plover().is_paired([{"code": "RUS"}], [], "CONSULT")
        False
        """
        return code not in self.paired or (len({a["code"] for a in [*actors, *recipients]}) > 1)

    def _coded(self, parties: Sequence[PloverParty], where: list[str | None], *, inner: bool) -> list[Coded]:
        """A side: a group that is only described ("protesters") is of the state where the event is.

        Else it is of the one that the others of its side are of, then of the one that the sentence or the event
        names; of an `inner` act anybody is who is not known, and of any if the state named takes no part itself.
        """
        side = _one(self._code(p, None, inner=False) for p in parties)
        inside = next(filter(None, [where[0], side, *where[1:]]), None)
        found = [(p, self._code(p, inside, inner=inner or bool(side))) for p in parties]
        if any(code for _, code in found):
            found = [(p, code) for p, code in found if code or p.kind != "region"]
        return [{"name": p.name, "code": code, "sector": self._sector(p)} for p, code in found]

    def _code(self, party: PloverParty, inside: str | None, *, inner: bool) -> str | None:
        country, kind = party.country, party.kind or ""
        code = self.codes.get(party.entry) or self.codes.get(country or "", country)
        if code is None and party.entry:
            code = self.codes.get(kind)
        if code is None and not party.entry and (inner or self._is_group(party)):
            code = self.codes.get(inside or "", inside)
        return code

    def _is_group(self, party: PloverParty) -> bool:
        """Say whether it is one, called so even where a capital makes a name of it ("Rebels said ...")."""
        return party.kind == "group" or (party.kind == "organisation" and self._told(party) is not None)

    def _told(self, party: PloverParty) -> str | None:
        """The sector that the words tell, the last first: "Israeli soldiers"."""
        for text in (party.surface, party.name):
            words = (text or "").lower().split()
            told = (s for word in reversed(words) for s, nouns in self.words.items() if word in nouns)
            if sector := next(told, None):
                return sector
        return None

    def _sector(self, party: PloverParty) -> str | None:
        """The sector that the words tell, else that of the kind of actor; of persons, of those in the actor table."""
        known = party.kind not in {"person", "group"} or party.entry
        told = self._told(party)
        if told == "MIL" and party.kind == "group" and party.entry:
            told = None  # the Lord's Resistance Army is no state's
        return told or (self.sectors.get(party.kind or "") if known else None)


def _one(countries: Iterable[str | None]) -> str | None:
    """The country, if they are all one."""
    found = set(filter(None, countries))
    return found.pop() if len(found) == 1 else None


def read_plover(path: Path) -> PloverView:
    """Read a file like plover.toml."""
    return read_toml(path, PloverView)


@cache
def load_plover() -> PloverView:
    """Return the bundled view (read once per process)."""
    return read_plover(ROOT / "plover.toml")
