"""What is demanded, threatened, offered or refused is linked to the words that demand, threaten, offer or refuse it.

An order to one's own people only tells the act that is ordered: "the court ordered his release".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from diplograph.extract.grammar.relations import first_conjunct, relation
from diplograph.extract.layers import ACTING, EventMention, Member
from diplograph.ontology.nonevents import load_retold

__all__ = ["SPOKEN", "with_contents", "without_orders"]

SPOKEN = {"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
"""Classes of what is done by saying something about another act."""


_ARGUMENTS = {"obj", "obl", "xcomp", "ccomp", "nmod", "acl", "nsubj", "csubj", "compound"}
"""Relations by which a demand, threat or offer has its content."""


def with_contents(doc: Doc, events: Iterable[EventMention]) -> tuple[EventMention, ...]:
    """Link what is demanded, threatened, offered or refused to the demand, threat, offer or refusal."""
    given = tuple(events)
    words = {e.head for e in given if e.event_class in SPOKEN | {"AGREE"}}
    return tuple(replace(e, content_of=_governing(doc[e.head], words)) for e in given) if words else given


def _governing(token: Token, words: set[int]) -> int | None:
    """The next of `words` above a token that has it in an argument."""
    node = first_conjunct(token)
    while node.head != node and relation(node) in _ARGUMENTS:
        if node.head.i in words:
            return node.head.i
        node = first_conjunct(node.head)
    return None


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
