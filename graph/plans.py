"""How a plan changed from report to report: moved to another date or place, put off, overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Literal

from diplograph.graph.events import MergedEvent, Step
from diplograph.graph.identity import days_of
from diplograph.ontology.actors import load_actors
from diplograph.ontology.places import load_places

__all__ = ["Move", "moves", "overdue", "planned_for", "put_off"]

_HELD = frozenset({"occurred", "ongoing"})
_TELLS = _HELD | {"planned"}
"""Statuses with which a date or place is that of the plan; one that is postponed may name the old or the new one."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of plan; `step` is the report that has the new value."""

    about: Literal["date", "place"]
    old: str
    new: str
    step: Step


def moves(event: MergedEvent) -> list[Move]:
    """Return the changes of an event's date, then of its place, in the order of the reports.

    What is only more or less exact is no change; nor are other words of the same day, or what is said once the
    event was held.
    """
    found = _changes(event, "date")
    if event.was and event.date and not any(_same_date(event.was, move.old) for move in found):
        step = next((s for s in event.history if s.event_date == event.date), event.history[-1])
        if not _same_date(event.was, event.date):
            found.insert(0, Move("date", event.was, event.date, step))
    return found + _changes(event, "place")


def put_off(event: MergedEvent) -> list[str | None]:
    """Return the dates of the reports by which an event was put off: postponed, or moved to a later date.

    Further reports of a postponement, and then the new date for it, do not count again.
    """
    later = {(m.step.document, m.step.mention) for m in moves(event) if m.about == "date" and _is_later(m.new, m.old)}
    found: list[str | None] = []
    waiting = False
    for _, group in groupby(event.history, key=lambda s: s.document):
        steps = list(group)
        statuses = {s.status for s in steps}
        if "postponed" in statuses:
            if not waiting:
                found.append(steps[0].date)
            waiting = True
        elif statuses & _TELLS:
            if not waiting and any((s.document, s.mention) in later for s in steps):
                found.append(steps[0].date)
            waiting = False
    return found


def planned_for(event: MergedEvent) -> str | None:
    """Return the date for which an event was planned last, None if no report of a plan has one."""
    return next((s.event_date for s in reversed(event.history) if s.event_date and s.status == "planned"), event.was)


def overdue(event: MergedEvent, day: date) -> int:
    """Return how many days have passed on a day since the last possible one of an event; 0 if none have.

    >>> overdue(MergedEvent("e1", "CONSULT", "visit", (), None, "2018-05", None, "planned", ()), date(2018, 6, 2))
    2
    """
    days = days_of(event.date) if event.date else None
    return max(day.toordinal() - days[1], 0) if days else 0


def _changes(event: MergedEvent, about: Literal["date", "place"]) -> list[Move]:
    same = _same_date if about == "date" else _same_place
    found: list[Move] = []
    known: str | None = None
    told = ""
    for step in event.history:
        value = step.event_date if about == "date" else step.place
        if value is None or step.date is None or step.status not in _TELLS:
            continue
        if known is None:
            known, told = value, step.date
        elif not same(known, value):
            if step.date > told:
                found.append(Move(about, known, value, step))
                known, told = value, step.date
        else:
            known, told = _finer(known, value, about), step.date
        if step.status in _HELD:
            break
    return found


def _same_date(one: str, other: str) -> bool:
    """Whether two dates may be of the same day; also if one cannot be read."""
    mine, theirs = days_of(one), days_of(other)
    return mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1])


def _is_later(one: str, other: str) -> bool:
    mine, theirs = days_of(one), days_of(other)
    return mine is not None and theirs is not None and mine[0] > theirs[1]


def _same_place(one: str, other: str) -> bool:
    """Whether two places are one, or one of them is the country of the other."""
    return one == other or bool(_states(one) & _countries(other) or _countries(one) & _states(other))


def _finer(one: str, other: str, about: Literal["date", "place"]) -> str:
    """The more exact of two dates or places that fit together."""
    if about == "place":
        return other if _states(one) else one
    mine, theirs = days_of(one), days_of(other)
    return other if mine and theirs and theirs[1] - theirs[0] < mine[1] - mine[0] else one


@cache
def _states(name: str) -> frozenset[str]:
    """Codes of the states of a name."""
    table = load_actors()
    actors = (table.actors[use.actor] for use in table.index.get(name) if use.use == "name")
    return frozenset(a.country for a in actors if a.kind == "state" and a.country)


@cache
def _countries(name: str) -> frozenset[str]:
    """Codes of the countries that have a place of this name."""
    return frozenset(place.country for place in load_places().named(name))
