"""Role nouns and "the two sides": nouns that mean actors named before, or who holds an office on the day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Span, Token

from diplograph.extract.actors.cast import member_of
from diplograph.extract.actors.discourse import BODIES, REACH, Discourse, has_ranks, is_body_of_state, is_person
from diplograph.extract.actors.home import Home
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import OWNING, case_of, expand, first_conjunct, owner_of, relation
from diplograph.extract.layers import Member, Mention
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.names import fold
from diplograph.ontology.titles import Collectives, Title, Titles

__all__ = ["RoleNouns"]

_DEFINITE = {"the", "both", "these", "those", "that", "this", "two", "his", "her", "their", "its"}
_MODIFIERS = {"amod", "compound", "nmod:poss", "nmod:desc"}


class RoleNouns:
    """Resolves the nouns of one document against its discourse."""

    def __init__(
        self, discourse: Discourse, home: Home, table: ActorTable, titles: Titles, collectives: Collectives
    ) -> None:
        self.discourse, self.home, self.table = discourse, home, table
        self.titles, self.collectives = titles, collectives
        self.folded, self.lemmas = discourse.folded, discourse.lemmas

    def resolve(self, token: Token, number: int) -> Mention | None:
        """Return whom a noun of sentence `number` means; None when nobody fits."""
        if token.pos_ not in {"NOUN", "PROPN", "NUM"} or token.dep_ in {"compound", "flat", "nmod:desc"}:
            return self._before_noun(token, number)
        before = {c.lower_ for c in token.children if c.i < token.i}
        if "as" in before and token.dep_ != "conj" and self.titles.ending_at(self.folded, token.i + 1):
            return None  # "resigns as the vice president" is nobody else
        definite = bool(before & _DEFINITE)
        end = token.i + 1
        plural = self.titles.plural_ending_at(self.folded, end)
        singular = None if plural else self._title(token)
        members: tuple[str, ...] = ()
        if plural and (definite or _are_two(token, before)) and not self._of_country(token):
            groups = set(plural[1].group)
            members = self.discourse.pair(number, lambda m: m.kind == "person" and groups <= set(m.groups))
        elif self.lemmas[token.i] in self.collectives.states and _are_two(token, before):
            members = self.discourse.pair(number, lambda m: m.kind in BODIES or m.kind == "person", apart=True)
            mixed = len({is_person(self.discourse.member(m)) for m in members}) > 1  # sides are of one kind
            if mixed or self.lemmas[token.i] in {"country", "nation", "state", "government", "capital", "power"}:
                members = tuple(s for m in members for s in self.discourse.represented(m))
        elif token.lower_ in self.collectives.persons and (
            _are_two(token, before) or (definite and token.lower_ in {"pair", "duo", "two"})
        ):
            members = self.discourse.pair(number, is_person)
        elif singular and singular[1].group:
            members = self._holder(token, singular[1], number, definite)
        elif definite and self.lemmas[token.i] in {"country", "nation", "kingdom", "republic"} and "two" not in before:
            owner = self._possessor(token)
            members = (
                self.discourse.represented(owner)
                if owner
                else self.discourse.latest(number, lambda m: m.kind == "state")
            )
        elif definite and (found := self._called(token, number)):
            members = found
        elif definite and (found := self._again(token, number) or self._ranks(token, number)):
            members = found
        elif definite and self.lemmas[token.i] in {"bloc", "alliance", "organisation", "organization", "group", "body"}:
            members = self.discourse.latest(number, lambda m: m.kind in {"organisation", "group"})
        elif self.lemmas[token.i] in self.collectives.organs:
            members = self._under_arms(token) or self._owning(token, number)
        if not members:
            return None
        span = self._phrase(token)
        return Mention(span.start, span.end, span.start, span.end, members, form="nominal")

    def _title(self, token: Token) -> tuple[int, Title] | None:
        """The title that a noun ends, with the portfolio behind it: "Minister of Foreign Affairs"."""
        short = self.titles.ending_at(self.folded, token.i + 1)
        if short is None or not {"of", "for"}.isdisjoint(self.folded[short[0] : token.i]):
            return None
        begin, title = self.titles.starting_at(self.folded, short[0]) or (token.i + 1, short[1])
        if self.folded[short[0] - 1 : short[0]] and self.folded[short[0] - 1] in self.collectives.under:
            title = replace(title, office=None)  # the deputy minister of defence
        if self.folded[begin : begin + 1] == ["for"] and "foreign" not in self.folded[begin : begin + 4]:
            title = replace(title, office=None, state=None)  # the Secretary of State for Trade
        return short[0], title

    def _before_noun(self, token: Token, number: int) -> Mention | None:
        """Whose organ is named before a noun: "a Jamaican police operation", "an army raid near Lima, Peru"."""
        if token.dep_ != "compound" or token.pos_ != "NOUN" or self.lemmas[token.i] not in self.collectives.homes:
            return None
        if token.head.pos_ != "NOUN" or self.lemmas[token.head.i] in self.collectives.organs:
            return None
        if any(m.use == "opposed" for c in token.children if (m := self.discourse.mention(c.i))):
            return None  # an anti-Hamas government protest
        owners = [o for o in self._of_countries(token.head) if self.discourse.member(o).kind == "state"]
        if not owners and not any(c.dep_ in _MODIFIERS for c in token.head.children if c.i < token.i):
            owners = list(self._owning(token, number))
        return Mention(token.i, token.i + 1, token.i, token.i + 1, tuple(owners), form="nominal") if owners else None

    def _ranks(self, token: Token, number: int) -> tuple[str, ...]:
        """The armed group named last before "the rebels", "the fighters"."""
        if self.lemmas[token.i] not in self.collectives.ranks or self._is_told(token):
            return ()
        return self.discourse.latest(number, self._is_armed, reach=REACH)

    def _again(self, token: Token, number: int) -> tuple[str, ...]:
        """Whom the same noun of armed people meant before: "Sudanese forces fought ... The forces also took ..."."""
        lemma = self.lemmas[token.i]
        if lemma not in self.collectives.ranks or self._is_told(token):
            return ()
        before = (s for s in reversed(self.discourse.seen) if self.lemmas[s.token] == lemma)
        seen = next(before, None)
        return seen.members if seen is not None and number - seen.sentence <= REACH else ()

    def _is_armed(self, member: Member) -> bool:
        """Say whether a body may be meant by its fighters alone: no IMF, and no people."""
        named = not self.collectives.bodies.isdisjoint(fold(member.name).split())
        return has_ranks(member) and (member.kind == "group" or (named and not member.known))

    def _owning(self, token: Token, number: int) -> tuple[str, ...]:
        """Whose organ a noun is: of whom the text says so, else of the state where it is ("police arrest ...")."""
        owners = [o for o in self._of_countries(token) if self.discourse.member(o).kind != "region"]
        states = [o for o in owners if self.discourse.member(o).kind == "state"]
        if owners:
            return tuple(states or owners)  # "Afghanistan's Taliban government" is that of the state
        home = self.home.of(number) if self.home.is_bare(token) and not self._is_sent(token) else None
        return (home,) if home else ()

    def _is_sent(self, token: Token) -> bool:
        """Say whether a state does something with a force of its own: "France deploys troops in Mali"."""
        first = first_conjunct(token)
        if relation(first) != "obj" or any(c.dep_ == "det" for c in token.children):
            return False
        acting = (self.discourse.mention(s.i) for s in subjects(first.head))
        return any(self.discourse.member(k).kind == "state" for m in acting if m for k in m.members)

    def _called(self, token: Token, number: int) -> tuple[str, ...]:
        """The organisation named before in whose name a noun is: "the Court", "the commission"."""
        word = self.folded[token.i]
        if word not in self.collectives.bodies | self.collectives.institutions or self._is_told(token):
            return ()
        return self.discourse.latest(
            number, lambda m: m.kind == "organisation" and word in fold(m.name).split(), reach=REACH
        )

    @staticmethod
    def _is_told(token: Token) -> bool:
        """Say whether more is said of a noun than that it is one known before."""
        return any(c.dep_ in {"amod", "compound", "nmod", "nmod:poss", "nummod", "appos"} for c in token.children)

    def _phrase(self, token: Token) -> Span:
        """A noun with what stands in front of it."""
        left = min(
            [
                token.i,
                *(
                    c.left_edge.i
                    for c in token.children
                    if c.i < token.i and c.dep_ not in {"case", "mark", "cc", "punct"}
                ),
            ]
        )
        return self.discourse.doc[left : token.i + 1]

    def _of_country(self, token: Token, *, own: bool = True) -> str | None:
        """The state that a role noun is said to belong to ("the Turkish president", "the leader of Iran")."""
        return next(iter(self._of_countries(token, own=own)), None)

    def _of_countries(self, token: Token, *, own: bool = True) -> list[str]:
        """The same, if they may be several ("the leaders of Iran and Iraq").

        A counterpart is not of those who have him (`own`): "their Turkish counterpart" is of Turkey.
        """
        found = []
        for child in token.children:
            if child.dep_ == "nmod:poss" and not own:
                continue
            owns = case_of(child) in OWNING if child.dep_ == "nmod" else child.dep_ in _MODIFIERS
            if owns:
                for part in expand(owner_of(child)):
                    mention = self.discourse.mention(part.i)
                    if not mention or not mention.members:
                        continue
                    member = self.discourse.member(mention.members[0])
                    if member.kind in BODIES and (member.known or mention.use != "adjective"):
                        found.append(mention.members[0])
        return list(dict.fromkeys(found))

    def _under_arms(self, token: Token) -> tuple[str, ...]:
        """The organisation or group right before a noun of armed people: "Yemen's Houthi forces"."""
        if self.lemmas[token.i] not in self.collectives.ranks:
            return ()
        found = [
            self.discourse.mention(c.i) for c in token.children if c.dep_ in {"amod", "compound"} and c.i < token.i
        ]
        members = [k for m in found if m for k in m.members]
        return tuple(k for k in members if has_ranks(self.discourse.member(k)))

    def _holder(self, token: Token, title: Title, number: int, definite: bool) -> tuple[str, ...]:
        """The person whom a role noun means, else the state that it belongs to."""
        counterpart = "counterpart" in title.group
        owner = self._of_country(token, own=not counterpart)
        country = self.discourse.member(owner).country if owner else title.state
        if not (definite or owner or token.dep_ == "appos"):
            return ()
        if owner and title.office and is_body_of_state(self.discourse.member(owner)):
            return (owner,)  # the president of the Central Bank of Brazil
        if title.state and country != title.state:
            title = replace(title, office=None)  # the Indian foreign secretary is no minister
        possessor = self._possessor(token) if counterpart else None
        wanted = set(self.discourse.member(possessor).groups) if possessor else set(title.group)
        apposed = self.discourse.mention(token.head.i) if token.dep_ == "appos" else None
        if apposed and apposed.members and self.discourse.member(apposed.members[0]).kind == "person":
            return apposed.members
        before = {c.lower_ for c in token.children if c.i < token.i}
        any_holder = title.office is not None and not before.isdisjoint(self.collectives.any_holder)
        if any_holder and not definite:
            return (owner,) if owner and not counterpart else ()
        for seen in reversed(self.discourse.seen):
            member = self.discourse.member(seen.members[0])
            if self.discourse.in_what_says(token, seen.token):
                continue
            if len(seen.members) != 1 or member.kind != "person" or seen.members[0] == possessor:
                continue
            if country and member.country != country:
                continue
            if title.office and not counterpart and title.office in self._offices(member, past=any_holder):
                return seen.members
            if (not title.office or counterpart) and wanted & set(member.groups):
                return seen.members
        if owner and not counterpart and not any_holder:
            return self._in_office(title, country)
        return (owner,) if owner else ()

    def _offices(self, member: Member, *, past: bool) -> Collection[str]:
        """The offices that somebody holds on the day of the text, or those that he held at other times only."""
        ever = (t.office for t in self.table.terms(member.id))
        return set(ever) - set(member.offices) if past else member.offices

    def _in_office(self, title: Title, country: str | None) -> tuple[str, ...]:
        """Who held an office on the day of the text, if one person did ("the Turkish foreign minister")."""
        date = self.discourse.doc._.diplo_date
        if date is None or title.office is None or country is None:
            return ()
        holders = list(dict.fromkeys(t.actor for t in self.table.terms_of(title.office, country, date)))
        if len(holders) != 1:
            return ()
        self.discourse.cast.members.setdefault(holders[0], member_of(self.table, holders[0], date))
        return (holders[0],)

    def _possessor(self, token: Token) -> str | None:
        for child in token.children:
            if child.dep_ == "nmod:poss":
                mention = self.discourse.mention(child.i)
                if mention and len(mention.members) == 1:
                    return mention.members[0]
        return None


def _are_two(token: Token, before: Collection[str]) -> bool:
    """Say whether a noun is said to be of two, by the words in front of it or those of a number."""
    return not {"two", "both", "either"}.isdisjoint(before) or any(
        c.lower_ == "two" for t in token.children for c in t.children
    )
