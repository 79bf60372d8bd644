"""Is a graph as it should be? The shapes of ontology/shapes.ttl (SHACL), run by pySHACL.

A large graph is looked at in parts that are whole in themselves - some documents' graphs, some events with
all that they refer to - so that time grows with its size and memory does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diplograph.errors import InputError, MissingExtra
from diplograph.graph.query import short
from diplograph.graph.terms import DG, PREFIXES
from diplograph.ontology.load import ROOT

if TYPE_CHECKING:
    import rdflib

    from diplograph.graph.store import KnowledgeGraph

__all__ = ["ValidationReport", "Violation", "validate"]

_TYPE = f"{PREFIXES['rdf']}type"
_EVENT = f"{DG}Event"
_PART = 20_000
"""Triples that are looked at together, about."""

Triples = list[ox.Triple]


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that a shape does not allow: at which node, by which property, with which value (IRIs shortened)."""

    node: str
    path: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        where = f" {self.path}" if self.path else ""
        value = f" (it is {self.value})" if self.value is not None else ""
        return f"{self.node}{where}: {self.message}{value}"


@dataclass(slots=True)
class ValidationReport:
    """What validating found.

    Attributes
    ----------
    violations : in the order of the graph's parts
    targets : nodes that each shape was for, by the name of the class
    """

    violations: list[Violation] = field(default_factory=list)
    targets: Counter[str] = field(default_factory=Counter)

    @property
    def conforms(self) -> bool:
        """Whether there was something to look at, and nothing at fault."""
        return not self.violations and self.targets.total() > 0

    def __str__(self) -> str:
        if not self.targets.total():
            return "nothing to validate: no shape had a node to look at"
        looked = ", ".join(f"{count:,} {name}" for name, count in sorted(self.targets.items()) if count)
        missing = ", ".join(sorted(name for name, count in self.targets.items() if not count))
        verdict = f"{len(self.violations):,} violations" if self.violations else "valid"
        return f"{verdict}; looked at {looked}{f'; no {missing}' if missing else ''}"


def validate(what: KnowledgeGraph | str | Path) -> ValidationReport:
    """Hold a graph, or an RDF file, against the shapes.

    Parameters
    ----------
    what : KnowledgeGraph or path
        Of a file the name says the format: .ttl .trig .nt .nq .jsonld .rdf

    Raises
    ------
    MissingExtra
        If pySHACL is not installed.
    InputError
        If the file cannot be read.
    """
    try:
        import pyshacl
        import rdflib
    except ImportError:
        raise MissingExtra("pyshacl is not installed", remedy="pip install 'diplograph[validate]'") from None
    shapes = rdflib.Graph().parse(ROOT / "shapes.ttl")
    classes = [str(c) for c in shapes.objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#targetClass"))]
    report = ValidationReport(targets=Counter(dict.fromkeys((_name(c) for c in classes), 0)))
    for part in _parts(_quads(what)):
        report.targets.update(
            _name(t.object.value)
            for t in part
            if t.predicate.value == _TYPE and isinstance(t.object, ox.NamedNode) and t.object.value in classes
        )
        data = rdflib.Graph()
        data.parse(data=ox.serialize(part, format=ox.RdfFormat.N_TRIPLES), format="nt")
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        report.violations += _violations(results)
    return report


def _quads(what: KnowledgeGraph | str | Path) -> Iterable[ox.Quad]:
    if not isinstance(what, str | Path):
        return ox.parse(what.dump(ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    path = Path(what)
    format = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if format is None:
        raise InputError(f"{path}: its name does not say which RDF it is", remedy="use .ttl .trig .nt .nq .jsonld .rdf")
    try:
        return list(ox.parse(path=str(path), format=format))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", remedy="check the path") from None
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path}: {error}", remedy="mend the file") from None


def _parts(quads: Iterable[ox.Quad]) -> Iterator[Triples]:
    """Cut a dataset into parts of about `_PART` triples: named graphs whole, the default graph by its events."""
    named: dict[Any, Triples] = defaultdict(list)
    for quad in quads:
        named[quad.graph_name].append(quad.triple)
    merged = named.pop(ox.DefaultGraph(), [])
    yield from _packed(named.values())
    yield from _packed(_by_event(merged))


def _by_event(triples: Triples) -> Iterator[Triples]:
    """Yield each event with its steps and what it refers to; then what no event refers to."""
    about: dict[str, Triples] = defaultdict(list)
    for triple in triples:
        about[str(triple.subject)].append(triple)
    events = {str(t.subject) for t in triples if t.predicate.value == _TYPE and t.object == ox.NamedNode(_EVENT)}
    left = set(about)
    for event in sorted(events):
        reached = {event, *(str(t.object) for t in about[event])} & about.keys() - (events - {event})
        yield [t for key in sorted(reached) for t in about[key]]
        left -= reached
    yield [t for key in sorted(left) for t in about[key]]


def _packed(groups: Iterable[Triples]) -> Iterator[Triples]:
    """Put groups together until there are enough."""
    part: Triples = []
    for group in groups:
        part += group
        if len(part) >= _PART:
            yield part
            part = []
    if part:
        yield part


def _violations(results: rdflib.Graph) -> Iterator[Violation]:
    from rdflib.namespace import SH

    found = []
    for result in results.subjects(None, SH.ValidationResult):
        node, path, value, message = (
            results.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        )
        if (None, SH.detail, result) in results:
            continue
        shown = None if value is None or value == node else short(value)
        found.append(Violation(short(node), short(path) if path else None, shown, str(message)))
    return iter(sorted(set(found), key=str))


def _name(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
