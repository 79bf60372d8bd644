"""Is a graph as it should be? The shapes of ontology/shapes.ttl (SHACL), run by pySHACL.

SHACL looks at one graph at a time. Two things that it cannot see are looked up beside it: whether the ontology
declares the terms that a graph uses, and whether the mentions and sentences that a merged event rests on stand in
the graphs of the documents.
"""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from diplograph.errors import InputError, MissingExtra
from diplograph.graph._parts import Node, Part, parts
from diplograph.graph.backends import Embedded
from diplograph.graph.query import short
from diplograph.graph.terms import DG, PREFIXES
from diplograph.graph.vocabulary import vocabulary
from diplograph.ontology.load import ROOT

if TYPE_CHECKING:
    import rdflib

    from diplograph.graph.store import KnowledgeGraph

__all__ = ["ValidationReport", "Violation", "validate"]

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_DOCUMENT = ox.NamedNode(f"{DG}Document")
_STRING = f"{PREFIXES['xsd']}string"
_IN_MEMORY = 100_000_000
"""Bytes of a file that is held in memory; a larger one goes to a temporary folder."""

_SHOWN = 200
"""Characters of a value that are shown."""

_LEADS_TO = {
    f"{DG}mention": ox.NamedNode(f"{DG}EventMention"),
    f"{DG}sentence": ox.NamedNode(f"{PREFIXES['oa']}SpecificResource"),
    f"{DG}evidence": ox.NamedNode(f"{PREFIXES['oa']}SpecificResource"),
    f"{PREFIXES['prov']}wasDerivedFrom": _DOCUMENT,
}
"""What must stand somewhere in the dataset, if it has documents, at the other end of a property."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that is not allowed: at which node, by which property, with which value (IRIs shortened)."""

    node: str
    path: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        where = f" {self.path}" if self.path else ""
        value = f" (it is {_one_line(self.value)})" if self.value is not None else ""
        return f"{_one_line(self.node)}{where}: {self.message}{value}"


@dataclass(slots=True)
class ValidationReport:
    """What validating found.

    Attributes
    ----------
    violations : in the order of the graph's parts
    targets : how many nodes each shape was for, by its name; those of classes are called after the class
    """

    violations: list[Violation] = field(default_factory=list)
    targets: Counter[str] = field(default_factory=Counter)

    @property
    def conforms(self) -> bool:
        """Whether there was something to look at, and nothing at fault."""
        return not self.violations and self.targets.total() > 0

    @property
    def idle(self) -> list[str]:
        """The names of the shapes that had no node to look at, sorted."""
        return sorted(name for name, count in self.targets.items() if not count)

    def __str__(self) -> str:
        if not self.targets.total():
            found = f"{len(self.violations):,} violations; " if self.violations else ""
            return f"{found}nothing to validate: no shape had a node to look at"
        looked = ", ".join(f"{n:,} {name}" for name, n in sorted(self.targets.items()) if n and name[0].isupper())
        idle = f"; no node for the shapes {', '.join(self.idle)}" if self.idle else ""
        verdict = f"{len(self.violations):,} violations" if self.violations else "valid"
        return f"{verdict}; looked at {looked}{idle}"


def validate(what: KnowledgeGraph | str | Path) -> ValidationReport:
    """Hold a graph, or an RDF file, against the shapes.

    Parameters
    ----------
    what : KnowledgeGraph or path
        Of a file the name says the format: .ttl .trig .nt .nq .jsonld

    Returns
    -------
    ValidationReport

    Raises
    ------
    MissingExtra
        If pySHACL is not installed.
    InputError
        If the file cannot be read.

    Notes
    -----
    Time grows with the size of the graph. Each node is judged by what one named graph, or the default graph,
    says of it.
    """
    if find_spec("pyshacl") is None:
        raise MissingExtra("pyshacl is not installed", remedy="pip install 'diplograph[validate]'")
    import rdflib

    shapes = rdflib.Graph().parse(ROOT / "shapes.ttl")
    targets = _targets(shapes)
    report = ValidationReport(targets=Counter(dict.fromkeys(targets, 0)))
    with _opened(what) as store, _quiet():
        is_whole = any(store.quads_for_pattern(None, _TYPE, _DOCUMENT, None))
        for part in parts(store):
            report.targets.update(_counts(part, targets))
            found = [*_held_against(part, shapes), *_undeclared(part), *(_dangling(part, store) if is_whole else ())]
            report.violations += sorted(set(found), key=str)
    return report


# -- the graph -----------------------------------------------------------------------------------


@contextmanager
def _opened(what: KnowledgeGraph | str | Path) -> Iterator[ox.Store]:
    """Open what is to be validated as a store of quads."""
    if isinstance(what, str | Path):
        with tempfile.TemporaryDirectory() as folder:
            yield _loaded(Path(what), folder)
        return
    backend: object = what._backend
    if isinstance(backend, Embedded):
        yield backend.store
    else:
        store = ox.Store()
        store.bulk_load(what.dump(ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
        yield store


def _loaded(path: Path, folder: str) -> ox.Store:
    formats = {"ttl": "TURTLE", "trig": "TRIG", "nt": "N_TRIPLES", "nq": "N_QUADS", "jsonld": "JSON_LD"}
    suffix = path.suffix.lstrip(".").lower()
    if suffix not in formats:
        raise InputError(f"{path}: its name does not say which RDF it is", remedy="use .ttl .trig .nt .nq .jsonld")
    try:
        store = ox.Store() if path.stat().st_size < _IN_MEMORY else ox.Store(folder)
        store.bulk_load(path=str(path), format=getattr(ox.RdfFormat, formats[suffix]))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", remedy="check the path") from None
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise InputError(f"{path}: {error}", remedy="mend the file") from None
    return store


def _to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    import rdflib

    known: dict[object, rdflib.term.Node] = {}

    def node(term: object) -> rdflib.term.Node:
        if term not in known:
            if isinstance(term, ox.NamedNode):
                known[term] = rdflib.URIRef(term.value)
            elif isinstance(term, ox.Literal):
                kind = None if term.language or term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
                known[term] = rdflib.Literal(term.value, lang=term.language, datatype=kind, normalize=False)
            else:
                known[term] = rdflib.BNode(str(term).removeprefix("_:"))
        return known[term]

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from telling of ill-typed literals, which the shapes find."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


# -- the shapes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Target:
    """What a shape is for: the nodes of these classes, and those that have one of these properties."""

    classes: frozenset[str]
    properties: frozenset[str]


def _targets(shapes: rdflib.Graph) -> dict[str, _Target]:
    from rdflib.namespace import SH

    found = {}
    for shape in sorted({*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}, key=str):
        classes, properties = (
            frozenset(map(str, shapes.objects(shape, p))) for p in (SH.targetClass, SH.targetSubjectsOf)
        )
        found[str(shape).removeprefix(DG).removesuffix("Shape")] = _Target(classes, properties)
    return found


def _counts(part: Part, targets: dict[str, _Target]) -> Counter[str]:
    by_class: dict[str, set[Node]] = {}
    by_property: dict[str, set[Node]] = {}
    for triple in part.triples:
        if triple.subject not in part.about:
            continue
        by_property.setdefault(triple.predicate.value, set()).add(triple.subject)
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            by_class.setdefault(triple.object.value, set()).add(triple.subject)
    nodes = {
        name: set().union(
            *(by_class.get(c, ()) for c in target.classes), *(by_property.get(p, ()) for p in target.properties)
        )
        for name, target in targets.items()
    }
    return Counter({name: len(found) for name, found in nodes.items()})


def _held_against(part: Part, shapes: rdflib.Graph) -> Iterator[Violation]:
    """Yield what the shapes do not allow at the nodes that a part is about."""
    import pyshacl
    from rdflib.namespace import SH

    data = _to_rdflib(part.triples)
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    if conforms:
        return
    about = {_key(node) for node in part.about}
    for result in results.objects(None, SH.result):
        node, path, value, message = (
            results.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        )
        if _rdflib_key(node) not in about:
            continue
        if path is not None and _rdflib_key(path)[0] == "_":
            path = min(data.predicates(node, value), key=str, default=None) if value is not None else None
        shown = None if value is None or value == node else short(value)
        yield Violation(_shown(node), short(path) if path else None, shown, str(message))


def _key(node: Node) -> tuple[str, str]:
    return ("", node.value) if isinstance(node, ox.NamedNode) else ("_", str(node).removeprefix("_:"))


def _rdflib_key(node: object) -> tuple[str, str]:
    from rdflib import BNode

    return ("_" if isinstance(node, BNode) else "", str(node))


def _shown(node: object) -> str:
    mark, name = _rdflib_key(node)
    return f"_:{name}" if mark else short(name)


def _one_line(text: str) -> str:
    """A text for the terminal: short, without line breaks and control characters."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[: _SHOWN + 1]).split())
    return shown if len(text) <= _SHOWN else f"{shown} ..."


# -- beside the shapes ---------------------------------------------------------------------------


def _undeclared(part: Part) -> Iterator[Violation]:
    """Yield where a name with our prefix is used that the ontology does not declare."""
    names = vocabulary().names
    for triple in part.triples:
        for term in (triple.predicate, triple.object):
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(DG) or triple.subject not in part.about:
                continue
            if term.value.removeprefix(DG) not in names and term not in part.about:
                yield Violation(
                    _shown_ox(triple.subject),
                    short(triple.predicate.value),
                    short(term.value),
                    "uses a term that the ontology does not declare",
                )


def _dangling(part: Part, store: ox.Store) -> Iterator[Violation]:
    """Yield where what is of a class of ours refers to a document, mention or stretch of text that is not there."""
    kinds = ((t.subject, t.object) for t in part.triples if t.predicate == _TYPE)
    ours = {node for node, kind in kinds if isinstance(kind, ox.NamedNode) and kind.value.startswith(DG)} & part.about
    for triple in part.triples:
        kind = _LEADS_TO.get(triple.predicate.value)
        if kind is None or isinstance(triple.object, ox.Literal | ox.Triple) or triple.subject not in ours:
            continue
        if not any(store.quads_for_pattern(triple.object, _TYPE, kind, None)):
            yield Violation(
                _shown_ox(triple.subject),
                short(triple.predicate.value),
                _shown_ox(triple.object),
                f"leads to no {short(kind.value)} in the dataset",
            )


def _shown_ox(node: Node) -> str:
    return short(node.value) if isinstance(node, ox.NamedNode) else str(node)
