"""RDF out: N-Quads and TriG hold the whole store, Turtle and JSON-LD the merged graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from diplograph.graph.terms import PREFIXES

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["to_jsonld", "to_nquads", "to_trig", "to_turtle"]


def to_nquads(graph: KnowledgeGraph) -> bytes:
    """All quads, sorted: the same graph gives the same bytes."""
    lines = graph.dump(ox.RdfFormat.N_QUADS).decode("utf-8").splitlines()
    return ("\n".join(sorted(lines)) + "\n").encode("utf-8")


def to_trig(graph: KnowledgeGraph) -> bytes:
    """All graphs in TriG, with the project's prefixes."""
    return graph.dump(ox.RdfFormat.TRIG, prefixes=PREFIXES)


def to_turtle(graph: KnowledgeGraph) -> bytes:
    """The merged graph in Turtle, with the project's prefixes."""
    return graph.dump(ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def to_jsonld(graph: KnowledgeGraph) -> bytes:
    """The whole store in JSON-LD."""
    return graph.dump(ox.RdfFormat.JSON_LD, prefixes=PREFIXES)
