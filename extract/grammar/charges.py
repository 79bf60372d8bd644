"""Who is held to have done an act: "jailed X for the murder of Y", "a strike attributed to Z".

Grammar alone, as in `diplograph.extract.grammar.clauses`, which reads verbs in them ("accused X of shelling Y").
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import case_of, expand, first_conjunct, relation
from diplograph.ontology.charges import load_charges

__all__ = ["charged_with"]


def charged_with(noun: Token) -> list[Token]:
    """Return those held to have done what a noun means."""
    first, words = first_conjunct(noun), load_charges()
    if blamed := _blamed(noun):
        return blamed
    case, head = case_of(first), first.head
    if case not in words.reasons | words.share:
        return []
    if head.lemma_.lower() in words.held and head.pos_ == "NOUN":
        return [head]
    if head.lower_ in words.involved and head.head != head:
        return [head.head] if head.dep_ in {"acl", "amod"} else arguments(head).get("object", [])
    if case in words.share:
        return []  # "arrested in a raid" is not arrested for it
    if relation(first) == "nmod" and relation(head) == "obj" and head.head.lemma_.lower() in words.holding:
        return [head]
    return arguments(head).get("object", []) if head.lemma_.lower() in words.holding else []


def _blamed(noun: Token) -> list[Token]:
    """Those to whom a participle behind a deed attributes it."""
    attributed = load_charges().attributed
    verbs = [c for c in noun.children if c.dep_ == "acl" and c.lemma_.lower() in attributed]
    named = [c for v in verbs for c in v.children if case_of(c) == attributed[v.lemma_.lower()]]
    return [t for c in named for t in expand(c)]
