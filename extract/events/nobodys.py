"""Events of nobody: of which no party is told, and what unknown people did to private ones.

The guide counts a word of an event only if a party of it is named, and an attack by unknown people only if it hits
the police, an army or people in politics.
"""

from __future__ import annotations

from collections.abc import Collection

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import ACTING, EventMention, Role
from diplograph.ontology.attacks import load_attacks

__all__ = ["is_of_nobody"]


def is_of_nobody(event: EventMention, phrases: Phrases, own: Collection[str]) -> bool:
    """Say whether an event is of nobody; those told by a user's own words (`own`) never are."""
    if event.entry in own:
        return False
    if not event.roles:
        return True
    return event.event_class == "ASSAULT" and all(_is_private(role, phrases) for role in event.roles)


def _is_private(role: Role, phrases: Phrases) -> bool:
    """Say whether nothing is known of somebody but that he attacked, or that he is a private person of no state."""
    member, attacks = phrases.members[role.member], load_attacks()
    words = {w.lower() for w in member.name.split()} | {w.lower().removesuffix("s") for w in member.name.split()}
    private = not words.isdisjoint(attacks.unknown) if role.role in ACTING else words.isdisjoint(attacks.public)
    return member.unnamed and member.country is None and private
