"""What a person is called in front of the name beyond a title: "mayor and opposition candidate Ann Ace".

Two phrases never stand side by side without a comma, so what is right in front of a person's name describes him:
"the judge for the District of Lee Ann Ace". Of two nouns joined by "and" the first describes him too if it has no
article of its own, as no other singular noun for a person can stand without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from diplograph.extract.actors.names import Name
from diplograph.ontology.titles import Collectives, Titles

__all__ = ["Descriptions"]

_WORDS = {"NOUN", "ADJ", "PROPN"}
_OWNING = {"of", "for"}
_PLURALS = {"NNS", "NNPS"}
_OWN = {"DET", "NUM", "PRON"}


class Descriptions:
    """Finds where the description in front of a name begins."""

    def __init__(self, titles: Titles, collectives: Collectives) -> None:
        self.titles, self.collectives = titles, collectives

    def begin(self, doc: Doc, folded: Sequence[str], at: int, owners: Mapping[int, Name]) -> int:
        """Return where the description that ends before `at` begins; `at` itself if there is none."""
        left = self._phrase(doc, folded, at, owners)
        while left > 1 and doc[left - 1].lower_ == "and":
            before = self._phrase(doc, folded, left - 1, owners)
            if before == left - 1 or (before > 0 and doc[before - 1].pos_ in _OWN):
                break
            left = before
        return left

    def _phrase(self, doc: Doc, folded: Sequence[str], at: int, owners: Mapping[int, Name]) -> int:
        """Where the phrase that ends before `at` begins, with the noun before it: "leader of the Hill Party"."""
        left = self._words(doc, at, owners)
        if left == at or self._is_person(doc, folded, at) or doc[at - 1].pos_ == "ADJ":
            return left if doc[at - 1].pos_ == "NOUN" else at
        link = left - 1 - (left > 1 and doc[left - 1].lower_ == "the")
        if link > 0 and doc[link].lower_ in _OWNING and self._may_have(doc, folded, link):
            return self._words(doc, link, owners)
        return at

    def _words(self, doc: Doc, at: int, owners: Mapping[int, Name]) -> int:
        """Where a run of names, singular nouns and adjectives begins."""
        first = doc[at - 1].sent.start if at else 0
        while at > first:
            if at in owners:
                at = owners[at].start
            elif doc[at - 1].tag_ not in _PLURALS and (doc[at - 1].pos_ in _WORDS or doc[at - 1].dep_ == "amod"):
                at -= 1
            else:
                break
        return at

    def _may_have(self, doc: Doc, folded: Sequence[str], end: int) -> bool:
        """Say whether the noun before `end` goes on with "of": a person's, or a body's ("Ministry of Trade aide")."""
        return folded[end - 1] in self.collectives.offices or self._is_person(doc, folded, end)

    def _is_person(self, doc: Doc, folded: Sequence[str], end: int) -> bool:
        """Say whether the word before `end` is a title or another singular noun for a person."""
        noun = doc[end - 1]
        if noun.pos_ != "NOUN" or noun.tag_ != "NN":
            return False
        people = self.collectives.people | self.collectives.callings
        return noun.lemma_.lower() in people or self.titles.ending_at(folded, end) is not None
