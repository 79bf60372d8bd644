"""An order to one's own people only tells the act that is ordered: "the court ordered his release"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from diplograph.extract.layers import ACTING, EventMention, Member
from diplograph.ontology.nonevents import load_retold

__all__ = ["without_orders"]


def without_orders(
    doc: Doc, events: tuple[EventMention, ...], members: Mapping[str, Member]
) -> tuple[EventMention, ...]:
    """Return the events without the orders that somebody gives his own people, or those under his law, to do others."""
    ordered, words = {e.content_of for e in events}, load_retold().orders
    dropped = {
        e.head
        for e in events
        if e.head in ordered and e.event_class == "REQUEST" and doc[e.head].lemma_.lower() in words
        if _is_at_home(e, members)
    }
    kept = (e for e in events if e.head not in dropped)
    return tuple(replace(e, content_of=None) if e.content_of in dropped else e for e in kept)


def _is_at_home(event: EventMention, members: Mapping[str, Member]) -> bool:
    """Say whether nobody to whom something is done is known to be of another country than those who do it."""
    home = {members[r.member].country for r in event.roles if r.role in ACTING}
    return {members[r.member].country for r in event.roles if r.role not in ACTING} <= home | {None}
