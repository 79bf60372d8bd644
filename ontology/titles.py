"""Titles, offices and collective nouns: how texts call people by what they are.

Data: actors/titles.toml and actors/collectives.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict

from diplograph.ontology.load import ROOT, read_toml
from diplograph.ontology.names import fold

__all__ = ["Collectives", "Title", "Titles", "load_collectives", "load_titles"]

_STRICT = ConfigDict(extra="forbid")
_LONGEST = 5
_OF = re.compile(r"(.+?)((?: (?:of|for) .+)?)$")
_LINKS = {"and", "of", "for", "the"}
_PORTFOLIO = 6
"""Words of a minister's portfolio at most."""


@dataclass(frozen=True, slots=True)
class Title:
    """One title (see the head of titles.toml)."""

    __pydantic_config__ = _STRICT
    words: str
    office: str | None = None
    group: tuple[str, ...] = ()
    state: str | None = None


@dataclass(frozen=True, slots=True)
class _TitleFile:
    __pydantic_config__ = _STRICT
    title: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class Collectives:
    """Nouns that stand for a state, organisation or group named with them (collectives.toml)."""

    __pydantic_config__ = _STRICT
    organs: frozenset[str]
    homes: frozenset[str]
    seated: frozenset[str]
    home_words: frozenset[str]
    areas: frozenset[str]
    bodies: frozenset[str]
    institutions: frozenset[str]
    offices: frozenset[str]
    states: frozenset[str]
    persons: frozenset[str]
    people: frozenset[str]
    gatherings: frozenset[str]
    ranks: frozenset[str]
    works: frozenset[str]
    accords: frozenset[str]
    unknown: frozenset[str]
    any_holder: frozenset[str]
    under: frozenset[str]
    forces: frozenset[str]
    about: frozenset[str]
    sites: frozenset[str]
    amounts: frozenset[str]
    kin: frozenset[str]
    callings: frozenset[str]
    anybody: frozenset[str]
    staff: frozenset[str]
    judging: frozenset[str]
    sayings: dict[str, frozenset[str]]


class Titles:
    """Finds titles in folded words."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._singular = {fold(t.words): t for t in titles}
        self._plural = {_plural(fold(t.words)): t for t in titles if t.group}
        self._last = {words.rpartition(" ")[2] for words in (*self._singular, *self._plural)}
        self._office_groups: dict[str, tuple[str, ...]] = {}
        for title in titles:
            if title.office:
                self._office_groups.setdefault(title.office, title.group)

    def groups_of(self, office: str) -> tuple[str, ...]:
        """Return what the holder of an office counts as (diplomat, leader ...)."""
        return self._office_groups.get(office, ())

    def ending_at(self, folded: Sequence[str], end: int) -> tuple[int, Title] | None:
        """Return (begin, title) of the longest singular title whose last word is ``folded[end - 1]``."""
        return self._search(folded, end, self._singular)

    def in_office_before(self, folded: Sequence[str], end: int, nominal: Sequence[bool]) -> tuple[int, Title] | None:
        """The same, and of a minister with any portfolio: "minister of energy and water".

        `nominal` tells of each word whether it may stand in the name of a portfolio: no verb, no comma.
        """
        if hit := self.ending_at(folded, end):
            return hit
        for at in range(end - 1, max(end - 2 - _PORTFOLIO, 0), -1):
            if not nominal[at] or (at == end - 1 and folded[at] in _LINKS):
                break
            hit = self.ending_at(folded, at) or self.plural_ending_at(folded, at)
            if folded[at] in {"of", "for"} and hit:
                return hit if "minister" in hit[1].group else None
        return None

    def plural_ending_at(self, folded: Sequence[str], end: int) -> tuple[int, Title] | None:
        """Return (begin, title) of the longest plural title whose last word is ``folded[end - 1]``."""
        return self._search(folded, end, self._plural)

    def starting_at(self, folded: Sequence[str], begin: int) -> tuple[int, Title] | None:
        """Return (end, title) of the longest singular title whose first word is ``folded[begin]``."""
        for end in range(min(begin + _LONGEST, len(folded)), begin, -1):
            if folded[end - 1] and (title := self._singular.get(_join(folded[begin:end]))):
                return end, title
        return None

    def _search(self, folded: Sequence[str], end: int, table: dict[str, Title]) -> tuple[int, Title] | None:
        if end < 1 or folded[end - 1].rpartition(" ")[2] not in self._last:
            return None
        for begin in range(max(0, end - _LONGEST), end):
            if folded[begin] and (title := table.get(_join(folded[begin:end]))):
                return begin, title
        return None


def _join(words: Sequence[str]) -> str:
    return " ".join(w for w in words if w)


def _plural(words: str) -> str:
    """Pluralise the head of a title: "secretary of state" -> "secretaries of state".

    >>> _plural("foreign minister"), _plural("minister for trade"), _plural("envoy")
    ('foreign ministers', 'ministers for trade', 'envoys')
    """
    head, rest = _OF.match(words).groups()  # type: ignore[union-attr]
    if head.endswith("man"):
        head = head[:-3] + "men"
    elif head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    elif head.endswith(("ch", "s")):
        head += "es"
    else:
        head += "s"
    return head + rest


@cache
def load_titles() -> Titles:
    """Return the bundled titles."""
    return Titles(read_toml(ROOT / "actors" / "titles.toml", _TitleFile).title)


@cache
def load_collectives() -> Collectives:
    """Return the bundled collective nouns."""
    return read_toml(ROOT / "actors" / "collectives.toml", Collectives)
