"""Decisions of a user over which reports are of one event, replayed whenever events are merged.

A file of verdicts is CSV with the columns ``document``, ``event``, ``same`` (yes or no), ``other_document``
and ``other_event``. An event is named by its id in the record of the document, or by the id of one of its
mentions (``diplograph history`` shows both); what a ``note`` says is kept for people::

    document,event,same,other_document,other_event,note
    wire-1,e7f7ce,yes,paper-9,e430c8,the summit in Budapest
    wire-1,e7f7ce,no,wire-4,ef3fcd,that was Anchorage
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diplograph.errors import InputError
from diplograph.graph.events import MergedEvent

__all__ = ["Report", "Verdict", "Verdicts", "read_verdicts"]

COLUMNS = ("document", "event", "same", "other_document", "other_event", "note")

Report = tuple[str, str]
"""A document and the id of one of its events or mentions."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line: two reports are of the same event, or are not."""

    one: Report
    other: Report
    same: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a user decided; an empty one decides nothing.

    Examples
    --------
    >>> said = Verdicts((Verdict(("a", "e1"), ("b", "e2"), True),))
    >>> said.to_csv().splitlines()[1]
    'a,e1,yes,b,e2,'
    """

    lines: tuple[Verdict, ...] = field(default=())

    def about(self, one: MergedEvent, other: MergedEvent, *, same: bool, note: str = "") -> Verdicts:
        """Return these verdicts with one more: two merged events are one, or are to stay two.

        To take a report out of an event, see `without`.
        """
        return Verdicts((*self.lines, Verdict(_report(one, 0), _report(other, 0), same, note)))

    def without(self, event: MergedEvent, document: str, *, note: str = "") -> Verdicts:
        """Return these verdicts with more: what a document reports is another event than all else in this one.

        Raises
        ------
        KeyError
            If the event has no report from this document.
        """
        out = [n for n, step in enumerate(event.history) if step.document == document]
        if not out:
            raise KeyError(document)
        rest = dict.fromkeys(_report(event, n) for n, s in enumerate(event.history) if s.document != document)
        return Verdicts((*self.lines, *(Verdict(_report(event, out[0]), other, False, note) for other in rest)))

    def to_csv(self) -> str:
        """Return the lines as a file has them."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for v in self.lines:
            writer.writerow((*v.one, "yes" if v.same else "no", *v.other, v.note))
        return out.getvalue()

    def _repr_html_(self) -> str:
        from diplograph.graph.showing import verdicts_html

        return verdicts_html(self)

    def bound(self, ids: Iterable[Iterable[Report]]) -> Bound:
        """Return what they decide of tellings, each given by all reports that it goes by, in their order."""
        number = {report: n for n, reports in enumerate(ids) for report in reports}
        known = [(number[v.one], number[v.other], v.same) for v in self.lines if {v.one, v.other} <= number.keys()]
        groups: dict[int, int] = {}
        for one, other, same in known:
            if same:
                groups[_root(groups, max(one, other))] = _root(groups, min(one, other))
        apart = {frozenset((_root(groups, one), _root(groups, other))) for one, other, same in known if not same}
        return Bound(groups, apart)


@dataclass(frozen=True, slots=True)
class Bound:
    """Verdicts over numbered tellings."""

    groups: dict[int, int]
    apart: set[frozenset[int]]

    def group(self, number: int) -> int | None:
        """Return the group of a telling that was said to be the same as another."""
        return _root(self.groups, number) if number in self.groups or number in self.groups.values() else None

    def forbids(self, number: int, others: Iterable[int]) -> bool:
        """Whether a telling was said to be another event than one of these."""
        if not self.apart:
            return False
        root = _root(self.groups, number)
        return any(frozenset((root, _root(self.groups, other))) in self.apart for other in others)


def read_verdicts(path: str | Path) -> Verdicts:
    """Read a file of verdicts.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or says two things of the same two reports.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check the path") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: {error}", remedy="save the file as UTF-8 CSV") from None
    return parse_verdicts(text, str(path))


def parse_verdicts(text: str, name: str) -> Verdicts:
    """Read verdicts from the text of a file; `name` is for errors (see `read_verdicts`)."""
    said: dict[frozenset[Report], bool] = {}
    lines = []
    for number, verdict in _parsed(text, name):
        pair = frozenset((verdict.one, verdict.other))
        if said.setdefault(pair, verdict.same) != verdict.same:
            raise InputError(f"{name}, line {number}: these two were decided otherwise", remedy="keep one of the lines")
        lines.append(verdict)
    return Verdicts(tuple(lines))


def _parsed(text: str, name: str) -> Iterator[tuple[int, Verdict]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    if missing := [c for c in COLUMNS[:5] if c not in (reader.fieldnames or ())]:
        raise InputError(f"{name}: no column {missing[0]}", remedy=f"begin with a line '{','.join(COLUMNS)}'")
    for row in reader:
        cells = {k: (row.get(k) or "").strip() for k in COLUMNS}
        one, other = (cells["document"], cells["event"]), (cells["other_document"], cells["other_event"])
        if not all((*one, *other)) or cells["same"] not in {"yes", "no"}:
            raise InputError(
                f"{name}, line {reader.line_num}: an id is empty, or same is neither yes nor no",
                remedy="give document and event of both reports, and yes or no",
            )
        yield reader.line_num, Verdict(one, other, cells["same"] == "yes", cells["note"])


def _report(event: MergedEvent, step: int) -> Report:
    return event.history[step].document, event.history[step].mention


def _root(groups: dict[int, int], number: int) -> int:
    while groups.get(number, number) != number:
        number = groups[number]
    return number
