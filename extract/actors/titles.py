"""Titles around a person's name: "Norwegian Foreign Minister X", "X, the prime minister of Iraq"."""

from __future__ import annotations

from spacy.tokens import Doc

from diplograph.extract.actors.descriptions import Descriptions
from diplograph.extract.actors.names import ORGANISATION_LABELS, Name, nominal_words
from diplograph.extract.grammar.relations import first_conjunct
from diplograph.ontology.actors import ActorTable
from diplograph.ontology.titles import Collectives, Title, Titles

__all__ = ["TitleReader"]

_SKIPPED = {"'s", "’s", "former", "acting", "deputy", "the", "outgoing", "ousted", "visiting", "new", "-"}
_SENT = {"envoy", "negotiator"}
"""Groups of titles that tell to or for whom somebody is sent, not whose he is."""
_FURTHEST = 3
"""Further words between a title and its state ("Russian investment envoy")."""


class TitleReader:
    """Reads the titles in front of a name and in an apposition behind it, with the state they name."""

    def __init__(self, table: ActorTable, titles: Titles, collectives: Collectives) -> None:
        self.table, self.titles, self.descriptions = table, titles, Descriptions(titles, collectives)

    def read(self, doc: Doc, folded: list[str], persons: list[Name], others: list[Name]) -> None:
        """Fill in `left`, `right`, `titles`, `countries` and `home` of the persons; `others` are all other names."""
        owners = {name.end: name for name in others}
        starts = {name.start: name for name in others}
        nominal = nominal_words(doc)
        for name in (*persons, *others):
            nominal[name.start : name.end] = [False] * (name.end - name.start)
        for name in persons:
            title = self._before(doc, folded, name, owners, nominal)
            name.left, name.right = self.descriptions.begin(doc, folded, title, owners), name.end
            inside = (o for end, o in owners.items() if name.left <= o.start and end <= title)
            within = (o for o in inside if o is not name.sent_to)
            name.countries = name.countries or next((c for o in within if (c := self._countries(o))), ())
            self._behind(doc, folded, name, starts)
        states = {name.start: state for name in others if (state := self._state_in(doc, name))}
        for name in persons:
            if name.titles and not name.countries and name.sent_to is None:
                name.home = self._home(doc, name, persons, states)

    def _before(self, doc: Doc, folded: list[str], name: Name, owners: dict[int, Name], nominal: list[bool]) -> int:
        """Return where the titles in front of a name begin; note the titles and the country."""
        left = name.start
        at = left
        comma = at > 1 and doc[at - 1].text == ","
        if of_country := self._title_of(folded, at - comma, owners, nominal):
            begin, title, owner = of_country
            name.titles.append(title)
            if not self._is_sent(folded, title, owner):
                name.countries = name.countries or self._countries(owner)
                return begin
            name.sent_to = owner
            left = at = begin
            comma = False
        if comma:
            if not self.titles.in_office_before(folded, at - 1, nominal):
                return left
            at -= 1
        while True:
            joined = bool(name.titles) and folded[at - 1] == "and"  # "Deputy Prime Minister and Foreign Minister X"
            hit = self.titles.in_office_before(folded, at - joined, nominal)
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
                name.countries = name.countries or self._countries(owner)
                return owner.start
            if doc[at - 1].lower_ in _SKIPPED:
                at -= 1
            elif doc[at - 1].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[at - 1].sent == doc[name.start].sent:
                at -= 1
                skipped += 1
            else:
                break
        return left

    @staticmethod
    def _is_sent(folded: list[str], title: Title, other: Name) -> bool:
        """Say whether a title tells to whom somebody is sent: the ambassador to Israel is not Israel's."""
        link = other.start - 1 - (folded[other.start - 1] == "the")
        return folded[link] != "of" and not _SENT.isdisjoint(title.group)

    def _title_of(
        self, folded: list[str], end: int, owners: dict[int, Name], nominal: list[bool]
    ) -> tuple[int, Title, Name] | None:
        """Match "foreign minister of Iran", "minister of trade of Iran" that ends before position `end`."""
        owner = owners.get(end)
        if owner is None:
            return None
        at = owner.start
        if at > 0 and folded[at - 1] == "the":
            at -= 1
        if at > 1 and folded[at - 1] in {"of", "for", "to"}:
            hit = self.titles.in_office_before(folded, at - 1, nominal)
            if hit:
                return hit[0], hit[1], owner
            if folded[at - 1] != "of":  # "the ambassador of France to Lebanon"
                return self._title_of(folded, at - 1, owners, nominal)
        return None

    def _behind(self, doc: Doc, folded: list[str], name: Name, starts: dict[int, Name]) -> None:
        """Read ", the Russian foreign minister" or ", Iraq's prime minister" or ", spokesman for NATO"."""
        at = name.end
        if at + 1 >= len(doc) or doc[at].text != ",":
            return
        at += 1
        if doc[at].lower_ in {"the", "a", "an"}:
            at += 1
        countries: tuple[str, ...] = ()
        begin = at
        for _ in range(4):
            if at >= len(doc):
                return
            if at in starts:
                owner = starts[at]
                countries, at = self._countries(owner), owner.end
                if at < len(doc) and doc[at].text in {"'s", "’s"}:
                    at += 1
                continue
            hit = self.titles.starting_at(folded, at)
            if hit:
                end, title = hit
                if whose := self._owner_behind(folded, end, starts):
                    if not self._is_sent(folded, title, whose):
                        countries = countries or self._countries(whose)
                    end = whose.end
                name.titles.append(title)
                name.countries = name.countries or countries
                if end >= len(doc) or doc[end].is_punct or doc[end].is_space:
                    name.right = end
                return
            if doc[at].pos_ in {"ADJ", "NOUN", "PROPN"} and at - begin < 3:
                at += 1
            else:
                return

    @staticmethod
    def _owner_behind(folded: list[str], end: int, starts: dict[int, Name]) -> Name | None:
        """Whose a title is, with or without a portfolio between: "minister of Peru", "minister of trade of Peru"."""
        for at in range(end, min(end + _FURTHEST + 2, len(folded) - 1)):
            if folded[at] in {"of", "for", "to"}:
                owner = starts.get(at + 1 + (folded[at + 1] == "the"))
                if owner is not None:
                    return owner
            elif at == end or not folded[at]:
                return None
        return None

    def _home(self, doc: Doc, name: Name, persons: list[Name], states: dict[int, str]) -> str | None:
        """The state of an office that is named without one, where only one can be meant.

        News calls the ministers of the state in question by their office alone, and those of others by their
        state. It is the state of the person that he is listed with, else the only one named before him in the
        sentence, else in the text. Nothing follows for him whom another person meets.
        """
        roots = {doc[p.start : p.end].root.i: p for p in persons if p is not name}
        head = doc[name.start : name.end].root
        first = roots.get(first_conjunct(head).i)
        if first is not None:
            return first.country or first.home
        if head.dep_ in {"obj", "obl", "iobj"} and any(c.dep_ == "nsubj" and c.i in roots for c in head.head.children):
            return None
        sentence = head.sent if doc.has_annotation("SENT_START") else doc[:]
        inside = {i: state for i, state in states.items() if sentence.start <= i < sentence.end}
        named = {state for i, state in inside.items() if i < name.start} if inside else {*states.values()}
        return named.pop() if len(named) == 1 else None

    def _state_in(self, doc: Doc, name: Name) -> str | None:
        """The country of a state's name, or of that which an organ's name begins with ("Peruvian Congress")."""
        uses = name.uses
        if not uses and name.label in ORGANISATION_LABELS:
            found = self.table.index.longest([t.text for t in doc[name.start : name.end]], 0)
            uses = found[1] if found else ()
        entry = self.table.actors[uses[0].actor] if uses else None
        return entry.country if entry and entry.kind in {"state", "territory"} else None

    def _countries(self, owner: Name) -> tuple[str, ...]:
        """The states that a name may stand for; none if it is first of all an organisation's."""
        entries = [self.table.actors[use.actor] for use in owner.uses]
        if not entries or entries[0].country is None:
            return ()
        return tuple(dict.fromkeys(e.country for e in entries if e.country))
