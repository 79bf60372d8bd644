"""At home: the state whose police, army or government is meant where the text does not say whose.

"In Peru, police arrest ...", "Soldiers fire on the crowd in Lima, Peru. The government denies it": what is
called by its office alone ("the Ministry of Defence" too) belongs to the state where the text is. That is
the one state in which the sentence, else one of the two before it, places what it tells of. Of a sentence
before, it is the only state that is named otherwise, if there is one: the government of "Sudan met the rebels
in Geneva" is Sudan's. Else it is the only state that the text names, or whose people it names. Where there
are several, none is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from diplograph.extract.actors.discourse import is_body
from diplograph.extract.grammar.relations import case_of, first_conjunct, relation
from diplograph.extract.layers import Cast, Member, Mention, root_of
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.names import fold
from diplograph.ontology.titles import Collectives

__all__ = ["Home"]

_WHERE = {"in", "at", "near", "across", "throughout", "inside", "within", "around", "off", "outside", "over", "on"}
_PART_OF_PLACE = {"appos", "conj", "flat", "nmod:desc", "nmod:unmarked", "list", "dep", "compound"}
_OWNERS = {"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat"}
_PLACED = {"state", "territory", "place", "region"}
_LINKS = {"of", "the", "and", "for"}
_BACK = 2
"""Sentences back that a place may hold for."""


@dataclass(slots=True)
class _Named:
    """Countries that a sentence names: as where something is, as who acts, as anybody else (and bodies of none)."""

    places: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


class Home:
    """Finds the state of organs that nobody is said to own, in one document."""

    def __init__(self, doc: Doc, cast: Cast, table: ActorTable, collectives: Collectives) -> None:
        self.doc, self.cast, self.table, self.collectives = doc, cast, table, collectives
        self._sentences: list[_Named] | None = None
        self._named: set[str] = set()
        self._meant: set[str] = set()

    def is_bare(self, token: Token) -> bool:
        """Say whether a noun is that of an organ, with no word before it that says whose, or that it is another's."""
        names = {token.lemma_.lower(), token.lower_} & self.collectives.homes
        if not names or (names & self.collectives.seated and not self._has_seat(token)):
            return False
        telling = (c for c in token.children if c.dep_ in _OWNERS)
        return all(
            c.lower_ in self.collectives.home_words or (c.dep_ == "nmod" and case_of(c) in _WHERE) for c in telling
        )

    @staticmethod
    def _has_seat(token: Token) -> bool:
        """Say whether a noun is followed by its place: "a court in Accra"; that in The Hague may be anybody's."""
        return any(c.dep_ == "nmod" and case_of(c) in _WHERE for c in token.children)

    def owned(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Yield mentions, the bare names of offices as those of the state where the text is."""
        numbers = {s.start: n for n, s in enumerate(self.doc.sents)}
        for mention in mentions:
            state = self.of(numbers[self.doc[mention.start].sent.start]) if self._is_bare_name(mention) else None
            yield replace(mention, members=(state,), form="nominal") if state else mention

    def _is_bare_name(self, mention: Mention) -> bool:
        """Say whether a name is but that of an office, and of none that the text names in full."""
        member = self.cast.members[mention.members[0]]
        if mention.form != "name" or member.kind != "organisation" or member.known or member.country:
            return False
        words = {t.lower_ for t in self.doc[mention.start : mention.end]} - _LINKS
        offices = self.collectives.homes | self.collectives.offices
        if (
            words <= self.collectives.seated
            or not words & offices
            or not words <= offices | self.collectives.home_words
        ):
            return False
        full = (set(fold(m.name).split()) - _LINKS for m in self.cast.members.values() if m.kind == "organisation")
        return not any(words < names for names in full)

    def of(self, number: int) -> str | None:
        """Return the state (a member, added if need be) where sentence `number` is; None if it cannot be told."""
        country = self._country(number)
        entry = self.table.state(country) if country else None
        if entry is None:
            return None
        member = Member(entry.id, entry.name, entry.kind, entry.country, entry.wikidata, known=True)
        self.cast.members.setdefault(entry.id, member)
        return entry.id

    def _country(self, number: int) -> str | None:
        sentences = self._read()
        if places := sentences[number].places:
            return _only(places) if sentences[number].subjects <= places else None
        before = sentences[max(0, number - _BACK) : number]
        near = next((s.places for s in reversed(before) if s.places), None)
        if near is None:
            return _only(self._named or self._meant)
        others = {c for s in before for c in s.subjects | s.others} - near
        return _only(others or near)

    def _read(self) -> list[_Named]:
        """What each sentence names; notes the states named anywhere."""
        if self._sentences is None:
            found = {sentence.start: _Named() for sentence in self.doc.sents}
            for mention in self.cast.mentions:
                member = self.cast.members[mention.members[0]]
                sentence = found[self.doc[mention.start].sent.start]
                if mention.form == "name" and member.country is None and member.known and is_body(member):
                    sentence.others.add(member.id)  # NATO's troops may be meant
                if mention.form != "name" or not member.country:
                    continue
                self._meant.add(member.country)
                if member.kind not in _PLACED:
                    continue
                adjective = mention.use in {"adjective", "people"}
                if not adjective:
                    self._named.add(member.country)
                if self._is_where(mention):
                    sentence.places.add(member.country)
                elif self._acts(mention, adjective=adjective):
                    sentence.subjects.add(member.country)
                elif not adjective:
                    sentence.others.add(member.country)
            self._sentences = list(found.values())
        return self._sentences

    def _acts(self, mention: Mention, *, adjective: bool) -> bool:
        """Say whether a state or one of its organs is the subject: "Israeli forces say that soldiers shot ..."."""
        token = root_of(self.doc, (mention.start, mention.end))
        if adjective:
            token = token.head
            tells = any(c.dep_ == "ccomp" for c in first_conjunct(token).head.children)
            if token.lemma_.lower() not in self.collectives.organs or not tells:
                return False
        return relation(first_conjunct(token)) == "nsubj"

    def _is_where(self, mention: Mention) -> bool:
        """Say whether a name tells where: "in Lima, Peru", "in the Peruvian town of Puno"."""
        token = root_of(self.doc, (mention.start, mention.end))
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


def _only(countries: set[str]) -> str | None:
    """The country, if it is one."""
    return next(iter(countries)) if len(countries) == 1 else None
