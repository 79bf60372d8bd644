"""The SPARQL 1.1 Protocol: from the parts of an HTTP request to a query, or to a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import parse_qsl

from diplograph.errors import QueryError
from diplograph.graph.serve.settings import Settings

__all__ = ["Query", "Refusal", "from_form", "from_text", "from_url"]

_FIELDS = 200
"""Parameters that a request may have."""
_STEPS = {**dict.fromkeys("([{", 1), **dict.fromkeys(")]}", -1)}


class Refusal(QueryError):
    """A request that is not answered, with the HTTP status that says so.

    Parameters
    ----------
    status : int
        HTTP status code.
    message, remedy : str
        What is wrong, and what the client can do about it.
    """

    def __init__(self, status: int, message: str, *, remedy: str) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status

    @property
    def line(self) -> str:
        """The refusal as one line for the client."""
        return " ".join(f"{self.message} ({self.remedy})".split())


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the dataset that the request names.

    Attributes
    ----------
    text : the SPARQL
    default_graphs, named_graphs : IRIs of graphs in the store; if both are empty, the store's own dataset
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def from_url(query_string: bytes, settings: Settings) -> Query | None:
    """Return the query of a GET request; None if it has no parameters at all.

    Raises
    ------
    Refusal
        400 if the parameters are faulty, 403 if they ask for an update, 413 if the query is too long.
    """
    fields = _fields(query_string)
    if not fields:
        return None
    return _query(_one(fields), fields, settings)


def from_form(body: bytes, query_string: bytes, settings: Settings) -> Query:
    """Return the query of a POST request with a form; refusals as `from_url`."""
    if query_string:
        raise Refusal(
            400, "a form is sent with parameters in the address too", remedy="send all parameters in the form"
        )
    fields = _fields(body)
    return _query(_one(fields), fields, settings)


def from_text(body: bytes, query_string: bytes, settings: Settings) -> Query:
    """Return the query of a POST request whose body is the query; refusals as `from_url`."""
    fields = _fields(query_string)
    if any(name in {"query", "update"} for name, _ in fields):
        raise Refusal(400, "the query stands in the body and in the address", remedy="send it once, in the body")
    return _query(_utf8(body), fields, settings)


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, separator="&"
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise Refusal(400, f"more than {_FIELDS} parameters", remedy="send query= and the graphs only") from None


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> Refusal:
    return Refusal(400, "the request is not UTF-8", remedy="send UTF-8; percent-encode it in addresses and forms")


def _one(fields: list[tuple[str, str]]) -> str:
    if any(name == "update" for name, _ in fields):
        raise Refusal(403, "updates are not served", remedy="change the graph with diplograph build, then query it")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        number = "no" if not queries else str(len(queries))
        raise Refusal(400, f"{number} query= parameters", remedy="send exactly one query= parameter")
    return queries[0]


def _query(text: str, fields: list[tuple[str, str]], settings: Settings) -> Query:
    _check(text, settings)
    return Query(
        text,
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
    )


def _check(text: str, settings: Settings) -> None:
    """Refuse what must not reach the engine.

    The engine carries out SERVICE wherever it finds it. No reading of strings and comments decides
    whether it would: the word may not occur at all, in any case or case mapping.
    """
    if len(text) > settings.query_length:
        raise Refusal(
            413,
            f"the query has {len(text)} characters, more than {settings.query_length}",
            remedy="split it, or ask the store with diplograph query",
        )
    if "service" in text.casefold() or "SERVICE" in text.upper():
        raise Refusal(
            403,
            'the query contains the word "service": SERVICE, which asks other servers, is not allowed here',
            remedy=r'in a string or an IRI write one of its letters as an escape: "\u0073ervice"',
        )
    depth = max(accumulate(_STEPS.get(character, 0) for character in text), default=0)
    if depth > settings.nesting:
        raise Refusal(
            400, f"the query has {depth} brackets open at once, more than {settings.nesting}", remedy="nest it less"
        )
