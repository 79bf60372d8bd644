"""When: time expressions and their ISO 8601 values, seen from the document's date.

The component ``diplo_times`` writes `TimeMention`s to ``doc._.diplo_times``. Weeks begin on Monday.
An expression that no rule can place ("recently", "soon"), or any relative one in a document without
a date, is kept with the value None: a date is computed, never guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from diplograph.extract.grammar.relations import clause_of
from diplograph.extract.layers import TimeMention, register
from diplograph.ontology.timerules import TimeRule, load_any_time, load_time_names, load_time_rules, load_verbs_ahead

__all__ = ["TimeFinder", "make_time_finder", "month_interval", "number_of", "resolve"]

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First months of the northern seasons; each has three."""
_PARTS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1": 0, "2": 1, "3": 2, "4": 3}
_COARSE = {"month", "month_year", "year", "full", "iso", "quarter", "half", "decade", "season_year", "none"}
"""Kinds of rules that a document dated by its month only lets compute."""
_FEW = {"a": 1, "an": 1, "a couple of": 2}

_PARTICLES = {"compound:prt", "advmod"}
_TO_WHEN = {"to", "until", "till", "for", "from"}
"""What stands before a date to which, or from which, something is moved."""

Resolver = Callable[[re.Match[str], "date | None", bool], "str | None"]


@Language.factory("diplo_times", requires=["token.dep"], assigns=["doc._.diplo_times"])
def make_time_finder(nlp: Language, name: str) -> TimeFinder:
    """Build the component; it reads the document's date from ``doc._.diplo_date``."""
    return TimeFinder()


class TimeFinder:
    """Finds time expressions (see the module's first lines)."""

    def __init__(self) -> None:
        register("diplo_times")
        register("diplo_date")

    def __call__(self, doc: Doc) -> Doc:
        """Find the time expressions."""
        found: list[TimeMention] = []
        for begin, end, rule, match in _matches(doc.text):
            span = doc.char_span(begin, end, alignment_mode="expand")
            if span is not None and not _name_of_a_person(span) and not _since_when(span, rule):
                value = _value(rule, match, doc._.diplo_date, _looks_ahead(span))
                found.append(TimeMention(span.start, span.end, value))
        doc._.diplo_times = tuple(found)
        return doc


def resolve(text: str, reference: str | None, *, ahead: bool = False) -> str | None:
    """Return the ISO value of one time expression.

    Parameters
    ----------
    text : the expression
    reference : ISO date of the document, possibly without a day, or None
    ahead : whether a bare weekday or month means the next one rather than the last

    >>> resolve("last Thursday", "2025-10-22"), resolve("on 3 May 2024", None)
    ('2025-10-16', '2024-05-03')
    >>> resolve("next week", "2025-10-22"), resolve("yesterday", None)
    ('2025-10-27/2025-11-02', None)
    >>> resolve("today", "2025-10"), resolve("yesterday", "2025-10"), resolve("last summer", "2025-10-22")
    ('2025-10', None, '2025-06-01/2025-08-31')
    """
    matches = _matches(text)
    if not matches:
        return None
    _, _, rule, match = matches[0]
    return _value(rule, match, reference, ahead)


def _value(rule: TimeRule, match: re.Match[str], reference: str | None, ahead: bool) -> str | None:
    """The ISO value of a match; None where it leaves the calendar ("3000 years ago")."""
    day = _day(reference)
    if day is None and reference and (month := _day(f"{reference}-01")):
        if rule.kind == "relative_day" and not _days_off(match):
            return reference
        day = month if rule.kind in _COARSE or match.groupdict().get("period") in {"month", "year"} else None
    try:
        value = _KINDS[rule.kind](match, day, ahead)
    except (OverflowError, ValueError):
        return None
    return value if value is None or re.match(r"(?!0000)\d{4}(?:[-/]|$)", value) else None


def month_interval(year: int, month: int) -> tuple[date, date]:
    """Return first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day(text: str | None) -> date | None:
    """The document's date; a month or year alone is no day to count from."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _month_number(word: str) -> int:
    return next(i for i, name in enumerate(load_time_names().months, 1) if name.startswith(word.lower()[:3]))


def number_of(word: str) -> int:
    """Return the number that a word or figures mean; 0 if it is not known ("several")."""
    name = word.lower()
    return int(word) if word.isdigit() else load_time_names().number(name) or _FEW.get(name, 0)


def _range(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


def _full(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    try:
        first = date(int(m["year"]), _month_number(m["month"]), int(m["day"]))
        last = m.groupdict().get("day2")
        return _range(first, first.replace(day=int(last))) if last else first.isoformat()
    except ValueError:
        return None


def _day_month(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    if ref is None:
        return None
    try:
        found = date(ref.year, _month_number(m["month"]), int(m["day"]))
        last = m.groupdict().get("day2")
        if ahead and (ref - found).days > 31:
            found = found.replace(year=ref.year + 1)
        elif not ahead and (found - ref).days > 92:
            found = found.replace(year=ref.year - 1)
        return _range(found, found.replace(day=int(last))) if last else found.isoformat()
    except ValueError:
        return None


def _month_year(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return f"{m['year']}-{_month_number(m['month']):02d}"


def _month(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    if ref is None:
        return None
    number, which = _month_number(m["month"]), (m.groupdict().get("which") or "").lower()
    year = ref.year
    if which == "next" or (not which and ahead):
        year += number <= ref.month if which == "next" else number < ref.month
    elif which == "last":
        year -= number >= ref.month
    elif not which and number > ref.month:
        year -= 1
    return f"{year}-{number:02d}"


def _weekday(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    if ref is None:
        return None
    number, which = load_time_names().weekdays.index(m["weekday"].lower()), (m.groupdict().get("which") or "").lower()
    back = (ref.weekday() - number) % 7
    if which == "last":
        back = back or 7
    elif which in {"next", "coming"}:
        back -= 7
    elif which == "this":
        back = ref.weekday() - number
    elif ahead and back:
        back -= 7
    return (ref - timedelta(days=back)).isoformat()


def _relative_day(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return (ref + timedelta(days=_days_off(m))).isoformat() if ref else None


def _days_off(m: re.Match[str]) -> int:
    word = m[0].lower()
    near = (("before yesterday", -2), ("after tomorrow", 2), ("yesterday", -1), ("last night", -1), ("tomorrow", 1))
    return next((days for words, days in near if words in word), 0)


def _period(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    if ref is None:
        return None
    unit, which = m["period"].lower(), m["which"].lower()
    shift = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "following": 1}[which]
    monday = ref - timedelta(days=ref.weekday())
    if unit == "week":
        first = monday + timedelta(weeks=shift)
        return _range(first, first + timedelta(days=6))
    if unit == "weekend":
        first = monday + timedelta(weeks=shift, days=5)
        return _range(first, first + timedelta(days=1))
    if unit == "month":
        index = ref.year * 12 + ref.month - 1 + shift
        return f"{index // 12}-{index % 12 + 1:02d}"
    if unit == "year":
        return str(ref.year + shift)
    return _season_near(unit, ref, shift)


def _season_near(name: str, ref: date, shift: int) -> str:
    """The season of a name that was last over (-1), that begins next (1), or that of the year (0)."""
    spans = [_months(year, _SEASONS[name], 3) for year in range(ref.year - 2, ref.year + 2)]
    if shift < 0:
        return _range(*max(s for s in spans if s[1] < ref))
    if shift > 0:
        return _range(*min(s for s in spans if s[0] > ref))
    return _range(*next(s for s in reversed(spans) if s[0].year == ref.year))


def _season(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return _season_near(m["season"].lower(), ref, 0) if ref else None


def _season_year(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return _range(*_months(int(m["year"]), _SEASONS[m["season"].lower()], 3))


def _quarter(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return _part_of_year(m, ref, 3)


def _half(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return _part_of_year(m, ref, 6)


def _part_of_year(m: re.Match[str], ref: date | None, months: int) -> str | None:
    year = int(m["year"]) if m["year"] else ref.year if ref else None
    return _range(*_months(year, 1 + months * _PARTS[m["part"].lower()], months)) if year else None


def _decade(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return f"{m['decade']}/{int(m['decade']) + 9}"


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    """First and last day of some months in a row, which may run into the next year."""
    last = first + count - 2
    return date(year, first, 1), month_interval(year + last // 12, last % 12 + 1)[1]


def _weekend(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    if ref is None:
        return None
    saturday = ref - timedelta(days=ref.weekday()) + timedelta(days=5)
    if not ahead and saturday > ref:
        saturday -= timedelta(weeks=1)
    return _range(saturday, saturday + timedelta(days=1))


def _shift(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    count = number_of(m["number"])
    if ref is None or not count:
        return None
    back = m["way"] and m["way"].lower() in {"ago", "earlier", "before"}
    step, unit = (-count if back else count), m["unit"].lower()
    if unit == "day":
        return (ref + timedelta(days=step)).isoformat()
    if unit == "week":
        first = ref - timedelta(days=ref.weekday()) + timedelta(weeks=step)
        return _range(first, first + timedelta(days=6))
    if unit == "month":
        index = ref.year * 12 + ref.month - 1 + step
        return f"{index // 12}-{index % 12 + 1:02d}"
    return str(ref.year + step) if unit == "year" else None


def _year(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return str(m["year"])


def _iso(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return m[0] if _day(m[0]) else None


def _none(m: re.Match[str], ref: date | None, ahead: bool) -> str | None:
    return None


_KINDS: dict[str, Resolver] = {
    "iso": _iso,
    "full": _full,
    "day_month": _day_month,
    "month_year": _month_year,
    "relative_day": _relative_day,
    "weekday": _weekday,
    "period": _period,
    "shift": _shift,
    "weekend": _weekend,
    "season": _season,
    "season_year": _season_year,
    "quarter": _quarter,
    "half": _half,
    "decade": _decade,
    "month": _month,
    "year": _year,
    "none": _none,
}
"""How each kind of rule in ontology/times.toml computes its value."""

_LEAD = re.compile(r"^(?:in|by|since|until|till|during|of|at|for|from|to)[ -](?=\w)", re.IGNORECASE)


def _matches(text: str) -> list[tuple[int, int, TimeRule, re.Match[str]]]:
    """All expressions of a text, earlier rules first where they overlap, in the order of the text."""
    places = list(_places(text))
    taken: list[tuple[int, int, TimeRule, re.Match[str]]] = []
    for rule, pattern in load_time_rules() if places else ():
        end = 0
        for begin in places:
            match = pattern.match(text, begin) if begin >= end else None
            if match is None:
                continue
            end = match.end()
            if all(end <= b or e <= begin for b, e, _, _ in taken):
                lead = _LEAD.match(match[0]) if rule.kind != "none" else None
                taken.append((begin + (lead.end() if lead else 0), end, rule, match))
    return sorted(taken, key=lambda t: t[0])


def _places(text: str) -> Iterator[int]:
    """Yield where in a text some rule matches."""
    found = load_any_time().search(text)
    while found:
        yield found.start()
        found = load_any_time().search(text, found.start() + 1)


def _name_of_a_person(span: Span) -> bool:
    """ "Theresa May" and "May said" are no month, nor is "to April Glaspie"."""
    person = span[0].ent_type_ == "PERSON"
    return len(span) == 1 and (person or (span[0].text == "May" and span[0].dep_ in {"nsubj", "flat"}))


def _since_when(span: Span, rule: TimeRule) -> bool:
    """ "The first visit in nine years" looks back, and to no date."""
    return rule.id == "in_days" and span.root.head.pos_ == "NOUN"


def _looks_ahead(span: Span) -> bool:
    """Say whether the clause around a time expression speaks of what is to come."""
    ahead, clause = load_verbs_ahead(), clause_of(span.root)
    before = span.doc[span.start - 1].lower_ if span.start else ""
    for _ in range(3):
        auxiliaries = {c.lower_ for c in clause.children if c.dep_ in {"aux", "aux:pass", "mark"}}
        if auxiliaries & {"will", "wo", "'ll", "shall", "to", "would", "could", "may", "might", "should", "must"}:
            return True
        if clause.tag_ == "VBG" and auxiliaries & {"is", "are", "'s", "'re"}:
            return True
        if clause.lemma_ in ahead["always"] or (clause.tag_ in {"VBZ", "VBP"} and clause.lemma_ in ahead["present"]):
            return True
        if before in _TO_WHEN and _phrases(clause) & ahead["to_when"].keys():
            return True
        if clause.dep_ not in {"xcomp", "acl", "nmod"} or clause.head == clause:
            return False
        clause = clause.head
    return False


def _phrases(verb: Token) -> set[str]:
    """A verb, alone and with each particle: "put", "put off"."""
    particles = {c.lower_ for c in verb.children if c.dep_ in _PARTICLES}
    particles |= {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 2]}
    return {verb.lemma_, *(f"{verb.lemma_} {word}" for word in particles)}
