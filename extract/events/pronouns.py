"""What a plural pronoun takes up when it is no actor of the text but people that a clause above tells of."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.grammar.relations import VERBAL, clause_of, relation

__all__ = ["people_meant"]

_PLURAL = {"they", "them", "their"}
_BELOW = {"advcl", "conj", "xcomp", "ccomp", "acl", "parataxis"}
_HIGHEST = 3


def people_meant(pronoun: Token) -> Token | None:
    """Return the noun of those to whom the clause above does something: "arrests ten people, accusing them of fraud".

    So "them" and "their" are read, and the "they" of a passive: of those acted upon the text goes on to tell so.
    """
    if pronoun.lower_ not in _PLURAL or pronoun.pos_ not in {"PRON", "DET"}:
        return None
    if pronoun.lower_ == "they" and pronoun.dep_ != "nsubj:pass":
        return None
    verb = clause_of(pronoun)
    own = pronoun.dep_ == "nmod:poss"
    for _ in range(_HIGHEST):
        if own and verb.pos_ in VERBAL and (found := _done_to(verb, pronoun)) is not None:
            return found
        own = True
        if relation(verb) not in _BELOW:
            return None
        verb = verb.head
    return None


def _done_to(verb: Token, pronoun: Token) -> Token | None:
    """The plural common noun that a verb acts upon, in front of the pronoun."""
    acted = (c for c in verb.children if relation(c) == "obj" or c.dep_ == "nsubj:pass")
    return next((c for c in acted if c.i < pronoun.i and c.tag_ == "NNS" and pronoun not in c.subtree), None)
