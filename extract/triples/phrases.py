"""Which words of a phrase a triple quotes: all of it, or its core.

Positions are token indices, half-open; a phrase is always one stretch of the text, so that it can be
quoted from there.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from diplograph.extract.grammar.relations import case_of

__all__ = ["clause", "core", "phrase"]

_LEFT_OUT = frozenset(
    (
        "acl:relcl appos parataxis conj cc punct advcl case mark dep discourse cop aux nsubj nsubj:pass csubj vocative"
    ).split()
)
"""Children of a phrase's head that are no part of it: other conjuncts, clauses, what it is the predicate of."""

_DEEPER = frozenset({"acl:relcl", "parataxis"})
"""The same further down: "the use of sources [that lie]"."""

_OPEN = frozenset({"those", "anyone", "everyone", "all", "one"})
"""Words that mean nothing without their relative clause: "those who back it", like "what they saw"."""

_NEEDED = frozenset({"compound", "flat", "amod", "nummod", "nmod:desc", "nmod:poss", "goeswith", "fixed"})
"""Children that a core keeps."""


def phrase(
    head: Token, *, keep: Collection[str] = (), without: Token | None = None, predicate: bool = False
) -> tuple[int, int]:
    """Return the whole phrase of a head, without relative clauses and appositions.

    Parameters
    ----------
    keep : relations that are part of it this time: "conj" and "cc" for a coordination as a whole
    without : a clause inside it that is left out: "the organ [built by X]"
    predicate : leave out what belongs to the clause rather than to a nominal predicate
    """
    inside = {head.i}
    if head.tag_ == "WP" or head.lower_ in _OPEN:
        keep = {*keep, "acl:relcl"}
    nominal = predicate and head.pos_ in {"NOUN", "PROPN"}
    for child in head.children:
        kind = child.dep_
        if (kind in _LEFT_OUT and kind not in keep) or child == without:
            continue
        if nominal and (kind[:3] == "obl" or kind in {"advmod", "ccomp"}):
            continue
        _collect(child, inside, without)
    return _around(head, inside)


def _collect(token: Token, inside: set[int], without: Token | None) -> None:
    inside.add(token.i)
    for child in token.children:
        if child.dep_ not in _DEEPER and child != without:
            _collect(child, inside, without)


def _around(head: Token, inside: set[int]) -> tuple[int, int]:
    """The stretch of `inside` around a head; punctuation between two of its words is part of it."""
    doc = head.doc
    left = right = head.i
    while left - 1 in inside or (left - 2 in inside and doc[left - 1].is_punct):
        left -= 1
    while right + 1 in inside or (right + 2 in inside and doc[right + 1].is_punct):
        right += 1
    return _bare(head, left, right)


def _bare(head: Token, left: int, right: int) -> tuple[int, int]:
    doc = head.doc
    while right > head.i and (doc[right].is_punct or doc[right].is_space):
        right -= 1
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        if doc[left].is_quote and any(t.is_quote for t in doc[left + 1 : right + 1]):
            break
        left += 1
    return left, right + 1


def core(head: Token, without: Token | None = None) -> tuple[int, int]:
    """Return a head with what it cannot do without: names, adjectives, numbers, an "of" phrase; no article."""
    if head.tag_ == "WP" or head.lower_ in _OPEN:
        return phrase(head, without=without)
    left = right = head.i
    for child in head.children:
        if child == without:
            continue
        if child.dep_ in _NEEDED:
            left, right = min(left, child.left_edge.i), max(right, child.right_edge.i)
        elif child.dep_ == "nmod" and child.i > head.i and case_of(child) == "of":
            right = max(right, core(child)[1] - 1)
    doc = head.doc
    while left < head.i and doc[left].pos_ in {"DET", "PART"}:
        left += 1
    return _bare(head, left, right)


def clause(head: Token) -> tuple[int, int]:
    """Return a clause, whole, without the "that" that opens it and without the marks around it."""
    left, right = _bare(head, head.left_edge.i, head.right_edge.i)
    if head.doc[left].lower_ == "that" and head.doc[left].dep_ == "mark":
        left += 1
    return left, right
