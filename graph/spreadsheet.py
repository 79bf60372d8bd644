"""CSV for people, who open it in a spreadsheet: texts come from strangers, and none may be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

__all__ = ["spreadsheet_csv", "spreadsheet_safe"]

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


def spreadsheet_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table as CSV with a header, in which no cell is a formula (`spreadsheet_safe`)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def spreadsheet_safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that may begin one gets an apostrophe in front.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("Budapest"), spreadsheet_safe(" @here"), spreadsheet_safe("-1.5")
    ("'=1+1", 'Budapest', "' @here", '-1.5')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
