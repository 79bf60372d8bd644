"""Who was named where so far: the memory of a resolver that walks through a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from diplograph.extract.grammar.relations import first_conjunct, relation
from diplograph.extract.layers import Cast, Member, Mention, Quotation
from diplograph.ontology.names import fold_words

__all__ = ["BODIES", "Discourse", "Fits", "Seen", "has_ranks", "is_body", "is_body_of_state", "is_person"]

BODIES = {"state", "territory", "organisation", "group", "region"}
"""Kinds of actors that are no persons."""

REACH = 4
"""Sentences back that a pronoun or a pair may reach."""


Fits = Callable[[Member], bool]


def is_body(member: Member) -> bool:
    """Say whether an actor is a state, an organisation or another body."""
    return member.kind in BODIES


def is_body_of_state(member: Member) -> bool:
    """Say whether an actor is an organisation of a state, not the state itself, nor one of several."""
    return member.kind == "organisation" and member.country not in {None, "EUU"}


def is_person(member: Member) -> bool:
    """Say whether an actor is a person."""
    return member.kind == "person"


def has_ranks(member: Member) -> bool:
    """Say whether people may be those of an actor: an organisation, or a group of the table (no people, no creed)."""
    return member.kind == "organisation" or (member.kind == "group" and member.known)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody named or meant at a token."""

    members: tuple[str, ...]
    token: int
    sentence: int
    subject: bool


class Discourse:
    """Remembers who was named or meant, in the order of the text."""

    def __init__(self, doc: Doc, cast: Cast, quotations: tuple[Quotation, ...]) -> None:
        self.doc, self.cast, self.quotations = doc, cast, quotations
        self.folded = fold_words(t.lower_ for t in doc)
        self.lemmas = fold_words(t.lemma_.lower() for t in doc)
        self.seen: list[Seen] = []
        self._at: dict[int, Mention] = {}
        for mention in cast.mentions:
            for i in range(mention.left, mention.right):
                self._at.setdefault(i, mention)
        for mention in cast.mentions:
            for i in range(mention.start, mention.end):
                self._at[i] = mention

    def mention(self, i: int) -> Mention | None:
        """Return the mention at a token, titles included."""
        return self._at.get(i)

    def member(self, key: str) -> Member:
        """Return an actor by its id."""
        return self.cast.members[key]

    def note(self, mention: Mention, token: Token, sentence: int) -> None:
        """Remember a mention whose head is `token`."""
        self._at.setdefault(token.i, mention)
        if mention.members:
            subject = relation(first_conjunct(token)) in {"nsubj", "csubj"}
            self.seen.append(Seen(mention.members, token.i, sentence, subject))

    def quotation(self, token: Token) -> Quotation | None:
        """Return the quotation that a token stands in."""
        return next((q for q in self.quotations if token.i in q), None)

    def speaker(self, token: Token) -> str | None:
        """Return the actor who says the words that a token stands in."""
        quotation = self.quotation(token)
        if quotation is None or quotation.speaker < 0:
            return None
        mention = self.mention(quotation.speaker)
        return mention.members[0] if mention and mention.members else None

    def in_what_says(self, speaker: Token, named: int) -> bool:
        """Say whether somebody is named in the very words that `speaker` says: he speaks of another."""
        return any(q.speaker == speaker.i and named in q for q in self.quotations)

    def coordinated(self, i: int) -> tuple[str, ...]:
        """Return all actors of the coordination that a token stands in."""
        token = first_conjunct(self.doc[i])
        members: list[str] = []
        for part in [token, *token.conjuncts]:
            if mention := self._at.get(part.i):
                members += [m for m in mention.members if m not in members]
        return tuple(members)

    def pair(self, sentence: int, fits: Fits, *, reach: int = REACH, apart: bool = False) -> tuple[str, ...]:
        """Return the last two actors named together that fit; else the last two that fit (`apart`: of two states)."""
        single: list[str] = []
        for seen in reversed(self.seen):
            if sentence - seen.sentence > reach:
                break
            joined = seen.members if len(seen.members) > 1 else self.coordinated(seen.token)
            if len(joined) == 2 and all(fits(self.member(k)) for k in joined):
                return joined
            single += [k for k in seen.members if fits(self.member(k)) and not self._counted(k, single, apart)]
        return tuple(reversed(single[:2])) if len(single) > 1 else ()

    def _counted(self, key: str, held: list[str], apart: bool) -> bool:
        country = self.member(key).country
        return key in held or (apart and country is not None and country in {self.member(k).country for k in held})

    def latest(self, sentence: int, fits: Fits, *, reach: int = 1) -> tuple[str, ...]:
        """Return the last actor that fits, of this sentence or `reach` sentences before."""
        for seen in reversed(self.seen):
            if sentence - seen.sentence > reach:
                break
            if len(seen.members) == 1 and fits(self.member(seen.members[0])):
                return seen.members
        return ()

    def main_body(self) -> tuple[str, ...]:
        """Return the state or organisation that was the subject most often."""
        subjects = Counter(
            s.members[0]
            for s in self.seen
            if s.subject and len(s.members) == 1 and self.member(s.members[0]).kind in BODIES
        )
        return (subjects.most_common(1)[0][0],) if subjects else ()

    def represented(self, key: str) -> tuple[str, ...]:
        """Return the state or organisation that a person speaks for; others speak for themselves."""
        member = self.member(key)
        if member.kind != "person":
            return (key,)
        for other in self.cast.members.values():
            if member.country and other.country == member.country and other.kind in {"state", "organisation"}:
                return (other.id,)
        return (key,)
