"""RDF out: N-Quads and TriG hold the whole store, Turtle and JSON-LD the merged graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diplograph.graph.terms import PREFIXES

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["to_jsonld", "to_nquads", "to_trig", "to_turtle"]

_TYPE, _STRING = f"{PREFIXES['rdf']}type", f"{PREFIXES['xsd']}string"


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
    """The whole store in JSON-LD 1.1 with the project's prefixes as its context, a node a line.

    The merged graph stands first, then a named graph for each document.
    """
    data = to_nquads(graph)
    names = _Names({prefix: base for prefix, base in PREFIXES.items() if f"<{prefix}:".encode() not in data})
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS):
        nodes = graphs.setdefault("" if isinstance(quad.graph_name, ox.DefaultGraph) else names.of(quad.graph_name), {})
        key = names.of(quad.subject)
        node = nodes.setdefault(key, {"@id": key})
        if quad.predicate.value == _TYPE:
            node.setdefault("@type", []).append(names.of(quad.object))
        else:
            node.setdefault(names.of(quad.predicate), []).append(names.value(quad.object))
    plain = [_single(node) for node in graphs.pop("", {}).values()]
    named = ({"@id": name, "@graph": [_single(node) for node in nodes.values()]} for name, nodes in graphs.items())
    lines = ",\n".join(json.dumps(node, ensure_ascii=False, separators=(",", ":")) for node in (*plain, *named))
    context = json.dumps(names.prefixes, ensure_ascii=False, indent=1)
    return f'{{"@context": {context},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _single(node: dict[str, Any]) -> dict[str, Any]:
    """A node in which a property with one value has that instead of a list."""
    return {key: v[0] if isinstance(v, list) and len(v) == 1 and key != "@type" else v for key, v in node.items()}


class _Names:
    """Shortens IRIs by prefixes, of which none may be the scheme of an IRI in the graph."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self._bases = sorted(((base, prefix) for prefix, base in prefixes.items()), reverse=True)
        self._known: dict[str, str] = {}

    def of(self, term: object) -> str:
        """The short name of an IRI; a blank node is "_:" and its label."""
        if not isinstance(term, ox.NamedNode):
            return str(term)
        iri = term.value
        if iri not in self._known:
            found = ((prefix, base) for base, prefix in self._bases if iri.startswith(base))
            prefix, base = next(found, ("", ""))
            self._known[iri] = f"{prefix}:{iri[len(base) :]}" if prefix else iri
        return self._known[iri]

    def value(self, term: object) -> Any:
        """An object: a reference to a node, a text, or a value with its type or language."""
        if not isinstance(term, ox.Literal):
            return {"@id": self.of(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == _STRING:
            return term.value
        return {"@value": term.value, "@type": self.of(term.datatype)}
