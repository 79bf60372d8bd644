"""How somebody who may take part in an event stands to it and to the others: marks that the fusion weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from diplograph.extract.clauses import case_of, clause_of, first_conjunct
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import ACTING, Role, root_of

__all__ = ["is_of_sibling", "standing"]

_FAR = 4
"""Steps up from a word that make it far from the event."""
_SAME = {"conj", "appos", "nmod:desc", "nmod:unmarked"}
_LISTING = {"including", "such as"}
_WHOLE = ["nmod:of"], ["compound"]


def standing(role: Role, others: Iterable[Role], trigger: Token, phrases: Phrases) -> Iterator[str]:
    """Yield how somebody stands to an event and to the others of his side.

    "home" is the state of another, "town" a name behind that of a town, "far" one deep in another phrase, "inner" one
    who only tells who another is ("the lawyer of X", "four men who attacked X").
    """
    side = [r for r in others if r.member != role.member and (r.role in ACTING) == (role.role in ACTING)]
    member = phrases.members[role.member]
    homes = {phrases.members[r.member].country for r in side} - {None}
    if member.kind in {"state", "territory"} and member.country in homes:
        yield "home"
    if role.tokens is None:
        return
    token = root_of(phrases.doc, role.tokens)
    above = {trigger, *trigger.ancestors}
    way = list(_way(token, above))
    if token.dep_ == "nmod:unmarked":
        yield "town"
    if len(way) + (bool(way) and way[-1].head != trigger) >= _FAR:
        yield "far"
    beside = [r.tokens for r in side if r.tokens]
    links: list[str] = []
    for step in way:
        links.append(_link(step))
        if step.head not in above and any(a <= step.head.i < b for a, b in beside):
            if links not in _WHOLE and not _SAME.issuperset(links):
                yield "inner"
            return


def is_of_sibling(token: Token, trigger: Token) -> bool:
    """Say whether a word belongs to a verb coordinated with that of an event: "two are shot and ten are arrested"."""
    clause = clause_of(token)
    verbs = trigger.pos_ == clause.pos_ == "VERB"
    return verbs and clause != trigger and first_conjunct(clause) == first_conjunct(trigger)


def _way(token: Token, above: Iterable[Token]) -> Iterator[Token]:
    """Yield a word and those above it, up to the first that the event depends on."""
    while token not in above:
        yield token
        if token.head == token:
            return
        token = token.head


def _link(token: Token) -> str:
    """The relation of a word, with its preposition; one of a list is coordinated."""
    if token.dep_ != "nmod":
        return str(token.dep_)
    case = case_of(token)
    return "conj" if case in _LISTING else f"nmod:{case}"
