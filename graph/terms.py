"""Names of things in the graph: name spaces, IRIs, and N-Quads terms as text.

Quads are built as text and loaded in bulk: that is an order of magnitude faster than adding
terms one by one through rdflib.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

__all__ = [
    "BASE",
    "DG",
    "PREFIXES",
    "VERDICTS",
    "actor_iri",
    "document_iri",
    "event_iri",
    "iri",
    "literal",
    "mention_iri",
    "own",
    "place_iri",
    "span_iri",
    "term",
]

BASE: Final = "https://w3id.org/diplograph/"
DG: Final = f"{BASE}ontology#"

VERDICTS: Final = f"{BASE}verdicts"
"""The graph that holds what a user decided over which reports are of one event."""

PREFIXES: Final = {
    "dg": DG,
    "doc": f"{BASE}document/",
    "actor": f"{BASE}actor/",
    "event": f"{BASE}event/",
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that queries and files may use without declaring them."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def iri(text: str) -> str:
    """Return an absolute IRI as an N-Quads term; characters that IRIs forbid are percent-encoded."""
    return f"<{quote(text, safe=_SAFE)}>"


_SAFE = "!#$&'()*+,/:;=?@[]~%-._" + "".join(chr(c) for c in range(0xA0, 0x2FF))


def term(name: str) -> str:
    """Return a prefixed name as an N-Quads term.

    >>> term("dg:Event")
    '<https://w3id.org/diplograph/ontology#Event>'
    """
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def own(name: str) -> str:
    """Return a name of the project's ontology as an N-Quads term, whatever characters it has.

    >>> own("agent"), own("co-host (virtual)>")
    ('<https://w3id.org/diplograph/ontology#agent>', '<https://w3id.org/diplograph/ontology#co-host%20%28virtual%29%3E>')
    """
    return f"<{DG}{quote(name, safe='')}>"


def literal(value: str | int | float | bool, datatype: str | None = None) -> str:
    """Return a literal as an N-Quads term.

    >>> literal('say "no"'), literal(3), literal("2025-10-22", "xsd:date")
    ('"say \\\\"no\\\\""', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', '"2025-10-22"^^<http://www.w3.org/2001/XMLSchema#date>')
    """
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^{term("xsd:boolean")}'
    if isinstance(value, int):
        return f'"{value}"^^{term("xsd:integer")}'
    if isinstance(value, float):
        return f'"{value!r}"^^{term("xsd:double")}'
    text = f'"{value.translate(_ESCAPES)}"'
    return f"{text}^^{term(datatype)}" if datatype else text


def date_literal(value: str) -> str:
    """Return an ISO date, month or year with its XSD type; an interval stays a plain string."""
    kind = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}.get(len(value))
    return literal(value, kind)


def document_iri(document: str) -> str:
    """Return the IRI (without brackets) of a document, which is also the name of its graph."""
    return f"{BASE}document/{quote(document, safe='')}"


def span_iri(document: str, begin: int, end: int) -> str:
    """Return the IRI of a stretch of text: the document with an RFC 5147 character range."""
    return f"{document_iri(document)}#char={begin},{end}"


def mention_iri(document: str, mention: str) -> str:
    """Return the IRI of an event mention; its id is unique in its document only."""
    return f"{BASE}mention/{quote(document, safe='')}/{quote(mention, safe='')}"


def event_iri(event: str) -> str:
    """Return the IRI of a merged event."""
    return f"{BASE}event/{quote(event, safe='')}"


def actor_iri(actor: str) -> str:
    """Return the IRI of an actor."""
    return f"{BASE}actor/{quote(actor, safe='/')}"


def place_iri(name: str, country: str | None) -> str:
    """Return the IRI of a place, from its name and country."""
    return f"{BASE}place/{quote(name.casefold().replace(' ', '-'), safe='')}{'-' + country.lower() if country else ''}"
