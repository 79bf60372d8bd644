"""Who does what a word tells, to whom, and whose names stand there: as rules about words ask it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from diplograph.extract.grammar.clauses import arguments, subjects
from diplograph.extract.grammar.memory import remembered
from diplograph.extract.grammar.relations import VERBAL, case_of, expand, is_passive, relation
from diplograph.extract.layers import Member

__all__ = ["acting", "concerned", "countries", "members", "things"]

_HIGHEST = 4


@remembered(list)
def things(token: Token) -> list[Token]:
    """To what a verb does something, or what a noun is of."""
    return arguments(token).get("object" if token.pos_ == "VERB" else "of", [])


@remembered(list)
def concerned(token: Token) -> list[Token]:
    """Who is named with "by", else the subjects, in the nearest clause that has any: those of a passive too."""
    clause = _nearest(token)
    return [] if clause is None else _by_whom(clause) or subjects(clause)


@remembered(list)
def acting(token: Token) -> list[Token]:
    """Who acts in the nearest clause that has a subject; nobody if that is the one to whom something is done."""
    clause = _nearest(token)
    if clause is None:
        return []
    return _by_whom(clause) or ([] if is_passive(clause) else subjects(clause))


def _nearest(token: Token) -> Token | None:
    node = token
    for _ in range(_HIGHEST):
        if node.pos_ in VERBAL:
            found = _by_whom(node) or subjects(node)
            if found and token not in found:
                return node
        if node.head == node:
            break
        node = node.head
    return None


def _by_whom(verb: Token) -> list[Token]:
    return [t for c in verb.children if relation(c) == "obl" and case_of(c) == "by" for t in expand(c)]


def members(tokens: Iterable[Token]) -> list[Member]:
    """Return the actors and places that words are of names of."""
    found: list[Member] = []
    for token in tokens:
        cast = token.doc._.diplo_actors
        mention = cast.at(token.i) if cast else None
        found += [cast.members[k] for k in mention.members] if mention else []
    return found


def countries(tokens: Iterable[Token]) -> set[str]:
    """Return the countries to which those belong whom words name."""
    return {m.country for m in members(tokens) if m.country}
