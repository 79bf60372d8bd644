"""On whose ground an act is done: a state that is hit, or that troops come to, though nobody names it as such; and
who receives a visitor: "Chad expects the president of Niger in N'Djamena"."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import ACTING, EventMention, Role
from diplograph.ontology.attacks import load_attacks

__all__ = ["with_host_at_home", "with_state_of_place"]


def with_state_of_place(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; one of somebody from abroad of which no target is named has the state of its place for it."""
    if event.event_class not in load_attacks().invading or event.place_tokens is None:
        return event
    state = _state(event.place_tokens, phrases)
    country = phrases.members[state].country if state else None
    acting = [phrases.members[r.member] for r in event.roles if r.role in ACTING]
    if state is None or len(acting) < len(event.roles):
        return event
    homes = {m.country for m in acting} - {None}
    if country in homes or not homes:
        return event
    return replace(event, roles=(*event.roles, Role(state, "target", event.place_tokens)))


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
