"""Decisions of a coder over single mentions of events, replayed on every record.

A file of marks is CSV with the columns ``document``, ``mention`` (the id of the mention in the record),
``mark`` (accept, reject or correct), of a correction ``field`` and ``value``, and a ``note`` for people::

    document,mention,mark,field,value,note
    wire-1,m04f2a61,accept,,,
    wire-1,m77be003,reject,,,a film
    wire-1,m9c01d5e,correct,status,cancelled,
    wire-1,m9c01d5e,correct,participants,Marco Rubio (agent); Sergey Lavrov (counterpart),

See docs/overrules.md for what can be corrected.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from diplograph.errors import InputError
from diplograph.extract.corrections import FIELDS, Corrections, Renaming, check_value
from diplograph.extract.records import Event, Extraction, Reason
from diplograph.ontology.actors import ActorTable, load_actors

__all__ = ["Mark", "Marks"]

COLUMNS: Final = ("document", "mention", "mark", "field", "value", "note")
KINDS: Final = ("accept", "reject", "correct")
OVERRULE: Final = "overrule"
"""Who says so, in the reasons of a mention that was marked."""

_Said = dict[str, dict[str, dict[str, "Mark"]]]
"""Marks by document, by mention, and by what they are about."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line: what a coder says of a mention.

    Attributes
    ----------
    document, mention : ids of the document and of the mention in its record
    mark : accept, reject or correct
    field, value : of a correction, what is wrong and what is right; an empty value clears the field
    note : for people

    Raises
    ------
    InputError
        If an id is empty, or mark, field or value is none that there is.
    """

    document: str
    mention: str
    mark: str
    field: str = ""
    value: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.document or not self.mention:
            raise InputError("document or mention is empty", remedy="give both ids, as the record has them")
        if self.mark not in KINDS:
            raise InputError(f"{self.mark!r} is no mark", remedy=f"write one of {', '.join(KINDS)}")
        if self.mark != "correct":
            if self.field or self.value:
                raise InputError(f"{self.mark} with a field or value", remedy="leave both empty, or write correct")
            return
        if self.field not in FIELDS:
            raise InputError(f"{self.field!r} cannot be corrected", remedy=f"write one of {', '.join(FIELDS)}")
        check_value(self.field, self.value)

    def __str__(self) -> str:
        about = f" {self.field} to {self.value or 'nothing'}" if self.mark == "correct" else ""
        return f"{self.document} {self.mention}: {self.mark}{about}"

    @property
    def about(self) -> str:
        """What it decides: a field, or that the text tells of an event."""
        return self.field or "event"

    def against(self, other: Mark) -> bool:
        """Whether both cannot be right of one mention."""
        if (self.mark == "reject") != (other.mark == "reject"):
            return True
        return self.about == other.about and self.value != other.value


@dataclass(frozen=True)
class Marks:
    """What a coder said of mentions; an empty one says nothing.

    Raises
    ------
    InputError
        If two of them contradict each other.

    Examples
    --------
    >>> marks = Marks().accept("wire-1", "m1").correct("wire-1", "m2", "status", "planned")
    >>> print(marks.to_csv(), end="")
    document,mention,mark,field,value,note
    wire-1,m1,accept,,,
    wire-1,m2,correct,status,planned,
    >>> marks.reject("wire-1", "m2")
    Traceback (most recent call last):
    ...
    diplograph.errors.InputError: [D100] wire-1 m2: reject contradicts: correct status to planned (keep one of the two)
    """

    lines: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        self._said  # noqa: B018

    def __repr__(self) -> str:
        return f"<Marks: {len(self.lines)} on {sum(map(len, self._said.values()))} mentions>"

    def _repr_html_(self) -> str:
        from diplograph.extract.showing import marks_html

        return marks_html(self)

    @cached_property
    def _said(self) -> _Said:
        said: _Said = {}
        for mark in self.lines:
            _enter(mark, said)
        return said

    def accept(self, document: str, mention: str, *, note: str = "") -> Marks:
        """Return these marks with one more: the text does tell of this event."""
        return Marks((*self.lines, Mark(document, mention, "accept", note=note)))

    def reject(self, document: str, mention: str, *, note: str = "") -> Marks:
        """Return these marks with one more: the text tells of no such event."""
        return Marks((*self.lines, Mark(document, mention, "reject", note=note)))

    def correct(self, document: str, mention: str, field: str, value: str, *, note: str = "") -> Marks:
        """Return these marks with one more: a field of the mention has another value; an empty one clears it."""
        return Marks((*self.lines, Mark(document, mention, "correct", field, value, note)))

    def without(self, document: str, mention: str) -> Marks:
        """Return these marks less all of one mention."""
        return Marks(tuple(m for m in self.lines if (m.document, m.mention) != (document, mention)))

    def to_csv(self) -> str:
        """Return the marks as a file has them."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((m.document, m.mention, m.mark, m.field, m.value, m.note) for m in self.lines)
        return out.getvalue()

    def apply(
        self, record: Extraction, table: ActorTable | None = None, *, renamed: Renaming = lambda actor: actor
    ) -> Extraction:
        """Return the record as its marks say.

        Parameters
        ----------
        record : Extraction
        table : where names are looked up that the record does not have; by default the bundled one
        renamed : what becomes of an actor that a correction brings (who is who)
        """
        said = self._said.get(record.id, {})
        kept = tuple(e for e in record.events if "reject" not in {m.mark for m in said.get(e.id, {}).values()})
        if len(kept) < len(record.events):
            there = {e.id for e in kept} | {e.event for e in kept}
            kept = tuple(replace(e, links=tuple(link for link in e.links if link.event in there)) for e in kept)
            record = replace(record, events=kept)
        here = {e.id: said[e.id] for e in kept if e.id in said}
        if not here:
            return record
        values = {key: {m.field: m.value for m in marks.values() if m.field} for key, marks in here.items()}
        done = Corrections(record, values, load_actors() if table is None else table, renamed)
        events = tuple(_sure(e, here[e.id]) if e.id in here else e for e in done.events)
        return replace(record, actors=done.actors, events=events)

    def unfound(self, record: Extraction) -> tuple[Mark, ...]:
        """Return the marks of a document whose mention its record, as it was read, does not have."""
        there = {e.id for e in record.events}
        said = self._said.get(record.id, {})
        return tuple(m for mention, marks in said.items() if mention not in there for m in marks.values())


def parse_marks(rows: Iterable[tuple[str, Mapping[str, str]]]) -> Marks:
    """Read marks from rows of files; each comes with where it stands, for errors.

    >>> parse_marks([("m.csv, line 2", {"document": "d", "mention": "m1", "mark": "maybe"})])
    Traceback (most recent call last):
    ...
    diplograph.errors.InputError: [D100] m.csv, line 2: 'maybe' is no mark (write one of accept, reject, correct)
    """
    said: _Said = {}
    lines = []
    for where, row in rows:
        try:
            lines.append(Mark(*(row.get(column, "") for column in COLUMNS)))
            _enter(lines[-1], said)
        except InputError as error:
            raise InputError(f"{where}: {error.message}", remedy=error.remedy) from None
    return Marks(tuple(lines))


def _enter(mark: Mark, said: _Said) -> None:
    """Put a mark to those of its mention, if it does not contradict them."""
    marks = said.setdefault(mark.document, {}).setdefault(mark.mention, {})
    if earlier := next((m for m in marks.values() if mark.against(m)), None):
        other = str(earlier).partition(": ")[2]
        raise InputError(f"{mark} contradicts: {other}", remedy="keep one of the two")
    marks.setdefault(mark.about, mark)


def _sure(event: Event, marks: Mapping[str, Mark]) -> Event:
    reasons = (Reason(what, OVERRULE, *event.trigger) for what in marks)
    new = tuple(r for r in reasons if r not in event.reasons)
    return replace(event, confidence=1.0, reasons=(*event.reasons, *new))
