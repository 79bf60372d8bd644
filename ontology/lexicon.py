"""The event lexicon: which words tell of which events, and who takes part in what role.

Data: lexicon/frames.toml (how grammar maps to roles) and the families of words in the other files
of lexicon/. Each word has an example sentence, which is also a test. Files of users have families too.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from diplograph.errors import InputError, OntologyError
from diplograph.ontology.load import ROOT, Version, read_toml, versions

__all__ = ["Entry", "Family", "Frame", "Lexicon", "load_lexicon", "read_lexicon", "read_lexicon_file"]

_STRICT = ConfigDict(extra="forbid", populate_by_name=True)
_MODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_REMEDY = "see docs/reading.md for the fields of a family"


@dataclass(frozen=True, slots=True)
class Frame:
    """Which slots hold which role, and what holds it `otherwise` (see the head of frames.toml)."""

    __pydantic_config__ = _STRICT
    id: str
    note: str
    roles: dict[str, tuple[str, ...]]
    otherwise: dict[str, Literal["content", "object", "from"]] = field(default_factory=dict)
    actor_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _FrameFile:
    __pydantic_config__ = _STRICT
    frame: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Words that share a class, a mode, a frame and the same conditions.

    Attributes
    ----------
    needs : at least one of these slots must be filled
    actor_in : at least one of these slots must hold an actor (of the frame's, if empty)
    without : none of these slots may be filled
    abroad : the agent must be in a town or seat of another state ("spoke in Paris" tells that he was there)
    object : if given, the object's head must be one of these lemmas
    carried_by : if given, the verb that carries the noun must be one of these lemmas
    stative : the present tense tells of a state (ongoing), not of an act
    modal_content : what is said in the content must be a demand ("must", "should", subjunctive)
    distributive : several counterparts or hosts under one verb make several events
    words : word or words (a verb with its particle, a noun with what stands before it) -> example
    """

    __pydantic_config__ = _STRICT
    id: str
    event_class: Annotated[str, Field(alias="class")]
    mode: str
    pos: Literal["verb", "noun"]
    frame: str
    words: dict[str, str]
    needs: tuple[str, ...] = ()
    actor_in: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    carried_by: frozenset[str] = frozenset()
    abroad: bool = False
    stative: bool = False
    modal_content: bool = False
    distributive: bool = False


@dataclass(frozen=True, slots=True)
class _Families:
    __pydantic_config__ = _STRICT
    family: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a family, with the family's settings; `own` is one of a user's file."""

    id: str
    word: str
    family: Family
    frame: Frame
    example: str
    own: bool = False

    @property
    def head(self) -> str:
        """The lemma that is looked up: a verb's first word, a noun's last (before "of")."""
        return _parts(self.word, self.family.pos)[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The words that must stand with the head: a particle, or what precedes the noun or follows "of"."""
        return _parts(self.word, self.family.pos)[1]

    @property
    def weight(self) -> tuple[int, int]:
        """How much an entry asks for; the one that asks most is tried first."""
        f = self.family
        return len(self.word.split()), bool(f.object or f.carried_by) * 2 + bool(f.needs) + bool(f.actor_in) + bool(
            f.without
        ) - f.abroad


@cache
def _parts(word: str, pos: str) -> tuple[str, tuple[str, ...]]:
    """The head of an entry, and its other words."""
    words = word.replace("-", " ").replace(" of ", " ").split()
    head = words[0] if pos == "verb" else word.split(" of ", maxsplit=1)[0].replace("-", " ").split()[-1]
    words.remove(head)
    return head, tuple(words)


class Lexicon:
    """Entries by the lemma of their head: a verb's first word, a noun's last.

    Attributes
    ----------
    entries : all of them
    own : those of a user, by id
    idioms : ids of those of several words: a phrase ("hold talks"), or a verb with its object ("claim responsibility")
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.own = {entry.id: entry for entry in self.entries if entry.own}
        self.idioms = frozenset(e.id for e in self.entries if e.family.object or " " in e.word)
        table: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            table[entry.family.pos, entry.head].append(entry)
            if "-" in entry.word:
                table[entry.family.pos, entry.word].append(entry)  # where the tokeniser keeps it whole
        self._table = {k: tuple(sorted(v, key=lambda e: (e.own, e.weight), reverse=True)) for k, v in table.items()}

    def candidates(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        """Return the entries of a head word ("verb" or "noun"): a user's before ours, the most specific first."""
        return self._table.get((pos, lemma), ())


def read_lexicon(folder: Path) -> Lexicon:
    """Read frames.toml and the families of a folder.

    Raises
    ------
    OntologyError
        If a file breaks the schema, an id is used twice or a frame does not exist.
    """
    frames = {f.id: f for f in read_toml(folder / "frames.toml", _FrameFile).frame}
    entries: list[Entry] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        if path.name == "frames.toml":
            continue
        for family in read_toml(path, _Families).family:
            if family.id in seen:
                raise OntologyError(
                    f"{path}: family {family.id!r} is there twice", remedy="give each family its own id"
                )
            if family.frame not in frames:
                raise OntologyError(
                    f"{path}: family {family.id!r}: unknown frame {family.frame!r}",
                    remedy=f"use one of {', '.join(frames)}",
                )
            seen.add(family.id)
            entries += _entries(family, frames[family.frame])
    return Lexicon(entries)


def _entries(family: Family, frame: Frame, *, own: bool = False) -> Iterator[Entry]:
    for word, example in family.words.items():
        yield Entry(f"{family.id}:{word.replace(' ', '_')}", word, family, frame, example, own)


def read_lexicon_file(path: Path, ours: Lexicon) -> list[Entry]:
    """Read a user's families of words; their classes and frames are those of our lexicon, their modes any.

    Raises
    ------
    InputError
        If the file cannot be read, or a family has a fault.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check the path") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}", remedy="save the file as UTF-8 TOML") from None
    families = data.pop("family", None)
    if not isinstance(families, list) or data:
        fault = f"{next(iter(data))!r} is no family" if data else "there is no family"
        raise InputError(f"{path}: {fault}", remedy="begin each family with [[family]]")
    frames = {entry.frame.id: entry.frame for entry in ours.entries}
    classes = dict.fromkeys(entry.family.event_class for entry in ours.entries)
    entries: list[Entry] = []
    seen: set[str] = set()
    for number, given in enumerate(families, 1):
        where = f"{path}, family {given.get('id') or number if isinstance(given, dict) else number}"
        family = _checked(given, where, classes, frames)
        if family.id in seen:
            raise InputError(f"{where}: it is there twice", remedy="give each family its own id")
        seen.add(family.id)
        entries += _entries(family, frames[family.frame], own=True)
    return entries


def _checked(given: Any, where: str, classes: Iterable[str], frames: Iterable[str]) -> Family:
    """A family of a user, if all in it can be used."""
    try:
        family = TypeAdapter(Family).validate_python(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{where}: {name}: {first['msg']}", remedy=_REMEDY) from None
    for value, what, known in ((family.event_class, "class", classes), (family.frame, "frame", frames)):
        if value not in known:
            raise InputError(f"{where}: {value!r} is no {what}", remedy=f"write one of {', '.join(sorted(known))}")
    if not _MODE.fullmatch(family.mode):
        raise InputError(f"{where}: {family.mode!r} is no mode", remedy="write small letters, with _ between words")
    if not family.id or not family.words:
        raise InputError(f"{where}: {'there are no words' if family.id else 'the id is empty'}", remedy=_REMEDY)
    for word in family.words:
        if not word or word != " ".join(word.lower().split()):
            remedy = "write it in small letters and in its dictionary form, with one space between words"
            raise InputError(f"{where}: {word!r} is no word to look for", remedy=remedy)
    return family


def load_lexicon(files: Sequence[str | Path] = ()) -> Lexicon:
    """Return the bundled lexicon, with a user's own words beside it; each is read once per process.

    An entry with the id (family and word) of an earlier one takes its place.

    Raises
    ------
    InputError
        If a file cannot be read or has a fault.
    """
    return _load(versions(files))


@lru_cache(maxsize=8)
def _load(files: tuple[Version, ...]) -> Lexicon:
    if not files:
        return read_lexicon(ROOT / "lexicon")
    ours = load_lexicon()
    own = {entry.id: entry for path, _ in files for entry in read_lexicon_file(path, ours)}
    return Lexicon([*own.values(), *(entry for entry in ours.entries if entry.id not in own)])
