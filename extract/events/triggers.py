"""Whether the words of a lexicon entry stand at a token."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.clauses import words_near
from diplograph.ontology.lexicon import Entry

__all__ = ["kind_of", "trigger_words"]


def trigger_words(token: Token, entry: Entry) -> tuple[int, int] | None:
    """Return the tokens of the trigger if the words of an entry stand there, else None."""
    others = list(entry.others)
    if not others or token.lemma_.lower() == entry.word:
        return token.i, token.i + 1
    doc = token.doc
    if entry.family.pos == "verb":
        near = [*token.children, *doc[token.i + 1 : token.i + 3]]
        ends = [next((t.i for t in near if t.lower_ == w and t.i > token.i), -1) for w in others]
        if len(others) > 1:
            return (token.i, token.i + 1) if words_near(token, tuple(others)) is not None else None
        return (token.i, token.i + 1) if min(ends) > 0 else None
    if " of " in entry.word:
        return (
            (token.i, token.i + 1)
            if any(c.lemma_.lower() in others or c.lower_ in others for c in token.children)
            else None
        )
    at = token.i - 1
    for word in reversed(others):
        while at >= 0 and doc[at].is_punct:
            at -= 1
        if at < 0 or word not in (doc[at].lower_, doc[at].lemma_.lower()):
            return None
        at -= 1
    return at + 1, token.i + 1


def kind_of(token: Token) -> str:
    """The lemma that says what a thing is: of "a round of talks" the talks, of "millions of euros" the euros."""
    lemma = token.lemma_.lower()
    if lemma in {"number", "series", "round", "dozen", "hundred", "thousand", "set", "package", "piece"}:
        for child in token.children:
            if child.dep_ == "nmod":
                return child.lemma_.lower()
    return lemma
