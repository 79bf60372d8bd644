"""Names in a text: where they stand, before it is known whose they are.

Three sources are joined: the actor table, the place table, and the names that the language model
found. Of overlapping ones the longest stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from diplograph.extract.actors.mending import PERSON_LABELS, mended
from diplograph.ontology.actors import ActorTable, NameUse, fold_family
from diplograph.ontology.places import PlaceEntry, PlaceTable
from diplograph.ontology.titles import Collectives, Title, Titles

__all__ = ["GROUP_LABELS", "ORGANISATION_LABELS", "PLACE_LABELS", "Name", "NameFinder", "nominal_words"]

ORGANISATION_LABELS = {"ORG"}
GROUP_LABELS = {"NORP"}
PLACE_LABELS = {"GPE", "LOC", "FAC"}
_SIDES = {"anti", "pro"}
_NOMINAL, _LINKS = {"NOUN", "PROPN", "ADJ"}, {"and", "of", "for", "the"}
NUMBERS = {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "QUANTITY", "PERCENT"}
_TOWNS = {"capital", "place", "people"}
"""Uses of a name that may be a person's behind an office: President Lagos, Prime Minister Turk."""
_RULING = 1
"""A bare family name that the model took for no name means a person of the table only up to this rank."""


@dataclass(slots=True)
class Name:
    """A name in a text.

    Attributes
    ----------
    start, end : tokens, half-open
    label : what the model took it for, or ""
    full : of an acronym that the text introduces, the name it stands for
    uses, places : what the tables know under the name
    left, right : the same with titles and appositions
    titles : titles around the name (see `TitleReader`)
    countries : states that the titles name, the likeliest first ("Congolese" names two)
    home : where the titles name none, the state that the text is about
    opposed : whether it names whom somebody is against ("anti-Hamas")
    sent_to : to whom the titles say that he is sent: the ambassador to Israel is not Israel's
    """

    start: int
    end: int
    label: str = ""
    full: str = ""
    uses: tuple[NameUse, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    left: int = -1
    right: int = -1
    titles: list[Title] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    home: str | None = None
    opposed: bool = False
    sent_to: Name | None = None

    @property
    def country(self) -> str | None:
        """The likeliest of the states that the titles name."""
        return self.countries[0] if self.countries else None


class NameFinder:
    """Finds names (see the module's first lines)."""

    def __init__(self, table: ActorTable, places: PlaceTable, titles: Titles, collectives: Collectives) -> None:
        self.table, self.places, self.titles, self.collectives = table, places, titles, collectives

    def is_person(self, name: Name) -> bool:
        """Say whether a name is a person's: the table decides, else the model."""
        if name.uses:
            return self.table.actors[name.uses[0].actor].kind == "person"
        return name.label in PERSON_LABELS

    def find(self, doc: Doc, words: list[str], folded: list[str]) -> list[Name]:
        """Names of the tables and of the language model, the longer ones first; overlaps resolved."""
        candidates: list[Name] = []
        for i, token in enumerate(doc):
            if not folded[i] or token.is_space:
                continue
            hit = self.table.index.longest(words, i, folded)
            if hit:
                candidates.append(Name(i, hit[0], uses=hit[1]))
            place = self.places.index.longest(words, i, folded)
            if place and (not hit or place[0] > hit[0]):
                candidates.append(Name(i, place[0], places=place[1]))
        trimmed = (self._trim(doc, folded, *part) for part in mended(doc, self.table))
        named = (n for n in trimmed if n.label not in ORGANISATION_LABELS or not doc[n.start : n.end].text.islower())
        candidates += [sided for name in named if (sided := self._sided(doc, name))]
        length = [0 if word == "the" else 1 for word in folded]
        nominal = nominal_words(doc)
        candidates.sort(key=lambda f: (-sum(length[f.start : f.end]), not f.uses, not f.label, f.start))
        taken = [False] * len(doc)
        chosen: list[Name] = []
        for f in candidates:
            if f.end > f.start and not any(taken[f.start : f.end]):
                if f.label in NUMBERS or f.label == "EVENT":
                    continue
                if not self._plausible(doc, f) or (not f.uses and self._is_office(words, folded, f, nominal)):
                    continue
                taken[f.start : f.end] = [True] * (f.end - f.start)
                chosen.append(f)
        self._labels(doc, folded, chosen)
        chosen += self._bare_families(doc, folded, taken, chosen)
        chosen += _introduced(doc, chosen)
        return sorted(chosen, key=lambda f: f.start)

    def _trim(self, doc: Doc, folded: list[str], start: int, end: int, label: str) -> Name:
        """Cut determiners, marks, titles and a possessive ending off a name that the model found."""
        while start < end and (doc[start].is_punct or doc[start].lower_ in {"the", "a", "an"}):
            start += 1
        while end > start and doc[end - 1].text in {"'s", "’s", "'", "’"}:
            end -= 1
        if label in PERSON_LABELS:
            moved = True
            while moved and end - start > 1:
                moved = False
                hit = self.titles.starting_at(folded[:end], start)
                if hit and hit[0] < end:
                    start, moved = hit[0], True
            if (hit := self.titles.ending_at(folded[:end], end)) and hit[0] <= start and hit[1].group:
                start = end  # "the Amir of Kuwait": a title alone names nobody
        return Name(start, end, label)

    def _sided(self, doc: Doc, name: Name) -> Name | None:
        """Take "anti-Hamas" for Hamas, opposed; "pro-Hamas" names nobody."""
        side, dash, stem = doc[name.start : name.end].text.partition("-")
        if not dash or side.lower() not in _SIDES or not stem[:1].isupper():
            return name
        uses = self.table.named(stem)
        person = not uses and bool(self.table.family(stem, doc._.diplo_date))
        if side.istitle() and not uses and not person:
            return name  # the Anti-Corruption Bureau
        if side.lower() == "pro":
            return None
        return replace(name, full=stem, uses=uses, label="PERSON" if person else name.label, opposed=True)

    @staticmethod
    def _plausible(doc: Doc, f: Name) -> bool:
        """A table name must be written as a name: not an ordinary word at the start of a sentence."""
        if doc[f.end - 1].text.endswith("$") or doc[f.end : f.end + 1].text == "$":
            return False  # "US$700 million"
        if f.label:
            return True
        token = doc[f.start]
        if f.end - f.start == 1 and not token.text.isupper():
            return token.pos_ in {"PROPN", "ADJ", "NOUN"} or token.ent_type_ != ""
        return True

    def _is_office(self, words: list[str], folded: list[str], f: Name, nominal: list[bool]) -> bool:
        """Say whether a name is a portfolio, or that of a ministry of a state named in it, before it or behind "of"."""
        if f.label not in ORGANISATION_LABELS:
            return False
        ends = range(f.start + 1, f.end + 1)
        offices = (self.titles.in_office_before(folded, end, nominal) for end in ends)
        is_body = not self.collectives.bodies.isdisjoint(folded[f.start : f.end])
        if not is_body and any(hit is not None and hit[0] < f.start for hit in offices):
            return True  # the Minister of Foreign Affairs, not the Secretary of the Security Council
        own = self.table.index.longest(words, f.start, folded)
        before = max(f.start - 1 - (folded[f.start - 1 : f.start] == ["s"]), 0)
        end = own[0] if own else f.start
        named = own is not None or self.table.index.longest(words, before, folded) is not None
        if words[f.end - 1].islower() and folded[f.end - 1] in self.collectives.organs:
            return named
        named = named or self._owned_behind(words, folded, f)
        return named and not self.collectives.offices.isdisjoint(folded[end : f.end + 1])

    def _owned_behind(self, words: list[str], folded: list[str], f: Name) -> bool:
        """Say whether "of" and a state end a name or follow it: "Ministry of Defence of Ukraine"."""
        for at in range(f.start + 1, min(f.end + 1, len(words))):
            owner = at + 1 + (folded[at + 1 : at + 2] == ["the"])
            if folded[at] == "of" and (found := self.table.index.longest(words, owner, folded)) and found[0] >= f.end:
                return True
        return False

    def _labels(self, doc: Doc, folded: list[str], chosen: list[Name]) -> None:
        """Let model names be looked up whole, and table names take the model's label.

        What follows a title ("President Kenyatta") is a person, whatever the model took it for.
        """
        for f in chosen:
            text = doc[f.start : f.end].text
            if f.uses and f.end - f.start == 1 and f.uses[0].use in _TOWNS and self._in_office(folded, f.start):
                f.uses, f.places, f.label = (), (), "PERSON"  # Foreign Minister Colombo
            elif f.places and not f.uses and f.end - f.start == 1 and self._in_office(folded, f.start):
                f.places, f.label = (), "PERSON"
            elif f.label and not f.uses:
                f.uses = self.table.named(text)
                if not f.uses:
                    f.places = f.places or self.places.named(text)
                if not f.uses and (self._titled(folded, f.start) or self._is_ruler(doc, f)):
                    f.label, f.places = "PERSON", ()
            elif not f.label:
                f.label = doc[f.start].ent_type_

    def _is_ruler(self, doc: Doc, f: Name) -> bool:
        """Say whether what the model took for a place unknown to us is the family name of who is in a high office."""
        date = doc._.diplo_date
        return f.end - f.start == 1 and not f.places and date is not None and self._ruling(doc[f.start].text, date)

    def _in_office(self, folded: list[str], start: int) -> bool:
        hit = self.titles.ending_at(folded, start)
        return hit is not None and hit[1].office is not None

    def _titled(self, folded: list[str], start: int) -> bool:
        hit = self.titles.ending_at(folded, start)
        return hit is not None and bool(hit[1].office or hit[1].words in {"Mr", "Mrs", "Ms", "Dr"})

    def _bare_families(self, doc: Doc, folded: list[str], taken: list[bool], chosen: list[Name]) -> list[Name]:
        """Family names that the model missed: of persons named in full elsewhere, or in a high office then."""
        date = doc._.diplo_date
        families = {fold_family(doc[f.end - 1].text) for f in chosen if self.is_person(f) and f.end - f.start > 1}
        families -= {"", *(fold_family(doc[f.start].text) for f in chosen if not self.is_person(f))}
        extra = []
        for i, token in enumerate(doc):
            if taken[i] or not token.text[:1].isupper() or token.ent_type_ in NUMBERS:
                continue
            family = fold_family(token.text)
            if family in families and token.pos_ in {"PROPN", "NOUN", "X"}:
                extra.append(Name(i, i + 1, "PERSON"))
            elif date and token.tag_ == "NNP" and token.text.istitle() and self._ruling(token.text, date):
                extra.append(Name(i, i + 1, "PERSON"))
        return extra

    def _ruling(self, family: str, date: str) -> bool:
        ranked = self.table.family(family, date)
        return bool(ranked) and self.table.rank(ranked[0], date) <= _RULING


def nominal_words(doc: Doc) -> list[bool]:
    """Say of each word whether it may stand in the name of a minister's portfolio: "Energy and Mineral Resources"."""
    return [t.pos_ in _NOMINAL or t.lower_ in _LINKS for t in doc]


def _introduced(doc: Doc, names: list[Name]) -> list[Name]:
    """Let acronyms in brackets behind a name ("Hill Farmers' Union (HFU)") stand for it; return those not found yet."""
    long: dict[str, Name] = {}
    for name in names:
        if name.uses or name.label not in ORGANISATION_LABELS:
            continue
        inside = doc[name.end + 1 : name.end + 2].text
        around = doc[name.end : name.end + 1].text + doc[name.end + 2 : name.end + 3].text
        if around in {"()", "[]"} and _abbreviates(inside, doc, name):
            long[inside] = name
    if not long:
        return []
    held = {name.start: name for name in names}
    new = []
    for token in doc:
        meant = long.get(token.text)
        if meant is not None and not any(n.start <= token.i < n.end and n.end - n.start > 1 for n in names):
            short = held.get(token.i) or Name(token.i, token.i + 1)
            short.label, short.full = meant.label, doc[meant.start : meant.end].text
            short.uses, short.places = (), ()
            new += [] if token.i in held else [short]
    return new


def _abbreviates(short: str, doc: Doc, name: Name) -> bool:
    """Say whether an acronym is made of the initials of a name's words, small words left out or not."""
    words = [t.text for t in doc[name.start : name.end] if t.text[:1].isalpha()]
    initials = {"".join(w[0] for w in words), "".join(w[0] for w in words if w[0].isupper())}
    return len(short) > 1 and short.isupper() and short in {i.upper() for i in initials}
