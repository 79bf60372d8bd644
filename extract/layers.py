"""What the components leave on a Doc: frozen objects in ``doc._.diplo_*``.

Positions are token indices of the Doc, half-open. The objects survive spaCy's serialisation
(``Doc.to_bytes``, ``DocBin``, ``nlp.pipe(n_process=2)``) by an encoder registered with srsly.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Token
from srsly.msgpack import msgpack_decoders, msgpack_encoders

__all__ = [
    "ACTING",
    "READER",
    "Cast",
    "EventMention",
    "Evidence",
    "Member",
    "Mention",
    "Proposal",
    "ProposedRole",
    "Quotation",
    "Role",
    "TimeMention",
    "TripleArgument",
    "TripleMention",
    "register",
    "root_of",
]


@dataclass(frozen=True, slots=True)
class Member:
    """An actor (or a mere place) of this document.

    Attributes
    ----------
    id : id of the actor table, or one made from the name
    name : fullest name known, without titles
    kind : person, state, organisation, group, region, place
    country : ISO 3166-1 alpha-3, or None
    offices : offices that the text or the table gives the person
    groups : what the person counts as: diplomat, leader, minister ...
    known : whether the id is one of the actor table
    unnamed : whether it is a group that the text only describes ("protesters"), another one in another text
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    wikidata: str | None = None
    offices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    known: bool = False
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or means one actor or several.

    Attributes
    ----------
    start, end : tokens of the name itself
    left, right : the same with titles and appositions ("U.S. Secretary of State Marco Rubio")
    members : ids of the actors; empty where it is not known who is meant
    form : name, nominal or pronoun
    use : name, adjective, people, capital, seat, former, place ... for names of the actor table
    """

    start: int
    end: int
    left: int
    right: int
    members: tuple[str, ...]
    form: str = "name"
    use: str = "name"


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of a document and where they are mentioned, in the order of the text."""

    members: dict[str, Member] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()

    def at(self, token: int) -> Mention | None:
        """Return the mention whose name covers a token, else the one whose title does."""
        around = None
        for mention in self.mentions:
            if mention.start <= token < mention.end:
                return mention
            if mention.left <= token < mention.right and around is None:
                around = mention
            if mention.left > token:
                break
        return around


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens [start, end) inside quotation marks; `speaker` is the head of the speaker's phrase, -1 if unknown."""

    start: int
    end: int
    speaker: int = -1

    def __contains__(self, token: int) -> bool:
        return self.start <= token < self.end


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression; `value` is ISO 8601 (date, month, year, interval) or None."""

    start: int
    end: int
    value: str | None

    def is_over(self, day: str | None) -> bool:
        """Say whether all of it is before the day (or month, or year) of a document; both ISO 8601.

        >>> TimeMention(0, 1, "2025-08").is_over("2025-10-17"), TimeMention(0, 1, "2025-10").is_over("2025-10-17")
        (True, False)
        """
        last = (self.value or "").rpartition("/")[2]
        return bool(last and day) and last < (day or "")[: len(last)]


READER = "reader"
"""What stands for the id of a lexicon entry or rule where the trained reader decided."""


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """A word that the trained reader takes for an agent, other, place, time or source of an event."""

    token: int
    role: str
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the trained reader sees at a word: the probability of each event class and of each status.

    The probabilities of the classes sum up to that of an event at all; `mode` is that of the best class.
    """

    token: int
    classes: dict[str, float]
    statuses: dict[str, float]
    mode: str | None
    roles: tuple[ProposedRole, ...]


ACTING = frozenset({"agent", "mediator"})
"""Roles of those who act; the others are those acted upon or with."""


@dataclass(frozen=True, slots=True)
class Role:
    """An actor in an event: `tokens` is the phrase that names him here, None if taken over from elsewhere.

    `confidence` is the probability that he takes part in the event, if it is one; None where nobody weighed it.
    """

    member: str
    role: str
    tokens: tuple[int, int] | None
    confidence: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One step that led to a status: which rule, at which tokens."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as one sentence tells it; the components fill it in step by step.

    `entry` is the id of the lexicon entry that found it, "reader" if the trained reader did; `proposal` is
    what the trained reader says of it, if it says anything. `moved` says that the text tells of another date than
    the one that it was planned for.
    """

    trigger: tuple[int, int]
    head: int
    event_class: str
    mode: str | None
    entry: str
    roles: tuple[Role, ...] = ()
    place: str | None = None
    place_tokens: tuple[int, int] | None = None
    time: TimeMention | None = None
    was: str | None = None
    status: str = "occurred"
    evidence: tuple[Evidence, ...] = ()
    source: str | None = None
    source_tokens: tuple[int, int] | None = None
    source_member: str | None = None
    event: int = -1
    content_of: int | None = None
    confidence: float | None = None
    proposal: Proposal | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class TripleArgument:
    """A phrase in a triple: `role` is "object", "content", "clause", "time" or a preposition.

    `tokens` is the whole phrase, `core` its head with what it cannot do without.
    """

    role: str
    tokens: tuple[int, int]
    core: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TripleMention:
    """Subject, relation, object as one proposition states them.

    Attributes
    ----------
    head : the predicate
    kind : the construction (see `extract.triples.propositions`)
    relation, lemma : the words of the relation as written, and normalised
    implied : the lemma of the relation that the text leaves out, or ""
    arguments : what is said besides
    negated, modality : "not", and would, may, if ...; what is not simply asserted
    source : the phrase of whom the text makes responsible
    marks : what its confidence depends on (ontology/triples.toml)
    confidence : probability that the sentence says so
    """

    head: int
    kind: str
    subject: TripleArgument
    relation: str
    lemma: str
    object: TripleArgument
    arguments: tuple[TripleArgument, ...] = ()
    implied: str = ""
    negated: bool = False
    modality: str | None = None
    source: tuple[int, int] | None = None
    marks: tuple[str, ...] = ()
    confidence: float = 0.5


_TYPES: dict[str, type[Any]] = {
    t.__name__: t
    for t in (
        *(Member, Mention, Cast, Quotation, TimeMention, ProposedRole, Proposal, Role, Evidence),
        *(EventMention, TripleArgument, TripleMention),
    )
}
_MARK = "__diplograph__"


def register(name: str, default: Any = None) -> None:
    """Register a Doc extension once; never over somebody else's."""
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=default)


def root_of(doc: Doc, tokens: tuple[int, int]) -> Token:
    """Return the word at token positions that the others there depend on."""
    start, end = tokens
    return doc[start] if end == start + 1 else doc[start:end].root


def _encode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    name = type(obj).__name__
    if _TYPES.get(name) is type(obj):
        return {_MARK: name, "fields": [getattr(obj, f.name) for f in dataclasses.fields(obj)]}
    return obj if chain is None else chain(obj)


def _decode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(obj, dict) and _MARK in obj:
        return _TYPES[obj[_MARK]](*(tuple(v) if isinstance(v, list) else v for v in obj["fields"]))
    return obj if chain is None else chain(obj)


msgpack_encoders.register("diplograph", func=_encode)
msgpack_decoders.register("diplograph", func=_decode)
