"""What must be done is demanded by who says so: "Chad must leave, Niger said".

No rule of the lexicon reads a modal as a demand; the trained reader does, and takes who must do it for who demands.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from diplograph.extract.layers import ACTING, READER, EventMention, Role
from diplograph.ontology.attribution import Attribution

__all__ = ["is_duty", "with_demander"]


def is_duty(doc: Doc, event: EventMention, words: Attribution) -> bool:
    """Say whether only a word of duty tells of an event."""
    return event.entry == READER and event.event_class == "REQUEST" and doc[event.head].lemma_.lower() in words.duties


def with_demander(event: EventMention) -> EventMention | None:
    """Return a duty as its source's demand of those who have it; None where the author himself speaks of it."""
    if event.source is None:
        return None
    speaker = event.source_member
    asked = [replace(r, role="target") if r.role in ACTING else r for r in event.roles if r.member != speaker]
    roles = [Role(speaker, "agent", event.source_tokens)] if speaker else []
    return replace(event, roles=(*roles, *asked))
