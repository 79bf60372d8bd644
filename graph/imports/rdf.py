"""RDF in: our own dumps, from the records in them, and events of SEM or schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from diplograph.errors import DiplographError, InputError
from diplograph.extract.documents import Refusal
from diplograph.extract.records import Actor, Extraction
from diplograph.graph.imports.making import CodedEvent, Resolver, event_kind, iso_date, place_of
from diplograph.graph.terms import DG, PREFIXES
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.coded import CodedFormat

__all__ = ["RDF_SUFFIXES", "read_rdf"]

RDF_SUFFIXES = (".nq", ".nt", ".trig", ".ttl", ".jsonld", ".rdf", ".owl")

_RECORD = f"{DG}record"
_TYPE = f"{PREFIXES['rdf']}type"
_SCHEMA = (PREFIXES["schema"], "http://schema.org/")
_SEM = PREFIXES["sem"]

_ENTITY = re.compile(rb"<!ENTITY\s+(%|\S+)\s+(\"[^\"]*\"|'[^']*'|\w+)")
_LONGEST_ENTITY = 1_000


def _schema(*names: str) -> tuple[str, ...]:
    return tuple(f"{base}{name}" for name in names for base in _SCHEMA)


_EVENTS = (f"{_SEM}Event", *_schema("Event"))
_LABELS = (
    f"{PREFIXES['rdfs']}label",
    f"{PREFIXES['skos']}prefLabel",
    *_schema("name"),
    "http://xmlns.com/foaf/0.1/name",
)
_ACTORS = (f"{_SEM}hasActor", *_schema("attendee", "participant", "performer", "agent", "actor"))
_HOSTS = _schema("organizer")
_PLACES = (f"{_SEM}hasPlace", *_schema("location"))
_BEGIN = (f"{_SEM}hasTimeStamp", f"{_SEM}hasBeginTimeStamp", *_schema("startDate"), f"{PREFIXES['dct']}date")
_END = (f"{_SEM}hasEndTimeStamp", *_schema("endDate"))
_KINDS = (f"{DG}mode", f"{DG}eventClass", f"{_SEM}eventType", *_schema("additionalType"), _TYPE)
_STATUSES = {
    "EventScheduled": "planned",
    "EventRescheduled": "planned",
    "EventPostponed": "postponed",
    "EventCancelled": "cancelled",
}


def read_rdf(path: Path, format: CodedFormat | None = None) -> Iterator[Extraction | Refusal | None]:
    """Yield the records of a dump of ours, or a record for each event of another graph.

    Parameters
    ----------
    path : file of N-Quads, TriG, Turtle, N-Triples, JSON-LD or RDF/XML, told by its suffix
    format : under `classes`, which type is which class ("CLASS" or "CLASS/mode")

    Yields
    ------
    Extraction
    Refusal
        For a record that is faulty, an event that lacks something, or a file that cannot be parsed.
    None
        For an event whose type `format` leaves out.

    Notes
    -----
    Of a dump of ours only the records are read: everything else in it is made of them. Of another graph,
    events are what has the type sem:Event or schema:Event; they need a type that is a class of ours or is
    listed in `format`, and an actor.
    """
    kind = ox.RdfFormat.from_extension(path.suffix.lower().lstrip(".").replace("owl", "rdf"))
    merged = foreign = False
    try:
        if kind == ox.RdfFormat.RDF_XML and _expands(path.read_bytes()):
            fault = InputError(f"{path}: entities that grow", remedy="declare entities without others in them")
            yield str(path), fault
            return
        found = False
        for quad in ox.parse(path=str(path), format=kind):
            if quad.predicate.value == _RECORD:
                found = True
                yield _record(path, quad)
            merged = merged or quad.predicate.value == f"{DG}history"
            foreign = foreign or (quad.predicate.value == _TYPE and getattr(quad.object, "value", "") in _EVENTS)
        if found:
            return
        if merged or not foreign:
            yield str(path), _nothing(path, merged)
            return
        store = ox.Store()
        store.bulk_load(path=str(path), format=kind)
    except OSError as error:
        yield str(path), InputError(f"{path}: {error.strerror or error}", remedy="check the path")
        return
    except (SyntaxError, ValueError) as error:
        yield str(path), InputError(f"{path}: {error}", remedy=f"check that it is RDF as {path.suffix} says")
        return
    yield from _Foreign(store, format or CodedFormat()).read(path)


def _expands(data: bytes) -> bool:
    """Whether XML has entities made of entities, or long ones: a small file of these can fill any memory."""
    if b"\x00" in data[:1000]:
        return b"E\x00N\x00T\x00I\x00T\x00Y" in data or b"\x00E\x00N\x00T\x00I\x00T\x00Y" in data
    return any(
        name == b"%" or b"&" in value.replace(b"&#", b"") or len(value) > _LONGEST_ENTITY
        for name, value in _ENTITY.findall(data)
    )


def _nothing(path: Path, merged: bool) -> InputError:
    if merged:
        return InputError(
            f"{path}: holds the merged events only, not what the documents say",
            remedy="export the whole graph: diplograph export --format records (or nquads, or trig)",
        )
    return InputError(
        f"{path}: no record of diplograph and no event (sem:Event, schema:Event) in it",
        remedy="give a dump of a graph, or RDF with such events",
    )


def _record(path: Path, quad: ox.Quad) -> Extraction | Refusal:
    where = f"{path}: {getattr(quad.subject, 'value', quad.subject)}"
    try:
        return Extraction.from_json(getattr(quad.object, "value", ""))
    except DiplographError as error:
        return where, InputError(f"{where}: {error.message}", remedy=error.remedy)


Node = ox.NamedNode | ox.BlankNode


class _Foreign:
    """Events of a graph that is not ours."""

    def __init__(self, store: ox.Store, format: CodedFormat) -> None:
        self.store, self.format = store, format
        self.find = Resolver(format)

    def read(self, path: Path) -> Iterator[Extraction | Refusal | None]:
        """Yield a record or refusal for each event, by IRI."""
        events = {
            quad.subject
            for kind in _EVENTS
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(_TYPE), ox.NamedNode(kind), None)
        }
        for node in sorted(events, key=str):
            if not isinstance(node, Node):
                continue
            where = f"{path}: {node.value}"
            try:
                event = self._event(node)
            except InputError as error:
                yield where, InputError(f"{where}: {error.message}", remedy=error.remedy)
            else:
                yield event.record("rdf") if event else None

    def _event(self, node: Node) -> CodedEvent | None:
        kind = self._kind(node)
        if kind is None:
            return None
        parties = [("agent", actor) for actor in self._actors(node, _ACTORS)]
        parties += [("host", actor) for actor in self._actors(node, _HOSTS)]
        if not parties:
            raise InputError("no actor", remedy="say who takes part: sem:hasActor, or schema:attendee")
        begin, end = self._time(node, _BEGIN), self._time(node, _END)
        place = next((self._label(p) for p in self._values(node, _PLACES)), "")
        return CodedEvent(
            id=node.value,
            date=f"{begin}/{end}" if begin and end and end != begin else begin or end,
            event_class=kind[0],
            mode=kind[1],
            status=self._status(node),
            parties=parties,
            place=place_of(place, self.find.country(place)),
            title=next((v.value for v in self._values(node, _LABELS)), None),
            raw={"types": sorted(v.value for v in self._values(node, _KINDS)), "date": begin, "place": place},
        )

    def _values(self, node: Node, predicates: Iterable[str]) -> list[Node | ox.Literal]:
        """What the properties say of a node, in the order of the properties, then of the values."""
        found: list[Node | ox.Literal] = []
        for predicate in predicates:
            quads = self.store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)
            values = {q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.BlankNode | ox.Literal)}
            found += sorted(values, key=str)
        return found

    def _kind(self, node: Node) -> tuple[str, str | None] | None:
        types = [v.value for v in self._values(node, _KINDS) if v.value not in _EVENTS]
        for value in types:
            name = value.replace("#", "/").rpartition("/")[2]
            known = [v for v in (value, name) if v in self.format.classes]
            if known:
                return event_kind(known[0], self.format)
            if entry := load_cameo().find(name):
                return (entry.event_class, entry.mode) if entry.event_class else None
            try:
                return event_kind(name.replace("_", "/", 1), self.format)
            except InputError:
                continue
        raise InputError(
            f"no type of {', '.join(types) or 'none'} is an event class",
            remedy="say in a TOML file under [classes] which type is which class (docs/formats.md)",
        )

    def _actors(self, node: Node, predicates: Iterable[str]) -> list[Actor]:
        found = (self.find.actor(self._label(v)) for v in self._values(node, predicates))
        return list({actor.id: actor for actor in found if actor}.values())

    def _label(self, value: Node | ox.Literal) -> str:
        """The name of a thing: itself, its label, or the end of its IRI."""
        if isinstance(value, ox.Literal):
            return value.value
        labels = [v.value for v in self._values(value, _LABELS) if isinstance(v, ox.Literal)]
        if labels or isinstance(value, ox.BlankNode):
            return labels[0] if labels else ""
        return value.value.replace("#", "/").rstrip("/").rpartition("/")[2].replace("_", " ")

    def _time(self, node: Node, predicates: Iterable[str]) -> str | None:
        nodes = [node, *(v for v in self._values(node, [f"{_SEM}hasTime"]) if isinstance(v, Node))]
        said = [v for n in nodes for v in self._values(n, predicates)]
        said += [v for v in self._values(node, [f"{_SEM}hasTime"]) if predicates is _BEGIN]
        return next((iso_date(v.value) for v in said if isinstance(v, ox.Literal)), None)

    def _status(self, node: Node) -> str:
        said = [v.value.rpartition("/")[2] for v in self._values(node, _schema("eventStatus"))]
        return next((_STATUSES[name] for name in said if name in _STATUSES), "occurred")
