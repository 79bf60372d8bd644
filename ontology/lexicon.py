"""The event lexicon: which words tell of which events, and who takes part in what role.

Data: lexicon/frames.toml (how grammar maps to roles) and the families of words in the other files
of lexicon/. Each word has an example sentence, which is also a test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from diplograph.errors import OntologyError
from diplograph.ontology.load import ROOT, read_toml

__all__ = ["Entry", "Family", "Frame", "Lexicon", "load_lexicon", "read_lexicon"]

_STRICT = ConfigDict(extra="forbid", populate_by_name=True)


@dataclass(frozen=True, slots=True)
class Frame:
    """Which slots hold which role, and what holds it `otherwise` (see the head of frames.toml)."""

    __pydantic_config__ = _STRICT
    id: str
    note: str
    roles: dict[str, tuple[str, ...]]
    otherwise: dict[str, Literal["content"]] = field(default_factory=dict)
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
    """One word of a family, with the family's settings."""

    id: str
    word: str
    family: Family
    frame: Frame
    example: str

    @property
    def head(self) -> str:
        """The lemma that is looked up: a verb's first word, a noun's last (before "of")."""
        if self.family.pos == "verb":
            return self.word.split()[0]
        return self.word.split(" of ")[0].replace("-", " ").split()[-1]

    @property
    def others(self) -> tuple[str, ...]:
        """The words that must stand with the head: a particle, or what precedes the noun or follows "of"."""
        words = self.word.replace("-", " ").replace(" of ", " ").split()
        words.remove(self.head)
        return tuple(words)

    @property
    def weight(self) -> tuple[int, int]:
        """How much an entry asks for; the one that asks most is tried first."""
        f = self.family
        return len(self.word.split()), bool(f.object or f.carried_by) * 2 + bool(f.needs) + bool(f.actor_in) + bool(
            f.without
        ) - f.abroad


class Lexicon:
    """Entries by the lemma of their head: a verb's first word, a noun's last."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        table: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            table[entry.family.pos, entry.head].append(entry)
            if "-" in entry.word:
                table[entry.family.pos, entry.word].append(entry)  # where the tokeniser keeps it whole
        self._table = {k: tuple(sorted(v, key=lambda e: e.weight, reverse=True)) for k, v in table.items()}

    def candidates(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        """Return the entries of a head word ("verb" or "noun"), the most specific first."""
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
            for word, example in family.words.items():
                key = f"{family.id}:{word.replace(' ', '_')}"
                entries.append(Entry(key, word, family, frames[family.frame], example))
    return Lexicon(entries)


@cache
def load_lexicon() -> Lexicon:
    """Return the bundled lexicon (read once per process)."""
    return read_lexicon(ROOT / "lexicon")
