"""What an attack did, told by another word of its sentence.

"Launched drones at Chad, killing four soldiers", "ten are killed in a strike on a camp", "an ambush that wounded two
officers": the victims are those of the attack, and the killing is no second event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.events.triggers import thing_of
from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import case_of, first_conjunct, governor, is_passive, relation
from diplograph.extract.layers import ACTING, EventMention, Role
from diplograph.ontology.nonevents import load_retold
from diplograph.ontology.statuses import load_status_rules

__all__ = ["with_outcomes"]

_NAMES = {"appos", "flat", "nmod:desc"}
"""Relations of the name of those whom a noun only describes."""


def with_outcomes(events: Sequence[EventMention], phrases: Phrases) -> list[EventMention]:
    """Give attacks the victims that other words tell of, and leave out the events of those words."""
    attacks = [e for e in events if e.event_class == "ASSAULT"]
    told: dict[int, list[Token]] = {e.head: list(_outcomes(phrases.doc[e.head])) for e in attacks}
    by_head = {e.head: e for e in attacks}
    absorbed: set[int] = set()
    found = []
    for event in events:
        verbs = [v for v in told.get(event.head, ()) if event.head not in absorbed and v.i not in absorbed]
        absorbed |= {v.i for v in verbs} & by_head.keys()
        harms = [by_head[v.i] for v in verbs if v.i in by_head]
        found.append(_joined(event, harms, _victims(verbs, phrases)) if verbs else event)
    return [e for e in found if e.head not in absorbed]


def _joined(event: EventMention, harms: Iterable[EventMention], victims: Iterable[Role]) -> EventMention:
    """Add to an attack whom it hit, unless both sides of a fight are known, and who did it if it lacks him."""
    roles = list(event.roles)
    agents = [r for r in roles if r.role in ACTING]
    more = [r for h in harms for r in h.roles]
    if not agents:
        roles += [r for r in more if r.role in ACTING]
    if len(agents) < 2:
        roles += [r for r in (*more, *victims) if r.role not in ACTING and not _is_there(r, roles)]
    unique = {r.member: r for r in reversed(roles)}
    return replace(event, roles=tuple(sorted(unique.values(), key=roles.index)))


def _is_there(role: Role, roles: Iterable[Role]) -> bool:
    """Say whether words that name somebody are among those that name one who takes part."""
    spans = [r.tokens for r in roles if r.tokens and r.role not in ACTING]
    own = role.tokens
    return own is not None and any(s[0] < own[1] and own[0] < s[1] for s in spans)


def _victims(verbs: Iterable[Token], phrases: Phrases) -> Iterator[Role]:
    for verb in verbs:
        for token in map(thing_of, arguments(verb).get("object", ())):
            words = {token.lemma_.lower(), *(c.lower_ for c in token.children if c.dep_ == "amod")}
            if token.pos_ in {"NOUN", "PROPN"} and words.isdisjoint(load_retold().rest):
                named = phrases.mention(token) or any(c.dep_ in _NAMES for c in token.children)
                unnamed = [phrases.described(token)] if phrases.is_person_noun(token) and not named else []
                yield from (Role(n.member, "target", n.tokens) for n in phrases.actors(token) or unnamed)


def _outcomes(token: Token) -> Iterator[Token]:
    """The verbs that tell what became of those whom the attack of a word hit."""
    for verb in _beside(token):
        if verb.lemma_.lower() in load_retold().harm and verb != token:
            yield verb
            yield from (c for c in verb.children if c.dep_ == "conj" and c.lemma_.lower() in load_retold().harm)
            if verb.dep_ == "conj" and is_passive(verb) and _lacks_cause(verb.head):
                yield verb.head  # ten are killed and four injured in a strike


def _lacks_cause(verb: Token) -> bool:
    """Say whether a verb tells of harm and not in what people came to it."""
    retold = load_retold()
    return verb.lemma_.lower() in retold.harm and not any(case_of(c) in retold.cases for c in verb.children)


def _beside(token: Token) -> Iterator[Token]:
    """The verbs that stand to an attack as its predicate, its consequence or that of which it is the cause."""
    first, head = first_conjunct(token), governor(token)
    if token.pos_ == "VERB":
        yield from (c for c in token.children if c.dep_ == "advcl" and c.tag_ == "VBG")
        yield from (c for c in token.children if c.dep_ == "conj" and not any("subj" in g.dep_ for g in c.children))
        marks = {c.lower_ for c in first.children if c.dep_ in {"mark", "advmod"}}
        if head is not None and relation(first) == "advcl" and marks & load_retold().marks and is_passive(head):
            yield head
        return
    yield from (c for c in token.children if c.dep_ in {"acl", "acl:relcl"} and not is_passive(c))
    if head is None or head.pos_ != "VERB":
        return
    kind = relation(first)
    if kind == "nsubj" or (kind == "obl" and case_of(first) in load_retold().cases and is_passive(head)):
        yield head
    carried = kind == "obj" and head.lemma_.lower() in load_status_rules().transparent_verbs  # not "repelled"
    if kind == "nsubj" or carried:
        yield from (c for c in head.children if c.dep_ == "advcl" and c.tag_ == "VBG")
