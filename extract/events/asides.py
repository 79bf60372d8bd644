"""Who is named beside an event: in a circumstance of it, as a building's owner, as the town that it is called after."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.relations import case_of, clause_of, first_conjunct
from diplograph.ontology.fusion import load_fusion

__all__ = ["is_aside"]

_INSIDE = {"nmod", "nmod:poss", "compound", "amod", "appos", "flat"}
"""Relations of words inside a phrase."""


def is_aside(token: Token, trigger: Token, phrases: Phrases) -> bool:
    """Say whether a word stands beside an event: in a circumstance, or as the town that it is called after."""
    mention, words = phrases.mention(token), load_fusion().aside
    if token.dep_ == "compound" and phrases.is_town(token):
        # the Budapest summit, not the Kyiv government
        return token.head.lemma_.lower() not in phrases.collectives.organs
    at_site = trigger.pos_ == "NOUN" and case_of(token.head) in words.sites
    if mention is not None and mention.use == "adjective" and at_site:
        return token.head != trigger  # the bombing at a Chinese restaurant
    if mention is not None and token.dep_ in _INSIDE and token.head.lemma_.lower() in phrases.collectives.offices:
        if phrases.members[mention.members[0]].kind == "person":
            return True  # the Milei administration is a state
    if first_conjunct(token).head.pos_ == "NOUN" and case_of(first_conjunct(token)) in words.topics:
        return True  # a meeting about Cyprus
    if _is_in_circumstance(token, trigger) or _is_of_post(token, phrases):
        return True
    clause = clause_of(token)
    if clause.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    return bool(marks & words.circumstances) and trigger not in clause.subtree


def _is_in_circumstance(token: Token, trigger: Token) -> bool:
    """Say whether a word is in a phrase of what is beside an event: "after the arrest of the nephew of X"."""
    node, words = first_conjunct(token), load_fusion().aside
    if case_of(node) in words.circumstances:
        return True
    while node.dep_ in _INSIDE and node.head != trigger:
        node = first_conjunct(node.head)
        if case_of(node) in words.around:  # "resigned as leader of the party"
            return trigger not in node.subtree
    return False


def _is_of_post(token: Token, phrases: Phrases) -> bool:
    """Say whether a state is named only as that of a post: "resigned as president of Chad"."""
    mention = phrases.mention(token)
    state = mention is not None and phrases.members[mention.members[0]].kind in {"state", "territory"}
    return state and token.dep_ in _INSIDE and case_of(first_conjunct(token.head)) == "as"
