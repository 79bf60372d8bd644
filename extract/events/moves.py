"""To which date an event was moved, and from which: in its sentence, beside it, and earlier in the text.

By which words a date is the old or the new one is data (ontology/moves.toml). An event that was put off to a new date
is planned for that date; the old one is kept (`was`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from diplograph.extract.events.contents import SPOKEN
from diplograph.extract.events.dates import overlap, shifted
from diplograph.extract.events.forms import is_after, is_past
from diplograph.extract.events.owners import is_of
from diplograph.extract.events.timing import Timing
from diplograph.extract.layers import EventMention, TimeMention, root_of
from diplograph.extract.times import number_of
from diplograph.ontology.moverules import MoveRule, MoveRules

__all__ = ["with_dates_told_before", "with_moves"]

_OFF = {"cancelled", "refused", "postponed"}
_EARLIER = "rescheduled.earlier"
_PRONOUNS = {"it", "they", "both"}


@dataclass(slots=True)
class _Told:
    """What one sentence tells of dates: the old ones, the new ones, by how much one is later, in which words.

    It is `sure` if it tells of a move by itself, and it `points_back` if it speaks of something by a pronoun.
    """

    old: list[TimeMention]
    new: list[TimeMention]
    shift: tuple[int, str, TimeMention] | None
    sure: bool
    points_back: bool
    by_verb: set[TimeMention]

    def of(self, doc: Doc, event: EventMention) -> _Told | None:
        """What of it is told of an event; None if nothing is."""
        free = _is_off(event) or (event.status == "planned" and event.event_class not in SPOKEN)

        def is_its(time: TimeMention) -> bool:
            root = root_of(doc, (time.start, time.end))
            return is_of(root, doc[event.head], moved=time in self.by_verb, free=free)

        old, new = [t for t in self.old if is_its(t)], [t for t in self.new if is_its(t)]
        shift = self.shift if self.shift and is_its(self.shift[2]) else None
        return replace(self, old=old, new=new, shift=shift) if old or new or shift else None


def with_moves(doc: Doc, events: Iterable[EventMention], rules: MoveRules) -> tuple[EventMention, ...]:
    """Give events that were moved their new and their old date, as far as the text around them tells these."""
    found = list(events)
    if not found:
        return ()
    sentences = list(doc.sents)
    starts = [sentence.start for sentence in sentences]
    inside: dict[int, list[int]] = defaultdict(list)
    for index, event in enumerate(found):
        inside[bisect_right(starts, event.head) - 1].append(index)
    dated = {bisect_right(starts, time.start) - 1 for time in doc._.diplo_times or ()}
    off = {n for n, indices in inside.items() if any(_is_off(found[i]) for i in indices)}
    told = {n: _told(doc, sentences[n], rules) for n in dated | off}
    timing = Timing(doc)
    for n, indices in inside.items():
        if n in told:
            for i in indices:
                found[i] = _without_another_date(doc, found[i], told[n])
            for i, own in _meant(doc, {i: found[i] for i in indices}, told[n]).items():
                found[i] = _dated(doc, found[i], own, timing)
        for m in (n + 1, n - 1):
            if m in told and m not in inside:
                for i in indices:
                    found[i] = _completed(doc, found[i], told[m], behind=m > n)
    return tuple(_with_date_or_postponed(event) for event in found)


def _is_off(event: EventMention) -> bool:
    """Say whether the words around an event tell that it was moved or put off."""
    return event.moved or event.status == "postponed"


def _told(doc: Doc, sentence: Span, rules: MoveRules) -> _Told:
    old: list[TimeMention] = []
    new: list[TimeMention] = []
    needing: list[TimeMention] = []
    by_verb: set[TimeMention] = set()
    sure = False
    for time in doc._.diplo_times or ():
        if not sentence.start <= time.start < sentence.end:
            continue
        before, behind = doc[sentence.start : time.start].text_with_ws, doc[time.end : sentence.end].text
        rule = rules.of_date(before, behind)
        if rule is None:
            continue
        first, second = _halves(doc, time) if before.lower().endswith("from ") else (time, None)
        (old if rule.tells == "old" else needing if rule.needs_old else new).append(first)
        new += [second] if second else []
        by_verb |= {t for t in (first, second) if t and rule.by_verb}
        sure |= rule.sure and not rule.needs_old
    if old and needing:
        new, sure = new + needing, True
    span = rules.span(sentence.text)
    shift = _shift(sentence, *span) if span else None
    if shift and span and span[0].by_verb:
        by_verb.add(shift[2])
    points_back = any(token.lower_ in _PRONOUNS for token in sentence)
    old = [_before(doc, t, new) for t in old]
    return _Told(old, new, shift, sure or shift is not None, points_back, by_verb)


def _halves(doc: Doc, time: TimeMention) -> tuple[TimeMention, TimeMention | None]:
    """Split "from 3 to 8 May", which is no interval of what was moved, into the old and the new date."""
    first, _, last = (time.value or "").partition("/")
    middle = next((i for i in range(time.start + 1, time.end - 1) if doc[i].lower_ == "to"), None)
    if not last or middle is None:
        return time, None
    return TimeMention(time.start, middle, first), TimeMention(middle + 1, time.end, last)


def _before(doc: Doc, old: TimeMention, new: Sequence[TimeMention]) -> TimeMention:
    """An old date without a year is not of the year after the new one: "was to be in March, and will now be in May"."""
    if not old.value or any(token.shape_ == "dddd" for token in doc[old.start : old.end]):
        return old
    limits = [shifted(time.value[: len("2025-11")], 6, "month") for time in new[:1] if time.value]
    late = any(limit and old.value[:7] > limit[:7] for limit in limits)
    return replace(old, value=shifted(old.value, -1, "year")) if late else old


def _shift(sentence: Span, rule: MoveRule, match: re.Match[str]) -> tuple[int, str, TimeMention] | None:
    count = number_of(match["number"])
    words = sentence.char_span(match.start("number"), match.end("unit"), alignment_mode="expand")
    if not count or words is None:
        return None
    return (
        (count if rule.tells == "later" else -count),
        match["unit"].lower(),
        TimeMention(words.start, words.end, None),
    )


def _meant(doc: Doc, events: dict[int, EventMention], told: _Told) -> dict[int, _Told]:
    """The events of a sentence that its dates are of, with what is told of each.

    Those that were moved or put off; else those of which a sure rule tells.
    """
    off = [i for i, event in events.items() if _is_off(event)]
    if not off and not told.sure:
        return {}
    return {i: own for i in off or events if (own := told.of(doc, events[i]))}


def _without_another_date(doc: Doc, event: EventMention, told: _Told) -> EventMention:
    """What was put off has not the new date of something else: "The summit was put off, so he will visit X in May"."""
    another = event.status == "postponed" and event.time in told.new and not _has_own_date(doc, event)
    return replace(event, time=None) if another else event


def _dated(doc: Doc, event: EventMention, told: _Told, timing: Timing) -> EventMention:
    """Set the old and the new date of an event by what its sentence tells."""
    old = next(iter(told.old), None)
    new = next((t for t in told.new if t == event.time), None) or next(iter(told.new), None)
    if new is None and event.status != "postponed":
        new = timing.of(doc[event.head], event.trigger, told.old)
    was = old.value if old else None
    if told.shift is not None:
        count, unit, words = told.shift
        known = old or (event.time if new is None and _has_own_date(doc, event) else None)
        if new is not None and new.value and was is None:
            was = shifted(new.value, -count, unit)
        elif new is None and known is not None and known.value:
            was, new = known.value, replace(words, value=shifted(known.value, count, unit))
    return _moved(doc, event, old, new, was)


def _has_own_date(doc: Doc, event: EventMention) -> bool:
    """Say whether the date of an event stands in a clause that tells of it."""
    time = event.time
    return time is not None and is_of(root_of(doc, (time.start, time.end)), doc[event.head], moved=False, free=True)


def _moved(
    doc: Doc, event: EventMention, old: TimeMention | None, new: TimeMention | None, was: str | None
) -> EventMention:
    """The event with its new and its old date; with the old one alone, it is not known for when it is planned."""
    if new is None or new.value is None:
        if old is None or event.status in _OFF:
            return replace(event, time=event.time or old)
        return replace(event, moved=True, was=was, time=None if event.time in {old, None} else event.time)
    was = None if was and overlap(was, new.value) else was
    done = event.status == "occurred" and is_after(new, doc._.diplo_date) and not is_past(doc[event.head])
    status = "planned" if done or event.status in _OFF - {"refused"} else event.status
    return replace(event, moved=True, time=new, was=was, status=status)


def _completed(doc: Doc, event: EventMention, told: _Told, *, behind: bool) -> EventMention:
    """Complete the dates of an event by a sentence beside its own that tells of no other: "They were due on 3 May"."""
    if not told.sure and not told.points_back:
        return event
    open_ = event.status == "postponed" or (event.status == "planned" and told.sure and told.points_back)
    if open_ and behind and told.new and not event.moved:
        return _moved(doc, event, event.time, told.new[0], event.time.value if event.time else None)
    if event.moved and event.time and event.time.value and event.was is None and told.old:
        value = told.old[0].value
        return event if value is None or overlap(value, event.time.value) else replace(event, was=value)
    return event


def _with_date_or_postponed(event: EventMention) -> EventMention:
    """What was moved, nobody knows to when, is put off, unless it will be earlier."""
    lost = event.moved and event.status == "planned" and not (event.time or event.was)
    lost = lost and not any(e.rule.startswith(_EARLIER) for e in event.evidence)
    return replace(event, status="postponed") if lost else event


def with_dates_told_before(events: Sequence[EventMention]) -> list[EventMention]:
    """Give mentions of an event that was moved or put off the date that the text gave it before, as the old one."""
    found = list(events)
    moved = {e.event for e in found if _is_off(e)}
    known: dict[int, str] = {e.event: e.was for e in found if e.was}
    for index, event in enumerate(found):
        value = event.time.value if event.time else None
        if event.event not in moved or value is None:
            continue
        before = known.get(event.event)
        if before and event.was is None and event.status not in _OFF and not overlap(before, value):
            found[index] = replace(event, was=before)
        known[event.event] = value
    return found
