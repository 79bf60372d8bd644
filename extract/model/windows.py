"""Cutting a text of any length into windows that the encoder can read.

A window holds whole sentences where that can be told without reading: it is cut at an empty line,
else at a line break or full stop, else anywhere. Windows do not overlap and know nothing of each
other, so that windows of many documents can be read in one batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplograph.extract.model.features import Break

__all__ = ["cut_windows"]

_STOPS = {".", "!", "?", "...", "…"}
_CLOSERS = {'"', "”", "’", "'", "»", ")", "]"}


def cut_windows(words: Sequence[str], breaks: Sequence[int], sizes: Sequence[int], room: int) -> Iterator[slice]:
    """Yield consecutive slices of words whose pieces fit into `room`.

    Parameters
    ----------
    words, breaks, sizes : per word the text, the `Break` before it and its number of pieces
    room : pieces in a window at most; a single longer word makes a window of its own

    >>> [(w.start, w.stop) for w in cut_windows(list("ab.Cd"), [3, 0, 1, 0, 0], [1] * 5, 4)]
    [(0, 3), (3, 5)]
    """
    start = 0
    while start < len(words):
        end, filled = start, 0
        while end < len(words) and (end == start or filled + sizes[end] <= room):
            filled += sizes[end]
            end += 1
        if end < len(words):
            end = _best_cut(words, breaks, start, end)
        yield slice(start, end)
        start = end


def _best_cut(words: Sequence[str], breaks: Sequence[int], start: int, end: int) -> int:
    """Return where to end a window: the best boundary in its second half, the latest of equals."""
    best, grade = end, 0
    for i in range(end, start + (end - start) // 2, -1):
        stop = words[i - 1] in _STOPS or (words[i - 1] in _CLOSERS and i > 1 and words[i - 2] in _STOPS)
        if breaks[i] == Break.PARAGRAPH:
            found = 4
        elif breaks[i] == Break.LINE:
            found = 3 if stop else 1
        else:
            found = 2 if stop and not words[i][:1].islower() else 0
        if found > grade:
            best, grade = i, found
    return best
