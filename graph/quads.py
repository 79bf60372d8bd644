"""Records and merged events as N-Quads (see ontology/diplograph.ttl for the vocabulary).

What a document says goes into a graph named after it, with provenance down to characters; the
merged events and the actors go into the default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from diplograph.extract.records import Actor, Argument, Event, Extraction, Participant, Place, Span, Triple
from diplograph.graph.events import MergedEvent, Step
from diplograph.graph.identity import days_of
from diplograph.graph.terms import (
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

__all__ = ["actor_quads", "document_quads", "event_quads", "merged_quads", "place_quads", "verdict_quads"]

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
    return iter(sorted(lines | place_quads(events) | actor_quads(records)))


def event_quads(event: MergedEvent) -> list[str]:
    """Return the lines of one merged event and of the steps of its history, which no other event shares."""
    return _lines(_merged(event))


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
    yield node, term("prov:wasAttributedTo"), literal(f"{record.extractor.name} {record.extractor.version}")
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


def _actor(actor: Actor) -> Iterator[Statement]:
    node = iri(actor_iri(actor.id))
    yield node, _TYPE, term(f"dg:{_KINDS.get(actor.kind, 'Actor')}")
    yield node, _TYPE, term("dg:Actor")
    yield node, _LABEL, literal(actor.name)
    if actor.country:
        yield node, term("dg:country"), literal(actor.country)
    for other in actor.same_as:
        yield node, term("owl:sameAs"), iri(other)


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
        if event.time.value:
            yield from _date(node, event.time.value)
    if event.was:
        yield node, term("dg:formerDate"), date_literal(event.was)
    if event.source:
        yield from _source(node, event.source.name, event.source.actor)
    if event.confidence is not None:
        yield node, term("dg:confidence"), literal(event.confidence)
    for link in event.links:
        yield node, term("dg:linkedTo"), iri(mention_iri(record.id, link.event))


def _kind(node: str, event_class: str, mode: str | None) -> Iterator[Statement]:
    yield node, term("dg:eventClass"), own(event_class)
    if mode:
        yield node, term("dg:mode"), own(f"{event_class}_{mode}")


def _participation(
    record: Extraction, event: Event, number: int, participant: Participant, spans: set[Span]
) -> Iterator[Statement]:
    if participant.actor is None:
        return
    node = iri(f"{mention_iri(record.id, event.id)}/{number}")
    yield iri(mention_iri(record.id, event.id)), term("dg:participation"), node
    yield node, _TYPE, term("dg:Participation")
    yield node, term("dg:actor"), iri(actor_iri(participant.actor))
    yield node, term("dg:role"), own(participant.role)
    if participant.begin is not None and participant.end is not None:
        span = (participant.begin, participant.end)
        spans.add(span)
        yield node, term("dg:surface"), iri(span_iri(record.id, *span))


def _date(node: str, value: str) -> Iterator[Statement]:
    """A date as it is known, and its first and last day, by which it can be compared."""
    yield node, term("dg:date"), date_literal(value)
    if days := days_of(value):
        for name, day in zip(("earliest", "latest"), days, strict=True):
            yield node, term(f"dg:{name}"), literal(date.fromordinal(day).isoformat(), "xsd:date")


def _where(place: Place) -> str:
    return iri(place_iri(place.name, place.country))


def _place(place: Place) -> Iterator[Statement]:
    where = _where(place)
    yield where, _TYPE, term("dg:Place")
    yield where, _LABEL, literal(place.name)
    if place.country:
        yield where, term("dg:country"), literal(place.country)
    if place.iri:
        yield where, term("owl:sameAs"), iri(place.iri)
    if place.latitude is not None and place.longitude is not None:
        yield where, term("schema:latitude"), literal(place.latitude)
        yield where, term("schema:longitude"), literal(place.longitude)


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
    if triple.confidence is not None:
        yield node, term("dg:confidence"), literal(triple.confidence)


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
    if event.status in _SCHEMA_STATUS:
        yield node, term("schema:eventStatus"), term(f"schema:{_SCHEMA_STATUS[event.status]}")
    for party in event.participants:
        yield node, own(party.role), iri(actor_iri(party.actor))
        yield node, term("sem:hasActor"), iri(actor_iri(party.actor))
    if event.place:
        yield node, term("dg:place"), _where(event.place)
        yield node, term("sem:hasPlace"), _where(event.place)
    if event.date:
        yield from _date(node, event.date)
    if event.was:
        yield node, term("dg:formerDate"), date_literal(event.was)
    for link in event.links:
        yield node, term(_LINKS.get(link.rel, "dg:linkedTo")), iri(event_iri(link.event))
    for number, step in enumerate(event.history, 1):
        yield from _step(node, event.id, number, step)
    if event.status in _REAL:
        yield from _edges(event)


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
    if step.event_date:
        yield from _date(node, step.event_date)
    if step.place:
        yield node, term("dg:placeName"), literal(step.place)
    for span in step.evidence:
        yield node, term("dg:evidence"), iri(span_iri(step.document, *span))
    if step.confidence is not None:
        yield node, term("dg:confidence"), literal(step.confidence)
    if step.because:
        yield node, term("dg:because"), literal(step.because)


def _edges(event: MergedEvent) -> Iterator[Statement]:
    """Direct edges between the pairs that an event joins; both ways where it has no direction."""
    head, *rest = (event.mode or event.event_class.lower()).split("_")
    edge = own(f"{head}{''.join(w.capitalize() for w in rest)}")
    for one, other, directed in event.pairs():
        yield iri(actor_iri(one.actor)), edge, iri(actor_iri(other.actor))
        if not directed:
            yield iri(actor_iri(other.actor)), edge, iri(actor_iri(one.actor))
