"""A text to be read, with what is known about it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diplograph.errors import DiplographError, InputError
from diplograph.extract._checks import is_date
from diplograph.extract.records import Extraction, text_hash

__all__ = ["DATE_REMEDY", "MAX_CHARACTERS", "Document", "Item", "Refusal", "check_english", "is_date"]

MAX_CHARACTERS = 1_000_000
"""Longest text that is taken for one document; about three hours of speech, or a thick book."""

DATE_REMEDY = "write it as YYYY-MM-DD, YYYY-MM or YYYY"

_FUNCTION_WORDS = frozenset(
    "the of and to in a is that for on with was as by at from it be are this has have he will not said an his which or "
    "were but their had after who its been would they more about over".split()
)
_FOREIGN_WORDS = frozenset(
    "der das und ist nicht mit von den dem ein eine auf im le les des et est une dans pour qui sur el los las del una "
    "por con que en di che il per non della het een van niet dat os um uma não da do ve bir için".split()
)
"""Frequent words of German, French, Spanish, Italian, Dutch, Portuguese, Turkish: they tell in short texts."""
_FEWEST_WORDS = 25
_LEAST_SHARE = 0.12
"""Share of these function words below which a text is not English; English prose has 0.25 to 0.45."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text.

    Parameters
    ----------
    text : str
        Line ends are normalised to ``\\n`` and a byte-order mark is dropped; the offsets of the
        record count characters of this text.
    id : str
        If not given, the first 16 digits of the text's SHA-256.
    date : str, optional
        ISO date (or month, or year) of publication; relative dates are counted from it.
    title, source : str, optional
        Headline, and outlet or author.
    metadata : mapping, optional
        Anything else; carried along in the record.

    A time of day behind a date is dropped.

    Raises
    ------
    InputError
        If the text is empty or longer than `MAX_CHARACTERS`, or the date is not ISO 8601.
    """

    text: str
    id: str = ""
    date: str | None = None
    title: str | None = None
    source: str | None = None
    metadata: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        text = _whole(self.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
        object.__setattr__(self, "text", text)
        for field in ("title", "source"):
            if (value := getattr(self, field)) is not None:
                object.__setattr__(self, field, _whole(value))
        name = _whole(self.id) or text_hash(text)[:16]
        object.__setattr__(self, "id", name)
        if not text.strip():
            raise InputError(f"{name}: the text is empty", remedy="give a file or line with text in it")
        if len(text) > MAX_CHARACTERS:
            raise InputError(
                f"{name}: {len(text):,} characters are too many for one document",
                remedy=f"split it into parts of at most {MAX_CHARACTERS:,} characters",
            )
        if self.date is not None:
            day = re.sub(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:.*$", "", self.date)
            if not is_date(day):
                raise InputError(f"{name}: {self.date!r} is no date", remedy=DATE_REMEDY)
            object.__setattr__(self, "date", day)


def _whole(text: str) -> str:
    """Replace what UTF-8 cannot hold (halves of surrogate pairs) and null characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")


Refusal = tuple[str, DiplographError]
"""The name of an input that was refused, and why."""

Item = Document | Extraction | Refusal
"""What a reader finds: a text to read, a record that was read before, or a refusal."""


def check_english(document: Document) -> None:
    """Raise `InputError` if a text has too few English function words for its length, or more foreign ones."""
    words = re.findall(r"[^\W\d_]+", document.text[:20_000].lower())
    own = sum(w in _FUNCTION_WORDS for w in words)
    if len(words) < _FEWEST_WORDS:
        letters = [c for c in document.text if c.isalpha()]
        foreign = sum(w in _FOREIGN_WORDS for w in words)
        latin = not letters or sum(c < "\u0250" for c in letters) / len(letters) > 0.5
        english = latin and (foreign < 3 or foreign <= 2 * own)
    else:
        english = own / len(words) >= _LEAST_SHARE
    if not english:
        raise InputError(
            f"{document.id}: the text does not look like English ({own} English function words among {len(words)})",
            remedy="diplograph reads English; translate the text first, or pass check_language=False (--any-language)",
        )
