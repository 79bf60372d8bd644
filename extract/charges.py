"""Who is held to have done an act: "jailed X for the murder of Y", "a suspect in the killing of Z".

Grammar alone, as in `diplograph.extract.clauses`; a verb in such a phrase ("accused X of shelling Y") is read there.
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.clauses import arguments, case_of, first_conjunct, relation

__all__ = ["charged_with"]

_HOLDING = frozenset(
    "accuse arrest charge convict detain indict jail imprison sentence suspect prosecute try hold execute".split()
)
"""Verbs of acts against somebody for what he is held to have done."""
_HELD = frozenset("suspect perpetrator culprit mastermind attacker gunman accomplice".split())
_FOR = {"for", "of", "with", "over", "in"}
_INVOLVED = {"involved", "implicated", "guilty", "suspected"}


def charged_with(noun: Token) -> list[Token]:
    """Return those held to have done what a noun means."""
    first = first_conjunct(noun)
    if case_of(first) not in _FOR:
        return []
    head = first.head
    if head.lemma_.lower() in _HELD and head.pos_ == "NOUN":
        return [head]
    if head.lower_ in _INVOLVED and head.head != head:
        return [head.head] if head.dep_ in {"acl", "amod"} else arguments(head).get("object", [])
    if relation(first) == "nmod" and relation(head) == "obj" and head.head.lemma_.lower() in _HOLDING:
        return [head]
    return arguments(head).get("object", []) if head.lemma_.lower() in _HOLDING else []
