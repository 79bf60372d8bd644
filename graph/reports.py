"""Reports on the life of events: announced and never held, put off twice, moved, contested, said by one source only.

Each takes merged events (`KnowledgeGraph.events`) and returns a table whose rows are in a fixed order. Columns
that all share: `event` (id), `label`, and, where they stand, `status` (the present one), `reported` (ISO date of a
report), `speaker` (whom the text makes responsible, None where the author says so), `document` and `sentence` (None
where the text is not kept). docs/lifecycle.md explains them with an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from diplograph.errors import InputError
from diplograph.graph.events import MergedEvent, Step
from diplograph.graph.finding import find_events
from diplograph.graph.plans import moves, overdue, planned_for, put_off
from diplograph.graph.query import Table

__all__ = [
    "REPORTS",
    "announced_first",
    "disagreements",
    "find_events",
    "history",
    "moved",
    "never_held",
    "one_source",
    "open_plans",
    "postponed",
    "report",
]

Row = tuple[Any, ...]

_HELD = frozenset({"occurred", "ongoing"})
_OFF = frozenset({"postponed", "cancelled", "refused"})


def history(event: MergedEvent) -> Table:
    """Return the steps of one event's history, in the order of the reports.

    Columns: `step` (from 1), `reported`, `status`, `date` and `place` (when and where the report says it was or
    is to be), `speaker`, `sentence`, `document`, `begin` and `end` (of the sentence, in characters of the text),
    `because` (why the report is taken to tell of the same event).

    Examples
    --------
    >>> plan = Step("planned", "2018-03-06", "wire", "m1", (0, 14), "He will visit.", "Oslo", None, (8, 13))
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, None, None, "planned", (plan,))
    >>> history(visit).rows
    [(1, '2018-03-06', 'planned', None, None, 'Oslo', 'He will visit.', 'wire', 0, 14, None)]
    """
    columns = "step reported status date place speaker sentence document begin end because".split()
    rows: list[Row] = [
        (n, s.date, s.status, s.event_date, s.place, s.source, s.quote, s.document, *s.sentence, s.because)
        for n, s in enumerate(event.history, 1)
    ]
    return Table(tuple(columns), rows)


def never_held(events: Iterable[MergedEvent], *, by: date | str | None = None) -> Table:
    """Return what was announced and never held: no report says that it took place, and it is off or overdue.

    Parameters
    ----------
    events : iterable of MergedEvent
    by : date or str, optional
        Takes in plans that no report has put off or called off, but whose last possible day is before this one.

    Returns
    -------
    Table
        Columns `event`, `label`, `status`, `announced` (first report of the plan), `date` (for when it was planned
        last), `reported` and `document` (the last report). By the day of the announcement.

    Raises
    ------
    InputError
        If `by` is no date.

    Examples
    --------
    >>> plan = Step("planned", "2018-03-06", "wire", "m1", (0, 14), None, None, None, (8, 13), "2018-05-14")
    >>> off = Step("cancelled", "2018-04-24", "paper", "m1", (0, 9), None, None, None, (0, 5))
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, "2018-05-14", None, "cancelled", (plan, off))
    >>> never_held([visit]).rows
    [('e1', 'visit', 'cancelled', '2018-03-06', '2018-05-14', '2018-04-24', 'paper')]
    """
    day = _day(by)
    rows: list[Row] = []
    for event in events:
        plans = [s for s in event.history if s.status == "planned"]
        if not plans or any(s.status in _HELD for s in event.history):
            continue
        if event.status in _OFF or (day is not None and overdue(event, day)):
            last = event.history[-1]
            rows.append(
                (event.id, event.label, event.status, plans[0].date, planned_for(event), last.date, last.document)
            )
    return _table("event label status announced date reported document", rows, by="announced event")


def postponed(events: Iterable[MergedEvent], *, times: int = 2) -> Table:
    """Return what was put off so many times or more.

    A report that it was put off counts, and so does a report of a plan for a later day than the plan before. What
    several reports say of one postponement counts once: until it is planned anew, and then for its new date.

    Parameters
    ----------
    events : iterable of MergedEvent
    times : int
        At least 1.

    Returns
    -------
    Table
        Columns `event`, `label`, `status`, `times`, `reported` (dates of the reports that count, joined by "; "),
        `date` (for when it was planned last). The most often put off come first.

    Raises
    ------
    InputError
        If `times` is less than 1.

    Examples
    --------
    >>> says = [("planned", "01"), ("postponed", "02"), ("postponed", "03"), ("planned", "04"), ("postponed", "05")]
    >>> steps = [Step(s, f"2018-03-{d}", f"doc{d}", "m1", (0, 9), None, None, None, (0, 5)) for s, d in says]
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, None, None, "postponed", tuple(steps))
    >>> postponed([visit]).rows
    [('e1', 'visit', 'postponed', 2, '2018-03-02; 2018-03-05', None)]
    """
    if times < 1:
        raise InputError(f"times is {times}", remedy="give a number from 1")
    rows: list[Row] = []
    for event in events:
        found = put_off(event)
        if len(found) >= times:
            days = "; ".join(day or "undated" for day in found)
            rows.append((event.id, event.label, event.status, len(found), days, planned_for(event)))
    columns = "event label status times reported date"
    return _table(columns, sorted(rows, key=lambda row: (-row[3], row[0])), by="")


def announced_first(events: Iterable[MergedEvent]) -> Table:
    """Return who announced each event first: the first report that it is planned, unless one before says it was held.

    Undated reports are left out.

    Returns
    -------
    Table
        Columns `event`, `label`, `status`, `reported`, `speaker`, `document`, `sentence`, `others` (how many other
        documents of the same day announce it). By the day of the report.

    Examples
    --------
    >>> plan = Step("planned", "2018-03-06", "wire", "m1", (0, 14), None, "Oslo", None, (8, 13))
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, None, None, "planned", (plan,))
    >>> announced_first([visit]).rows
    [('e1', 'visit', 'planned', '2018-03-06', 'Oslo', 'wire', None, 0)]
    """
    rows: list[Row] = []
    for event in events:
        if first := _announcement(event):
            same_day = {s.document for s in event.history if s.status == "planned" and s.date == first.date}
            about = (event.id, event.label, event.status, first.date)
            rows.append((*about, first.source, first.document, first.quote, len(same_day) - 1))
    return _table("event label status reported speaker document sentence others", rows, by="reported event")


def disagreements(events: Iterable[MergedEvent]) -> Table:
    """Return where sources contradict each other, a row for each that takes part (`MergedEvent.disagreements`).

    Returns
    -------
    Table
        Columns `event`, `label`, `about` ("date", "place" or "status"), `value` (what this one says), `reported`,
        `speaker`, `document`, `sentence`. The rows of one contradiction stand together.

    Examples
    --------
    >>> steps = [Step("occurred", "2018-03-06", d, "m1", (0, 9), None, None, None, (0, 5), w)
    ...     for d, w in (("wire", "2018-03-05"), ("paper", "2018-03-04"))]
    >>> call = MergedEvent("e1", "CONSULT", "call", (), None, None, None, "occurred", tuple(steps))
    >>> [row[2:4] + row[6:7] for row in disagreements([call]).rows]
    [('date', '2018-03-05', 'wire'), ('date', '2018-03-04', 'paper')]
    """
    rows: list[Row] = [
        (event.id, event.label, found.about, value, step.date, step.source, step.document, step.quote)
        for event in sorted(events, key=lambda e: e.id)
        for found in event.disagreements()
        for value, step in zip(found.values, found.steps, strict=True)
    ]
    return _table("event label about value reported speaker document sentence", rows, by="")


def open_plans(events: Iterable[MergedEvent], *, on: date | str | None = None) -> Table:
    """Return the plans whose last possible day has passed, and of which no report says what became of them.

    Parameters
    ----------
    events : iterable of MergedEvent
    on : date or str, optional
        The day from which one looks back; today if not given.

    Returns
    -------
    Table
        Columns `event`, `label`, `date` (for when it was planned), `days` (since its last possible day), `reported`
        and `document` (the last report). By the date.

    Raises
    ------
    InputError
        If `on` is no date.

    Examples
    --------
    >>> plan = Step("planned", "2018-03-06", "wire", "m1", (0, 14), None, None, None, (8, 13), "2018-05")
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, "2018-05", None, "planned", (plan,))
    >>> open_plans([visit], on="2018-06-02").rows
    [('e1', 'visit', '2018-05', 2, '2018-03-06', 'wire')]
    """
    day = _day(on) or date.today()
    rows: list[Row] = []
    for event in events:
        if event.status == "planned" and (over := overdue(event, day)):
            last = event.history[-1]
            rows.append((event.id, event.label, event.date, over, last.date, last.document))
    return _table("event label date days reported document", rows, by="date event")


def moved(events: Iterable[MergedEvent]) -> Table:
    """Return which events were moved to another date or place, from report to report.

    A date or place that is only more exact than the one before (the 14th of May for May, Oslo for Norway) is no
    move, nor is it one when reports of the same day differ (`disagreements`), or reports after it was held.

    Returns
    -------
    Table
        Columns `event`, `label`, `status`, `about` ("date" or "place"), `old`, `new`, `reported`, `speaker`,
        `document` (who says the new one). By event, then in the order of the reports.

    Examples
    --------
    >>> steps = [Step("planned", f"2018-0{m}-01", f"doc{m}", "m1", (0, 9), None, None, None, (0, 5), f"2018-0{m}-14")
    ...     for m in (3, 4)]
    >>> visit = MergedEvent("e1", "CONSULT", "visit", (), None, "2018-04-14", None, "planned", tuple(steps))
    >>> [row[3:7] for row in moved([visit]).rows]
    [('date', '2018-03-14', '2018-04-14', '2018-04-01')]
    """
    rows: list[Row] = [
        (event.id, event.label, event.status, m.about, m.old, m.new, m.step.date, m.step.source, m.step.document)
        for event in sorted(events, key=lambda e: e.id)
        for m in moves(event)
    ]
    return _table("event label status about old new reported speaker document", rows, by="")


def one_source(events: Iterable[MergedEvent]) -> Table:
    """Return what rests on one source only: one document, documents with the same words, or one speaker in all of them.

    Returns
    -------
    Table
        Columns `event`, `label`, `status`, `basis` ("document", "words" or "speaker"), `speaker` (None where an
        author asserts it too), `reported` and `document` (the first report), `documents` (how many). By event.

    Examples
    --------
    >>> steps = [Step("occurred", f"2018-03-0{n}", f"doc{n}", "m1", (0, n), None, "a diplomat", None, (0, n))
    ...     for n in (1, 2)]
    >>> call = MergedEvent("e1", "CONSULT", "call", (), None, None, None, "occurred", tuple(steps))
    >>> one_source([call]).rows
    [('e1', 'call', 'occurred', 'speaker', 'a diplomat', '2018-03-01', 'doc1', 2)]
    """
    rows: list[Row] = []
    for event in events:
        speakers = {s.source_actor or s.source for s in event.history}
        only = event.history[0].source if len(speakers) == 1 else None
        words = {tuple(s.quote for s in event.history if s.document == d) for d in event.documents}
        if len(event.documents) == 1:
            basis = "document"
        elif len(words) == 1 and None not in next(iter(words)):
            basis = "words"
        elif only is not None:
            basis = "speaker"
        else:
            continue
        first = event.history[0]
        about = (event.id, event.label, event.status, basis, only)
        rows.append((*about, first.date, first.document, len(event.documents)))
    return _table("event label status basis speaker reported document documents", rows, by="event")


REPORTS: Final[Mapping[str, str]] = {
    "announced-first": "who announced what first",
    "disagreements": "where sources contradict each other: date, place, whether it happened",
    "moved": "what was moved to another date or place",
    "never-held": "what was announced and never held",
    "one-source": "what rests on one document, the same words, or one speaker",
    "open-plans": "plans whose day has passed and of which nothing more was heard",
    "postponed": "what was put off more than once",
}
"""The reports that `report` makes, and what they tell."""


def report(name: str, events: Iterable[MergedEvent], *, on: date | str | None = None, times: int = 2) -> Table:
    """Return a report by its name.

    Parameters
    ----------
    name : str
        One of `REPORTS`.
    events : iterable of MergedEvent
    on : date or str, optional
        The day from which one looks back, for "never-held" (`by`) and "open-plans".
    times : int
        For "postponed".

    Raises
    ------
    InputError
        If there is no such report, or `on` is no date.
    """
    made: dict[str, Callable[[], Table]] = {
        "announced-first": lambda: announced_first(events),
        "disagreements": lambda: disagreements(events),
        "moved": lambda: moved(events),
        "never-held": lambda: never_held(events, by=on),
        "one-source": lambda: one_source(events),
        "open-plans": lambda: open_plans(events, on=on),
        "postponed": lambda: postponed(events, times=times),
    }
    if name not in made:
        raise InputError(f"no report {name!r}", remedy=f"use one of {', '.join(REPORTS)}")
    return made[name]()


def _announcement(event: MergedEvent) -> Step | None:
    """The first dated report of a plan, None if one that it was held comes before."""
    first = next((s for s in event.history if s.date and s.status in {"planned", *_HELD}), None)
    return first if first and first.status == "planned" else None


def _day(value: date | str | None) -> date | None:
    """Return a date; `InputError` if a text is none."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{value!r} is no date", remedy="give a day as YYYY-MM-DD") from None


def _table(columns: str, rows: list[Row], *, by: str) -> Table:
    """Return a table sorted by some of its columns; by none, as the rows are."""
    names = tuple(columns.split())
    places = [names.index(name) for name in by.split()]
    return Table(names, sorted(rows, key=lambda row: [row[place] or "" for place in places]))
