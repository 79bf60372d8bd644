"""Words of running text as the arrays that the encoder reads.

Three things that the uncased word pieces do not tell are given beside them: the shape of each word
(lower, Title, UPPER ...), what stands in front of it (a blank, nothing, a line break, an empty line)
and whether a table lists it as a name (`gazetteer`). The second one lets the sentence head tell a
headline without a full stop from a line that was merely wrapped.

Training and product share this module: what the network sees in use is what it was trained on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from tokenizers import Tokenizer

__all__ = [
    "MAX_PIECES_PER_WORD",
    "Break",
    "Encoded",
    "dateline_ends",
    "encode_words",
    "looks_wrapped",
    "pieces_of",
    "shape_of",
]

MAX_PIECES_PER_WORD = 6
"""Longer words keep their first pieces only (a chemical name, a base64 blob)."""

CLS, SEP, UNKNOWN = 101, 102, 100
"""Ids of the three special pieces in the BERT vocabulary."""

_TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'"}
    | {"–": "-", "—": "-", "−": "-", "‑": "-", "…": "..."}
)


class Break(IntEnum):
    """What stands between a word and the one before it."""

    BLANK = 0
    NOTHING = 1
    LINE = 2
    PARAGRAPH = 3


def looks_wrapped(text: str) -> bool:
    """Say whether the lines of a text are broken at a column, in the middle of sentences.

    So it is if at least one line in six goes on in lower case.

    >>> looks_wrapped("Rubio met Lavrov in\\nGeneva and then\\nflew home."), looks_wrapped("A headline\\nThe text.")
    (True, False)
    """
    after = re.findall(r"\S\n(\S)", text)
    lower = sum(1 for c in after if c.islower())
    return lower * 6 > len(after)


_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ /-]{2,40}(?:, [A-Z][\w. ]{2,30})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: \([^)\n]{2,30}\))?\s?(?:--|[-–—])\s+",
    re.MULTILINE,
)


def dateline_ends(text: str) -> set[int]:
    """Return where the sentence behind a dateline begins (in characters).

    >>> dateline_ends("GENEVA, May 3 (Wire) - Talks began.")
    {23}
    """
    return {match.end() for match in _DATELINE.finditer(text)}


class Shape(IntEnum):
    """How a word is written, as far as the uncased vocabulary cannot tell."""

    NONE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    DIGIT = 4
    OTHER = 5


@lru_cache(maxsize=65536)
def shape_of(word: str) -> Shape:
    """Return the shape class of one word.

    >>> [shape_of(w).name for w in ("talks", "Moscow", "NATO", "G20", "McDonald", "...")]
    ['LOWER', 'TITLE', 'UPPER', 'DIGIT', 'OTHER', 'OTHER']
    """
    if any(c.isdigit() for c in word):
        return Shape.DIGIT
    if word.islower():
        return Shape.LOWER
    if word.istitle():
        return Shape.TITLE
    if word.isupper():
        return Shape.UPPER
    return Shape.OTHER


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window of words, piece by piece.

    Attributes
    ----------
    ids, shapes, breaks, marks : list of int, one per piece, special pieces included
    first : list of int, one per word: the index of the word's first piece
    """

    ids: list[int]
    shapes: list[int]
    breaks: list[int]
    marks: list[int]
    first: list[int]


def pieces_of(words: Sequence[str], vocabulary: Tokenizer) -> list[list[int]]:
    """Return the word pieces of each word (at least one, at most `MAX_PIECES_PER_WORD`)."""
    texts = [word.translate(_TYPOGRAPHY) for word in words]
    encodings = vocabulary.encode_batch(texts, add_special_tokens=False)
    return [encoding.ids[:MAX_PIECES_PER_WORD] or [UNKNOWN] for encoding in encodings]


def encode_words(
    words: Sequence[str], breaks: Sequence[int], marks: Sequence[int], pieces: Sequence[Sequence[int]]
) -> Encoded:
    """Encode the words of one window.

    Parameters
    ----------
    words : sequence of str
        Words without surrounding white space.
    breaks : sequence of int
        For each word a `Break`: what stands before it.
    marks : sequence of int
        For each word what the actor and place tables know of it, from `gazetteer.marks_of`.
    pieces : sequence of sequences of int
        For each word its pieces, from `pieces_of`.
    """
    ids, shapes, around, marked, first = [CLS], [0], [0], [0], []
    for word, brk, mark, own in zip(words, breaks, marks, pieces, strict=True):
        first.append(len(ids))
        ids += own
        shapes += [int(shape_of(word))] * len(own)
        around += [int(brk)] + [int(Break.NOTHING)] * (len(own) - 1)
        marked += [mark] * len(own)
    return Encoded([*ids, SEP], [*shapes, 0], [*around, 0], [*marked, 0], first)
