"""What looks like an event and is none: private affairs, the denial of a report, laws, accidents and the like."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from diplograph.extract.actors.discourse import is_body
from diplograph.extract.grammar.clauses import arguments, subjects
from diplograph.extract.grammar.memory import remembered
from diplograph.extract.grammar.relations import (
    VERBAL,
    case_of,
    clause_of,
    expand,
    first_conjunct,
    relation,
    words_near,
)
from diplograph.ontology.nonevents import NonEventRule
from diplograph.ontology.private import Private
from diplograph.ontology.statuses import StatusRules

__all__ = ["NonEvents"]

_WHOSE = {"of", "by", "between", "possessor"}
_WITH_WHOM = {*_WHOSE, "with", "to", "compound"}
_NAMING = {"compound", "amod", "nmod:desc", "flat"}
_HIGHEST = 4

_PARTY = {"against", "of", "by", "between", "from", "possessor"}
"""Slots of the parties of an event that a noun tells."""
_STANDS = ("anti", "pro")


class NonEvents:
    """Says of a word whether what it seems to tell is no event (see the module's first lines)."""

    def __init__(self, private: Private, rules: StatusRules, nonevents: tuple[NonEventRule, ...]) -> None:
        self.private, self.rules, self.nonevents = private, rules, nonevents

    def is_none(self, token: Token, event_class: str) -> bool:
        """Say whether a word of this class tells of no event."""
        return event_class in self.none_of(token, {event_class})

    def none_of(self, token: Token, classes: Set[str]) -> Set[str]:
        """Return the classes, some more perhaps than were asked for, of which a word tells no event."""
        if case_of(token) == "without" and not arguments(token).keys() & _WITH_WHOM:
            return classes  # "went home without a dinner"
        found = {"REJECT"} if "REJECT" in classes and self._denies_report(token) else set()
        for rule in self.nonevents:
            if rule.classes & classes - found and self._applies(rule, token):
                found |= rule.classes
        if self.private.classes & classes - found and self._is_private(token):
            found |= self.private.classes
        return found

    def _applies(self, rule: NonEventRule, token: Token) -> bool:
        """Say whether the words of a rule stand where it looks for them."""
        if rule.where == "circumstance":
            return token.pos_ != "VERB" and case_of(first_conjunct(token)) in rule.words and not _has_party(token)
        if rule.where == "actor":
            acting = _acting(token)
            return bool(acting) and all(_is_called(t, rule.words) for t in acting)
        if rule.where == "accident":
            return any(t.lemma_.lower() in rule.words for t in (*_acting(token), *_occasions(token)))
        if rule.where == "object":
            things = _things(token)
            return bool(things) and all(any(t.lemma_.lower() in rule.words for t in _of_what(t)) for t in things)
        clause = clause_of(token)
        if rule.words.isdisjoint(_lemmas_under(clause)):
            return False
        if rule.where == "crime":
            things = _things(token)
            return bool(things) and all(self._is_nameless(t) for t in things)
        nouns = (t for t in clause.subtree if t.pos_ == "NOUN" and t.dep_ not in _NAMING)
        return any(t.lemma_.lower() in rule.words for t in nouns)  # of a disaster

    @staticmethod
    def _is_nameless(token: Token) -> bool:
        cast = token.doc._.diplo_actors
        return token.pos_ == "NOUN" and (cast is None or cast.at(token.i) is None)

    def _denies_report(self, verb: Token) -> bool:
        """Say whether a verb denies what a report tells: a denial is a status of what is denied."""
        claims = [
            c for c in verb.children if relation(c) in {"obj", "obl"} and c.lemma_.lower() in self.rules.claim_nouns
        ]
        told = any(g.dep_ in {"acl", "ccomp", "acl:relcl"} for c in claims for g in c.children)
        return told and any(
            words_near(verb, words) is not None for words, _ in self.rules.effects("claim", verb.lemma_.lower())
        )

    def _is_private(self, token: Token) -> bool:
        if token.lemma_.lower() in self.private.occasions or self._in_field(token):
            return True
        sides = [_acting(token)]
        if token.pos_ != "VERB":
            slots = arguments(token)
            named = [t for slot in _WHOSE for t in slots.get(slot, ()) if t.pos_ == "NOUN"]
            sides.append([t for t in named if any(c.dep_ == "case" for c in t.children)])  # no "club" talks
        return any(side and all(self._is_private_person(t) for t in side) for side in sides)

    def _is_private_person(self, token: Token) -> bool:
        lemma, private = token.lemma_.lower(), self.private
        cast = token.doc._.diplo_actors
        mention = cast.at(token.i) if cast else None
        if mention is not None and any(is_body(cast.members[k]) and cast.members[k].known for k in mention.members):
            return False
        described = [c for c in token.children if c.dep_ in {"nmod:desc", "appos"}]
        if lemma in private.people or any(c.lemma_.lower() in private.people for c in described):
            return True
        if self._in_field(token):
            return True
        return lemma in private.teams and any(t.lemma_.lower() in private.fields for t in token.subtree)

    def _in_field(self, token: Token) -> bool:
        named = [c for c in token.children if c.dep_ in _NAMING and c.i < token.i]
        return any(c.lemma_.lower() in self.private.fields for c in named)


@remembered(list)
def _things(token: Token) -> list[Token]:
    """To what a verb does something, or what a noun is of."""
    return arguments(token).get("object" if token.pos_ == "VERB" else "of", [])


@remembered(list)
def _acting(token: Token) -> list[Token]:
    """The subjects of the nearest clause that has any."""
    node = token
    for _ in range(_HIGHEST):
        if node.pos_ in VERBAL:
            by = [t for c in node.children if relation(c) == "obl" and case_of(c) == "by" for t in expand(c)]
            found = by or subjects(node)
            if found and token not in found:
                return found
        if node.head == node:
            break
        node = node.head
    return []


@remembered()
def _lemmas_under(clause: Token) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in clause.subtree)


def _has_party(noun: Token) -> bool:
    """Say whether a noun of an event has a party attached: "protests against", "anti-war", "students' strike"."""
    before = [c for c in noun.children if c.i < noun.i]
    stance = any(t.lower_.partition("-")[0] in _STANDS for c in before for t in c.subtree)
    told = any(c.dep_.startswith("acl") for c in noun.children)
    return stance or told or bool(arguments(noun).keys() & _PARTY)


def _of_what(thing: Token) -> list[Token]:
    """A thing and what it is of, if they have no names: of "two tonnes of cocaine" the tonnes and the cocaine."""
    return [t for t in thing.subtree if t.pos_ == "NOUN" and (t == thing or (t.dep_ == "nmod" and case_of(t) == "of"))]


def _occasions(token: Token) -> list[Token]:
    """The verbs of the clauses that a word of killing hangs on, or that tell when it was."""
    clause = clause_of(token)
    below = [c for c in clause.children if c.dep_ == "advcl"]
    return [clause, *below, *([clause.head] if clause.dep_ in {"advcl", "acl"} else [])]


def _is_called(token: Token, words: frozenset[str]) -> bool:
    """Say whether somebody is called, or described as, one of these: "the shipping firm Maersk"; not a state's firm."""
    owned = any(c.dep_ == "nmod:poss" for c in token.children)
    described = [c for c in token.children if c.dep_ in {"nmod:desc", "appos", "compound"}]
    return not owned and any(t.lemma_.lower() in words for t in (token, *described))
