"""Whose word a name is: a name may stand for its bearer, or only tell more of somebody else.

"Kurdish" in "the Kurdish-led Syrian Forces" and "Irish" in "the Irish band Kneel" take no part in what the forces
and the band do. "Ukrainian" in "a Ukrainian diver" is the diver's.
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.events.phrases import Phrases, is_side
from diplograph.extract.grammar.relations import case_of

__all__ = ["bearer"]

_DASHES = {"-", "–"}
_DESCRIBING = {"nmod:desc", "compound", "amod", "flat", "nmod:poss"}
_BEFORE = {"amod", "compound", "nmod:poss"}


def bearer(token: Token, trigger: Token, phrases: Phrases) -> Token | None:
    """Return the word whose phrase a word stands for, mostly itself; None if it only tells more of another actor."""
    participle = _participle(token)
    if participle is not None:
        return token if trigger in {participle, participle.head} else None
    if token.dep_ == "nmod" and case_of(token) == "of" and token.head.lemma_.lower() in phrases.collectives.kin:
        return token.head  # the nephew of somebody
    if token.dep_ == "nmod" and case_of(token) == "of" and token.head != trigger and phrases.is_body(token.head):
        return None  # the Third Brigade of the Hill Army
    mention = phrases.mention(token)
    if mention is None and is_side(token):
        return None
    if mention is None and token.pos_ == "NOUN" and (thing := _thing_named(token)):
        return thing
    if mention is None or mention.form != "name" or token.dep_ not in _BEFORE or token.head == trigger:
        return token
    noun = token.head
    if mention.use == "opposed" and noun.head != trigger:
        return None  # the anti-Hamas coalition
    if _described(noun, phrases) is not None and trigger not in noun.children:
        return None
    tells = phrases.only_tells(token) or phrases.is_person_noun(noun)
    if mention.use == "adjective" and noun.pos_ in {"NOUN", "PROPN"} and tells:
        return noun
    return token


def _participle(token: Token) -> Token | None:
    """The participle that a name is joined to by a hyphen: "led" of "Kurdish-led"."""
    verb = token.head
    joined = any(t.text in _DASHES for t in token.doc[token.i + 1 : verb.i]) and verb.i - token.i < 6
    return verb if joined and verb.i > token.i and verb.tag_ in {"VBN", "VBD", "JJ"} and verb.dep_ == "amod" else None


def _thing_named(noun: Token) -> Token | None:
    """The name right behind a noun that is nobody's: "Anna" of "the tanker Anna Maria"."""
    behind = [c for c in noun.children if c.dep_ in {"appos", "flat", "nmod:desc"} and c.left_edge.i == noun.i + 1]
    behind += [noun.head] if noun.dep_ == "nmod:desc" and noun.head.i == noun.i + 1 else []
    return next((c for c in behind if c.pos_ == "PROPN" and c.ent_type_ == "MISC"), None)


def _described(noun: Token, phrases: Phrases) -> Token | None:
    """The name that a noun describes: "band" of "the Irish band Kneel"."""
    own = phrases.mention(noun)
    if own is not None and own.form == "name":
        return None
    names = [c for c in noun.children if c.dep_ in {"appos", "flat", "nmod:desc"} and not case_of(c) and c.i > noun.i]
    names += [noun.head] if noun.dep_ in _DESCRIBING and noun.head.i > noun.i else []
    for name in names:
        mention = phrases.mention(name)
        if mention is not None and mention.form == "name" and phrases.members[mention.members[0]].kind != "place":
            return name
    return None
