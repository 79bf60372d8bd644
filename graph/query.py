"""SPARQL straight to Oxigraph, with a table that prints, iterates and becomes a DataFrame."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diplograph import markup
from diplograph.errors import MissingExtra, QueryError
from diplograph.graph.backends.base import Answer
from diplograph.graph.spreadsheet import spreadsheet_csv
from diplograph.graph.terms import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Table", "run_query"]

_LONGEST = 160
"""Characters of the parser's complaint that an error message repeats."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query.

    Attributes
    ----------
    columns : names of the variables (an ASK has the one column "answer")
    rows : the values as plain Python objects: str, int, float, bool, or None where unbound
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dictionary."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def to_dataframe(self) -> pd.DataFrame:
        """Return a pandas DataFrame (needs the extra ``diplograph[notebook]``)."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtra("pandas is not installed", remedy="pip install 'diplograph[notebook]'") from None
        return pd.DataFrame(self.rows, columns=list(self.columns))

    def to_csv(self) -> str:
        """Return the table as CSV with a header; a text that a spreadsheet would run gets an apostrophe in front."""
        return spreadsheet_csv(self.columns, self.rows)

    def to_json(self) -> str:
        """Return the table as a JSON array of objects."""
        return json.dumps(list(self), ensure_ascii=False, indent=1)

    def _repr_html_(self) -> str:
        return markup.table(self.columns, [[short(value) for value in row] for row in self.rows])


def short(value: object) -> str:
    """Return a value for people: IRIs of known name spaces with their prefix."""
    if value is None:
        return ""
    text = str(value)
    for prefix, base in PREFIXES.items():
        if text.startswith(base):
            return f"{prefix}:{text[len(base) :]}"
    return text


def run_query(ask: Callable[[str], Answer], sparql: str) -> Table:
    """Run a query on what answers it (see `KnowledgeGraph.query`)."""
    prologue = " ".join(f"PREFIX {p}: <{b}>" for p, b in PREFIXES.items()) + "\n"
    try:
        result = ask(prologue + sparql)
        if isinstance(result, ox.QueryBoolean):
            return Table(("answer",), [(bool(result),)])
        if isinstance(result, ox.QuerySolutions):
            names = tuple(v.value for v in result.variables)
            return Table(names, [tuple(map(_value, row)) for row in result])
        rows = [tuple(_value(t) for t in (q.subject, q.predicate, q.object)) for q in result]
        return Table(("subject", "predicate", "object"), rows)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        message = re.sub(r"\bat (\d+):", lambda m: f"at {int(m[1]) - 1}:", str(error))  # less the prefix line
        message = " ".join(message.split())
        message = message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ..."
        raise QueryError(f"the query failed: {message}", remedy="check the SPARQL; updates are not allowed") from None


_XSD = PREFIXES["xsd"]
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys((f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long"), int),
    **dict.fromkeys((f"{_XSD}double", f"{_XSD}decimal", f"{_XSD}float"), float),
    f"{_XSD}boolean": "true".__eq__,
}


def _value(node: Any) -> Any:
    if isinstance(node, ox.Literal):
        reader = _READERS.get(node.datatype.value)
        return reader(node.value) if reader else node.value
    return None if node is None else node.value if hasattr(node, "value") else str(node)
