"""Whose attack it was, where only those who report it are named: forces that tell what became of their enemies.

"The Chadian military says that ten militants were killed", "the navy states that the strike targeted a launcher": an
army that tells of its enemies' dead, or of what an attack aimed at, tells of its own attack. Who reports the deaths
of civilians, or of his own people, does not.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from diplograph.extract.actors.discourse import has_ranks
from diplograph.extract.clauses import VERBAL, clause_of, first_conjunct, is_passive, relation, subjects
from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.layers import ACTING, EventMention, Role, root_of
from diplograph.ontology.attribution import load_attribution

__all__ = ["with_claimant"]

_AIMING = {"target"}
_PRONOUNS = {"it", "they", "we", "he", "she", "i"}
_OWN = {"soldier", "troop", "force", "personnel"}
"""Ranks that may be those of the one who speaks."""


def with_claimant(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; an attack that nobody is said to have made as that of the forces that tell of it."""
    if event.event_class != "ASSAULT" or any(r.role in ACTING for r in event.roles):
        return event
    trigger = phrases.doc[event.head]
    speakers = _speakers(trigger)
    claimants = [n for token in speakers for n in phrases.actors(token)]
    if len(claimants) != 1:
        return event
    claimant = claimants[0]
    tells = _is_force(speakers[0], phrases) and (_is_aimed(trigger) or _hits_enemies(event, claimant, phrases))
    if not (tells or _is_own(trigger, phrases)):
        return event
    return replace(event, roles=(Role(claimant.member, "agent", claimant.tokens), *event.roles))


def _speakers(trigger: Token) -> list[Token]:
    """Who is the subject of the verb of saying in whose content an attack is told."""
    verbs = load_attribution().verbs
    clause = first_conjunct(clause_of(trigger))
    while clause.head != clause:
        if relation(clause) == "ccomp":
            told = clause.head.lemma_.lower() in verbs and clause.head.pos_ in VERBAL
            return subjects(clause.head) if told else []
        if relation(clause) not in {"advcl", "conj"}:
            return []
        clause = first_conjunct(clause.head)
    return []


def _is_force(token: Token, phrases: Phrases) -> bool:
    """Say whether a noun names people under arms, or who speaks for them: "the Malian army spokesman"."""
    words = {w for t in token.subtree if t.i <= token.i for w in (t.lower_, t.lemma_.lower())}
    return not words.isdisjoint(phrases.collectives.forces)


def _is_aimed(trigger: Token) -> bool:
    """Say whether it is told what an attack was meant to hit."""
    return trigger.lemma_ in _AIMING or (trigger.dep_ == "nsubj" and trigger.head.lemma_ in _AIMING)


def _is_own(trigger: Token, phrases: Phrases) -> bool:
    """Say whether those who speak call the act their own, by a pronoun that means nobody else: "says it has struck"."""
    acting = subjects(trigger) if trigger.pos_ in VERBAL and not is_passive(trigger) else []
    return [t.lower_ in _PRONOUNS and not phrases.actors(t) for t in acting] == [True]


def _hits_enemies(event: EventMention, claimant: Named, phrases: Phrases) -> bool:
    """Say whether all who are hit bear arms against the one who tells of it."""
    hit = [r for r in event.roles if r.role not in ACTING]
    return bool(hit) and all(_is_enemy(r, claimant, phrases) for r in hit)


def _is_enemy(role: Role, claimant: Named, phrases: Phrases) -> bool:
    member = phrases.members[role.member]
    if role.member == claimant.member or role.tokens is None:
        return False
    if member.unnamed:
        return root_of(phrases.doc, role.tokens).lemma_.lower() in phrases.collectives.ranks - _OWN
    return member.kind == "group" and has_ranks(member)
