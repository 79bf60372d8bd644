"""Whose attack it was, where only those who report it are named: forces that tell what became of their enemies.

"The Chadian military says that ten militants were killed", "the navy states that the strike targeted a launcher": an
army that tells of its enemies' dead, or of what an attack aimed at, tells of its own attack. Who reports the deaths
of civilians, or of his own people, does not.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from diplograph.extract.actors.discourse import has_ranks
from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import VERBAL, clause_of, first_conjunct, is_passive, relation
from diplograph.extract.layers import ACTING, EventMention, Role, root_of
from diplograph.ontology.attacks import load_attacks
from diplograph.ontology.attribution import load_attribution

__all__ = ["tells_of_force", "with_claimant"]

_PRONOUNS = {"it", "they", "we", "he", "she", "i"}


def with_claimant(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; an act that nobody is said to have done as that of those who tell of it, where it is theirs."""
    finder = _CLAIMANTS.get(event.event_class)
    if finder is None or any(r.role in ACTING for r in event.roles):
        return event
    trigger = phrases.doc[event.head]
    speakers = _speakers(trigger)
    told = [n for token in speakers for n in phrases.actors(token)]
    claimant = finder(event, speakers[0], told[0], phrases) if len(told) == 1 else None
    if claimant is None:
        return event
    return replace(event, roles=(Role(claimant, "agent", told[0].tokens), *event.roles))


def _attacker(event: EventMention, speaker: Token, told: Named, phrases: Phrases) -> str | None:
    """Whose attack it was, if it was the speaker's."""
    trigger = phrases.doc[event.head]
    abroad = phrases.members[told.member].country not in _countries(trigger, phrases)
    tells = tells_of_force(speaker, phrases) and (
        (_is_aimed(trigger) and abroad) or _hits_enemies(event, told, phrases)
    )
    return told.member if tells or _is_own(trigger, phrases) else None


def _captor(event: EventMention, speaker: Token, told: Named, phrases: Phrases) -> str | None:
    """Whose arrest it was: the state's whose authorities tell of it, by themselves or by who speaks for them.

    They tell of another's arrests where the clause names another country, or their own people as those arrested.
    """
    trigger = phrases.doc[event.head]
    home = phrases.members[told.member].country
    own = home in {phrases.members[r.member].country for r in event.roles}
    if trigger.lemma_.lower() not in load_attacks().custody or own or _countries(trigger, phrases) - {home}:
        return None
    words = {w for t in speaker.subtree if t.i <= speaker.i for w in (t.lower_, t.lemma_.lower())}
    if words.isdisjoint(phrases.collectives.homes):
        return None
    return phrases.state_of(told.member)


def _countries(trigger: Token, phrases: Phrases) -> set[str | None]:
    """The countries of all that the clause of a word names."""
    mentions = [m for t in clause_of(trigger).subtree if (m := phrases.mention(t)) is not None]
    return {phrases.members[k].country for m in mentions for k in m.members} - {None}


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


def tells_of_force(token: Token, phrases: Phrases) -> bool:
    """Say whether a noun names people under arms, or who speaks for them: "the Malian army spokesman"."""
    words = {w for t in token.subtree if t.i <= token.i for w in (t.lower_, t.lemma_.lower())}
    return not words.isdisjoint(phrases.collectives.forces)


def _is_aimed(trigger: Token) -> bool:
    """Say whether it is told what an attack was meant to hit."""
    aiming = load_attacks().aiming
    return trigger.lemma_ in aiming or (trigger.dep_ == "nsubj" and trigger.head.lemma_ in aiming)


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
        return root_of(phrases.doc, role.tokens).lemma_.lower() in phrases.collectives.ranks - load_attacks().own
    return member.kind == "group" and has_ranks(member)


_CLAIMANTS = {"ASSAULT": _attacker, "COERCE": _captor}
"""By class, who of those that tell of an act has done it."""
