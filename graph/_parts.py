"""A dataset in parts that can be looked at one by one, so that time grows with its size and memory does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from diplograph.graph.terms import PREFIXES

__all__ = ["Node", "Part", "parts"]

_SIZE = 20_000
"""Triples of a part, about."""

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")

Node = ox.NamedNode | ox.BlankNode | ox.Triple
"""What can be the subject of a triple, as pyoxigraph types it."""

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_NAMED = (ox.NamedNode, ox.BlankNode)


@dataclass(slots=True)
class Part:
    """Triples to be looked at together.

    Attributes
    ----------
    about : the nodes of which the part has everything that its graph says; of what they refer to it has type and
        literals
    """

    triples: list[ox.Triple]
    about: set[Node]


def parts(store: ox.Store, size: int = _SIZE) -> Iterator[Part]:
    """Yield the graphs of a store in parts: large ones cut, small ones together.

    What a part says of a node is what one graph says of it, as if that graph were alone: graphs come together
    only where neither adds anything to what the other says or refers to.
    """
    pack = _Pack()
    for name in (ox.DefaultGraph(), *store.named_graphs()):
        triples = [quad.triple for quad in islice(store.quads_for_pattern(None, None, None, name), size + 1)]
        if len(triples) > size:
            yield from _cut(store, name, size)
            continue
        graph = _Pack()
        graph.take(triples)
        if len(pack.triples) + len(triples) > size or not pack.fits(graph):
            yield pack.part()
            pack = _Pack()
        pack.join(graph)
    if pack.triples:
        yield pack.part()


@dataclass(slots=True)
class _Pack:
    """Graphs that are looked at together: what each node has, and which nodes are only referred to."""

    triples: list[ox.Triple] = field(default_factory=list)
    described: dict[Node, set[tuple[ox.NamedNode, object]]] = field(default_factory=dict)
    referred: set[Node] = field(default_factory=set)

    def take(self, triples: list[ox.Triple]) -> None:
        """Fill the empty pack with one graph."""
        described: dict[Node, set[tuple[ox.NamedNode, object]]] = defaultdict(set)
        for triple in triples:
            described[triple.subject].add((triple.predicate, triple.object))
        self.triples, self.described = triples, dict(described)
        referred: set[Node] = {t.object for t in triples if isinstance(t.object, _NAMED)}
        self.referred = referred - self.described.keys()

    def fits(self, other: _Pack) -> bool:
        """Whether another graph says nothing of the nodes of this one but what this one says."""
        if self.referred & other.described.keys() or other.referred & self.described.keys():
            return False
        return all(self.described[n] == other.described[n] for n in self.described.keys() & other.described.keys())

    def join(self, other: _Pack) -> None:
        self.triples += other.triples
        self.described.update(other.described)
        self.referred |= other.referred

    def part(self) -> Part:
        return Part(self.triples, set(self.described))


def _cut(store: ox.Store, name: Graph, size: int) -> Iterator[Part]:
    """Cut a graph; nodes whose names begin alike, as those of an event and its steps, stay together."""
    subjects = {quad.subject for quad in store.quads_for_pattern(None, None, None, name)}
    triples: list[ox.Triple] = []
    about: set[Node] = set()
    for node in sorted(subjects, key=str):
        triples += (quad.triple for quad in store.quads_for_pattern(node, None, None, name))
        about.add(node)
        if len(triples) >= size:
            yield Part([*triples, *_context(store, name, triples, about)], about)
            triples, about = [], set()
    yield Part([*triples, *_context(store, name, triples, about)], about)


def _context(store: ox.Store, name: Graph, triples: Iterable[ox.Triple], about: set[Node]) -> Iterator[ox.Triple]:
    """Yield type and literals of what triples refer to."""
    for node in {t.object for t in triples if isinstance(t.object, _NAMED)} - about:
        for quad in store.quads_for_pattern(node, None, None, name):
            if quad.predicate == _TYPE or isinstance(quad.object, ox.Literal):
                yield quad.triple
