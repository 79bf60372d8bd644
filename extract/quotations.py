"""Direct speech: which words stand between quotation marks, and who speaks them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from diplograph.extract.layers import Quotation
from diplograph.ontology.attribution import Attribution

__all__ = ["find_quotations", "quotations_of", "reporting_subject"]

_OPENERS = {"“", "„", "«", "``", "‘‘"}
_CLOSERS = {"”", "»", "''", "’’"}
_NEUTRAL = {'"'}
_MARKS = frozenset("".join(_OPENERS | _CLOSERS | _NEUTRAL))
"""The characters of all marks."""
_SHORTEST = 4
"""Fewer words between the marks are scare quotes ("productive"), not speech."""


def quotations_of(doc: Doc, words: Attribution) -> tuple[Quotation, ...]:
    """Return the direct speech of a Doc; the first component that asks leaves it in ``doc._.diplo_quotations``."""
    if doc._.diplo_quotations is None:
        doc._.diplo_quotations = tuple(find_quotations(doc, words))
    return doc._.diplo_quotations  # type: ignore[no-any-return]


def find_quotations(doc: Doc, words: Attribution) -> list[Quotation]:
    """Find direct speech and its speakers.

    A mark that is never closed ends with its paragraph, unless the next paragraph opens with a mark
    again (running quotation over paragraphs).
    """
    quotations: list[Quotation] = []
    text = doc.text
    if not any(mark in text for mark in _MARKS):
        return quotations
    speaker = -1
    for start, end in _marked(doc):
        if sum(1 for t in doc[start:end] if t.is_alpha) < _SHORTEST:
            continue
        found = _speaker(doc, start, end, words)
        continues = quotations and found < 0 and _follows(doc, quotations[-1].end, start)
        speaker = found if found >= 0 else (speaker if continues else -1)
        quotations.append(Quotation(start, end, speaker))
    return quotations


def reporting_subject(verb: Token, words: Attribution) -> Token | None:
    """Return who speaks by a verb of saying: its subject, or None if it is no such verb."""
    if verb.lemma_.lower() not in words.verbs:
        return None
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubj:outer"}:
            return child
    if verb.dep_ == "conj" and verb.head != verb:
        return reporting_subject(verb.head, words)
    if verb.dep_ in {"advcl", "acl"} and verb.tag_ == "VBG":
        return next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    return None


def _marked(doc: Doc) -> list[tuple[int, int]]:
    spans, start = [], -1
    for token in doc:
        text = token.text
        if text in _OPENERS or (text in _NEUTRAL and start < 0):
            if start < 0:
                start = token.i + 1
        elif (start >= 0 and (text in _CLOSERS or text in _NEUTRAL)) or (
            start >= 0 and token.is_space and text.count("\n") > 1
        ):
            spans.append((start, token.i))
            start = -1
    if start >= 0:
        spans.append((start, len(doc)))
    return spans


def _follows(doc: Doc, end: int, start: int) -> bool:
    """Say whether a quotation goes on: nothing but marks and white space stands between, or who said the first part."""
    between = [t for t in doc[end:start] if not t.is_punct and not t.is_space]
    return not between or (between[-1].sent == doc[end].sent and not any("\n" in t.text for t in doc[end:start]))


def _speaker(doc: Doc, start: int, end: int, words: Attribution) -> int:
    """Look for a verb of saying outside the marks, in the sentences that the quotation touches."""
    first, last = doc[start].sent.start, doc[max(start, end - 1)].sent.end
    best, distance = -1, 10**6
    for token in doc[first:last]:
        if start <= token.i < end:
            continue
        subject = reporting_subject(token, words)
        if subject is not None and not start <= subject.i < end:
            gap = min(abs(token.i - start), abs(token.i - end))
            if gap < distance:
                best, distance = subject.i, gap
    if best < 0 and last < len(doc):
        after = doc[last].sent
        opening = [reporting_subject(t, words) for t in after[:6]]
        named = [s for s in opening if s is not None]
        if named and len(after) <= 12:
            best = named[0].i
    return best
