"""The vocabulary as a page for people: ``python -m diplograph.ontology.vocabulary > docs/vocabulary.md``.

Everything on it stands in diplograph.ttl; the same file gives the same page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from diplograph.ontology.load import ROOT

__all__ = ["vocabulary_page"]

_DG = "https://w3id.org/diplograph/ontology#"
_EDGE = URIRef(f"{_DG}directEdge")
_CAMEO, _PLOVER = URIRef(f"{_DG}cameo"), URIRef(f"{_DG}plover")
_MATCHES = {
    SKOS.closeMatch: "",
    SKOS.narrowMatch: "wider than ",
    SKOS.broadMatch: "within ",
    SKOS.relatedMatch: "near ",
}

_HEAD = """# The vocabulary

Made from `ontology/diplograph.ttl` by `python -m diplograph.ontology.vocabulary`; the prefix `dg:` is
`https://w3id.org/diplograph/ontology#`. What a graph must satisfy beyond it stands in `ontology/shapes.ttl` (SHACL):
`diplograph validate --store DIR` says whether a graph does.

Terms of SEM, schema.org, PROV-O, Web Annotation, Dublin Core and SKOS are used as they are. A term of ours stands where
none of them has one; its last column says why.
"""


def vocabulary_page() -> str:
    """Return the page, in Markdown."""
    page = _Page(Graph().parse(ROOT / "diplograph.ttl"))
    return "\n".join((_HEAD, *page.lines()))


class _Page:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def lines(self) -> Iterator[str]:
        yield from self._classes()
        yield from self._properties()
        yield from self._scheme("roles", "Roles", "Each is a concept and, from an event to an actor, a property.")
        yield from self._scheme("statuses", "Statuses", "")
        yield from self._event_classes()
        yield from self._edges()
        yield from self._cameo()

    # -- sections ------------------------------------------------------------------------------

    def _classes(self) -> Iterator[str]:
        yield from self._title("Classes", "class", "under", "meaning", "example", "why our own")
        for one in self._own(OWL.Class):
            above = self._names(self._graph.objects(one, RDFS.subClassOf))
            yield _row(self._name(one), above, *self._told(one))

    def _properties(self) -> Iterator[str]:
        yield from self._title("Properties", "property", "of", "value", "meaning", "example", "why our own")
        special = {*self._graph.subjects(SKOS.inScheme), *self._graph.subjects(RDFS.subPropertyOf, _EDGE)}
        things, texts = self._own(OWL.ObjectProperty), self._own(OWL.DatatypeProperty)
        for one in sorted({*things, *texts} - special, key=str):
            above = self._names(self._graph.objects(one, RDFS.subPropertyOf))
            name = f"{self._name(one)}<br>under {above}" if above else self._name(one)
            value = self._names(self._graph.objects(one, RDFS.range)) or ("IRI" if one in things else "literal")
            yield _row(name, self._domain(one), value, *self._told(one))

    def _scheme(self, name: str, title: str, remark: str) -> Iterator[str]:
        yield from self._title(title, "concept", "meaning", "example", "elsewhere", "why our own", remark=remark)
        for one in self._in_scheme(name):
            told, example, why = self._told(one)
            yield _row(self._name(one), told, example, self._matches(one), why)

    def _event_classes(self) -> Iterator[str]:
        remark = (
            "PLOVER's sixteen classes, with kinds of ours within them. In the column CAMEO a bare code means the same, "
            "*wider than* a code covers it and more, *within* a code is a part of it, *near* a code is related: CAMEO "
            "puts into its codes what we keep apart as status."
        )
        yield from self._title(
            "Event classes and modes", "concept", "PLOVER", "CAMEO", "meaning", "example", remark=remark
        )
        tops = sorted(self._graph.subjects(SKOS.topConceptOf, URIRef(f"{_DG}eventClasses")), key=str)
        for top in tops:
            for one in (top, *sorted(self._graph.subjects(SKOS.broader, top), key=str)):
                told, example, _ = self._told(one)
                yield _row(self._name(one), self._notation(one, _PLOVER), self._matches(one), told, example)

    def _edges(self) -> Iterator[str]:
        remark = (
            "An event that occurred or goes on also joins its actors directly, by a property named after its mode, "
            "or after its class where it has no mode."
        )
        yield from self._title("Direct edges", "property", "of events of", "example", remark=remark)
        for one in sorted(self._graph.subjects(RDFS.subPropertyOf, _EDGE), key=str):
            yield _row(self._name(one), self._names(self._graph.objects(one, RDFS.seeAlso)), self._told(one)[1])

    def _cameo(self) -> Iterator[str]:
        remark = "Root codes and those that a class or mode is matched to, in our words."
        yield from self._title("CAMEO codes", "code", "concept", "meaning", remark=remark)
        for one in self._in_scheme("cameoScheme"):
            yield _row(self._notation(one, _CAMEO), self._name(one), str(self._graph.value(one, SKOS.prefLabel)))

    # -- cells ---------------------------------------------------------------------------------

    def _title(self, title: str, *columns: str, remark: str = "") -> Iterator[str]:
        yield f"## {title}\n" if title == "Classes" else f"\n## {title}\n"
        if remark:
            yield f"{remark}\n"
        yield _row(*columns)
        yield _row(*("---" for _ in columns))

    def _own(self, kind: URIRef) -> list[Node]:
        return sorted((s for s in self._graph.subjects(RDF.type, kind) if isinstance(s, URIRef)), key=str)

    def _in_scheme(self, name: str) -> list[Node]:
        return sorted(self._graph.subjects(SKOS.inScheme, URIRef(f"{_DG}{name}")), key=str)

    def _told(self, one: Node) -> tuple[str, str, str]:
        """Definition, example, and why the term is our own."""
        found = (self._graph.value(one, p) for p in (SKOS.definition, SKOS.example, SKOS.scopeNote))
        definition, example, why = ("" if text is None else str(text) for text in found)
        return definition, example, why

    def _domain(self, one: Node) -> str:
        domain = self._graph.value(one, RDFS.domain)
        if not isinstance(domain, BNode):
            return self._names([domain] if domain is not None else [])
        (union,) = self._graph.objects(domain, OWL.unionOf)
        return self._names(Collection(self._graph, union))

    def _matches(self, one: Node) -> str:
        found = []
        for match, words in _MATCHES.items():
            others = sorted(self._graph.objects(one, match), key=str)
            codes = [self._notation(other, _CAMEO) or self._name(other) for other in others]
            if codes:
                found.append(f"{words}{', '.join(codes)}")
        return "; ".join(found)

    def _notation(self, one: Node, datatype: URIRef) -> str:
        notations = self._graph.objects(one, SKOS.notation)
        return ", ".join(sorted(str(n) for n in notations if isinstance(n, Literal) and n.datatype == datatype))

    def _names(self, nodes: Iterable[Node]) -> str:
        return ", ".join(sorted(self._name(node) for node in nodes))

    def _name(self, node: Node) -> str:
        return f"`{self._graph.namespace_manager.curie(str(node))}`"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(vocabulary_page().encode() + b"\n")
