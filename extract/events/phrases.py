"""From a phrase to the actors it names.

"Russian troops", "officials from Iraq and Iran", "the Kremlin", "his Turkish counterpart" and
"Mr Johnson" all name somebody of the cast; this module says whom, and by which words.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from diplograph.extract.actors.discourse import BODIES, has_ranks
from diplograph.extract.events.pronouns import people_meant
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import (
    OWNING,
    case_of,
    clause_of,
    expand,
    first_conjunct,
    owner_of,
    support_verb,
)
from diplograph.extract.layers import Cast, Member, Mention
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.names import fold
from diplograph.ontology.places import load_places
from diplograph.ontology.titles import Collectives, Titles

__all__ = ["Named", "Phrases", "is_side"]

_MODIFIERS = {"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat"}
_NAMING = {"amod", "compound", "nmod:poss"}
_AMOUNTS = {
    "more", "most", "many", "several", "few", "some", "all", "other", "remaining", "dozens", "hundreds", "thousands"
}  # fmt: skip
_TOWNS, _HYPHENS = {"capital", "place"}, {"-", "–", "‑", "/"}
_THESE = {"the", "this", "that", "these", "those", "such"}
_SIDES = ("pro-", "anti-")
_JOINING = frozenset("belong member membership link tie associate affiliate connect connection part join".split())
"""Words that say to what group somebody belongs, "members" itself among those that stand for it."""
_SAID = {"suspect", "believe", "allege", "accuse", "say", "think", "report", "know", "identify"}
_JOINED = {"obl", "nmod", "obj", "compound"}
_HOME = {"in", "of", "from"}
_DEEPEST = 3


def is_side(token: Token) -> bool:
    """Say whether a word tells whom people are for or against: "pro-government forces"."""
    return token.lower_.startswith(_SIDES) and token.dep_ in _NAMING


@dataclass(frozen=True, slots=True)
class Named:
    """An actor and the tokens that name him."""

    member: str
    tokens: tuple[int, int]


class Phrases:
    """Looks up the actors of phrases in one document; new group names are added to `members`."""

    def __init__(self, doc: Doc, table: ActorTable, titles: Titles, collectives: Collectives) -> None:
        self.doc, self.table, self.titles, self.collectives = doc, table, titles, collectives
        self.places = load_places()
        self.cast: Cast = doc._.diplo_actors
        self.members: dict[str, Member] = dict(self.cast.members)
        self._at: dict[int, Mention] = {}
        for mention in self.cast.mentions:
            for i in range(mention.left, mention.right):
                self._at.setdefault(i, mention)
        for mention in self.cast.mentions:
            for i in range(mention.start, mention.end):
                self._at[i] = mention

    def mention(self, token: Token) -> Mention | None:
        """Return the mention that a token belongs to."""
        return self._at.get(token.i)

    def is_opposed(self, named: Named) -> bool:
        """Say whether somebody is named as whom others are against: "anti-Hamas protests"."""
        mention = self._at.get(named.tokens[0])
        return mention is not None and mention.use == "opposed"

    def is_site(self, mention: Mention) -> bool:
        """Say whether a name can be where something happens more closely than in a country: a town, a seat."""
        if mention.form != "name" or mention.use in {"adjective", "people"}:
            return False
        if mention.use in {"capital", "place", "seat"}:
            return True
        kinds = {self.members[m].kind for m in mention.members}
        return kinds <= {"state", "territory"} and bool(self.places.named(self.doc[mention.start : mention.end].text))

    def actors(self, token: Token, *, owner: bool = False, depth: int = 0) -> list[Named]:
        """Return the actors that a phrase names, given its head.

        Parameters
        ----------
        owner : bool
            Whether the owner of a thing counts for it: "Trump's call", "the plan of the EU".
        """
        mention = self.mention(token)
        if mention is not None:
            if mention.use == "place" and self.members[mention.members[0]].kind == "place":
                return []
            if mention.members:
                return [Named(m, (mention.start, mention.end)) for m in mention.members]
        if (counted := self.counted(token)) != token:
            return self.actors(counted, owner=owner, depth=depth)
        if token.pos_ == "PRON" and depth < _DEEPEST:
            people = people_meant(token)
            found = self.actors(people, depth=depth + 1) if people is not None else []
            return [Named(n.member, (token.i, token.i + 1)) for n in found]
        if named := self._apposed(token) or self._named_behind(token):
            return named
        if suspected := self._suspected(token):
            return suspected
        lemma = token.lemma_.lower()
        if lemma == "member" and (found := self._of_members(token, depth)):
            return found
        if self._is_organ(token) and (found := self._bodies_of(token)):
            return found
        if token.pos_ == "VERB":
            return []  # "suspected", taken for a suspect
        sided = lemma in self.collectives.ranks and any(is_side(c) or self.is_person_noun(c) for c in token.children)
        if sided or lemma in self.collectives.people or (lemma in self.collectives.gatherings and self._is_told(token)):
            return self._ranks_of(token) or [self.described(token)]
        if depth < _DEEPEST and (owner or token.lemma_.lower() in self.collectives.works):
            return self._owners(token, depth + 1)
        return []

    def _of_members(self, token: Token, depth: int) -> list[Named]:
        """Whose members are meant: "members of the Hill Front"; else the members as described: "an Indian member"."""
        wholes = [c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of"]
        if wholes and depth < _DEEPEST:
            parts = [part for c in wholes for part in expand(c)]
            found = [n for part in parts for n in self.actors(part, owner=True, depth=depth + 1)]
            named = any(not self.members[n.member].unnamed for n in found)
            standing = any(part.lemma_.lower() in self.collectives.gatherings for part in parts)
            return found if named or (found and standing) else [self.described(token)]
        told = [self.mention(c) is None for c in token.children if c.dep_ in {"compound", "amod"} and c.i < token.i]
        return [self.described(token)] if told and all(told) else []  # gang members

    def only_tells(self, token: Token) -> bool:
        """Say whether a word is an adjective of a people or creed that tells of what kind others are: "Shia mosque"."""
        mention = self.mention(token)
        return mention is not None and mention.use == "adjective" and not self.members[mention.members[0]].known

    def is_person_noun(self, token: Token) -> bool:
        """Say whether a noun means people to whom things are done, under the name the text gives them."""
        return token.lemma_.lower() in self.collectives.people and not self._is_organ(token)

    def counted(self, token: Token) -> Token:
        """Return what a word of number counts: "hundreds of troops", "four of the men"; else the word itself."""
        while token.pos_ == "NUM" or token.lemma_.lower() in self.collectives.amounts:
            inner = next((c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of"), None)
            if inner is None:
                break
            token = inner
        return token

    def _apposed(self, token: Token) -> list[Named]:
        """Return who a noun is said to be: "the minister, Ann Ace"; "the two blocs, SADC and the EAC"."""
        found: list[Named] = []
        for child in token.children:
            if child.dep_ in {"appos", "flat", "nmod:desc"}:
                mentions = [m for part in expand(child) if (m := self.mention(part)) and m.members]
                found += [Named(key, (m.start, m.end)) for m in mentions for key in m.members]
                if any(m.start == token.i + 1 and self.is_body(self.doc[m.start]) for m in mentions):
                    return found  # the militant group Hill Front
        lemma = token.lemma_.lower()
        named = token.tag_ in {"NNS", "NNPS"} or lemma in self.collectives.gatherings | self.collectives.ranks
        return found if named or any(self.members[n.member].kind == "person" for n in found) else []

    def is_body(self, token: Token) -> bool:
        """Say whether a word is the name of an organisation or group."""
        mention = self.mention(token)
        if mention is None or mention.form != "name":
            return False
        return self.members[mention.members[0]].kind in {"organisation", "group"}

    @staticmethod
    def _is_told(token: Token) -> bool:
        """Say whether a word in front tells what kind of people a noun means: "opposition figures"."""
        return any(c.dep_ in {"amod", "compound"} and c.pos_ != "DET" and c.i < token.i for c in token.children)

    def _named_behind(self, token: Token) -> list[Named]:
        """Return the place that a noun of places is of: "the breakaway region of Transnistria"."""
        if token.lemma_.lower() not in self.collectives.areas:
            return []
        names = [self.mention(c) for c in token.children if c.dep_ == "nmod" and case_of(c) == "of"]
        placed = [m for m in names if m and m.form == "name" and m.members]
        return [Named(k, (m.start, m.end)) for m in placed for k in m.members if self.members[k].kind != "place"]

    def _ranks_of(self, token: Token) -> list[Named]:
        """Return the organisation or group whose people a noun names: "Hamas fighters", "fighters of the M23"."""
        lemma = token.lemma_.lower()
        if lemma not in self.collectives.ranks | self.collectives.staff:
            return []
        before = [c for c in token.children if c.dep_ in _NAMING and c.i < token.i]
        before = before or [t for t in self.doc[max(0, token.i - 1) : token.i] if self.mention(t)]  # hung elsewhere
        behind = [c for c in token.children if c.dep_ == "nmod" and case_of(c) in {"of", "from"}]
        found = [m for c in before or behind if (m := self.mention(c)) and (m.form == "name" or c.i > token.i)]
        named = [(m, k) for m in found for k in m.members if has_ranks(self.members[k])]
        if lemma in self.collectives.staff:  # UN workers are the UN, those of a shop are not the shop
            named = [(m, k) for m, k in named if self.members[k].known and self.members[k].kind == "organisation"]
        return [Named(k, (min(m.start, token.i), max(m.end, token.i + 1))) for m, k in named]

    def _suspected(self, token: Token) -> list[Named]:
        """Return the group to which people are said to belong: "four people suspected of being members of M23"."""
        if token.lemma_.lower() not in self.collectives.anybody:
            return []
        clauses = [c for c in token.children if c.dep_.startswith("acl") and c.lemma_.lower() in _JOINING | _SAID]
        joined = [t for c in clauses for t in c.subtree if t.head.lemma_.lower() in _JOINING and t.dep_ in _JOINED]
        mentions = [m for t in joined if (m := self.mention(t))]
        return [Named(k, (m.start, m.end)) for m in mentions for k in m.members if has_ranks(self.members[k])][:1]

    def state_of(self, key: str) -> str | None:
        """Return the state (as a member, added if need be) that a place or person belongs to."""
        country = self.members[key].country
        entry = self.table.state(country) if country else None
        if entry is None:
            return None
        self.members.setdefault(
            entry.id, Member(entry.id, entry.name, entry.kind, entry.country, entry.wikidata, known=True)
        )
        return entry.id

    def political(self, key: str) -> bool:
        """Say whether somebody is known to act politically: of the actor table, or by office or state."""
        member = self.members[key]
        return member.kind != "place" and (member.known or bool(member.country or member.offices or member.groups))

    def _is_organ(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        if lemma in self.collectives.organs or token.lower_ in self.collectives.organs:
            return True
        folded = [fold(t.lower_) for t in self.doc[max(0, token.i - 3) : token.i + 1]]
        if " ".join(folded[-2:]) in self.collectives.organs:
            return True
        return bool(self.titles.ending_at(folded, len(folded)) or self.titles.plural_ending_at(folded, len(folded)))

    def _bodies_of(self, token: Token) -> list[Named]:
        """The states or organisations whose organ a noun is."""
        found: list[Named] = []
        for child in token.children:
            if child.dep_ not in _MODIFIERS:
                continue
            if child.dep_ == "nmod" and case_of(child) not in OWNING:
                continue
            for part in expand(owner_of(child)):
                mention = self.mention(part)
                if mention is None or not mention.members:
                    if child.dep_ in {"nmod", "nmod:poss"} and self._is_organ(part):
                        found += self._apposed(part) or self._bodies_of(part)
                    elif child.dep_ in {"compound", "nmod:desc"}:  # "the Chilean attorney general's office"
                        found += self._bodies_of(part)
                    continue
                kinds = {self.members[m].kind for m in mention.members}
                if not kinds & BODIES:
                    if child.dep_ == "nmod:poss" or token.lemma_.lower() in self.collectives.offices:
                        found += [n for m in mention.members if (n := self._state_named(m, mention))]
                    continue
                if child.i < token.i and ("region" in kinds or self.only_tells(part)):
                    found.append(self.described(token))
                elif child.i < token.i:
                    found += [Named(m, (mention.start, token.i + 1)) for m in mention.members]
                else:
                    found += [Named(m, (mention.start, mention.end)) for m in mention.members]
        cut = [c for c in token.children if c.dep_ == "conj" and c.pos_ == "PROPN" and self.mention(c) is None]
        return found or [n for c in cut for n in self._bodies_of(c)]  # Ministry of Energy and Resources of Peru

    def _state_named(self, key: str, mention: Mention) -> Named | None:
        state = self.state_of(key)
        return Named(state, (mention.start, mention.end)) if state else None

    def _owners(self, token: Token, depth: int) -> list[Named]:
        for kinds, cases in (
            ({"nmod:poss"}, None),
            ({"amod", "compound"}, None),
            ({"nmod"}, {"by"}),
            ({"nmod"}, {"of", "from"}),
        ):
            for child in token.children:
                if (
                    child.dep_ == "compound"
                    and self.is_town(child)
                    and token.lemma_.lower() in self.collectives.accords
                ):
                    continue  # the Minsk agreement
                if child.dep_ in kinds and (cases is None or case_of(child) in cases) and not self.only_tells(child):
                    found = [n for part in expand(child) for n in self.actors(part, depth=depth)]
                    if found:
                        return found
        verb = support_verb(token) or _setting(token)
        if verb is not None and verb.dep_ != "acl" and token.lemma_.lower() in self.collectives.works:
            return [n for subject in subjects(verb) for n in self.actors(subject, depth=depth)]
        return self._makers(token, depth)

    def is_town(self, token: Token) -> bool:
        """Say whether a name before a noun is a town's: the Budapest summit, but not the Seoul-Tokyo summit."""
        mention = self.mention(token)
        if mention is None or mention.use not in _TOWNS:
            return False
        for hyphen, other in ((mention.end, mention.end + 1), (mention.start - 1, mention.start - 2)):
            if 0 <= other < len(self.doc) and self.doc[hyphen].text in _HYPHENS:
                partner = self.mention(self.doc[other])
                if partner is not None and partner.use in _TOWNS:
                    return False
        return True

    def _makers(self, token: Token, depth: int) -> list[Named]:
        """Return who said what a noun takes up: "Chad alleged that ..., Niger denied the claim" is Chad's claim."""
        verbs = self.collectives.sayings.get(token.lemma_.lower())
        if verbs is None or depth >= _DEEPEST or not any(c.lower_ in _THESE for c in token.children):
            return []
        own = {n.member for subject in subjects(clause_of(token)) for n in self.actors(subject, depth=depth + 1)}
        first = self.doc[max(0, token.sent.start - 1)].sent.start
        for earlier in reversed(self.doc[first : token.i]):
            found: list[Named] = []
            if earlier.pos_ == "VERB" and earlier.lemma_ in verbs:
                found = [n for subject in subjects(earlier) for n in self.actors(subject, depth=depth + 1)]
            elif earlier.pos_ == "NOUN" and earlier.lemma_ == token.lemma_:
                found = self._owners(earlier, depth + 1)
            if found and own.isdisjoint(n.member for n in found):
                return found
        return []

    def described(self, token: Token) -> Named:
        """Return an unnamed group under the words of the text, with the state it is called after or at home in.

        Articles, possessive pronouns and numbers are left out: "at least six police officers" are police officers.
        """
        token = self.counted(token)
        before = [c for c in token.children if c.i < token.i]
        counted = max((c.i for c in before if c.dep_ == "nummod" or c.lower_ in _AMOUNTS), default=-1)
        aged = [c for c in before if any(t.is_digit or t.like_num for t in c.subtree)]  # "a 56-year-old man"
        own = [
            c for c in before if c.dep_ in _NAMING and c.pos_ != "PRON" and c not in aged and c.left_edge.i > counted
        ]
        left, right = min([token.i, *(c.left_edge.i for c in own)]), token.i + 1
        if token.ent_type_ and token.pos_ == "PROPN":  # the tanker Anna Maria
            left, right = next((e.start, e.end) for e in self.doc.ents if e.start <= token.i < e.end)
        text = self.doc[left:right].text + (self._fixed(token) or self._whose(token))
        key = f"group/{fold(text).replace(' ', '-')}"
        adjectives = [t for t in self.doc[left : token.i] if not self.only_tells(t)]
        named = [m for t in adjectives if (m := self.mention(t)) and m.use == "adjective"]
        home = [m for c in token.children if c.dep_ == "nmod" and case_of(c) in _HOME and (m := self.mention(c))]
        country = next((self.members[m.members[0]].country for m in [*named, *home] if m.members), None)
        self.members.setdefault(key, Member(key, text, "group", country, unnamed=True))
        return Named(key, (left, right))

    @staticmethod
    def _fixed(token: Token) -> str:
        """The end of an expression: "of war" in "prisoners of war", a bare noun that names nothing."""
        inner = next(
            (c for c in token.children if c.dep_ == "nmod" and c.i == token.i + 2 and case_of(c) == "of"), None
        )
        bare = inner is not None and inner.tag_ == "NN" and {c.dep_ for c in inner.children} == {"case"}
        return f" of {inner.text}" if inner is not None and bare else ""

    def _whose(self, token: Token) -> str:
        """The end of a description that tells nobody without it: "of Ann Ace" in "the supporters of Ann Ace"."""
        if token.lemma_.lower() not in self.collectives.kin:
            return ""
        owner = next((c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of"), None)
        mention = self.mention(owner) if owner is not None else None
        if mention is None or mention.form != "name":
            return ""
        return f" of {self.doc[mention.start : mention.end].text}"


def _setting(work: Token) -> Token | None:
    """Return the verb of those who do something in a work: "says in a statement", "take part in protests"."""
    head = first_conjunct(work).head
    return head if case_of(first_conjunct(work)) == "in" and head.pos_ == "VERB" else None
