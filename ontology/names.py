"""Finding names in running text, whatever their accents, hyphens and dots.

A name is compared by its folded words: lower-case, without accents, punctuation cut away. Acronyms
are the exception: they must be written as listed, dots and hyphens aside, so that "us" is no state
and "WHO" no pronoun.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

__all__ = ["NameIndex", "fold", "fold_words", "slug", "squeeze"]

_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D", "ı": "i", "’": "'"})
_WORD = re.compile(r"[a-z0-9]+")
_INSIDE = {"-", "‐", "‑", "–", "'", "’", ",", "&", "/"}
"""Signs that may stand between the words of a name; sentences end at others."""

T = TypeVar("T", bound=Hashable)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the folded words of a text, separated by single blanks.

    >>> fold("Péter Szijjártó"), fold("al-Jubeir"), fold("Côte d'Ivoire")
    ('peter szijjarto', 'al jubeir', 'cote d ivoire')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(letters.lower()))


def fold_words(words: Iterable[str]) -> list[str]:
    """Fold each word by itself; punctuation becomes an empty string."""
    return [fold(word) for word in words]


def slug(text: str) -> str:
    """Return a readable id of a name; of one in another script, its hash.

    >>> slug("Péter Szijjártó"), slug("Сергей")
    ('peter-szijjarto', 'x2a6a5197e1bc')
    """
    return fold(text).replace(" ", "-") or f"x{hashlib.sha256(text.encode('utf-8')).hexdigest()[:12]}"


def squeeze(text: str) -> str:
    """Return an acronym without dots, hyphens and blanks, case kept.

    >>> squeeze("U.S."), squeeze("G-20"), squeeze("P5+1")
    ('US', 'G20', 'P5+1')
    """
    return text if text.isalnum() else re.sub(r"[.\-\s]", "", text)


class NameIndex(Generic[T]):
    """Names of one or more words, each with the things it may stand for.

    >>> index = NameIndex()
    >>> index.add("South Korea", "KOR"); index.add("ROK", "KOR", acronym=True)
    >>> index.longest(["South", "Korea", "met"], 0), index.longest(["rok"], 0)
    ((2, ('KOR',)), None)
    """

    def __init__(self) -> None:
        self._names: dict[str, tuple[T, ...]] = {}
        self._acronyms: dict[str, tuple[T, ...]] = {}
        self._acronym_starts: set[str] = set()
        self._longest: dict[str, int] = {}
        self._lower_first: set[str] = set()
        self._lower: set[str] = set()
        self._lower_last: set[str] = set()

    def __len__(self) -> int:
        return len(self._names) + len(self._acronyms)

    def add(self, name: str, thing: T, *, acronym: bool = False) -> None:
        """Enter a name; the same name may stand for several things, in the order of entry."""
        table, key = (self._acronyms, squeeze(name)) if acronym else (self._names, fold(name))
        if not key:
            return
        if thing not in table.get(key, ()):
            table[key] = (*table.get(key, ()), thing)
        words = fold(name).split()
        if acronym:
            self._acronym_starts.update(key[:end] for end in range(1, len(key) + 1))
        else:
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
            if name[0].islower():
                self._lower.add(key)
                self._lower_first.add(words[0])
            if name.rsplit(maxsplit=1)[-1][0].islower():
                self._lower_last.add(key)

    def get(self, name: str) -> tuple[T, ...]:
        """Return what a whole name stands for (empty if unknown); the first letter must be a capital."""
        found = self._acronyms.get(squeeze(name))
        if found:
            return found
        key = fold(name)
        if not name or not (name[0].isupper() or name[0].isdigit() or key in self._lower):
            return ()
        return self._names.get(key, ())

    def longest(
        self, words: Sequence[str], start: int, folded: Sequence[str] | None = None
    ) -> tuple[int, tuple[T, ...]] | None:
        """Return (end, things) of the longest name that begins at word `start`, or None.

        Parameters
        ----------
        words : the words of the text as written
        start : index of the first word
        folded : the same words after `fold_words`, if the caller has them already
        """
        keys = fold_words(words) if folded is None else folded
        if not keys[start] or (words[start].islower() and keys[start].partition(" ")[0] not in self._lower_first):
            return None
        best: tuple[int, tuple[T, ...]] | None = None
        acronym = ""
        for end in range(start + 1, min(start + 4, len(words)) + 1):
            acronym += squeeze(words[end - 1])
            if acronym not in self._acronym_starts:
                break
            if acronym in self._acronyms and (end == start + 1 or not words[end - 2][-1:].isalpha()):
                best = (end, self._acronyms[acronym])
        limit = self._longest.get(keys[start].split()[0], 0)
        if not limit:
            return best
        key, end = "", start
        while end < len(words) and len(key.split()) <= limit:
            if not keys[end] and words[end] not in _INSIDE:
                break
            if keys[end]:
                key = f"{key} {keys[end]}" if key else keys[end]
                written = not words[start][0].islower() or key in self._lower
                written = written and (not words[end][0].islower() or key in self._lower_last)
                if key in self._names and written and (best is None or end >= best[0]):
                    best = (end + 1, self._names[key])
            end += 1
        return best
