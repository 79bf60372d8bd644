"""Whose protest it is: those to whom something is done at it are the ones who protest, not those whom it is against."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import clause_of, is_passive
from diplograph.extract.layers import ACTING, EventMention, Role, root_of

__all__ = ["protest"]


def protest(event: EventMention, phrases: Phrases) -> EventMention:
    """Return an event; of a protest without protesters, those who are arrested or hurt at it are these."""
    if event.event_class != "PROTEST" or any(r.role in ACTING for r in event.roles):
        return event
    return replace(event, roles=tuple(_at_it(r, event, phrases) for r in event.roles))


def _at_it(role: Role, event: EventMention, phrases: Phrases) -> Role:
    """One who suffers what the clause around the protest tells, as one who acts."""
    trigger = phrases.doc[event.head]
    verb = clause_of(trigger)
    if role.tokens is None or verb == trigger or not is_passive(verb) or not _may_protest(role, phrases):
        return role
    token = root_of(phrases.doc, role.tokens)
    below = {t for s in subjects(verb) for t in s.subtree}
    return replace(role, role="agent") if token in below and trigger not in below else role


def _may_protest(role: Role, phrases: Phrases) -> bool:
    """Say whether somebody is of no office: no police, which are their state, and no minister."""
    member = phrases.members[role.member]
    return member.kind == "group" or (member.kind == "person" and not member.known)
