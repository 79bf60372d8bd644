"""Whether the words of a lexicon entry stand at a token, and which they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.grammar.relations import governor, support_verb, words_near
from diplograph.ontology.lexicon import Entry

__all__ = ["kind_of", "thing_of", "trigger_words", "words_taken"]


def trigger_words(token: Token, entry: Entry) -> tuple[int, int] | None:
    """Return the tokens of the trigger if the words of an entry stand there, else None."""
    others = entry.others
    if not others or token.lemma_.lower() == entry.word:
        return token.i, token.i + 1
    doc = token.doc
    if entry.family.pos == "verb":
        if len(others) > 1:
            stands = words_near(token, others) is not None
        else:
            behind = (*doc[token.i + 1 : token.i + 3], *token.children)
            stands = any(t.lower_ == others[0] and t.i > token.i for t in behind)
        return (token.i, token.i + 1) if stands else None
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


def words_taken(
    doc: Doc, head: int, trigger: tuple[int, int], entry: Entry, carriers: Collection[str]
) -> Iterator[int]:
    """Yield all tokens that an entry goes by: its trigger, a verb's object, the verb that carries a noun."""
    yield from range(*trigger)
    token, family = doc[head], entry.family
    if family.pos == "verb":
        yield from (t.i for t in arguments(token).get("object", ()) if kind_of(t) in family.object)
        yield from (t.i for t in words_near(token, entry.others) or ())
    elif verb := support_verb(token) or governor(token):
        if verb.lemma_.lower() in family.carried_by or verb.lemma_.lower() in carriers:
            yield verb.i


def thing_of(token: Token) -> Token:
    """The word that says what a thing is: of "a round of talks" the talks, of "millions of euros" the euros."""
    if token.lemma_.lower() in {"number", "series", "round", "dozen", "hundred", "thousand", "set", "package", "piece"}:
        return next((c for c in token.children if c.dep_ == "nmod"), token)
    return token


def kind_of(token: Token) -> str:
    """The lemma of `thing_of`."""
    return thing_of(token).lemma_.lower()
