"""Records of events that somebody else has coded: one document with one event and no text each."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from diplograph.errors import InputError
from diplograph.extract.documents import is_date
from diplograph.extract.records import (
    Actor,
    Event,
    EventClass,
    Extraction,
    Extractor,
    Participant,
    Place,
    Time,
    content_id,
    text_hash,
)
from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE, ActorEntry, ActorTable, load_actors
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.coded import CodedFormat
from diplograph.ontology.names import fold
from diplograph.ontology.statuses import STATUSES

__all__ = ["CodedEvent", "Resolver", "event_kind", "iso_date", "known_status", "place_of"]

_CLASSES = frozenset(get_args(EventClass))
_STRAIGHT = frozenset({"name", "acronym", "former"})
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TIME_OF_DAY = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ].*")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")


@dataclass
class CodedEvent:
    """What is known of one event; `parties` are (role, actor), `raw` is what the source says, by its own names."""

    id: str
    date: str | None
    event_class: str
    mode: str | None
    status: str
    parties: list[tuple[str, Actor]]
    place: Place | None = None
    title: str | None = None
    publisher: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    def record(self, source: str) -> Extraction:
        """Return the record, with the source of the codes as its extractor."""
        actors = {actor.id: actor for _, actor in self.parties}
        roles: dict[str, str] = {}
        for role, actor in self.parties:
            roles.setdefault(actor.id, role)
        event = Event(
            id=content_id("m", self.id),
            event=content_id("e", self.id),
            event_class=self.event_class,  # type: ignore[arg-type]  # checked by `event_kind`
            mode=self.mode,
            trigger=(0, 0),
            sentence=(0, 0),
            participants=tuple(
                Participant(a.id, a.name, roles[a.id], a.kind, a.country, a.iri) for a in actors.values()
            ),
            place=self.place,
            time=Time(self.date, self.date) if self.date else None,
            status=self.status,  # type: ignore[arg-type]  # checked by `known_status`
        )
        return Extraction(
            id=self.id,
            extractor=Extractor(source, "coded"),
            text_sha256=text_hash(json.dumps(self.raw, sort_keys=True, default=str)),
            date=self.date.partition("/")[0] if self.date else None,
            title=self.title,
            source=self.publisher,
            actors=tuple(actors.values()),
            events=(event,),
            metadata={"coded": dict(self.raw)},
        )


class Resolver:
    """Finds out which actors and countries names and codes stand for."""

    def __init__(self, format: CodedFormat) -> None:
        self.format = format
        self.table: ActorTable = load_actors()

    def country(self, value: str) -> str | None:
        """Return the ISO 3166-1 alpha-3 code of a country's code or name; None if it is neither."""
        code = self.format.countries.get(value) or load_cameo().countries.get(value, value)
        if re.fullmatch("[A-Z]{3}", code) and self.table.state(code):
            return code
        found = self._named(value) if value else None
        return found.country if found and found.kind in {"state", "territory"} else None

    def actor(self, name: str, country: str = "", sectors: Iterable[str] = ()) -> Actor | None:
        """Return the actor of a name, a country and sectors; None where neither name nor country says who it is.

        Names of the actor table are taken first. Without one, an actor of a sector in `states` is his state.
        """
        home = self.country(country)
        plain = _IN_BRACKETS.sub("", name).strip()
        entry = self._named(plain) if plain else None
        if entry and not (home and entry.country and entry.country != home):
            return _of_table(entry)
        state = self.table.state(home) if home else None
        sectors = set(sectors) or {""}
        if state and (not plain or plain in self.format.state_names or sectors & self.format.states):
            return _of_table(state)
        if not plain:
            return None
        slug = re.sub(r"[^\w]+", "-", plain.casefold()).strip("-") or content_id("a", plain)
        return Actor(f"group/{slug}{f'-{home.lower()}' if home else ''}", plain, "group", home)

    def _named(self, name: str) -> ActorEntry | None:
        if not fold(name):
            return None
        found = {use.actor for use in self.table.named(name) if use.use in _STRAIGHT}
        return self.table.actors[found.pop()] if len(found) == 1 else None


def _of_table(entry: ActorEntry) -> Actor:
    same = (f"{WIKIDATA_BASE}{entry.wikidata}",) if entry.wikidata else ()
    return Actor(entry.id, entry.name, entry.kind, entry.country, f"{ACTOR_BASE}{entry.id}", same)


def iso_date(value: str) -> str:
    """Return a date, month, year or interval in ISO 8601; `InputError` if it is none.

    >>> iso_date("20251022"), iso_date("2025-10-22 00:00:00"), iso_date("2025-10-20/2025-10-26")
    ('2025-10-22', '2025-10-22', '2025-10-20/2025-10-26')
    """
    parts = [_TIME_OF_DAY.sub("", _DIGITS.sub(r"\1-\2-\3", part.strip())) for part in value.split("/")]
    if len(parts) > 2 or not all(map(is_date, parts)):
        raise InputError(f"{value!r} is no date", remedy="write dates as YYYY-MM-DD or YYYYMMDD")
    return "/".join(parts)


def event_kind(value: str, format: CodedFormat) -> tuple[str, str | None] | None:
    """Return class and mode of a value ("CONSULT", "CONSULT/call", or what `classes` says); None if it is left out.

    Raises
    ------
    InputError
        If it is no class.
    """
    text = format.classes.get(value, value)
    event_class, _, mode = text.partition("/")
    if not text and value:
        return None
    if event_class.upper() not in _CLASSES:
        raise InputError(
            f"{value!r} is no event class", remedy="write one of PLOVER's sixteen, or say under [classes] which it is"
        )
    return event_class.upper(), mode or None


def known_status(value: str) -> str:
    """Return a status; `InputError` if it is none of the eight."""
    if value.lower() not in STATUSES:
        raise InputError(f"{value!r} is no status", remedy=f"write one of {', '.join(STATUSES)}")
    return value.lower()


def place_of(name: str, country: str | None, latitude: str = "", longitude: str = "") -> Place | None:
    """Return a place; coordinates that are none are left out."""
    if not name:
        return None
    try:
        north, east = float(latitude), float(longitude)
        on_earth = math.isfinite(north) and abs(north) <= 90 and math.isfinite(east) and abs(east) <= 180
    except ValueError:
        on_earth = False
    return Place(name, country=country, latitude=north if on_earth else None, longitude=east if on_earth else None)
