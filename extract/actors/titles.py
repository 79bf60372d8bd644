"""Titles around a person's name: "Norwegian Foreign Minister X", "X, the prime minister of Iraq"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from diplograph.extract.actors.names import Name
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.titles import Title, Titles

__all__ = ["TitleReader"]

_SKIPPED = {"'s", "’s", "former", "acting", "deputy", "the", "outgoing", "new", "-"}
_FURTHEST = 3
"""Further words between a title and its state ("Russian investment envoy")."""


class TitleReader:
    """Reads the titles in front of a name and in an apposition behind it, with the state they name."""

    def __init__(self, table: ActorTable, titles: Titles) -> None:
        self.table, self.titles = table, titles

    def read(self, doc: Doc, folded: list[str], persons: Iterable[Name], others: list[Name]) -> None:
        """Fill in `left`, `right`, `titles` and `country` of the persons; `others` are all other names."""
        owners = {name.end: name for name in others}
        starts = {name.start: name for name in others}
        for name in persons:
            name.left, name.right = self._before(doc, folded, name, owners), name.end
            self._behind(doc, folded, name, starts)

    def _before(self, doc: Doc, folded: list[str], name: Name, owners: dict[int, Name]) -> int:
        """Return where the titles in front of a name begin; note the titles and the country."""
        left = name.start
        at = left
        if at > 1 and doc[at - 1].text == ",":
            of_country = self._title_of(folded, at - 1, owners)
            if of_country:
                begin, title, owner = of_country
                name.titles.append(title)
                name.country = name.country or self._country(owner)
                return begin
            if not self.titles.ending_at(folded, at - 1):
                return left
            at -= 1
        while True:
            hit = self.titles.ending_at(folded, at)
            if not hit:
                break
            at, title = hit
            name.titles.append(title)
            left = at
        if not name.titles:
            return left
        skipped = 0
        while at > 0 and skipped <= _FURTHEST:
            if at in owners:
                owner = owners[at]
                name.country = name.country or self._country(owner)
                return owner.start
            if doc[at - 1].lower_ in _SKIPPED:
                at -= 1
            elif doc[at - 1].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[at - 1].sent == doc[name.start].sent:
                at -= 1
                skipped += 1
            else:
                break
        return left

    def _title_of(self, folded: list[str], end: int, owners: dict[int, Name]) -> tuple[int, Title, Name] | None:
        """Match "foreign minister of Iran" that ends before position `end`."""
        owner = owners.get(end)
        if owner is None:
            return None
        at = owner.start
        if at > 0 and folded[at - 1] == "the":
            at -= 1
        if at > 1 and folded[at - 1] in {"of", "for", "to"}:
            hit = self.titles.ending_at(folded, at - 1)
            if hit:
                return hit[0], hit[1], owner
        return None

    def _behind(self, doc: Doc, folded: list[str], name: Name, starts: dict[int, Name]) -> None:
        """Read ", the Russian foreign minister" or ", Iraq's prime minister" or ", spokesman for NATO"."""
        at = name.end
        if at + 1 >= len(doc) or doc[at].text != ",":
            return
        at += 1
        if doc[at].lower_ in {"the", "a", "an"}:
            at += 1
        country, begin = None, at
        for _ in range(4):
            if at >= len(doc):
                return
            if at in starts:
                owner = starts[at]
                country, at = self._country(owner), owner.end
                if at < len(doc) and doc[at].text in {"'s", "’s"}:
                    at += 1
                continue
            hit = self.titles.starting_at(folded, at)
            if hit:
                end, title = hit
                if end < len(doc) - 1 and folded[end] in {"of", "for", "to"}:
                    beyond = end + 1 + (folded[end + 1] == "the")
                    if beyond in starts:
                        country = country or self._country(starts[beyond])
                        end = starts[beyond].end
                name.titles.append(title)
                name.country = name.country or country
                if end >= len(doc) or doc[end].is_punct or doc[end].is_space:
                    name.right = end
                return
            if doc[at].pos_ in {"ADJ", "NOUN", "PROPN"} and at - begin < 3:
                at += 1
            else:
                return

    def _country(self, owner: Name) -> str | None:
        for use in owner.uses:
            entry = self.table.actors[use.actor]
            if entry.country or entry.kind == "organisation":
                return entry.country
        return None
