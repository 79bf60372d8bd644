"""What looks like an event and is none: private affairs, the denial of a report, laws, accidents and the like."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from diplograph.extract.actors.discourse import is_body
from diplograph.extract.events.doers import acting, concerned, countries, members, things
from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.memory import remembered
from diplograph.extract.grammar.relations import (
    case_of,
    clause_of,
    first_conjunct,
    relation,
    words_near,
)
from diplograph.ontology.nonevents import NonEventRule, load_beside, load_nonevents
from diplograph.ontology.private import load_private
from diplograph.ontology.statuses import StatusRules

__all__ = ["NonEvents"]

_WHOSE = {"of", "by", "between", "possessor"}
_WITH_WHOM = {*_WHOSE, "with", "to", "compound"}
_NAMING = {"compound", "amod", "nmod:desc", "flat"}
_TOPIC = {"on", "against", "about", "over", "concerning", "regarding", "to", "in", "into"}
"""Prepositions of what a law is about: those named so take no part in it."""
_OWN = {"amod", "compound", "nmod:poss", "nmod:desc", "appos", "flat"}
"""Relations of the words that say of what people somebody is, besides "of" and "from"."""
_WHITHER = {"to", "into", "towards"}
_TOWARDS = {"on", "along", "at", "near", "to"}
_PARTY = {"against", "of", "by", "between", "from", "possessor"}
"""Slots of the parties of an event that a noun tells."""
_PLACED = {"place", "territory"}
_STANDS = ("anti", "pro")


class NonEvents:
    """Says of a word whether what it seems to tell is no event (see the module's first lines)."""

    def __init__(self, rules: StatusRules) -> None:
        self.private, self.rules, self.nonevents, self.beside = load_private(), rules, load_nonevents(), load_beside()

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
        if rule.where == "aspect":
            first = first_conjunct(token)
            named = case_of(first) in {"of", "for", "about"} and first.head.lemma_.lower() in rule.words
            return token.pos_ == "NOUN" and named and not _has_party(token)
        if rule.where == "actor":
            by_itself = bool(acting(token)) and all(_is_called(t, rule.words) for t in acting(token))
            return by_itself and not _befalls_person(token)
        if rule.where == "accident":
            return self._is_accident(token, rule.words)
        if rule.where == "law":
            done = things(token)
            return bool(done) and all(_is_of(t, rule.words) for t in done) and len(_parties(token)) < 2
        if rule.where == "object":
            return bool(things(token)) and all(_is_of(t, rule.words) for t in things(token))
        if rule.where == "crime":
            return self._is_crime(token, rule.words)
        return self._is_relief(token, rule.words)

    def _is_accident(self, token: Token, words: frozenset[str]) -> bool:
        """Say whether it was nature or a vehicle that killed, and nobody else is named who did."""
        causes = acting(token)
        if token.pos_ == "NOUN" and members(c for c in token.children if c.dep_ in _OWN):
            return False  # "a Russian attack"
        if not all(_is_literally(t, words, self.beside.vehicles) for t in causes):
            return False
        return any(t.lemma_.lower() in words for t in causes) or any(self._is_mishap(v) for v in _occasions(token))

    def _is_mishap(self, verb: Token) -> bool:
        """Say whether a verb tells what befell a vehicle by itself: "the bus overturned", not "overturned a ban"."""
        riding = acting(verb) if verb.lemma_.lower() in self.beside.mishaps else []
        return bool(riding) and all(_is_among(t, self.beside.vehicles) for t in riding)

    def _is_crime(self, token: Token, words: frozenset[str]) -> bool:
        """Say whether nameless people of the country are held, for a crime or being such, with no word of politics."""
        held, clause = things(token), clause_of(token)
        lemmas = _lemmas_under(clause)
        if not held or not all(_is_nameless(t) for t in held) or not lemmas.isdisjoint(self.beside.politics):
            return False
        if lemmas.isdisjoint(words) and not all(t.lemma_.lower() in self.beside.people for t in held):
            return False
        if any(t.lemma_.lower() in self.beside.armed for t in acting(token)):
            return False
        if len(countries(t for a in acting(token) for t in a.subtree)) > 1:
            return False  # the police of two states
        return not any(m.kind == "group" for m in members(acting(token))) and not _are_foreign(held, token)

    def _is_relief(self, token: Token, words: frozenset[str]) -> bool:
        """Say whether a clause speaks of a disaster, of no second country, and of no army on a border."""
        clause = clause_of(token)
        if words.isdisjoint(_lemmas_under(clause)):
            return False
        nouns = [t for t in clause.subtree if t.pos_ == "NOUN" and t.dep_ not in _NAMING]
        if not any(t.lemma_.lower() in words for t in nouns):
            return False
        border = any(t.lemma_.lower() in self.beside.borders and case_of(t) in _TOWARDS for t in nouns)
        armed = not _lemmas_under(clause).isdisjoint(self.beside.armed)
        return not (border and armed) and len(_countries_around(token)) < 2

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
        sides, slots = [concerned(token)], arguments(token)
        if token.pos_ == "VERB":
            sides.append(slots.get("object", []))
        else:
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


@remembered()
def _lemmas_under(clause: Token) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in clause.subtree)


def _has_party(noun: Token) -> bool:
    """Say whether a noun of an event has a party attached: "protests against", "anti-war", "students' strike"."""
    before = [c for c in noun.children if c.i < noun.i]
    stance = any(t.lower_.partition("-")[0] in _STANDS for c in before for t in c.subtree)
    told = any(c.dep_.startswith("acl") for c in noun.children)
    return stance or told or bool(arguments(noun).keys() & _PARTY)


def _is_among(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words or token.lower_.removesuffix("es") in words  # "minibuses" has odd lemmas


def _befalls_person(noun: Token) -> bool:
    """Say whether a noun is of somebody: who speaks of "the detention of her husband" does not do it."""
    slots = arguments(noun) if noun.pos_ == "NOUN" else {}
    named = (t for slot in ("of", "possessor") for thing in slots.get(slot, ()) for t in thing.subtree)
    return any(m.kind == "person" for m in members(named))


def _is_nameless(token: Token) -> bool:
    return token.pos_ == "NOUN" and not members([token])


def _are_foreign(people: list[Token], token: Token) -> bool:
    """Say whether people are said to be of a country that is not named as who acts or where: "a Syrian teacher"."""
    own = {t for p in people for c in p.children if c.dep_ in _OWN or case_of(c) in {"of", "from"} for t in c.subtree}
    around = [t for t in clause_of(token).subtree if t not in own]
    return not countries(own) <= (countries(acting(token)) or countries(around))


def _countries_around(token: Token) -> set[str]:
    """The countries that a clause names; towns and territories count only where something goes there."""
    around = [*acting(token), *clause_of(token).subtree]
    placed = [t for t in around if case_of(t) not in _WHITHER and {m.kind for m in members([t])} & _PLACED]
    return countries(t for t in around if t not in placed)


def _parties(token: Token) -> set[str]:
    """Those who accept something, or who are named in what is accepted: countries, and groups within them."""
    phrases = (t for thing in things(token) for t in thing.subtree if not _is_topic(t))
    named = members([*acting(token), *arguments(token).get("with", ()), *phrases])
    return {m.id if m.kind == "group" or not m.country else m.country for m in named if is_body(m) or m.country}


def _is_topic(name: Token) -> bool:
    """Say whether somebody is named as what a law is about, or in a clause that tells what it lays down."""
    case = case_of(first_conjunct(name))
    told = case != "by" and any(c.dep_.startswith("acl") and name in c.subtree for c in name.ancestors)
    return told or case in _TOPIC


def _is_literally(token: Token, words: frozenset[str], vehicles: frozenset[str]) -> bool:
    """Say whether a word for nature or a vehicle stands for itself: no "flood of drones", "outbreak of violence"."""
    known = words | vehicles
    of = [c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "NOUN"]
    return all(_is_among(t, known) for t in (token, *of))


def _is_of(thing: Token, words: frozenset[str]) -> bool:
    return any(t.lemma_.lower() in words for t in _of_what(thing))


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
