"""Who is meant: pronouns, role nouns and "the two sides" as mentions of the named actors.

The component ``diplo_coref`` adds mentions to the `Cast`. It is a resolver by rule: it walks through
the text, remembers who was named where, and takes up the nearest actor that fits in kind, number,
office and syntax. What does not fit anybody stays unresolved rather than guessed.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.actors.discourse import BODIES, REACH, Discourse, Seen, is_body, is_person
from diplograph.extract.actors.home import Home
from diplograph.extract.actors.rolenouns import RoleNouns
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import case_of, clause_of, first_conjunct, relation
from diplograph.extract.layers import Cast, Mention, register, root_of
from diplograph.extract.quotations import quotations_of
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.attribution import Attribution, load_attribution
from diplograph.ontology.steering import load_steering
from diplograph.ontology.titles import Collectives, Titles, load_collectives, load_titles

__all__ = ["Resolver", "make_resolver"]

_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PLURAL = {"they", "them", "their", "theirs", "themselves"}
_NEUTER = {"it", "its", "itself"}
_REASONS = {"for", "over", "about", "of", "on"}
_FIRST = {"we", "us", "our", "ours", "ourselves"}
_SPEAKER = {"i", "me", "my", "mine", "myself"}
_SPEAKING = _FIRST | _SPEAKER
_GENDERED = {
    "king": "m",
    "queen": "f",
    "sir": "m",
    "lord": "m",
    "mr": "m",
    "mrs": "f",
    "ms": "f",
    "dame": "f",
    "spokeswoman": "f",
    "spokesman": "m",
}
_FOLK = frozenset("police student people official soldier troop force officer supporter voter crowd villager".split())
"""Plurals for whom "they" may stand, beside those of collectives.toml."""


@Language.factory(
    "diplo_coref",
    requires=["token.dep", "doc._.diplo_actors"],
    assigns=["doc._.diplo_actors"],
    default_config={"actors": []},
)
def make_resolver(nlp: Language, name: str, actors: list[str]) -> Resolver:
    """Build the component with the bundled titles and words of attribution; `actors` are files of further actors."""
    return Resolver(load_actors(actors), load_titles(), load_collectives(), load_attribution())


class Resolver:
    """Adds pronouns and role nouns to the Cast (see the module's first lines)."""

    def __init__(self, table: ActorTable, titles: Titles, collectives: Collectives, attribution: Attribution) -> None:
        self.table, self.titles, self.collectives, self.attribution = table, titles, collectives, attribution
        register("diplo_actors")
        register("diplo_quotations")

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions that do not name anybody but mean somebody."""
        cast: Cast = doc._.diplo_actors
        home = Home(doc, cast, self.table, self.collectives)
        cast = replace(cast, mentions=tuple(home.owned(cast.mentions)))
        mentions = [*cast.mentions, *_Walk(self, doc, cast, home).run()]
        doc._.diplo_actors = replace(cast, mentions=tuple(sorted(mentions, key=lambda m: (m.start, -m.end))))
        return doc


class _Walk:
    """One pass over one document."""

    def __init__(self, resolver: Resolver, doc: Doc, cast: Cast, home: Home) -> None:
        self.doc, self.collectives = doc, resolver.collectives
        self.discourse = Discourse(doc, cast, quotations_of(doc, resolver.attribution))
        self.nouns = RoleNouns(self.discourse, home, resolver.table, resolver.titles, resolver.collectives)
        self.gender: dict[str, str] = {}
        self.titles = {
            i for m in cast.mentions for i in (*range(m.left, m.start), *range(m.end, m.right)) if m.form == "name"
        }

    def run(self) -> list[Mention]:
        """Return the mentions that were resolved, in the order of the text."""
        added: list[Mention] = []
        noted: set[int] = set()
        spoken: list[Token] = []
        for number, sentence in enumerate(self.doc.sents):
            for token in sentence:
                mention = self.discourse.mention(token.i)
                if mention is not None:
                    if mention.start not in noted:
                        noted.add(mention.start)
                        self.discourse.note(mention, root_of(self.doc, (mention.start, mention.end)), number)
                        self._learn_gender(mention)
                    continue
                if token.lower_ in _SPEAKING:
                    spoken.append(token)  # who speaks is often said behind
                    continue
                found = (
                    self._pronoun(token, number) if token.pos_ in {"PRON", "DET"} else self.nouns.resolve(token, number)
                )
                if found is not None and found.members:
                    added.append(found)
                    self.discourse.note(found, token, number)
        added += [m for t in spoken if t.pos_ in {"PRON", "DET"} and (m := self._pronoun(t, 0)) and m.members]
        return added

    def _learn_gender(self, mention: Mention) -> None:
        for i in range(mention.left, mention.start):
            if self.discourse.folded[i] in _GENDERED:
                self.gender[mention.members[0]] = _GENDERED[self.discourse.folded[i]]

    def _pronoun(self, token: Token, number: int) -> Mention | None:
        word = token.lower_
        members: tuple[str, ...]
        if judged := self._judged(token):
            members = judged
        elif word in _SINGULAR:
            chosen = self._person(token, number, _SINGULAR[word])
            if chosen:
                self.gender.setdefault(chosen, _SINGULAR[word])
            members = (chosen,) if chosen else ()
        elif word in _PLURAL:
            members = self._group(token, number)
        elif word in _NEUTER:
            members = self._thing(token, number)
        elif word in _FIRST:
            members = self._us(token)
        elif word in _SPEAKER:
            speaker = self.discourse.speaker(token)
            members = (speaker,) if speaker else ()
        elif word == "both" and token.dep_ in {"nsubj", "obj", "obl"}:
            members = self.discourse.pair(number, lambda m: True)
        else:
            return None
        return Mention(token.i, token.i + 1, token.i, token.i + 1, members, form="pronoun")

    def _judged(self, token: Token) -> tuple[str, ...]:
        """Whose something is for which somebody is judged: "Kenya warns Chad over its aid to the rebels" is Chad's."""
        thing = token.head
        above = first_conjunct(thing).head  # the parser may hang the phrase from the object
        verb = above.head if relation(above) == "obj" or above.dep_ == "nsubj:pass" else above
        if token.dep_ != "nmod:poss" or verb.lemma_ not in self.collectives.judging or case_of(thing) not in _REASONS:
            return ()
        acted = [c for c in verb.children if c.i < token.i and (relation(c) == "obj" or c.dep_ == "nsubj:pass")]
        mentions = [m for c in acted if (m := self.discourse.mention(c.i))]
        kinds = {self.discourse.member(k).kind == "person" for m in mentions for k in m.members}
        fits = {True} if token.lower_ in _SINGULAR else {False} if token.lower_ in _NEUTER else kinds
        return mentions[0].members if len(mentions) == 1 and kinds <= fits else ()

    def _person(self, token: Token, number: int, gender: str) -> str | None:
        barred = self._barred(token)
        others = {m for i in barred if (mention := self.discourse.mention(i)) for m in mention.members}
        speaker = self.discourse.speaker(token)
        if self._of_participle(token) and (following := self._cataphor(token, gender)):
            return following
        best, best_score = None, -100.0
        for seen in reversed(self.discourse.seen):
            if number - seen.sentence > REACH:
                break
            if len(seen.members) != 1 or seen.token in barred or self.discourse.in_what_says(token, seen.token):
                continue
            key = seen.members[0]
            if (
                key in others
                or self.discourse.member(key).kind != "person"
                or self.gender.get(key, gender) != gender
                or key == speaker
            ):
                continue
            distance = number - seen.sentence
            score = -2.0 * distance + 1.5 * seen.subject - 0.02 * (token.i - seen.token) / (1 + distance)
            score += 1.0 * self._reports(seen.token, token)
            score += 1.0 * self._is_parallel(seen.token, token)
            score += 0.5 * (self.gender.get(key) == gender)
            if score > best_score:
                best, best_score = key, score
        return best or self._cataphor(token, gender)

    @staticmethod
    def _of_participle(token: Token) -> bool:
        """Say whether a pronoun stands in a participle clause in front, whose subject is that of the main clause."""
        clause = clause_of(token)
        return clause.dep_ == "advcl" and clause.tag_ == "VBG" and not any(c.dep_ == "nsubj" for c in clause.children)

    def _cataphor(self, token: Token, gender: str) -> str | None:
        """A pronoun in a clause in front may stand for the subject that follows ("Before he left, X said")."""
        clause = clause_of(token)
        if clause.dep_ != "advcl" or clause.i > clause.head.i:
            return None
        for child in clause.head.children:
            mention = self.discourse.mention(child.i)
            if child.dep_ == "nsubj" and child.i > token.i and mention and len(mention.members) == 1:
                key = mention.members[0]
                if self.discourse.member(key).kind == "person" and self.gender.get(key, gender) == gender:
                    return key
        return None

    def _barred(self, token: Token) -> set[int]:
        """Positions that cannot be meant: the other arguments of the pronoun's own verb."""
        if token.dep_ == "nmod:poss":
            return set()
        verb = first_conjunct(token).head
        beside = [c for c in verb.children if c.dep_ in {"nsubj", "obj", "iobj", "obl"} and c != token]
        shared = subjects(verb) if verb.dep_ == "conj" and relation(token) != "nsubj" else []
        return {t.i for c in (*beside, *shared) for t in [c, *c.conjuncts]}

    def _is_parallel(self, earlier: int, token: Token) -> bool:
        """Say whether both are objects of coordinated verbs: "detain X, a friend of Y, and later release him"."""
        a, verb = self.doc[earlier], token.head
        return relation(a) == relation(token) == "obj" and verb.dep_ == "conj" and verb.head == a.head

    def _reports(self, earlier: int, token: Token) -> bool:
        """Say whether an earlier word is the subject of a verb that governs the pronoun's clause."""
        head = self.doc[earlier].head
        return self.doc[earlier].dep_ == "nsubj" and head in token.ancestors and head != token.head

    def _group(self, token: Token, number: int) -> tuple[str, ...]:
        same = [s for s in self.discourse.seen if s.sentence == number and s.token < token.i and self._stands_alone(s)]
        singles = list(dict.fromkeys(s.members[0] for s in same if len(s.members) == 1))
        if len(singles) > 1 and not any(
            len(s.members) > 1 or len(self.discourse.coordinated(s.token)) > 1 for s in same
        ):
            kinds = [self.discourse.member(k).kind for k in singles]
            if kinds[-1] == kinds[-2]:
                return tuple(singles[-2:])
        for seen in reversed(self.discourse.seen):
            if (
                number - seen.sentence > 2
                or self.discourse.quotation(self.doc[seen.token]) is not self.discourse.quotation(token)
                or not self._stands_alone(seen)
            ):
                continue
            if self._others_between(seen.token, token):
                return ()
            if len(seen.members) > 1:
                return seen.members
            joined = self.discourse.coordinated(seen.token)
            if len(joined) > 1:
                return joined
            if self.discourse.member(seen.members[0]).kind in {"group", "region"} or self.doc[seen.token].tag_ in {
                "NNPS",
                "NNS",
            }:
                return seen.members
        return self.discourse.pair(number, is_person, reach=1) or self.discourse.pair(number, is_body, reach=1)

    def _stands_alone(self, seen: Seen) -> bool:
        """Say whether a name is more than an attribute: not "Bolivian" in "Bolivian nationals", nor part of a title."""
        mention = self.discourse.mention(seen.token)
        if mention is not None and mention.use == "adjective":
            return False
        return seen.token not in self.titles

    def _others_between(self, seen: int, token: Token) -> bool:
        """Say whether people who are no actors of the text are named between: "the police took him; they ..." """
        return any(
            t.tag_ in {"NNS", "NNPS"}
            and t.dep_ in {"nsubj", "nsubj:pass", "obj", "obl", "conj", "obl:agent"}
            and self.discourse.lemmas[t.i] in self.collectives.people | _FOLK
            and self.discourse.mention(t.i) is None
            for t in self.doc[seen + 1 : token.i]
        )

    def _thing(self, token: Token, number: int) -> tuple[str, ...]:
        if relation(token) == "expl" or (token.lower_ == "it" and relation(token) != "nsubj"):
            return ()
        if token.lower_ == "it" and clause_of(token).pos_ != "VERB" and token.head.lemma_ not in load_steering().minded:
            return ()
        barred = self._barred(token)
        for seen in reversed(self.discourse.seen):
            if number - seen.sentence > 1:
                break
            key = seen.members[0]
            if (
                seen.subject
                and len(seen.members) == 1
                and self.discourse.member(key).kind in BODIES
                and seen.token not in barred
            ):
                return (key,)
        if token.lower_ == "its":
            return self.discourse.latest(number, lambda m: m.kind in BODIES, reach=0)
        return ()

    def _us(self, token: Token) -> tuple[str, ...]:
        """ "We" is the state or organisation of the speaker; outside quotations that of the author."""
        speaker = self.discourse.speaker(token)
        if speaker:
            return self.discourse.represented(speaker)
        if self.discourse.quotation(token) is not None:
            return ()
        return self.discourse.main_body()
