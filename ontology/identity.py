"""What speaks for and against two documents telling of the same event: identity.toml."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated

from pydantic import ConfigDict, Field

from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Example", "IdentityRules", "ReportExample", "Sign", "load_identity"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that two tellings have in common or not: its weight in log-odds, and what it says in words."""

    __pydantic_config__ = _STRICT
    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class ReportExample:
    """A report of a textbook case: `day` of the report, `when` and `place` of the event, `who` takes part."""

    __pydantic_config__ = _STRICT
    day: str
    mode: str
    who: tuple[str, ...]
    status: str
    event_class: Annotated[str, Field(alias="class")] = "CONSULT"
    when: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A textbook case: two reports, and whether they are of the same event."""

    __pydantic_config__ = _STRICT
    id: str
    same: bool
    one: ReportExample
    other: ReportExample


@dataclass(frozen=True, slots=True)
class _Common:
    __pydantic_config__ = _STRICT
    words: str


@dataclass(frozen=True)
class IdentityRules:
    """The signs and their settings.

    Attributes
    ----------
    least : probability from which two tellings are of one event, by family
    against : probability under which one report speaks against another: they are not put together, whatever others say
    most : events between the same sides, the latest, with which a report is compared
    open_days : days after which a plan of which nothing was heard is forgotten
    fresh_days : days within which something is reported after it happened, unless the text dates it
    gaps : days between two reports at most, and the sign of it
    company : other documents that tell of such an event within a week, and the signs of so many
    shared : telling words in common at least, and the sign of it
    symmetric : classes whose participants are sides of equal standing
    face_to_face : kinds of CONSULT that may be called by each other's names
    apart : words that set an event apart from those that a document has told before
    claims : families of the lexicon by which somebody says that an act told before was his
    speech : families of the lexicon for talks that may be on the telephone, a kind of their own: "spoke with"
    further : words that set it apart from those that other documents have told before
    forms : words of which one excludes the others: direct and indirect talks are two
    stages : beginnings of the words for the steps of one procedure, which are events of their own
    circumstances : words before an event that is told as what something else came after or is about
    bodily : classes of what is done to a person's body or freedom, and seldom done to the same person twice
    uncounted : beginnings of words whose number says nothing: the two countries
    once : kinds that nobody does or suffers twice, and the sign of each
    party : participants at most of what may be called a visit by one report and a meeting by another
    party_sure, party_shared : who takes part in what several tell: of whom one is so sure, or all in the mean
    loose : classes whose kinds may differ between tellings of one event
    family : of each class, the family whose bias (sign `of_...`) it has
    pace : of each family, the word before the signs of the days between two reports
    reach : days that a report looks back, by family
    """

    __pydantic_config__ = _STRICT
    least: dict[str, float]
    against: float
    most: int
    open_days: int
    fresh_days: int
    gaps: tuple[tuple[int, str], ...]
    company: tuple[tuple[int, str], ...]
    shared: tuple[tuple[int, str], ...]
    symmetric: frozenset[str]
    face_to_face: frozenset[str | None]
    apart: frozenset[str]
    claims: frozenset[str]
    speech: frozenset[str]
    further: tuple[str, ...]
    forms: tuple[str, ...]
    stages: tuple[frozenset[str], ...]
    circumstances: tuple[str, ...]
    bodily: frozenset[str]
    uncounted: frozenset[str]
    once: dict[str, str]
    party: int
    party_sure: float
    party_shared: float
    loose: frozenset[str]
    family: dict[str, str]
    pace: dict[str, str]
    reach: dict[str, int]
    sign: dict[str, Sign]
    common: _Common
    example: tuple[Example, ...]

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """Beginnings of words that are common in news."""
        return frozenset(self.common.words.split())

    @cached_property
    def further_words(self) -> re.Pattern[str]:
        """What finds `further` words; "more than" is a number's."""
        return re.compile(rf"\b(?:{'|'.join(self.further)})\b(?! than)", re.IGNORECASE)

    @cached_property
    def circumstance_words(self) -> re.Pattern[str]:
        """What finds one of the `circumstances` a few words before the place where the text ends."""
        return re.compile(
            rf"\b(?:{'|'.join(self.circumstances)})\s(?:(?!(?:for|to|of|in|with)\s)[\w'’-]+\s){{0,3}}$", re.IGNORECASE
        )

    @cached_property
    def form_words(self) -> re.Pattern[str]:
        """What finds the words of `forms`."""
        return re.compile(rf"\b(?:{'|'.join(self.forms)})\b", re.IGNORECASE)

    def stages_of(self, words: frozenset[str]) -> frozenset[int]:
        """Return which of the `stages` words are of."""
        return frozenset(n for n, stage in enumerate(self.stages) if stage & words)

    def least_odds(self, event_class: str) -> float:
        """Return the `least` of a class as log-odds."""
        return _odds(self.least[self.family[event_class]])

    @cached_property
    def against_odds(self) -> float:
        """`against` as log-odds."""
        return _odds(self.against)

    def odds(self, signs: Iterable[str]) -> float:
        """Return the log-odds that two tellings with these signs are of one event."""
        return math.fsum(self.sign[name].weight for name in signs)

    def explain(self, signs: Iterable[str]) -> str:
        """Return the signs in words, those for it first, the weightiest first; a family's bias is left out.

        >>> rules = load_identity()
        >>> rules.explain(["same_place", "other_date", "of_meeting"])
        'the same place; against it: another date'
        """
        told = [name for name in signs if not name.startswith("of_")]
        ranked = sorted(((self.sign[name].weight, name) for name in told), key=lambda s: (-abs(s[0]), s[1]))
        said = {way: [self.sign[n].says for w, n in ranked if w * way > 0] for way in (1, -1)}
        against = f"; against it: {', '.join(said[-1])}" if said[-1] else ""
        return f"{', '.join(said[1])}{against}"


def _odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


@cache
def load_identity() -> IdentityRules:
    """Return the bundled rules."""
    return read_toml(ROOT / "identity.toml", IdentityRules)
