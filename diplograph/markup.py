"""The one place where HTML is written: how objects look in a notebook, in light and in dark themes.

Every text is escaped here; only `Html`, which these functions return, is taken as HTML. Colours are tints of the
notebook's own background, and never stand alone: what is marked says in words why.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Html", "Mark", "Piece", "block", "cut", "label", "line", "marked", "names", "panel", "plain", "table"]

Mark = tuple[int, int, str]
"""Where it begins and ends, in characters of the document's text, and what it tells: event, status, speaker."""

SHOWN = 50
"""Rows of a table that a notebook shows."""
_DATE = 10
"""Characters of a date: texts up to this long stay on one line."""

_TINTS = {
    "event": "background:rgba(0,114,178,.25);border-bottom:2px solid",
    "status": "background:rgba(230,159,0,.35);border-bottom:2px dashed",
    "speaker": "background:rgba(0,158,115,.25);border-bottom:2px dotted",
}
_NO_MATHS = 'class="tex2jax_ignore mathjax_ignore"'
"""Two sums in dollars are no formula."""
_TAG = "font-size:70%;border:1px solid;border-radius:3px;padding:0 .2em;margin-left:.3em"
_CELL = "text-align:left;vertical-align:top"


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def plain(text: str) -> str:
    r"""Return a text on one line, without the characters by which a terminal could be steered.

    >>> plain("a\n\x1b[31mb")
    'a [31mb'
    """
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def names(parties: Iterable[str]) -> str:
    """Return who takes part, for people: the first three, and how many more.

    >>> names(["A", "B", "C", "D"])
    'A – B – C +1'
    """
    everybody = list(parties)
    more = f" +{len(everybody) - 3}" if len(everybody) > 3 else ""
    return " – ".join(everybody[:3]) + more


def label(text: str) -> Html:
    """Return a status or class as a small framed word."""
    return Html(f'<span style="border:1px solid;border-radius:4px;padding:0 .4em">{_safe(text)}</span>')


def line(*parts: object, small: bool = False) -> Html:
    """Return a line of texts with a dot between them; what is None or "" is left out."""
    style = ' style="margin:.2em 0;font-size:90%;opacity:.8"' if small else ' style="margin:.2em 0"'
    return Html(f"<div{style}>{' · '.join(_safe(p) for p in parts if p is not None and p != '')}</div>")


def block(*parts: Html) -> Html:
    """Return what belongs together."""
    return Html(f'<div {_NO_MATHS} style="margin:.8em 0">{"".join(parts)}</div>')


def panel(title: str, *parts: Html) -> Html:
    """Return what belongs together, under a title."""
    return block(Html(f"<div><b>{_safe(title)}</b></div>"), *parts)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, shown: int = SHOWN) -> Html:
    """Return a table; of many rows the first, and how many more there are.

    >>> table(["who"], [["<b>"]]).count("&lt;b&gt;")
    1
    """
    head = "".join(f'<th style="{_CELL}">{_safe(c)}</th>' for c in columns)
    cells = ("".join(map(_cell, row)) for row in rows[:shown])
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    rest = len(rows) - shown
    more = f"<p>… {rest} more rows</p>" if rest > 0 else ""
    return Html(f"<table {_NO_MATHS}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}")


class Piece(NamedTuple):
    """Some words of a passage, what they tell, and which of that ends with them."""

    words: str
    told: tuple[str, ...]
    ends: tuple[str, ...]


def cut(text: str, begin: int, marks: Iterable[Mark]) -> list[Piece]:
    """Return a passage, which begins at a character of its document, cut where marks begin and end.

    What lies outside of the passage is left out.

    >>> [(piece.words, piece.told) for piece in cut("They met.", 10, [(15, 18, "event"), (30, 34, "status")])]
    [('They ', ()), ('met', ('event',)), ('.', ())]
    """
    end = begin + len(text)
    inside = sorted({(max(a, begin), min(b, end), what) for a, b, what in marks if a < end and b > begin and a < b})
    bounds = sorted({begin, end, *(m[0] for m in inside), *(m[1] for m in inside)})
    return [
        Piece(
            text[first - begin : last - begin],
            tuple(dict.fromkeys(what for a, b, what in inside if a <= first and last <= b)),
            tuple(dict.fromkeys(what for a, b, what in inside if a <= first and last == b)),
        )
        for first, last in pairwise(bounds)
    ]


def marked(pieces: Iterable[Piece]) -> Html:
    """Return a passage with its marks in colour; each ends with its name in words."""
    parts = []
    for words, told, ends in pieces:
        tag = f'<span style="{_TAG}">{_safe(", ".join(ends))}</span>' if ends else ""
        shown = f"{html.escape(words)}{tag}"
        parts.append(f'<span style="{_TINTS.get(told[0], "")}">{shown}</span>' if told else shown)
    quote = "margin:.2em 0 .2em 1em;padding-left:.6em;border-left:3px solid rgba(128,128,128,.5)"
    return Html(f'<div style="{quote}">{"".join(parts)}</div>')


def _cell(value: object) -> str:
    wrap = ";white-space:nowrap" if isinstance(value, str) and len(value) <= _DATE else ""
    return f'<td style="{_CELL}{wrap}">{_safe(value)}</td>'


def _safe(value: object) -> str:
    return value if isinstance(value, Html) else html.escape("" if value is None else str(value))
