"""Of which events a date is told that stands in a sentence: those that its clause is about."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import VERBAL, clause_of, first_conjunct

__all__ = ["is_of"]

_BESIDE = {"acl", "acl:relcl", "amod", "appos"}
_JOINED = {"conj", "advcl", "xcomp", "ccomp", "parataxis", "dep"}
_OWN = ("nsubj", "csubj", "obj", "expl")
_POINTING = {"it", "they", "both", "this", "that", "date", "day", "one", "start", "opening", "slot"}
"""What stands for the event, or for its date, in a clause that tells when it will be."""


def is_of(root: Token, word: Token, *, moved: bool, free: bool) -> bool:
    """Say whether a date, by its head, is told of an event, by its word.

    So it is if its clause stands beside the word, is about it, or is the word's own; if the date is one to which a verb
    moved something (`moved`), only if that is the event. A clause about "it" tells of any event that is `free`.
    """
    clauses = _clauses(root)
    themes = [t for clause in clauses for t in _themes(clause, moved=moved)]
    if word in clauses or any(clause.head == word and clause.dep_ in _BESIDE for clause in clauses):
        return True
    if any(theme == word for theme in themes) or (themes and _is_object(word, themes)):
        return True
    own = clause_of(word) in clauses
    if any(theme.lower_ in _POINTING for theme in themes):
        return own or free
    return own and (not moved or any(theme in word.ancestors for theme in themes))


def _clauses(root: Token) -> list[Token]:
    """The clause of a date, and those that it is joined to without arguments of its own: "was due but came later"."""
    found = [clause_of(root)]
    while found[-1].dep_ in _JOINED and found[-1].head != found[-1] and not _has_arguments(found[-1]):
        above = clause_of(first_conjunct(found[-1]) if found[-1].dep_ == "conj" else found[-1].head)
        if above in found:
            break
        found.append(above)
    return found


def _has_arguments(clause: Token) -> bool:
    return any(c.dep_.startswith(_OWN) for c in clause.children)


def _themes(clause: Token, *, moved: bool) -> list[Token]:
    """What a clause is about: what is moved in it, or whatever moves or will be."""
    if clause.pos_ not in VERBAL:
        return [c for c in clause.children if c.dep_.startswith("nsubj")]
    slots = arguments(clause)
    objects, doers = slots.get("object", []), slots.get("subject", [])
    return (objects or doers) if moved else [*objects, *doers]


def _is_object(word: Token, themes: list[Token]) -> bool:
    """Say whether an event's word is the verb whose object a clause is about: "signed the deal, due in May"."""
    return word.pos_ in VERBAL and any(theme in themes for theme in arguments(word).get("object", ()))
