"""Parses with ClearNLP labels (spaCy's en_core_web_*) as Universal Dependencies.

The component ``diplo_ud`` turns the tree of a Doc into UD so that everything after it can read any
pipeline: prepositions become case markers of their nouns, the verb "be" hangs from its predicate, and
labels get their UD names (`LABELS`). A Doc that has UD labels already is left alone.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Token

__all__ = ["LABELS", "UDConverter", "make_ud_converter"]

LABELS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "dative": "iobj",
    "neg": "advmod", "poss": "nmod:poss", "relcl": "acl:relcl", "prt": "compound:prt", "npadvmod": "obl:unmarked",
    "quantmod": "advmod", "predet": "det", "preconj": "cc:preconj", "intj": "discourse", "oprd": "xcomp",
    "nmod": "compound", "acomp": "xcomp", "attr": "xcomp", "pcomp": "advcl", "pobj": "obl", "agent": "case",
    "prep": "advmod", "meta": "dep",
}  # fmt: skip
"""ClearNLP label -> UD label, where the tree stays as it is; other labels are the same in both."""

_MARKS = set(LABELS) - {"nmod"}
"""Labels that only ClearNLP has: one of them tells which kind of tree it is."""
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}


@Language.factory("diplo_ud", requires=["token.dep"], assigns=["token.dep", "token.head"])
def make_ud_converter(nlp: Language, name: str) -> UDConverter:
    """Build the component; it has no settings."""
    return UDConverter()


class UDConverter:
    """Converts trees (see the module's first lines)."""

    def __call__(self, doc: Doc) -> Doc:
        """Convert the Doc's tree if it has ClearNLP labels."""
        if any(token.dep_ in _MARKS for token in doc):
            heads, labels = convert(doc)
            table = np.zeros((len(doc), 2), dtype=np.uint64)
            table[:, 0] = (np.array(heads) - np.arange(len(doc))).astype(np.int64).astype(np.uint64)
            table[:, 1] = [doc.vocab.strings.add(label) for label in labels]
            doc.from_array([HEAD, DEP], table)
        return doc


def convert(doc: Doc) -> tuple[list[int], list[str]]:
    """Return the heads (a root heads itself) and labels of the UD tree."""
    heads = [token.head.i for token in doc]
    labels = [LABELS.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        if token.tag_ == "TO" and token.dep_ == "aux":
            labels[token.i] = "mark"
        if token.dep_ in {"prep", "agent", "dative"}:
            _preposition(token, heads, labels)
    for token in doc:
        if token.lemma_ == "be" and (predicate := _predicate(token)) is not None:
            _copula(token, predicate, heads, labels)
    return heads, labels


def _preposition(token: Token, heads: list[int], labels: list[str]) -> None:
    """Turn preposition over noun into noun over preposition."""
    inner = next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
    if inner is None:
        nested = next(
            (c for c in token.children if c.dep_ == "prep" and any(g.dep_ == "pobj" for g in c.children)), None
        )
        if nested is None:
            return  # an adverb without a noun, or a dative that is a noun itself
        inner = next(g for g in nested.children if g.dep_ == "pobj")
    governor = token.head
    while governor.dep_ == "prep" and governor.head != governor:
        governor = governor.head
    heads[inner.i] = governor.i
    if inner.dep_ == "pcomp":
        labels[inner.i] = "advcl"
    elif token.dep_ == "agent":
        labels[inner.i] = "obl:agent"
    else:
        labels[inner.i] = "nmod" if governor.pos_ in _NOMINAL else "obl"
    heads[token.i] = inner.i
    labels[token.i] = "mark" if inner.dep_ == "pcomp" else "case"


def _predicate(verb: Token) -> Token | None:
    """The noun or adjective that "be" says of its subject."""
    return next((c for c in verb.children if c.dep_ in {"attr", "acomp"}), None)


def _copula(verb: Token, predicate: Token, heads: list[int], labels: list[str]) -> None:
    """Let the predicate take the place of "be"; everything that hung from the verb hangs from it."""
    root = heads[verb.i] == verb.i
    heads[predicate.i] = predicate.i if root else heads[verb.i]
    labels[predicate.i] = labels[verb.i]
    for i, head in enumerate(heads):
        if head == verb.i and i not in {verb.i, predicate.i}:
            heads[i] = predicate.i
    heads[verb.i], labels[verb.i] = predicate.i, "cop"
