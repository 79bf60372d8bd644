"""The part of a record that holds triples: subject, relation, object (see `records`)."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ConfigDict

__all__ = ["Argument", "Relation", "RoleArgument", "Span", "Triple"]

Span = tuple[int, int]
"""[begin, end) in characters of the record's text."""

_STRICT = ConfigDict(extra="forbid", populate_by_name=True)


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase in a triple, and the actor it names, if it names one.

    `core` are the offsets of its head with what it cannot do without ("shares of MiniScribe common stock").
    """

    __pydantic_config__ = _STRICT
    text: str
    begin: int
    end: int
    actor: str | None = None
    core: Span | None = None

    @property
    def short(self) -> str:
        """The words of the core."""
        return self.text if self.core is None else self.text[self.core[0] - self.begin : self.core[1] - self.begin]


@dataclass(frozen=True, slots=True)
class RoleArgument:
    """A further argument of a triple: `role` is its preposition, or object, content, clause or time."""

    __pydantic_config__ = _STRICT
    role: str
    text: str
    begin: int
    end: int
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """The relation of a triple: as written, and normalised (lemma, with its preposition).

    `implied` is the verb that the text leaves out: "be" in "the organ built by X" and "X, the minister", "have" in
    "X's embassy".
    """

    __pydantic_config__ = _STRICT
    text: str
    lemma: str
    implied: str | None = None


@dataclass(frozen=True, slots=True)
class Triple:
    """Subject, relation, object as one proposition states them; `kind` is its construction (verb, title ...)."""

    __pydantic_config__ = _STRICT
    id: str
    subject: Argument
    relation: Relation
    object: Argument
    arguments: tuple[RoleArgument, ...] = ()
    negated: bool = False
    modality: str | None = None
    attributed_to: str | None = None
    sentence: Span = (0, 0)
    confidence: float | None = None
    kind: str | None = None
