"""What a browser gets: the query page with its files; and what a program gets that asks what this endpoint is."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files as resources
from typing import Final

import pyoxigraph as ox

from diplograph.graph.serve.negotiation import RESULTS, TRIPLES
from diplograph.graph.terms import PREFIXES

__all__ = ["description", "examples", "files"]

_MEDIA = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}
_ASSETS = ("page.html", "page.js", "page.css", "yasgui.min.js", "yasgui.min.css")

_DESCRIPTION: Final = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ;
   sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}


@cache
def files() -> dict[str, tuple[str, bytes]]:
    """Return the page and all that it loads, by name: media type and content."""
    folder = resources("diplograph.graph.serve").joinpath("assets")
    content = {name: folder.joinpath(name).read_bytes() for name in _ASSETS}
    content["prefixes.json"] = json.dumps(PREFIXES).encode()
    content["examples.json"] = json.dumps(examples(), ensure_ascii=False).encode()
    return {name: (_MEDIA[name.rpartition(".")[2]], body) for name, body in content.items()}


def examples() -> list[dict[str, str]]:
    """Return the questions that the page offers: those of the cookbook, each with "id", "question" and "sparql"."""
    try:
        from diplograph.graph.cookbook import questions
    except ImportError:
        return []
    return [{"id": q.id, "question": q.question, "sparql": q.sparql} for q in questions()]


def description(address: str, media: str) -> bytes:
    """Return the SPARQL 1.1 service description of the endpoint.

    Parameters
    ----------
    address : str
        IRI of the endpoint.
    media : str
        One of the media types of graphs.

    Raises
    ------
    ValueError
        If the address is no IRI.
    """
    service = ox.NamedNode(address)
    triples = [quad.triple for quad in ox.parse(_DESCRIPTION, format=ox.RdfFormat.TURTLE, base_iri=address)]
    offers = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#resultFormat")
    triples += [
        ox.Triple(service, offers, ox.NamedNode(_FORMATS + _FORMAT_NAMES[name]))
        for name in (*RESULTS, *TRIPLES)
        if name in _FORMAT_NAMES
    ]
    prefixes = {**PREFIXES, "sd": "http://www.w3.org/ns/sparql-service-description#", "formats": _FORMATS}
    return ox.serialize(triples, format=getattr(ox.RdfFormat, TRIPLES[media]), prefixes=prefixes) or b""
