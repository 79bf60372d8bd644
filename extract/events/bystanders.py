"""Who is named near an event and takes no part in it: third parties, as the grammar shows them.

The trained reader goes by nearness and sense; what is said here holds for whomever it points at beyond those
whom the frame of an event finds.
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import case_of, relation
from diplograph.extract.layers import ACTING, EventMention, Mention
from diplograph.ontology.fusion import load_fusion

__all__ = ["is_bystander", "is_settled"]

_SITES = {"capital", "place"}


def is_settled(event: EventMention, trigger: Token) -> bool:
    """Say whether the grammar gives the sides: "talks between A and B", "the A-backed B" are nobody else's."""
    if trigger.dep_ == "amod" and {r.role in ACTING for r in event.roles} == {True, False}:
        return True
    slots = arguments(trigger)
    sides = {t.i for name in ("between", "among") for t in slots.get(name, ())}
    named = [r for r in event.roles if r.tokens and sides & set(range(*r.tokens))]
    return len(named) > 1


def is_bystander(token: Token, trigger: Token, event: EventMention, phrases: Phrases) -> bool:
    """Say whether a word names a third party."""
    mention = phrases.mention(token)
    if mention is None:
        return False
    if event.event_class == "COERCE" and case_of(token) == "to":
        return True  # deported to Chad
    if event.event_class == "SANCTION" and _is_market(token):
        return True
    where = event.event_class != "ASSAULT" and _tells_where(token, mention, phrases)
    return where or _is_in_demand(token, trigger, event)


def _tells_where(token: Token, mention: Mention, phrases: Phrases) -> bool:
    """A state set behind its town: "in Geneva, Switzerland"."""
    if token.dep_ not in {"nmod:unmarked", "appos"} or mention.use != "name" or case_of(token):
        return False
    town = phrases.mention(token.head)
    return (
        town is not None and town.use in _SITES and phrases.members[mention.members[0]].kind in {"state", "territory"}
    )


def _is_market(token: Token) -> bool:
    """Where the goods go that a tariff is on: "imports to Chad", "goods entering Chad", "Chad's imports from Niger"."""
    words, goods = load_fusion().aside, token.head
    if goods.lemma_ == "enter":
        goods = goods.head
    elif token.dep_ in {"compound", "nmod:poss", "amod"}:
        return goods.lemma_ == "import" and any(case_of(c) == "from" for c in goods.children)
    elif case_of(token) not in words.markets:
        return False
    return goods.lemma_.lower() in words.goods


def _is_in_demand(token: Token, trigger: Token, event: EventMention) -> bool:
    """Whom the act concerns that another is asked for: "urged Chad to talk with Niger" asks nothing of Niger."""
    if event.event_class != "REQUEST" or all(r.role in ACTING for r in event.roles):
        return False
    content = [c for c in trigger.children if relation(c) in {"xcomp", "ccomp", "advcl", "acl"} and c.i > trigger.i]
    return any(c.tag_ == "VB" and c in token.ancestors for c in content) and case_of(token) not in {"by", "from"}
