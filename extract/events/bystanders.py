"""Who is named near an event and takes no part in it: third parties, as the grammar shows them.

The trained reader goes by nearness and sense; what is said here holds for whomever it points at beyond those
whom the frame of an event finds.
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.events.claims import tells_of_force
from diplograph.extract.events.contents import SPOKEN
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import case_of, clause_of, first_conjunct, relation
from diplograph.extract.layers import ACTING, EventMention, Mention
from diplograph.ontology.fusion import load_fusion

__all__ = ["is_bystander"]

_SITES, _BEHIND = {"capital", "place"}, {"nmod:unmarked", "appos", "conj"}


def is_bystander(token: Token, trigger: Token, event: EventMention, phrases: Phrases) -> bool:
    """Say whether a word names a third party."""
    mention = phrases.mention(token)
    if mention is None:
        return False
    if event.event_class == "PROTEST" and tells_of_force(token, phrases):
        return True  # at a protest to keep order
    if event.event_class == "COERCE" and case_of(token) == "to":
        return True  # deported to Chad
    if event.event_class == "SANCTION" and _is_market(token):
        return True
    if event.event_class in SPOKEN and _is_scene(token, trigger):
        return True
    if event.event_class in {*SPOKEN, "CONSULT"} and _is_topic(token, trigger):
        return True
    if trigger.pos_ == "NOUN" and _judges(token, trigger):
        return True
    struck = event.event_class == "ASSAULT" and all(r.role in ACTING for r in event.roles)
    where = not struck and _tells_where(token, mention, phrases)
    return where or _is_in_demand(token, trigger, event)


def _tells_where(token: Token, mention: Mention, phrases: Phrases) -> bool:
    """A state set behind its town: "in Geneva, Switzerland"; what looks like a list may be that too."""
    if token.dep_ not in _BEHIND or mention.use != "name" or case_of(token):
        return False
    town, state = phrases.mention(token.head), mention.members[0]
    if town is None or town.use not in _SITES or phrases.members[state].kind not in {"state", "territory"}:
        return False
    return token.dep_ != "conj" or (token.nbor(-1).text == "," and phrases.state_of(town.members[0]) == state)


def _is_scene(token: Token, verb: Token) -> bool:
    """Where that happened of which a verb speaks: "condemned the attack on a mosque in Chad"."""
    thing = first_conjunct(token).head
    beside = verb.pos_ == "VERB" and thing not in {verb, token}
    return beside and case_of(first_conjunct(token)) in load_fusion().aside.scenes


def _is_topic(token: Token, verb: Token) -> bool:
    """What is spoken of: "spoke with Niger about Chad", "discussed Chad", "rejected claims about Chad"."""
    words, first = load_fusion().aside, first_conjunct(token)
    if first.head == verb and relation(first) == "obj":
        return verb.lemma_ in words.discussing
    things = [verb, *arguments(verb).get("object", ())] if verb.pos_ == "VERB" else [verb]
    return case_of(first) in words.topics and first.head in things


def _judges(token: Token, noun: Token) -> bool:
    """Say whether somebody speaks against what a noun tells: "Chad condemned the attack", "protested over the ban"."""
    verb = clause_of(noun)
    if first_conjunct(token).head != verb or relation(first_conjunct(noun)) not in {
        "obj",
        "obl",
        "nsubj",
        "nsubj:pass",
    }:
        return False
    told = any(e.head == verb.i and e.event_class == "ACCUSE" for e in noun.doc._.diplo_events or ())
    return told and token in arguments(verb).get("subject", ())


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
