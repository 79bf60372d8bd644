"""Any store that speaks the SPARQL 1.1 Protocol, by its address."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from diplograph.errors import QueryError, StoreError
from diplograph.graph.backends.base import Answer
from diplograph.graph.changes import block

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Remote"]

_RESULTS = "application/sparql-results+json, application/n-triples;q=0.9"
_EVERYTHING = "SELECT ?s ?p ?o ?g WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Remote:
    """A SPARQL 1.1 store.

    Parameters
    ----------
    address : where it takes queries; "user:password@" in it is sent as HTTP basic authentication
    update : where it takes updates; by default the same, with "query" as the last part changed to "update"
    timeout : seconds that an answer may take to begin

    Raises
    ------
    StoreError
        In every method, if the store does not answer or refuses.
    """

    largest = 500

    def __init__(self, address: str, update: str | None = None, *, timeout: float = 60.0) -> None:
        self.address, credentials = _without_credentials(address)
        last = self.address.rpartition("/")[2]
        there = self.address.removesuffix("query") + "update" if last == "query" else self.address
        self.update_address = _without_credentials(update)[0] if update else there
        self._headers = {"Authorization": f"Basic {credentials}"} if credentials else {}
        self._timeout = timeout
        self.query("ASK {}")

    def query(self, sparql: str) -> Answer:
        """Run a query."""
        body, kind = self._post(self.address, {"query": sparql}, _RESULTS)
        if "json" in kind:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return ox.parse(body, format=ox.RdfFormat.N_TRIPLES)

    def _rows(self, sparql: str) -> ox.QuerySolutions:
        """Run a SELECT."""
        answer = self.query(sparql)
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError(f"{self.address}: no table in answer to a SELECT", remedy="check the address")
        return answer

    def update(self, sparql: str) -> None:
        """Carry out an update; one request is one transaction on the stores that we know."""
        self._post(self.update_address, {"update": sparql}, "*/*")

    def fill(self, lines: Iterable[str]) -> None:
        """Put N-Quads lines into the store by one update."""
        self.update(f"INSERT DATA {block(lines)}")

    def literals(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield the subjects and literals of a property."""
        rows = self._rows(f"SELECT ?s ?o WHERE {{ GRAPH ?g {{ ?s <{predicate}> ?o }} }}")
        for row in rows:
            yield row["s"].value, row["o"].value

    def dump(self, format: ox.RdfFormat, prefixes: dict[str, str] | None) -> bytes:
        """Return everything in an RDF format."""
        rows = self._rows(_EVERYTHING)
        quads = (
            ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph())
            for row in rows
            if format.supports_datasets or row["g"] is None
        )
        found = quads if format.supports_datasets else (quad.triple for quad in quads)
        return ox.serialize(found, format=format, prefixes=prefixes) or b""

    def dataset(self) -> Dataset:
        """Return the store as rdflib sees it, through its own SPARQL store."""
        from rdflib import Dataset
        from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

        store = SPARQLUpdateStore(self.address, self.update_address, headers=self._headers)
        return Dataset(store=store, default_union=True)  # without it rdflib asks for a graph of a name of its own

    def close(self) -> None:
        """There is nothing to write down."""

    def __len__(self) -> int:
        (row,) = self._rows(_EVERYTHING.replace("?s ?p ?o ?g", "(COUNT(*) AS ?n)", 1))
        return int(row["n"].value)

    def _post(self, address: str, form: dict[str, str], accept: str) -> tuple[bytes, str]:
        request = Request(address, urlencode(form).encode(), {"Accept": accept, **self._headers})
        try:
            with urlopen(request, timeout=self._timeout) as answer:
                return answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            said = " ".join(error.read(500).decode("utf-8", "replace").split())
            if error.code == 400 and "query" in form:
                raise QueryError(f"the query failed: {said[:160]}", remedy="check the SPARQL") from None
            remedy = "check the address, and whether it takes updates from you"
            raise StoreError(f"{address}: {error.code} {error.reason} {said[:160]}".strip(), remedy=remedy) from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise StoreError(f"{address}: {reason}", remedy="check the address, and that the store runs") from None


def _without_credentials(address: str) -> tuple[str, str | None]:
    """Split an address and what HTTP basic authentication sends."""
    parts = urlsplit(address)
    user, at, host = parts.netloc.rpartition("@")
    bare = urlunsplit(parts._replace(netloc=host))
    return bare, base64.b64encode(unquote(user).encode()).decode() if at else None
