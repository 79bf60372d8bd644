"""Which time expression belongs to which trigger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from spacy.tokens import Doc, Token

from diplograph.extract.grammar.clauses import Slots
from diplograph.extract.grammar.relations import case_of, clause_of, governor, relation, support_verb
from diplograph.extract.layers import TimeMention, root_of

__all__ = ["Timing"]


class Timing:
    """The time expressions of one document, by sentence."""

    def __init__(self, doc: Doc) -> None:
        self._tokens: set[int] = set()
        self._by_sentence: dict[int, list[tuple[TimeMention, Token]]] = defaultdict(list)
        for time in doc._.diplo_times or ():
            root = root_of(doc, (time.start, time.end))
            self._by_sentence[root.sent.start].append((time, root))
            self._tokens.update(range(time.start, time.end))

    def without(self, slots: Slots) -> Slots:
        """Leave out time expressions: "called on Monday" does not call on anybody."""
        kept = {name: [t for t in tokens if t.i not in self._tokens] for name, tokens in slots.items()}
        return {name: tokens for name, tokens in kept.items() if tokens}

    def of(self, token: Token, trigger: tuple[int, int], without: Collection[TimeMention] = ()) -> TimeMention | None:
        """Return the expression that belongs to a trigger or to the verb that carries it, but none of `without`."""
        times = self._by_sentence.get(token.sent.start) if self._by_sentence else None
        if times is None:
            return None
        carrier = support_verb(token)
        near = []
        for time, root in times:
            grade = None if time in without else _grade(root, token, carrier)
            if grade is not None:
                near.append((grade, abs(time.start - trigger[0]), time))
        return min(near, key=lambda n: n[:2])[2] if near else None


def _grade(root: Token, token: Token, carrier: Token | None) -> int | None:
    """How near an expression is to a trigger in the tree: 0 to 3, or None if it belongs elsewhere."""
    head = governor(root)
    if head is None:
        return None
    if head == token:
        return 0
    if head.pos_ not in {"VERB", "AUX"} and (root.i < head.i or case_of(root) == "since"):
        return None  # "the January ceasefire", "a detention since May": the date of something else
    if head == carrier or (relation(token) in {"nsubj", "obl"} and head == governor(token)):
        return 1
    if token.pos_ == "VERB" and clause_of(root) == token:
        return 1
    if carrier is not None and clause_of(root) == carrier:
        return 2
    if token.pos_ in {"NOUN", "PROPN"} and token in root.ancestors and clause_of(root) == clause_of(token):
        return 3  # "its pledge at the summit in May"
    return None
