"""Records and merged events as N-Quads (see ontology/diplograph.ttl for the vocabulary).

What a document says goes into a graph named after it, with provenance down to characters; the
merged events and the actors go into the default graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from diplograph.extract.records import Actor, Argument, Event, Extraction, Extractor, Participant, Place, Span, Triple
from diplograph.graph.events import MergedEvent, Step
from diplograph.graph.identity import days_of
from diplograph.graph.terms import (
    BASE,
    VERDICTS,
    actor_iri,
    date_literal,
    document_iri,
    event_iri,
    iri,
    literal,
    mention_iri,
    own,
    place_iri,
    span_iri,
    term,
)
from diplograph.graph.vocabulary import vocabulary

__all__ = ["actor_quads", "document_quads", "edge_quads", "event_quads", "merged_quads", "place_quads", "verdict_quads"]

_KINDS = {
    "person": "Person",
    "state": "State",
    "territory": "Territory",
    "organisation": "Organisation",
    "group": "Group",
    "region": "Region",
}
_SCHEMA_STATUS = {"planned": "EventScheduled", "postponed": "EventPostponed", "cancelled": "EventCancelled"}
_LINKS = {"content_of": "dg:contentOf"}
_REAL = {"occurred", "ongoing"}
_COUNTRY = re.compile("[A-Z]{3}")
_DAY = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_ISO = re.compile(f"{_DAY}(?:/{_DAY})?")
_TYPE = term("rdf:type")
_LABEL = term("rdfs:label")


def document_quads(record: Extraction, *, triples: bool = True) -> Iterator[str]:
    """Yield the N-Quads lines of one document's graph.

    Parameters
    ----------
    record : Extraction
    triples : bool
        Whether the record's triples become statements of the graph.
    """
    graph = iri(document_iri(record.id))
    for subject, predicate, value in _document(record, triples):
        yield f"{subject} {predicate} {value} {graph} ."


def merged_quads(events: Iterable[MergedEvent], records: Iterable[Extraction]) -> Iterator[str]:
    """Yield the lines of the default graph: merged events, their actors and places; sorted, each once."""
    events = list(events)
    lines = {line for event in events for line in event_quads(event)}
    return iter(sorted(lines | edge_quads(events) | place_quads(events) | actor_quads(records)))


def event_quads(event: MergedEvent) -> list[str]:
    """Return the lines of one merged event and of the steps of its history, which no other event shares."""
    return _lines(_merged(event))


def edge_quads(events: Iterable[MergedEvent]) -> set[str]:
    """Return the direct edges between actors; events of the same pair and kind share them."""
    edges = {edge for event in events if event.status in _REAL for edge in _edges(event)}
    return {f"{iri(actor_iri(one))} {own(name)} {iri(actor_iri(other))} ." for one, name, other in edges}


def place_quads(events: Iterable[MergedEvent]) -> set[str]:
    """Return the lines of the places of merged events."""
    return {line for event in events if event.place for line in _lines(_place(event.place))}


def actor_quads(records: Iterable[Extraction]) -> set[str]:
    """Return the lines of the actors of all documents; of one actor, as the first document by id has him."""
    actors: dict[str, Actor] = {}
    for record in sorted(records, key=lambda r: r.id):
        for actor in record.actors:
            actors.setdefault(actor.id, actor)
    return {line for actor in actors.values() for line in _lines(_actor(actor))}


def _lines(statements: Iterable[Statement]) -> list[str]:
    return [f"{subject} {predicate} {value} ." for subject, predicate, value in statements]


def verdict_quads(text: str) -> list[str]:
    """Return the line that keeps a user's verdicts, the text of a file, in a graph of their own."""
    return [f"{iri(VERDICTS)} {term('dg:verdicts')} {literal(text)} {iri(VERDICTS)} ."]


Statement = tuple[str, str, str]


def _document(record: Extraction, triples: bool) -> Iterator[Statement]:
    node = iri(document_iri(record.id))
    yield node, _TYPE, term("dg:Document")
    yield node, term("dct:identifier"), literal(record.id)
    yield node, term("dg:textSha256"), literal(record.text_sha256)
    yield node, term("dg:record"), literal(record.to_json(), "rdf:JSON")
    yield from _extractor(node, record.extractor)
    if record.title:
        yield node, term("dct:title"), literal(record.title)
    if record.date:
        yield node, term("dct:date"), date_literal(record.date)
    if record.source:
        yield node, term("dct:source"), literal(record.source)
    spans: set[Span] = set()
    for actor in record.actors:
        yield from _actor(actor)
    for event in record.events:
        yield from _mention(record, event, spans)
    if triples:
        for triple in record.triples:
            yield from _statement(record, triple, spans)
    for span in sorted(spans):
        yield from _span(record, span)


def _extractor(document: str, extractor: Extractor) -> Iterator[Statement]:
    node = iri(f"{BASE}extractor/{quote(extractor.name, safe='')}/{quote(extractor.version, safe='')}")
    yield document, term("prov:wasAttributedTo"), node
    yield node, _TYPE, term("prov:SoftwareAgent")
    yield node, _LABEL, literal(f"{extractor.name} {extractor.version}")


def _actor(actor: Actor) -> Iterator[Statement]:
    node = iri(actor_iri(actor.id))
    yield node, _TYPE, term(f"dg:{_KINDS.get(actor.kind, 'Actor')}")
    yield node, _TYPE, term("dg:Actor")
    yield node, _LABEL, literal(actor.name)
    yield from _country(node, actor.country)
    for other in actor.same_as:
        yield node, term("owl:sameAs"), iri(other)


def _country(node: str, code: str | None) -> Iterator[Statement]:
    if code and _COUNTRY.fullmatch(code):
        yield node, term("dg:country"), literal(code)


def _span(record: Extraction, span: Span) -> Iterator[Statement]:
    """A stretch of text as Web Annotation has it: a resource selected by position and by quotation."""
    node = iri(span_iri(record.id, *span))
    selector = iri(span_iri(record.id, *span) + ";selector")
    yield node, _TYPE, term("oa:SpecificResource")
    yield node, term("oa:hasSource"), iri(document_iri(record.id))
    yield node, term("oa:hasSelector"), selector
    yield selector, _TYPE, term("oa:TextPositionSelector")
    yield selector, term("oa:start"), literal(span[0])
    yield selector, term("oa:end"), literal(span[1])
    if (quote := record.quote(span)) is not None:
        yield selector, _TYPE, term("oa:TextQuoteSelector")
        yield selector, term("oa:exact"), literal(quote)


def _mention(record: Extraction, event: Event, spans: set[Span]) -> Iterator[Statement]:
    node = iri(mention_iri(record.id, event.id))
    yield node, _TYPE, term("dg:EventMention")
    yield node, term("prov:wasDerivedFrom"), iri(document_iri(record.id))
    yield from _kind(node, event.event_class, event.mode)
    yield node, term("dg:status"), own(event.status)
    for name, span in (
        ("sentence", event.sentence),
        ("trigger", event.trigger),
        *(("evidence", s) for s in event.status_evidence),
    ):
        spans.add(span)
        yield node, term(f"dg:{name}"), iri(span_iri(record.id, *span))
    for number, participant in enumerate(event.participants, 1):
        yield from _participation(record, event, number, participant, spans)
    if event.place:
        yield node, term("dg:place"), _where(event.place)
        yield from _place(event.place)
    if event.time:
        yield node, term("dg:timeText"), literal(event.time.text)
        yield from _date(node, event.time.value)
    yield from _former_date(node, event.was)
    if event.source:
        yield from _source(node, event.source.name, event.source.actor)
    yield from _confidence(node, event.confidence)
    for link in event.links:
        yield node, term(_LINKS.get(link.rel, "dg:linkedTo")), iri(mention_iri(record.id, link.event))


def _kind(node: str, event_class: str, mode: str | None) -> Iterator[Statement]:
    yield node, term("dg:eventClass"), own(event_class)
    if mode and _is_known(event_class, mode):
        yield node, term("dg:mode"), own(f"{event_class}_{mode}")
    elif mode:
        yield node, term("dg:modeName"), literal(mode)


def _is_known(event_class: str, mode: str) -> bool:
    return f"{event_class}_{mode}" in vocabulary().kinds


def _participation(
    record: Extraction, event: Event, number: int, participant: Participant, spans: set[Span]
) -> Iterator[Statement]:
    if participant.actor is None:
        return
    node = iri(f"{mention_iri(record.id, event.id)}/{number}")
    yield iri(mention_iri(record.id, event.id)), term("dg:participation"), node
    yield node, _TYPE, term("dg:Participation")
    yield node, term("dg:actor"), iri(actor_iri(participant.actor))
    if participant.role in vocabulary().roles:
        yield node, term("dg:role"), own(participant.role)
    else:
        yield node, term("dg:roleName"), literal(participant.role)
    if participant.begin is not None and participant.end is not None:
        span = (participant.begin, participant.end)
        spans.add(span)
        yield node, term("dg:surface"), iri(span_iri(record.id, *span))
    yield from _confidence(node, participant.confidence)


def _date(node: str, value: str | None) -> Iterator[Statement]:
    """A date as it is known, and its first and last day, by which it can be compared; nothing if it is no date."""
    if value and (days := _days(value)):
        yield node, term("dg:date"), date_literal(value)
        for name, day in zip(("earliest", "latest"), days, strict=True):
            yield node, term(f"dg:{name}"), literal(date.fromordinal(day).isoformat(), "xsd:date")


def _former_date(node: str, value: str | None) -> Iterator[Statement]:
    if value and _days(value):
        yield node, term("dg:formerDate"), date_literal(value)


def _days(value: str) -> tuple[int, int] | None:
    """First and last day of what is written as a date, month, year or interval; else None."""
    days = days_of(value) if _ISO.fullmatch(value) else None
    return days if days and days[0] <= days[1] else None


def _confidence(node: str, value: float | None) -> Iterator[Statement]:
    if value is not None and 0.0 <= value <= 1.0:
        yield node, term("dg:confidence"), literal(float(value))


def _where(place: Place) -> str:
    return iri(place_iri(place.name, place.country))


def _place(place: Place) -> Iterator[Statement]:
    where = _where(place)
    yield where, _TYPE, term("dg:Place")
    yield where, _LABEL, literal(place.name)
    yield from _country(where, place.country)
    if place.iri:
        yield where, term("owl:sameAs"), iri(place.iri)
    for name, degrees, most in (("latitude", place.latitude, 90), ("longitude", place.longitude, 180)):
        if degrees is not None and -most <= degrees <= most:
            yield where, term(f"schema:{name}"), literal(degrees)


def _source(node: str, name: str, actor: str | None) -> Iterator[Statement]:
    yield node, term("dg:sourceName"), literal(name)
    if actor:
        yield node, term("dg:source"), iri(actor_iri(actor))


def _statement(record: Extraction, triple: Triple, spans: set[Span]) -> Iterator[Statement]:
    node = iri(f"{document_iri(record.id)}#{triple.id}")
    spans.add(triple.sentence)
    yield node, _TYPE, term("dg:Statement")
    yield node, term("prov:wasDerivedFrom"), iri(document_iri(record.id))
    yield node, term("dg:sentence"), iri(span_iri(record.id, *triple.sentence))
    yield node, term("dg:relation"), literal(triple.relation.lemma)
    if triple.relation.text:
        yield node, term("dg:relationText"), literal(triple.relation.text)
    yield from _argument(node, "subject", triple.subject)
    yield from _argument(node, "object", triple.object)
    if triple.negated:
        yield node, term("dg:negated"), literal(True)
    if triple.modality:
        yield node, term("dg:modality"), literal(triple.modality)
    if triple.attributed_to:
        yield node, term("dg:sourceName"), literal(triple.attributed_to)
    yield from _confidence(node, triple.confidence)


def _argument(node: str, name: str, argument: Argument) -> Iterator[Statement]:
    yield node, term(f"dg:{name}Text"), literal(argument.short)
    if argument.actor:
        yield node, term(f"dg:{name}"), iri(actor_iri(argument.actor))


def _merged(event: MergedEvent) -> Iterator[Statement]:
    node = iri(event_iri(event.id))
    for kind in ("dg:Event", "sem:Event", "schema:Event"):
        yield node, _TYPE, term(kind)
    yield node, _LABEL, literal(event.label)
    yield from _kind(node, event.event_class, event.mode)
    yield node, term("dg:status"), own(event.status)
    if known := _schema_status(event):
        yield node, term("schema:eventStatus"), term(f"schema:{known}")
    for party in event.participants:
        if party.role in vocabulary().roles:
            yield node, own(party.role), iri(actor_iri(party.actor))
        yield node, term("sem:hasActor"), iri(actor_iri(party.actor))
    if event.place:
        yield node, term("dg:place"), _where(event.place)
        yield node, term("sem:hasPlace"), _where(event.place)
    yield from _date(node, event.date)
    yield from _former_date(node, event.was)
    for link in event.links:
        yield node, term(_LINKS.get(link.rel, "dg:linkedTo")), iri(event_iri(link.event))
    for number, step in enumerate(event.history, 1):
        yield from _step(node, event.id, number, step)


def _schema_status(event: MergedEvent) -> str | None:
    """What schema.org calls the present status; None where it has no name for it."""
    moved = event.status == "planned" and event.was is not None and _days(event.was) is not None
    return "EventRescheduled" if moved else _SCHEMA_STATUS.get(event.status)


def _step(event: str, key: str, number: int, step: Step) -> Iterator[Statement]:
    node = iri(f"{event_iri(key)}/{number}")
    yield event, term("dg:history"), node
    yield event, term("dg:mention"), iri(mention_iri(step.document, step.mention))
    yield node, _TYPE, term("dg:StatusAssertion")
    yield node, term("dg:step"), literal(number)
    yield node, term("dg:status"), own(step.status)
    yield node, term("prov:wasDerivedFrom"), iri(document_iri(step.document))
    yield node, term("dg:sentence"), iri(span_iri(step.document, *step.sentence))
    if step.quote is not None:
        yield node, term("oa:exact"), literal(step.quote)
    if step.date:
        yield node, term("dg:asOf"), date_literal(step.date)
    if step.source:
        yield from _source(node, step.source, step.source_actor)
    yield from _date(node, step.event_date)
    if step.place:
        yield node, term("dg:placeName"), literal(step.place)
    for span in step.evidence:
        yield node, term("dg:evidence"), iri(span_iri(step.document, *span))
    yield from _confidence(node, step.confidence)
    if step.because:
        yield node, term("dg:because"), literal(step.because)


def _edges(event: MergedEvent) -> Iterator[tuple[str, str, str]]:
    """Ids of the pairs that an event joins, with the name of the edge; both ways where it has no direction."""
    mode = event.mode if event.mode and _is_known(event.event_class, event.mode) else None
    head, *rest = (mode or event.event_class.lower()).split("_")
    edge = f"{head}{''.join(w.capitalize() for w in rest)}"
    for one, other, directed in event.pairs():
        yield one.actor, edge, other.actor
        if not directed:
            yield other.actor, edge, one.actor
