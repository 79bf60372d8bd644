"""A record must agree with itself and with its text; `Extraction` calls these when it is built."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from diplograph.errors import RecordError

if TYPE_CHECKING:
    from diplograph.extract.records import Argument, Extraction, RoleArgument, Triple

__all__ = ["check_references", "check_text", "is_date", "text_hash"]

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")


def is_date(text: str) -> bool:
    """Say whether a text is an ISO date, month or year.

    >>> is_date("2025-10-22"), is_date("2025-10"), is_date("2025-02-30")
    (True, True, False)
    """
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_references(record: Extraction) -> None:
    actors = {actor.id for actor in record.actors}
    mentions = {event.id for event in record.events}
    events = mentions | {event.event for event in record.events}
    if len(actors) < len(record.actors) or len(mentions) < len(record.events):
        raise RecordError(f"document {record.id!r}: two actors or two events share an id", remedy="make ids unique")
    used = [a.actor for t in record.triples for a in _arguments(t)]
    used += [p.actor for e in record.events for p in e.participants]
    used += [e.source.actor for e in record.events if e.source]
    for name in used:
        if name is not None and name not in actors:
            raise RecordError(f"document {record.id!r}: unknown actor {name!r}", remedy="list it under actors")
    if record.date is not None and not is_date(record.date):
        raise RecordError(f"document {record.id!r}: {record.date!r} is no date", remedy="write it as YYYY-MM-DD")
    iris = [i for a in record.actors for i in (*a.same_as, *([a.iri] if a.iri else []))]
    iris += [e.place.iri for e in record.events if e.place and e.place.iri]
    for name in iris:
        if not _IRI.fullmatch(name):
            raise RecordError(f"document {record.id!r}: {name!r} is no IRI", remedy="give it in full: https://...")
    for event in record.events:
        for link in event.links:
            if link.event not in events:
                raise RecordError(
                    f"document {record.id!r}: {event.id} links to unknown event {link.event!r}",
                    remedy="link to an event of the same record",
                )


def _arguments(triple: Triple) -> list[Argument | RoleArgument]:
    return [triple.subject, triple.object, *triple.arguments]


def check_text(record: Extraction, text: str) -> None:
    if text_hash(text) != record.text_sha256:
        raise RecordError(
            f"document {record.id!r}: text_sha256 does not belong to the text",
            remedy="the text was changed after extraction: extract it again",
        )
    for where, begin, end, surface in _spans(record):
        if not 0 <= begin <= end <= len(text):
            raise RecordError(
                f"document {record.id!r}: {where} [{begin}, {end}) leaves the text of {len(text)} characters",
                remedy="offsets count characters of the record's text",
            )
        if surface is not None and text[begin:end] != surface:
            raise RecordError(
                f"document {record.id!r}: {where} says {surface!r}, the text has {text[begin:end]!r}",
                remedy="offsets count characters of the record's text",
            )


def _spans(record: Extraction) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield (field, begin, end, surface or None) for every span of the record."""
    for begin, end in record.sentences:
        yield "sentence", begin, end, None
    for actor in record.actors:
        for begin, end in actor.mentions:
            yield f"mention of {actor.id}", begin, end, None
    for triple in record.triples:
        yield f"sentence of {triple.id}", *triple.sentence, None
        for argument in _arguments(triple):
            yield f"argument of {triple.id}", argument.begin, argument.end, argument.text
    for event in record.events:
        yield f"trigger of {event.id}", *event.trigger, None
        yield f"sentence of {event.id}", *event.sentence, None
        for begin, end in event.status_evidence:
            yield f"status evidence of {event.id}", begin, end, None
        for reason in event.reasons:
            yield f"reason of {event.id}", reason.begin, reason.end, None
        for participant in event.participants:
            if participant.begin is not None and participant.end is not None:
                yield f"participant of {event.id}", participant.begin, participant.end, participant.surface
        if event.time and event.time.begin is not None and event.time.end is not None:
            yield f"time of {event.id}", event.time.begin, event.time.end, event.time.text
        for part in (event.place, event.source):
            if part and part.begin is not None and part.end is not None:
                yield f"{type(part).__name__.lower()} of {event.id}", part.begin, part.end, None
