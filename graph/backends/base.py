"""What a graph asks of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Answer", "Backend"]

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterable[ox.Quad]
"""What a query gives; the triples of a CONSTRUCT may come as quads of the default graph."""


class Backend(Protocol):
    """A store of quads."""

    @property
    def largest(self) -> int | None:
        """Documents that go into one transaction at most; None where there is no limit."""

    def query(self, sparql: str) -> Answer:
        """Run a query."""

    def update(self, sparql: str) -> None:
        """Carry out an update, all of it or, on an error, nothing."""

    def fill(self, lines: Iterable[str]) -> None:
        """Put N-Quads lines into a store that is empty, all of them or none."""

    def literals(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield the subjects (IRIs) and the literals that a property has in any named graph."""

    def dump(self, format: ox.RdfFormat, prefixes: dict[str, str] | None) -> bytes:
        """Return everything in an RDF format; one without named graphs gets the default graph."""

    def dataset(self) -> Dataset:
        """Return the store as rdflib sees it."""

    def close(self) -> None:
        """Write everything down and let others write."""

    def __len__(self) -> int:
        """Quads in the store."""
