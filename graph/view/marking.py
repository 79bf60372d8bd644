"""A text cut into pieces at the marks that lie on it, so that the page can show them without counting characters.

Offsets count Unicode characters, JavaScript counts UTF-16 units: pieces need no offsets.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

__all__ = ["Piece", "pieces"]

Piece = tuple[str] | tuple[str, list[int]]
"""Words without a mark, or words and the numbers of the marks that cover them."""


def pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> list[Piece]:
    """Cut a text at the edges of spans (begin, end, number of the mark).

    >>> pieces("Ann met Bob.", [(0, 3, 0), (4, 7, 1), (4, 11, 2)])
    [('Ann', [0]), (' ',), ('met', [1, 2]), (' Bob', [2]), ('.',)]
    """
    inside = sorted((max(b, 0), min(e, len(text)), n) for b, e, n in spans if b < min(e, len(text)) and e > 0)
    edges = sorted({0, len(text), *(at for b, e, _ in inside for at in (b, e))})
    found: list[Piece] = []
    open_: list[tuple[int, int]] = []
    waiting = 0
    for begin, end in pairwise(edges):
        open_ = [(e, n) for e, n in open_ if e > begin]
        while waiting < len(inside) and inside[waiting][0] == begin:
            open_.append(inside[waiting][1:])
            waiting += 1
        marks = sorted({n for _, n in open_})
        found.append((text[begin:end], marks) if marks else (text[begin:end],))
    return found
