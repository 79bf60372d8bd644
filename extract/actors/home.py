"""At home: the state whose police, army or government is meant where the text does not say whose.

"In Peru, police arrest ...", "Soldiers fire on the crowd in Lima, Peru. The government denies it": what is
called by its office alone ("the Ministry of Defence" too) belongs to the state where the text is. That is
the one state in which the sentence, else one of the two before it, places what it tells of; else the only
state that the text names, or whose people it names. Where there are several, none is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from diplograph.extract.clauses import case_of
from diplograph.extract.layers import Cast, Member, Mention
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.titles import Collectives

__all__ = ["Home"]

_WHERE = {"in", "at", "near", "across", "throughout", "inside", "within", "around", "off", "outside", "over", "on"}
_PART_OF_PLACE = {"appos", "conj", "flat", "nmod:desc", "nmod:unmarked", "list", "dep", "compound"}
_PLACED = {"state", "territory", "place", "region"}
_BACK = 2
"""Sentences back that a place may hold for."""


class Home:
    """Finds the state of organs that nobody is said to own, in one document."""

    def __init__(self, doc: Doc, cast: Cast, table: ActorTable, collectives: Collectives) -> None:
        self.doc, self.cast, self.table, self.collectives = doc, cast, table, collectives
        self._states: list[set[str]] | None = None
        self._named: set[str] = set()
        self._meant: set[str] = set()

    def is_bare(self, token: Token) -> bool:
        """Say whether a noun is that of an organ, with no word before it that says whose, or that it is another's."""
        if token.lemma_.lower() not in self.collectives.homes and token.lower_ not in self.collectives.homes:
            return False
        telling = (
            c for c in token.children if c.dep_ in {"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat"}
        )
        return all(
            c.lower_ in self.collectives.home_words or (c.dep_ == "nmod" and case_of(c) in _WHERE) for c in telling
        )

    def is_bare_name(self, mention: Mention) -> bool:
        """Say whether a name is but that of an office: "the Ministry of Defence", "Parliament"."""
        member = self.cast.members[mention.members[0]]
        if mention.form != "name" or member.kind != "organisation" or member.known or member.country:
            return False
        words = {t.lower_ for t in self.doc[mention.start : mention.end]} - {"of", "the", "and", "for"}
        offices = self.collectives.homes | self.collectives.offices
        return bool(words & offices) and words <= offices | self.collectives.home_words

    def owned(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Yield mentions, the bare names of offices as those of the state where the text is."""
        numbers = {s.start: n for n, s in enumerate(self.doc.sents)}
        for mention in mentions:
            state = self.of(numbers[self.doc[mention.start].sent.start]) if self.is_bare_name(mention) else None
            yield replace(mention, members=(state,), form="nominal") if state else mention

    def of(self, number: int) -> str | None:
        """Return the state (a member, added if need be) where sentence `number` is; None if it cannot be told."""
        places = self._read()
        near = next((p for p in reversed(places[max(0, number - _BACK) : number + 1]) if p), self._named or self._meant)
        entry = self.table.state(next(iter(near))) if len(near) == 1 else None
        if entry is None:
            return None
        member = Member(entry.id, entry.name, entry.kind, entry.country, entry.wikidata, known=True)
        self.cast.members.setdefault(entry.id, member)
        return entry.id

    def _read(self) -> list[set[str]]:
        """The countries that each sentence places something in; notes the states named anywhere."""
        if self._states is None:
            doc, cast = self.doc, self.cast
            found = {sentence.start: set[str]() for sentence in doc.sents}
            for mention in cast.mentions:
                member = cast.members[mention.members[0]]
                if mention.form != "name" or not member.country:
                    continue
                self._meant.add(member.country)
                if member.kind not in _PLACED:
                    continue
                if mention.use not in {"adjective", "people"}:
                    self._named.add(member.country)
                if self._is_where(mention):
                    found[doc[mention.start].sent.start].add(member.country)
            self._states = list(found.values())
        return self._states

    def _is_where(self, mention: Mention) -> bool:
        """Say whether a name tells where: "in Lima, Peru", "in the Peruvian town of Puno"."""
        token = self.doc[mention.start : mention.end].root
        if mention.use in {"adjective", "people"} or token.dep_ in {"amod", "nmod:poss"}:
            if token.head.lemma_.lower() not in self.collectives.areas:
                return False
            token = token.head
        for _ in range(len(_PART_OF_PLACE)):
            if case := case_of(token):
                if case == "of" and token.head.lemma_.lower() in self.collectives.areas:
                    token = token.head
                    continue
                return case in _WHERE
            if token.dep_ not in _PART_OF_PLACE or token.head == token:
                return False
            token = token.head
        return False
