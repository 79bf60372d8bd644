"""The one exception tree of diplograph.

Every message says which input was at fault, what is wrong with it and what to do next. `code`
is stable, so that scripts can tell errors apart; docs/errors.md explains each.
"""

from __future__ import annotations

__all__ = [
    "DiplographError",
    "InputError",
    "MissingExtra",
    "MissingLayer",
    "OntologyError",
    "QueryError",
    "RecordError",
    "StoreError",
]


class DiplographError(Exception):
    """Base of all errors that diplograph raises on purpose.

    Parameters
    ----------
    message : str
        What is wrong, with the offending value.
    remedy : str
        What the user can do about it.
    """

    code = "D000"

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"[{self.code}] {self.message} ({self.remedy})"


class InputError(DiplographError):
    """An input file or text cannot be read as a document."""

    code = "D100"


class RecordError(DiplographError):
    """A record (JSON or object) breaks the schema or contradicts its own text."""

    code = "D200"


class MissingLayer(DiplographError):
    """A pipeline component lacks an annotation that it builds on."""

    code = "D300"


class OntologyError(DiplographError):
    """A data file of the ontology (lexicon, rules, actor table) is faulty."""

    code = "D400"


class StoreError(DiplographError):
    """A graph store cannot be opened, read or written."""

    code = "D500"


class QueryError(DiplographError):
    """A SPARQL query is faulty."""

    code = "D600"


class MissingExtra(DiplographError):
    """A function needs an optional package that is not installed."""

    code = "D700"
