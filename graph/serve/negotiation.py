"""Content negotiation: which of our formats a client prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["DESCRIPTIONS", "PAGE", "RESULTS", "TRIPLES", "choose", "wants_json"]

RESULTS = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
}
"""Media types of SELECT and ASK, best first, with Oxigraph's names of the formats."""

TRIPLES = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "application/json": "JSON_LD",
    "application/xml": "RDF_XML",
    "text/xml": "RDF_XML",
}
"""Media types of CONSTRUCT and DESCRIBE."""

PAGE = "text/html"
DESCRIPTIONS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
"""Media types of the service description."""


def choose(accept: str | None, offers: Iterable[str]) -> str | None:
    """Return the offer that an Accept header prefers, the earlier of equals; None if it accepts none.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> choose(None, ["text/csv", "text/html"]), choose("image/png", ["text/csv"])
    ('text/csv', None)
    """
    ranges = _ranges(accept) if accept and accept.strip() else {"*/*": 1.0}
    best, best_quality = None, 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def wants_json(accept: str | None) -> bool:
    """Return whether a client asks for JSON by name, so that it gets errors as JSON too.

    >>> wants_json("application/json"), wants_json("application/json, */*"), wants_json(None)
    (True, True, False)
    """
    named = {name for name, quality in _ranges(accept or "").items() if quality > 0}
    return bool(named & {"application/json", "application/problem+json"}) and "text/plain" not in named


def _ranges(accept: str) -> dict[str, float]:
    """Media ranges with their quality; what cannot be read counts for nothing."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" in name:
            ranges[name] = max(ranges.get(name, 0.0), _q(parameters))
    return ranges


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: str, ranges: dict[str, float]) -> float:
    """Quality of the most specific range that covers an offer."""
    for name in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
