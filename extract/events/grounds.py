"""On whose ground an act is done.

A state that is hit, or that troops come to, though nobody names it as such; and who receives a visitor: "Chad
expects the president of Niger in N'Djamena".
"""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.relations import case_of
from diplograph.extract.layers import ACTING, EventMention, Role, root_of
from diplograph.ontology.attacks import load_attacks

__all__ = ["with_host_at_home", "with_state_of_place"]


def with_state_of_place(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; of an act from abroad, the state of its place is hit if no target is named.

    Else people hit there of whom no more is said are its people.
    """
    if event.event_class not in load_attacks().invading or event.place_tokens is None:
        return event
    if case_of(root_of(phrases.doc, event.place_tokens)) in load_attacks().beside:
        return event  # off the coast of Chad
    state = _state(event.place_tokens, phrases)
    country = phrases.members[state].country if state else None
    acting = [phrases.members[r.member] for r in event.roles if r.role in ACTING]
    homes = {m.country for m in acting} - {None}
    if state is None or country is None or country in homes or not homes:
        return event
    if len(acting) == len(event.roles):
        return replace(event, roles=(*event.roles, Role(state, "target", event.place_tokens)))
    return replace(event, roles=tuple(_at_home(r, country, phrases) for r in event.roles))


def _at_home(role: Role, country: str, phrases: Phrases) -> Role:
    """Return a target; the people who live where they are hit ("civilians", "villagers") as those of the country."""
    member = phrases.members[role.member]
    last = phrases.doc[role.tokens[1] - 1].lemma_.lower() if role.tokens else ""
    if role.role in ACTING or not member.unnamed or member.country or last not in load_attacks().locals:
        return role
    local = replace(member, id=f"{member.id}-{country.lower()}", country=country)
    phrases.members.setdefault(local.id, local)
    return replace(role, member=local.id)


def with_host_at_home(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; of a visit, who is at home in its place receives the others, who come from abroad."""
    state = _state(event.place_tokens, phrases) if event.mode == "visit" and event.place_tokens else None
    if state is None:
        return event
    country = phrases.members[state].country
    homes = {r: phrases.members[r.member].country for r in event.roles}
    visitors = {home for r, home in homes.items() if r.role == "agent"}
    hosts = {home for r, home in homes.items() if r.role != "agent"}
    if visitors != {country} or not hosts or hosts & {country, None}:
        return event
    return replace(event, roles=tuple(replace(r, role="host" if r.role == "agent" else "agent") for r in event.roles))


def _state(place: tuple[int, int], phrases: Phrases) -> str | None:
    """The state that a place is in, as a member of the cast."""
    mention = phrases.cast.at(place[0])
    return phrases.state_of(mention.members[0]) if mention and mention.members else None
