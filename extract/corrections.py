"""What a coder's corrections make of the mentions of a record: values are checked, names and places looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from diplograph.errors import InputError
from diplograph.extract._checks import is_date, text_hash
from diplograph.extract.places import place_of
from diplograph.extract.records import Actor, Event, EventClass, Extraction, Participant, Place, Source, Status, Time
from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE, ActorEntry, ActorTable
from diplograph.ontology.names import slug

__all__ = ["FIELDS", "ROLES", "Corrections", "check_value"]

FIELDS: Final = ("class", "mode", "status", "date", "place", "participants", "source")
"""What can be corrected, in the order in which it is done."""

ROLES: Final = ("agent", "counterpart", "target", "host", "mediator")

Renaming = Callable[[Actor], Actor]

_NEEDED: Final = {"class": get_args(EventClass), "status": get_args(Status)}
"""Fields that cannot be cleared, with their values."""

_PARTY = re.compile(r"(.*\S)\s*\(([^()]*)\)", re.DOTALL)
_KINDS = {"person": "person", "org": "organisation", "group": "group"}
"""Beginnings of ids by which a new actor can be said to be a person, an organisation or a group."""
_WHOLE = frozenset({"name", "acronym", "former"})
_STANDS_FOR = _WHOLE | {"capital", "seat"}
"""Uses of a name in the actor table: of the actor himself, and of a town or house that stands for him."""


def check_value(field: str, value: str) -> None:
    """Refuse a value that a field cannot have.

    Raises
    ------
    InputError
        If it is no class, status, date or list of participants.

    Examples
    --------
    >>> check_value("date", "2025-10-20/2025-10-26")
    >>> check_value("date", "last week")
    Traceback (most recent call last):
    ...
    diplograph.errors.InputError: [D100] 'last week' is no date (write YYYY-MM-DD, YYYY-MM, YYYY, or begin/end)
    """
    if field in _NEEDED and value not in _NEEDED[field]:
        raise InputError(f"{value!r} is no {field}", remedy=f"write one of {', '.join(_NEEDED[field])}")
    if field == "date" and value and not _is_time(value):
        raise InputError(f"{value!r} is no date", remedy="write YYYY-MM-DD, YYYY-MM, YYYY, or begin/end")
    if field == "participants":
        _parties(value)


class Corrections:
    """The corrections of one record, carried out.

    Parameters
    ----------
    record : Extraction
    values : new values by field, of each mention that is corrected
    table : where names are looked up that the record does not have
    renamed : what other decisions make of an actor that a correction brings

    Attributes
    ----------
    events : the mentions of the record, corrected
    actors : those of the record, then those that the corrections bring
    """

    def __init__(
        self, record: Extraction, values: Mapping[str, Mapping[str, str]], table: ActorTable, renamed: Renaming
    ) -> None:
        self._names = _Names(record, table, renamed)
        parties = [name for said in values.values() for name, _ in _parties(said.get("participants", ""))]
        for name in (*parties, *(said["source"] for said in values.values() if "source" in said)):
            if self._names.is_id(name):  # ids come first: they decide between namesakes
                self._names.meant(name)
        events = record.events
        for field in FIELDS:
            change: Callable[[Event, str], Event] = getattr(self, f"_{field}")
            events = tuple(change(e, values[e.id][field]) if field in values.get(e.id, {}) else e for e in events)
        self.events = events
        self.actors = tuple(self._names.actors.values())

    def _class(self, event: Event, value: str) -> Event:
        """A mode is one of its class: it goes with it."""
        new: Any = value
        return event if value == event.event_class else replace(event, event_class=new, mode=None)

    def _mode(self, event: Event, value: str) -> Event:
        return replace(event, mode=value or None)

    def _status(self, event: Event, value: str) -> Event:
        """The words that decided the old status are no evidence of another."""
        new: Any = value
        return event if value == event.status else replace(event, status=new, status_evidence=())

    def _date(self, event: Event, value: str) -> Event:
        time = event.time
        if not value or time is None or (time.begin is None and time.text == time.value):
            return replace(event, time=Time(value, value) if value else None)
        return replace(event, time=replace(time, value=value))

    def _place(self, event: Event, value: str) -> Event:
        return replace(event, place=self._found(value, event.place) if value else None)

    def _found(self, value: str, held: Place | None) -> Place:
        """The place of a name, or of a name with its state behind it ("Tripoli, Lebanon")."""
        name, _, behind = (part.strip() for part in value.rpartition(","))
        country = self._names.country(behind) if name else None
        if country is None:
            name, country = value, self._names.country(value)
        span = (held.begin, held.end) if held and held.name == name else (None, None)
        return place_of(name, country, *span, elsewhere=False)

    def _participants(self, event: Event, value: str) -> Event:
        parties = _parties(value)
        by_id = {self._names.meant(name).id for name, _ in parties if self._names.is_id(name)}
        found: dict[str, Participant] = {}
        for name, role in parties:
            held = next((p for p in event.participants if p.name == name and p.actor not in by_id), None)
            party = replace(held or self._participant(event, name), role=role)
            found.setdefault(party.actor or party.name, party)
        return replace(event, participants=tuple(found.values()))

    def _participant(self, event: Event, name: str) -> Participant:
        actor = self._names.meant(name)
        held = next((p for p in event.participants if p.actor == actor.id), None)
        return held or Participant(actor.id, actor.name, "", actor.kind, actor.country, actor.iri)

    def _source(self, event: Event, value: str) -> Event:
        return replace(event, source=self._said_by(value, event.source) if value else None)

    def _said_by(self, value: str, held: Source | None) -> Source:
        same = held if held and held.name == value else None
        if same and same.actor:
            return same
        actor = self._names.known(value)
        if actor is None:
            return same or Source(value)
        if held and held.actor == actor.id:
            return held
        return replace(same or Source(value), name=actor.name, actor=actor.id)


class _Names:
    """Whom the names in corrections mean: an actor of the record, else one of the table, else a new one."""

    def __init__(self, record: Extraction, table: ActorTable, renamed: Renaming) -> None:
        self.actors = {actor.id: actor for actor in record.actors}
        self._document, self._date, self._table, self._renamed = record.id, record.date, table, renamed

    def is_id(self, name: str) -> bool:
        return name in self.actors or name in self._table.actors or _kind(name) is not None

    def meant(self, name: str) -> Actor:
        """Return the actor of a name or id; one that nobody knows is new."""
        return self.known(name) or self._enter(self._new(name))

    def known(self, name: str) -> Actor | None:
        """Return the actor of a name or id, if the record or the table knows it, or the id says what it is."""
        here = self.actors.get(name) or next((a for a in self.actors.values() if a.name == name), None)
        if here:
            return here
        entry = self._table.actors.get(name) or self._named(name, _STANDS_FOR)
        if entry:
            return self._enter(self._of_table(entry))
        return self._enter(self._new(name)) if _kind(name) else None

    def country(self, name: str) -> str | None:
        """Return the code of a state, given by its name or its code."""
        entry = self._table.state(name) or self._named(name, _WHOLE)
        return entry.country if entry and entry.kind in {"state", "territory"} else None

    def _enter(self, actor: Actor) -> Actor:
        right = self._renamed(actor)
        return self.actors.setdefault(right.id, right)

    def _named(self, name: str, uses: frozenset[str]) -> ActorEntry | None:
        """Of namesakes among persons, the one in the highest office on the record's date."""
        found = [self._table.actors[u.actor] for u in self._table.named(name) if u.use in uses]
        if found and found[0].kind == "person" and self._date:
            return min(found, key=lambda entry: self._table.rank(entry.id, self._date))
        return found[0] if found else None

    def _of_table(self, entry: ActorEntry) -> Actor:
        held = self._table.offices(entry.id, self._date) if self._date else []
        country = max(held, key=lambda term: term.begin).country if held else entry.country
        same = (f"{WIKIDATA_BASE}{entry.wikidata}",) if entry.wikidata else ()
        return Actor(entry.id, entry.name, entry.kind, country, f"{ACTOR_BASE}{entry.id}", same)

    def _new(self, name: str) -> Actor:
        """An actor with an id as the reading makes it; without a kind, and with one name only, of this document."""
        kind = _kind(name)
        if kind is None:
            return Actor(f"group/{slug(name)}-{text_hash(self._document)[:8]}", name, "group")
        prefix, _, plain = (part.strip() for part in name.partition("/"))
        if kind == "person" and " " not in plain and plain != slug(plain):
            return Actor(f"{prefix}/{slug(plain)}-{text_hash(self._document)[:8]}", plain, kind)
        return Actor(f"{prefix}/{slug(plain)}", plain, kind)


def _kind(name: str) -> str | None:
    """The kind that an id begins with.

    >>> _kind("person/Mary Smith"), _kind("Mary Smith")
    ('person', None)
    """
    prefix, _, plain = name.partition("/")
    return _KINDS.get(prefix) if plain else None


def _parties(value: str) -> list[tuple[str, str]]:
    """Names and roles in a list of participants.

    >>> _parties("Party of Regions (Ukraine) (agent); NATO (target)")
    [('Party of Regions (Ukraine)', 'agent'), ('NATO', 'target')]
    """
    parties = []
    for part in filter(None, map(str.strip, value.split(";"))):
        match = _PARTY.fullmatch(part)
        if match is None:
            raise InputError(f"{part!r} has no role", remedy="write participants as Name (role); Name (role)")
        name, role = match[1], match[2].strip()
        if role not in ROLES:
            raise InputError(f"{part!r}: {role!r} is no role", remedy=f"write one of {', '.join(ROLES)}")
        parties.append((name, role))
    return parties


def _is_time(value: str) -> bool:
    """Whether a value is an ISO date, month or year, or an interval of two that does not end before it begins.

    >>> _is_time("2025-10"), _is_time("2025-10-05/2025-10"), _is_time("2025/2024"), _is_time("2025/2026/2027")
    (True, True, False, False)
    """
    begin, slash, end = value.partition("/")
    return is_date(begin) and (not slash or (is_date(end) and begin <= f"{end}~"))
