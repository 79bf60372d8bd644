"""The narrow waist: what a text says, as plain typed records.

`extract` writes these records and `graph` reads them; neither knows the other. One `Extraction`
holds everything about one document and is one JSON object (see docs/records.md for a full example
and record.schema.json for the published schema). Offsets are half-open and count Unicode
characters of the record's own `text`.

A record cannot contradict its text: building an `Extraction` checks that every span lies inside the
text and that each `surface` is the text between its offsets, and raises `RecordError` otherwise.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from diplograph.errors import RecordError
from diplograph.extract._checks import check_references, check_text, text_hash
from diplograph.extract.statements import Argument, Relation, RoleArgument, Span, Triple
from diplograph.markup import names, plain

__all__ = [
    "SCHEMA_VERSION",
    "Actor",
    "Argument",
    "Event",
    "Extraction",
    "Extractor",
    "Link",
    "Participant",
    "Place",
    "Reason",
    "Relation",
    "RoleArgument",
    "Source",
    "Span",
    "Time",
    "Triple",
    "content_id",
    "record_schema",
    "text_hash",
]

SCHEMA_VERSION: Final = "1.0"

EventClass = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The sixteen event classes of PLOVER."""

Status = Literal[
    "occurred", "ongoing", "planned", "proposed", "postponed", "cancelled", "refused", "hypothetical"
]  # fmt: skip

_STRICT = ConfigDict(extra="forbid", populate_by_name=True)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def content_id(prefix: str, *parts: object) -> str:
    """Return an id made from content, never from a counter: the same parts give the same id.

    >>> content_id("e", "doc", [3, 7]) == content_id("e", "doc", [3, 7])
    True
    """
    payload = _COMPACT.encode(parts)
    return f"{prefix}{hashlib.sha256(payload.encode('utf-8')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Who made the record: program, version and the language model it read with."""

    __pydantic_config__ = _STRICT
    name: str
    version: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, organisation or group that the document names.

    Attributes
    ----------
    id : unique within the document; stable for the same actor in every document
    name : fullest name known, without titles
    kind : person, state, organisation, group, place ...
    country : ISO 3166-1 alpha-3 code of the state it is, is of or acts for; of people hit from abroad, of the place;
        None where there is none
    iri : identifier in the graph's own name space or a user's; None for actors of this document only
    same_as : IRIs of the same actor elsewhere (Wikidata)
    mentions : where the text names it, in order
    """

    __pydantic_config__ = _STRICT
    id: str
    name: str
    kind: str
    country: str | None = None
    iri: str | None = None
    same_as: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in an event.

    `surface`, `begin` and `end` are None where the sentence does not name the actor and it was
    taken over from another mention of the same event. `confidence` is the probability that the actor takes
    part in the event, if it is one; None where the extractor does not know.
    """

    __pydantic_config__ = _STRICT
    actor: str | None
    name: str
    role: str
    kind: str | None = None
    country: str | None = None
    iri: str | None = None
    surface: str | None = None
    begin: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happens.

    Attributes
    ----------
    iri : GeoNames IRI
    country : ISO 3166-1 alpha-3
    latitude, longitude : degrees (WGS 84)
    begin, end : where the text names it; None where it is known from another mention
    """

    __pydantic_config__ = _STRICT
    name: str
    iri: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and its ISO 8601 value (date, month, year or interval), if it has one."""

    __pydantic_config__ = _STRICT
    text: str
    value: str | None = None
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Whom the text makes responsible for a claim."""

    __pydantic_config__ = _STRICT
    name: str
    actor: str | None = None
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another mention of the same document, such as content_of."""

    __pydantic_config__ = _STRICT
    rel: str
    event: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the record says so: `what` it is about, `by` which rule or model, and the words that it goes by.

    Attributes
    ----------
    what : event, status; of an overrule also the field that it corrects
    by : id of an entry of the lexicon or of a rule of the ontology; "reader" for the trained reader, "overrule" for a
        user's mark
    probability : what the trained reader gives it
    """

    __pydantic_config__ = _STRICT
    what: str
    by: str
    begin: int
    end: int
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One mention of an event.

    Attributes
    ----------
    id : id of this mention
    event : id of the real event inside this document; mentions of one event share it
    event_class : PLOVER class ("class" in JSON)
    mode : lower-case sub-kind, or None
    trigger : the word or words that tell of the event
    sentence : the sentence around the trigger
    was : earlier time value of a rescheduled event
    status_evidence : the words that decided the status (besides the trigger's own form)
    links : relations to other mentions: "content_of" leads to the demand, threat or offer that this is the content of
    confidence : probability that the text tells of this event, or None where the extractor does not know
    reasons : which rules and models found it and its status
    """

    __pydantic_config__ = _STRICT
    id: str
    event: str
    event_class: Annotated[EventClass, Field(alias="class")]
    mode: str | None
    trigger: Span
    sentence: Span
    participants: tuple[Participant, ...] = ()
    place: Place | None = None
    time: Time | None = None
    was: str | None = None
    status: Status = "occurred"
    status_evidence: tuple[Span, ...] = ()
    source: Source | None = None
    links: tuple[Link, ...] = ()
    confidence: float | None = None
    reasons: tuple[Reason, ...] = ()

    def __repr__(self) -> str:
        kind = f"{self.event_class}/{self.mode}" if self.mode else self.event_class
        who = f": {names(p.name for p in self.participants)}" if self.participants else ""
        return plain(f"<Event {self.id} {kind}, {self.status}{who}>")

    def _repr_html_(self) -> str:
        from diplograph.extract.showing import event_html

        return event_html(self)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was read from one document.

    Raises
    ------
    RecordError
        If a span leaves the text, a surface differs from the text, an actor or event that is
        referred to is missing, the hash does not fit the text, the date is no ISO date, or
        what should be an IRI is none.
    """

    __pydantic_config__ = _STRICT
    id: str
    extractor: Extractor
    text_sha256: str
    text: str | None = None
    date: str | None = None
    title: str | None = None
    source: str | None = None
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    triples: tuple[Triple, ...] = ()
    events: tuple[Event, ...] = ()
    metadata: dict[str, Any] = dataclasses.field(default_factory=dict)
    schema: str = SCHEMA_VERSION

    def __post_init__(self) -> None:
        if self.schema.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise RecordError(
                f"document {self.id!r}: schema {self.schema!r} is not readable",
                remedy=f"this version reads {SCHEMA_VERSION}; extract the text again",
            )
        check_references(self)
        if self.text is not None:
            check_text(self, self.text)

    def __repr__(self) -> str:
        about = f"{self.date or 'no date'}, {len(self.events)} mentions of events, {len(self.triples)} triples"
        return plain(f"<Extraction {self.id}: {about}>")

    def _repr_html_(self) -> str:
        from diplograph.extract.showing import extraction_html

        return extraction_html(self)

    def without_text(self) -> Extraction:
        """Return the same record without its text and its triples, which quote most of it.

        The hash, all offsets and the names of actors, places and times stay.
        """
        return dataclasses.replace(self, text=None, triples=())

    def with_triples(self, least: float) -> Extraction:
        """Return the same record with only those triples that have at least some confidence."""
        if least <= 0.0:
            return self
        kept = tuple(t for t in self.triples if t.confidence is None or t.confidence >= least)
        return dataclasses.replace(self, triples=kept)

    def quote(self, span: Span) -> str | None:
        """Return the text between two offsets; None where the record came without its text."""
        return None if self.text is None else self.text[span[0] : span[1]]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON-ready objects, keys in the order of the schema."""
        plain: dict[str, Any] = _adapter().dump_python(self, mode="json", by_alias=True)
        extra = plain.pop("metadata")
        head = {"schema": plain.pop("schema"), "id": plain.pop("id")}
        for key in ("date", "title", "source", "text", "text_sha256", "extractor"):
            head[key] = plain.pop(key)
        return {**head, **plain, **({"metadata": extra} if extra else {})}

    def to_json(self) -> str:
        """Return the record as one line of JSON (no line break inside, UTF-8 kept)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_dict(cls, data: object) -> Extraction:
        """Read a record; `RecordError` names the first field that breaks the schema."""
        try:
            return _adapter().validate_python(data)
        except ValidationError as error:
            raise _as_record_error(data, error) from None

    @classmethod
    def from_json(cls, line: str | bytes) -> Extraction:
        """Read a record from JSON; the inverse of `to_json`."""
        try:
            data = json.loads(line)
        except ValueError as error:
            raise RecordError(f"not JSON: {error}", remedy="a record is one JSON object") from None
        return cls.from_dict(data)


@cache
def _adapter() -> TypeAdapter[Extraction]:
    return TypeAdapter(Extraction)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record; the packaged record.schema.json is this."""
    schema = _adapter().json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/diplograph/record-{SCHEMA_VERSION}.schema.json",
        **schema,
    }


def _as_record_error(data: object, error: ValidationError) -> RecordError:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "record"
    name = data.get("id", "?") if isinstance(data, dict) else "?"
    more = f"; {error.error_count() - 1} more" if error.error_count() > 1 else ""
    return RecordError(
        f"document {name!r}: {where}: {first['msg']}{more}",
        remedy="see record.schema.json for the fields of a record",
    )
