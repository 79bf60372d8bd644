"""One act, two words: the event that only leads to another of the same sentence is left out.

"Two soldiers were killed in an attack" tells of one attack, and its victims are those of the attack; "the court
ordered his release" tells of a release.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from diplograph.extract.clauses import VERBAL, case_of, relation
from diplograph.extract.layers import ACTING, EventMention, Member
from diplograph.ontology.nonevents import Retold

__all__ = ["without_retold"]


def without_retold(
    doc: Doc, events: tuple[EventMention, ...], members: dict[str, Member], rules: Retold
) -> tuple[EventMention, ...]:
    """Return the events without those that another one of the same sentence tells better."""
    fate = {e.head: e for e in events if e.event_class == "ASSAULT"}
    contents = {e.content_of for e in events}
    dropped: set[int] = set()
    victims: dict[int, EventMention] = {}
    for event in events:
        if event.event_class == "ASSAULT" and event.mode in rules.killing:
            attack = next((a for t in _occasions(doc[event.head], rules) if (a := fate.get(t.i))), None)
            if attack is not None and attack.head not in dropped:
                dropped.add(event.head)
                victims[attack.head] = event
        elif event.head in contents and _is_order(doc[event.head], event, members, rules):
            dropped.add(event.head)
    kept = (_with_victims(e, victims.get(e.head)) for e in events if e.head not in dropped)
    return tuple(replace(e, content_of=None) if e.content_of in dropped else e for e in kept)


def _occasions(verb: Token, rules: Retold) -> Iterator[Token]:
    """Yield what a killing was part of: "killed in clashes", "killed when soldiers opened fire"."""
    if verb.pos_ not in VERBAL:
        return
    for child in verb.children:
        if relation(child) == "obl" and case_of(child) in rules.cases:
            yield child
        elif child.dep_ == "advcl" and any(
            c.dep_ in {"mark", "advmod"} and c.lower_ in rules.marks for c in child.children
        ):
            yield child


def _is_order(token: Token, event: EventMention, members: dict[str, Member], rules: Retold) -> bool:
    """Say whether somebody orders what his own people, or who is under his law, are to do."""
    if event.event_class != "REQUEST" or token.lemma_.lower() not in rules.orders:
        return False
    home = {members[r.member].country for r in event.roles if r.role in ACTING}
    abroad = {members[r.member].country for r in event.roles if r.role not in ACTING} - {None}
    return not abroad - home


def _with_victims(attack: EventMention, killing: EventMention | None) -> EventMention:
    """Give an attack the victims of the killing, if it tells of nobody whom it hit."""
    if killing is None or any(r.role not in ACTING for r in attack.roles):
        return attack
    own = {r.member for r in attack.roles}
    hit = tuple(r for r in killing.roles if r.role not in ACTING and r.member not in own)
    return replace(attack, roles=(*attack.roles, *hit))
