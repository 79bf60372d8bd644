"""Who takes part in an attack and who stands beside it: places, parts of a whole, attackers nobody knows.

An attack is told with where it was and with what became of whom: "a strike on Kharkiv, Ukraine, killed four people,
including a child". Once its victims are known, the state of a place takes no part, nor does a part of the
victims beside the whole. Attackers of whom nothing is known but that they attacked are nobody.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from diplograph.extract.actors.discourse import has_ranks
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.events.triggers import thing_of
from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import case_of, first_conjunct
from diplograph.extract.layers import ACTING, EventMention, Role, root_of
from diplograph.ontology.attacks import load_attacks

__all__ = ["attack"]

_VIOLENT = {"ASSAULT", "COERCE"}
"""Classes of acts of which nobody may know who did them."""
_AREAS = {"state", "territory"}


def attack(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; of an attack without those who only stand beside it."""
    if event.event_class not in _VIOLENT:
        return event
    roles = tuple(r for r in event.roles if r.role not in ACTING or not _is_unknown(r, phrases))
    if event.event_class != "ASSAULT":
        return replace(event, roles=roles)
    for beside in (_is_part, _is_rank, _is_place, _is_between):
        roles = tuple(r for r in roles if r.role in ACTING or not beside(r, _others(r, roles), event, phrases))
    return replace(event, roles=roles)


def _others(role: Role, roles: tuple[Role, ...]) -> list[Role]:
    """Whom the attack hits besides one of them."""
    return [r for r in roles if r.role not in ACTING and r.member != role.member]


def _is_unknown(role: Role, phrases: Phrases) -> bool:
    """Say whether a group is described as one that nobody knows: "unidentified gunmen"."""
    if not phrases.members[role.member].unnamed or role.tokens is None:
        return False
    words = {t.lower_ for t in phrases.doc[slice(*role.tokens)]}
    return not words.isdisjoint(phrases.collectives.unknown)


def _is_part(role: Role, others: list[Role], event: EventMention, phrases: Phrases) -> bool:
    """Say whether a group without a name is but a part of other victims: "six people, including a boy"."""
    if role.tokens is None or not others or not phrases.members[role.member].unnamed:
        return False
    return case_of(first_conjunct(root_of(phrases.doc, role.tokens))) in load_attacks().parts


def _is_rank(role: Role, others: list[Role], event: EventMention, phrases: Phrases) -> bool:
    """Say whether a group is but the people of those who are hit: "a raid on M23 in which ten fighters died"."""
    if role.tokens is None or not phrases.members[role.member].unnamed or role.tokens[1] - role.tokens[0] > 1:
        return False
    token = root_of(phrases.doc, role.tokens)
    word, trigger = token.lemma_.lower(), phrases.doc[event.head]
    for other in others:
        root, hit = root_of(phrases.doc, other.tokens) if other.tokens else None, phrases.members[other.member]
        if root is None or first_conjunct(root) == first_conjunct(token):
            continue
        persons = hit.unnamed and root.lemma_.lower() in phrases.collectives.people
        if word in load_attacks().anybody and persons and _is_aimed_at(first_conjunct(root), trigger):
            return True
        if (word in phrases.collectives.ranks or word in load_attacks().members) and not hit.unnamed and has_ranks(hit):
            return True
    return False


def _is_between(role: Role, others: list[Role], event: EventMention, phrases: Phrases) -> bool:
    """Say whether a group without a name fell between two sides that are both named: "two die in clashes between"."""
    sides = [r for r in event.roles if r.member != role.member and not phrases.members[r.member].unnamed]
    between = "between" in arguments(phrases.doc[event.head])
    return between and len(sides) > 1 and phrases.members[role.member].unnamed


def _is_place(role: Role, others: list[Role], event: EventMention, phrases: Phrases) -> bool:
    """Say whether a state is named only to say where its victims, or those of its own people, were hit."""
    member = phrases.members[role.member]
    if role.tokens is None or member.kind not in _AREAS:
        return False
    token = root_of(phrases.doc, role.tokens)
    mention = phrases.mention(token)
    if mention is None or mention.form != "name" or mention.start != role.tokens[0]:
        return False
    homes = {phrases.members[r.member].country for r in event.roles if r.role in ACTING}
    if homes != {member.country} and (not others or homes - {None}):
        return False  # nobody else is hit, or another state's attack is one on the state
    if mention.use in {"adjective", "people"}:
        return token.head.lemma_.lower() in phrases.collectives.areas
    return not _is_aimed_at(first_conjunct(token), phrases.doc[event.head])


def _is_aimed_at(token: Token, trigger: Token) -> bool:
    """Say whether an attack is said to be directed at what a word names, not at something or somebody there."""
    head = token.head
    while head.dep_ == "conj" or (head.head != head and thing_of(head.head) == head):  # dozens of missiles at Chad
        head = head.head
    near = {trigger, trigger.head}
    if token.dep_ in {"obj", "nsubj:pass"}:
        return head in near
    return case_of(token) in load_attacks().hit and (head in near or head.head == trigger)
