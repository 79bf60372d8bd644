"""On whose ground an act is done: a state that is hit, or that troops come to, though nobody names it as such."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import ACTING, EventMention, Role
from diplograph.ontology.attacks import load_attacks

__all__ = ["with_state_of_place"]


def with_state_of_place(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; one of somebody from abroad of which no target is named has the state of its place for it."""
    if event.event_class not in load_attacks().invading or event.place_tokens is None:
        return event
    mention = phrases.cast.at(event.place_tokens[0])
    state = phrases.state_of(mention.members[0]) if mention and mention.members else None
    country = phrases.members[state].country if state else None
    acting = [phrases.members[r.member] for r in event.roles if r.role in ACTING]
    if state is None or len(acting) < len(event.roles):
        return event
    homes = {m.country for m in acting} - {None}
    if country in homes or not homes:
        return event
    return replace(event, roles=(*event.roles, Role(state, "target", event.place_tokens)))
