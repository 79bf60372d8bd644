"""What the words around an event have that helps to tell whether another document speaks of the same one.

Telling words, names of things, numbers, rates in per cent, whether they point back to it as known, and whether
they set it apart from one told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from diplograph.extract.records import Event, Extraction, Participant, Span
from diplograph.ontology.identity import load_identity
from diplograph.ontology.timerules import load_time_names

__all__ = ["Wording", "compare"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]{3,}")
_RATE = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)(?:[-–]\d+)?\s?(?:%|per ?cent\b)")
_OLD = re.compile(r"\b(?:from|previous|earlier|existing)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_BACK = re.compile(r"\b(the|this|that|these|those)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_EDITION = re.compile(r"\b((?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th))\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_STEM, _ROOT = 7, 5
"""Letters by which a word, and one that tells of an event in any form, is compared with others."""
_BEFORE, _AFTER = 45, 60
"""Characters before and after the trigger in which words set the event apart."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Finds days of dates, numbers, and numbers before a word."""

    day: re.Pattern[str]
    number: re.Pattern[str]
    count: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    names = load_time_names()
    month = rf"(?:{'|'.join(names.months + names.short_months)})\b\.?"
    day = re.compile(rf"\b(?:{month} \d{{1,2}}|\d{{1,2}} {month})", re.IGNORECASE)
    words = "|".join(names.numbers[1:])  # "one" is a pronoun too
    number = re.compile(rf"(?<![\w.,-])(\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}|{words})(?![\w-])")
    return _Patterns(day, number, re.compile(rf"{number.pattern}\s([^\W\d_]{{4,}})", re.IGNORECASE))


def _figures(number: str) -> str:
    return str(load_time_names().number(number) or number)


@dataclass
class Wording:
    """The words of the mentions that one document has of an event; `people` and `places` are the names in them."""

    record: Extraction
    mentions: tuple[Event, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Telling words of its sentences: neither common in news nor in the names of those who take part."""
        named = frozenset(_stems(" ".join(self.people)))
        return frozenset(_stems(" ".join(self._sentences))) - named - load_identity().common_stems

    @cached_property
    def names(self) -> frozenset[str]:
        """Of these words, those that are written as names: of things, of operations, of smaller places."""
        found = (w for text in self._sentences for w in _NAME.findall(text))
        return frozenset(_stems(" ".join(found))) & self.words

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in its sentences, such as those of the killed; years, days of dates and rates are none."""
        return frozenset(map(_figures, _patterns().number.findall(self._counting)))

    @cached_property
    def counts(self) -> dict[str, frozenset[str]]:
        """How many of what: the numbers before a word, by its stem."""
        found: dict[str, set[str]] = {}
        for number, word in _patterns().count.findall(self._counting):
            if word[:_STEM] not in load_identity().uncounted:
                found.setdefault(word[:_STEM], set()).add(_figures(number))
        return {stem: frozenset(numbers) for stem, numbers in found.items()}

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Beginnings of the words that tell of the event."""
        text = self.record.text or ""
        return frozenset(w[:_ROOT] for e in self.mentions for w in _WORD.findall(text[slice(*e.trigger)].casefold()))

    @cached_property
    def rates(self) -> frozenset[str]:
        """The rates in per cent in its sentences; one that is told as the old one is none."""
        return frozenset(
            m[1] for text in self._sentences for m in _RATE.finditer(text) if not _OLD.search(text, 0, m.start())
        )

    @cached_property
    def points_back(self) -> bool:
        """Whether it speaks of the event as known: the attack, that meeting; not where "the" is a name's."""
        text = self.record.text or ""
        found = ((e, _BACK.search(text, max(0, e.trigger[0] - 60), e.trigger[0])) for e in self.mentions)
        return any(m is not None and not any(_is_named(p, m.span(1), e) for p in e.participants) for e, m in found)

    @cached_property
    def editions(self) -> frozenset[str]:
        """Which one of its kind it is called, by year or number: the 2025 summit, the 18th package."""
        text = self.record.text or ""
        before = (_EDITION.search(text, max(0, e.trigger[0] - 60), e.trigger[0]) for e in self.mentions)
        return frozenset(m[1] for m in before if m)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Of words that exclude each other, in each mention's sentence the one nearest to its trigger: direct talks."""
        text = self.record.text or ""
        found: set[str] = set()
        for event in self.mentions:
            words = load_identity().form_words.finditer(text, *event.sentence)
            found.update(m[0].casefold() for m in sorted(words, key=lambda m: _distance(m.span(), event.trigger))[:1])
        return frozenset(found)

    @cached_property
    def is_further(self) -> bool:
        """Whether words set it apart from one told before: another round, three more hostages."""
        text = self.record.text or ""
        words = load_identity().further_words
        starts = (
            (m.start(), e)
            for e in self.mentions
            for m in words.finditer(text, max(e.sentence[0], e.trigger[0] - _BEFORE), e.sentence[1])
        )
        return any(start < e.trigger[1] + _AFTER for start, e in starts)

    @cached_property
    def is_background(self) -> bool:
        """Whether each mention only says what something else came after or is about: following the arrest."""
        text = self.record.text or ""
        return all(
            load_identity().circumstance_words.search(text, max(e.sentence[0], e.trigger[0] - _BEFORE), e.trigger[0])
            for e in self.mentions
        )

    @cached_property
    def _counting(self) -> str:
        """Its sentences without names, dates and rates, whose numbers count nothing."""
        text = " ".join(self._sentences)
        for name in (*self.people, *self.places):
            text = text.replace(name, "")
        return _RATE.sub("", _patterns().day.sub("", text)).casefold()

    @property
    def _sentences(self) -> list[str]:
        text = self.record.text or ""
        return [text[slice(*span)] for span in sorted({e.sentence for e in self.mentions})]


def compare(one: Wording, other: Wording, event_class: str) -> Iterator[str]:
    """Yield the signs that the words of two tellings of a class give; `one` is the earlier report."""
    yield from _numbers(one, other)
    shared = len(one.words & other.words)
    if shared:
        yield next(name for least, name in load_identity().shared if shared >= least)
    elif event_class != "CONSULT" and one.words and other.words:
        yield "no_words"
    if event_class == "AGREE" and not shared:
        yield "other_subject"
    if one.triggers & other.triggers:
        yield "same_trigger"
    stages = [load_identity().stages_of(w.triggers) for w in (one, other)]
    if all(stages) and not stages[0] & stages[1]:
        yield "other_stage"
    if one.names & other.names:
        yield "same_name"
    if one.forms and other.forms and not one.forms & other.forms:
        yield "other_form"
    if one.editions and other.editions:
        yield "same_edition" if one.editions & other.editions else "other_edition"
    if other.points_back:
        yield "points_back"
    if other.is_further:
        yield "further"
    if other.is_background:
        yield "background"


def _numbers(one: Wording, other: Wording) -> Iterator[str]:
    if one.rates and other.rates:
        yield "same_rate" if one.rates & other.rates else "other_rate"
    if one.numbers and other.numbers:
        yield "same_number" if any(len(n) > 1 for n in one.numbers & other.numbers) else "other_number"
    counted = one.counts.keys() & other.counts.keys()
    if counted:
        yield "same_count" if any(one.counts[w] & other.counts[w] for w in counted) else "other_count"


def _is_named(participant: Participant, article: Span, event: Event) -> bool:
    """Whether an article before a trigger is of the one who acts: the Houthis fire, the Iranian government closes."""
    surface, begin, end = participant.surface, participant.begin, participant.end
    if surface is None or end != event.trigger[0] - 1 or participant.kind == "person":
        return False
    has_article = surface == participant.name and (" " in surface or surface[-1] == "s")
    return begin == article[0] or (has_article and begin == article[1] + 1)


def _distance(word: tuple[int, int], trigger: Span) -> int:
    """Characters between a word and a trigger."""
    return max(word[0] - trigger[1], trigger[0] - word[1])


def _stems(text: str) -> Iterable[str]:
    return (word[:_STEM] for word in _WORD.findall(text.casefold()))
