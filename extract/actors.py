"""Who is named: states, organisations, groups and persons, each as one actor of the document.

The component ``diplo_actors`` joins three sources of names: the actor table, the names that the
language model found, and titles ("Norwegian Foreign Minister X"). It writes a `Cast` to
``doc._.diplo_actors``; pronouns and role nouns come later (`diplo_coref`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from diplograph.extract.clauses import case_of
from diplograph.extract.layers import Cast, Member, Mention, register
from diplograph.ontology.actors import ActorTable, NameUse, fold_family, load_actors
from diplograph.ontology.names import fold, fold_words
from diplograph.ontology.places import PlaceEntry, PlaceTable, load_places
from diplograph.ontology.titles import Title, Titles, load_titles

__all__ = ["ActorFinder", "make_actor_finder"]

PERSON_LABELS = {"PERSON", "PER"}
ORGANISATION_LABELS = {"ORG"}
GROUP_LABELS = {"NORP"}
PLACE_LABELS = {"GPE", "LOC", "FAC"}
_NOT_OF_PERSONS = {"to", "in", "at", "with", "on", "between", "over", "about"}
NUMBERS = {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "QUANTITY", "PERCENT"}
_HIGH_RANK, _RULING = 2, 1
"""A bare family name means a person of the table only up to this rank (see ontology.actors.RANK); one that
the model took for no name only up to the second."""


@Language.factory("diplo_actors", requires=["doc.ents"], assigns=["doc._.diplo_actors"])
def make_actor_finder(nlp: Language, name: str) -> ActorFinder:
    """Build the component with the bundled actor and place tables."""
    return ActorFinder(load_actors(), load_places(), load_titles())


@dataclass(slots=True)
class _Found:
    """A name in the text before it is known whose it is."""

    start: int
    end: int
    label: str = ""
    uses: tuple[NameUse, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    left: int = -1
    right: int = -1
    titles: list[Title] = field(default_factory=list)
    country: str | None = None


class ActorFinder:
    """Finds named actors (see the module's first lines)."""

    def __init__(self, table: ActorTable, places: PlaceTable, titles: Titles) -> None:
        self.table, self.places, self.titles = table, places, titles
        register("diplo_actors")
        register("diplo_date")

    def __call__(self, doc: Doc) -> Doc:
        """Find the named actors and write the Cast."""
        words = [t.text for t in doc]
        folded = fold_words(words)
        found = self._names(doc, words, folded)
        persons = [f for f in found if self._is_person(f)]
        for name in persons:
            self._titles_around(doc, folded, name, found)
        members: dict[str, Member] = {}
        mentions = [self._other(doc, f, members) for f in found if not self._is_person(f)]
        mentions += self._persons(doc, persons, members)
        cast = Cast(members, tuple(sorted((m for m in mentions if m), key=lambda m: (m.start, -m.end))))
        for mention in cast.mentions:
            _unite(doc, mention, person=members[mention.members[0]].kind == "person")
        doc._.diplo_actors = cast
        return doc

    # -- names in the text ------------------------------------------------------------------

    def _names(self, doc: Doc, words: list[str], folded: list[str]) -> list[_Found]:
        """Names of the tables and of the language model, the longer ones first; overlaps resolved."""
        candidates: list[_Found] = []
        for i, token in enumerate(doc):
            if not folded[i] or token.is_space:
                continue
            hit = self.table.index.longest(words, i, folded)
            if hit:
                candidates.append(_Found(i, hit[0], uses=hit[1]))
            place = self.places.index.longest(words, i, folded)
            if place and (not hit or place[0] > hit[0]):
                candidates.append(_Found(i, place[0], places=place[1]))
        candidates += [self._trim(doc, folded, e.start, e.end, e.label_) for e in doc.ents]
        candidates.sort(key=lambda f: (-(f.end - f.start), not f.uses, not f.label, f.start))
        taken = [False] * len(doc)
        chosen: list[_Found] = []
        for f in candidates:
            if f.end > f.start and not any(taken[f.start : f.end]):
                if f.label in NUMBERS or f.label == "EVENT":
                    continue
                if not self._plausible(doc, f):
                    continue
                taken[f.start : f.end] = [True] * (f.end - f.start)
                chosen.append(f)
        self._labels(doc, folded, chosen)
        chosen += self._bare_families(doc, folded, taken, chosen)
        return sorted(chosen, key=lambda f: f.start)

    def _trim(self, doc: Doc, folded: list[str], start: int, end: int, label: str) -> _Found:
        """Cut determiners, titles and a possessive ending off a name that the model found."""
        while start < end and doc[start].lower_ in {"the", "a", "an"}:
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
        return _Found(start, end, label)

    @staticmethod
    def _plausible(doc: Doc, f: _Found) -> bool:
        """A table name must be written as a name: not an ordinary word at the start of a sentence."""
        if f.label:
            return True
        token = doc[f.start]
        if f.end - f.start == 1 and not token.text.isupper():
            return token.pos_ in {"PROPN", "ADJ", "NOUN"} or token.ent_type_ != ""
        return True

    def _labels(self, doc: Doc, folded: list[str], chosen: list[_Found]) -> None:
        """Let model names be looked up whole, and table names take the model's label.

        What follows a title ("President Kenyatta") is a person, whatever the model took it for.
        """
        for f in chosen:
            text = doc[f.start : f.end].text
            if f.label and not f.uses:
                f.uses = self.table.named(text)
                if not f.uses and self._titled(folded, f.start):
                    f.label = "PERSON"
                elif not f.uses:
                    f.places = f.places or self.places.named(text)
            elif not f.label:
                f.label = doc[f.start].ent_type_

    def _titled(self, folded: list[str], start: int) -> bool:
        hit = self.titles.ending_at(folded, start)
        return hit is not None and bool(hit[1].office or hit[1].words in {"Mr", "Mrs", "Ms", "Dr"})

    def _bare_families(self, doc: Doc, folded: list[str], taken: list[bool], chosen: list[_Found]) -> list[_Found]:
        """Family names that the model missed: of persons named in full elsewhere, or in a high office then."""
        date = doc._.diplo_date
        families = {fold_family(doc[f.end - 1].text) for f in chosen if self._is_person(f) and f.end - f.start > 1}
        families -= {"", *(fold_family(doc[f.start].text) for f in chosen if not self._is_person(f))}
        extra = []
        for i, token in enumerate(doc):
            if taken[i] or not token.text[:1].isupper() or token.ent_type_ in NUMBERS:
                continue
            family = fold_family(token.text)
            if family in families and token.pos_ in {"PROPN", "NOUN", "X"}:
                extra.append(_Found(i, i + 1, "PERSON"))
            elif date and token.tag_ == "NNP" and token.text.istitle() and self._ruling(token.text, date):
                extra.append(_Found(i, i + 1, "PERSON"))
        return extra

    def _ruling(self, family: str, date: str) -> bool:
        ranked = self.table.family(family, date)
        return bool(ranked) and self.table.rank(ranked[0], date) <= _RULING

    def _is_person(self, f: _Found) -> bool:
        if f.uses:
            return self.table.actors[f.uses[0].actor].kind == "person"
        return f.label in PERSON_LABELS

    # -- titles -----------------------------------------------------------------------------

    def _titles_around(self, doc: Doc, folded: list[str], name: _Found, found: list[_Found]) -> None:
        """Read the titles in front of a name and in an apposition behind it."""
        owners = {f.end: f for f in found if not self._is_person(f)}
        starts = {f.start: f for f in found if not self._is_person(f)}
        name.left, name.right = self._titles_before(doc, folded, name, owners, starts), name.end
        self._title_behind(doc, folded, name, owners, starts)

    def _titles_before(
        self, doc: Doc, folded: list[str], name: _Found, owners: dict[int, _Found], starts: dict[int, _Found]
    ) -> int:
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
        while at > 0 and skipped <= 3:
            if at in owners and at in {owners[at].end}:
                owner = owners[at]
                name.country = name.country or self._country(owner)
                return owner.start
            if doc[at - 1].lower_ in {"'s", "’s", "former", "acting", "deputy", "the", "outgoing", "new", "-"}:
                at -= 1
            elif doc[at - 1].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[at - 1].sent == doc[name.start].sent:
                at -= 1
                skipped += 1
            else:
                break
        return left

    def _title_of(self, folded: list[str], end: int, owners: dict[int, _Found]) -> tuple[int, Title, _Found] | None:
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

    def _title_behind(
        self, doc: Doc, folded: list[str], name: _Found, owners: dict[int, _Found], starts: dict[int, _Found]
    ) -> None:
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

    def _country(self, owner: _Found) -> str | None:
        for use in owner.uses:
            entry = self.table.actors[use.actor]
            if entry.country or entry.kind == "organisation":
                return entry.country
        return None

    # -- who is who -------------------------------------------------------------------------

    def _other(self, doc: Doc, f: _Found, members: dict[str, Member]) -> Mention | None:
        """A state, organisation, group or place."""
        text = doc[f.start : f.end].text
        use = "name"
        if f.uses:
            chosen = f.uses[0]
            entry = self.table.actors[chosen.actor]
            use = chosen.use
            member = Member(entry.id, entry.name, entry.kind, entry.country, entry.wikidata, known=True)
        elif f.label in ORGANISATION_LABELS:
            member = Member(f"org/{_slug(text)}", text, "organisation")
        elif f.label in GROUP_LABELS:
            member = Member(f"group/{_slug(text)}", text, "group")
        elif f.places:
            place = f.places[0]
            member, use = (
                Member(
                    f"place/{_slug(place.name)}-{place.country.lower()}", place.name, "place", place.country, known=True
                ),
                "place",
            )
        elif f.label in PLACE_LABELS:
            member, use = Member(f"place/{_slug(text)}", text, "place"), "place"
        else:
            return None
        members.setdefault(member.id, member)
        return Mention(f.start, f.end, f.start, f.end, (member.id,), use=use)

    def _persons(self, doc: Doc, persons: list[_Found], members: dict[str, Member]) -> Iterable[Mention]:
        """Persons: those named in full first, then bare family and first names that refer to them."""
        date = doc._.diplo_date
        full = [p for p in persons if _words(doc, p) > 1]
        short = [p for p in persons if _words(doc, p) == 1]
        by_family: dict[str, list[str]] = {}
        ids: dict[int, str] = {}
        for p in full:
            member = self._full_person(doc, p, date, members)
            ids[id(p)] = member.id
            for family in {fold_family(doc[p.end - 1].text), fold_family(doc[p.start].text)}:
                if member.id not in by_family.setdefault(family, []):
                    by_family[family].append(member.id)
        for p in short:
            ids[id(p)] = self._short_person(doc, p, date, by_family, members)
        self._merge_titles(persons, ids, members)
        for p in persons:
            yield Mention(p.start, p.end, min(p.left, p.start), max(p.right, p.end), (ids[id(p)],))

    def _full_person(self, doc: Doc, p: _Found, date: str | None, members: dict[str, Member]) -> Member:
        text = " ".join(t.text_with_ws for t in doc[p.start : p.end]).replace("\n", " ")
        text = " ".join(doc[p.start : p.end].text.split())
        actor_id = next((u.actor for u in p.uses if self.table.actors[u.actor].kind == "person"), None)
        actor_id = self.table.person(text, date) or actor_id
        if actor_id and p.country and self.table.actors[actor_id].country not in {None, p.country}:
            if not any(t.country == p.country for t in self.table.terms(actor_id)):
                actor_id = None  # a namesake: the text gives him to another state
        if actor_id:
            return members.setdefault(actor_id, self._member(actor_id, date))
        key = f"person/{_slug(text)}"
        known = members.get(key)
        if known is None:
            known = members[key] = Member(key, text, "person", p.country)
        return known

    def _member(self, actor_id: str, date: str | None) -> Member:
        entry = self.table.actors[actor_id]
        held = self.table.offices(actor_id, date)
        held.sort(key=lambda t: t.begin, reverse=True)
        country = held[0].country if held and date else entry.country
        offices = tuple(dict.fromkeys(t.office for t in held))
        return Member(entry.id, entry.name, entry.kind, country, entry.wikidata, offices, known=True)

    def _short_person(
        self, doc: Doc, p: _Found, date: str | None, by_family: dict[str, list[str]], members: dict[str, Member]
    ) -> str:
        text = doc[p.start : p.end].text
        family = fold_family(text)
        named = by_family.get(family, [])
        if named:
            return _nearest(named, p, members)
        ranked = self.table.family(text, date)
        if p.country:
            ranked = [a for a in ranked if self.table.actors[a].country == p.country] or ranked
        offices = {t.office for t in p.titles if t.office}
        fitting = [a for a in ranked if offices & {t.office for t in self.table.offices(a, date)}]
        if fitting or (ranked and self.table.rank(ranked[0], date) <= _HIGH_RANK and not offices):
            actor_id = (fitting or ranked)[0]
            members.setdefault(actor_id, self._member(actor_id, date))
        else:
            actor_id = f"person/{_slug(text)}"
            members.setdefault(actor_id, Member(actor_id, text, "person", p.country))
        by_family[family] = [actor_id]
        return actor_id

    def _merge_titles(self, persons: list[_Found], ids: dict[int, str], members: dict[str, Member]) -> None:
        """Give each person what his titles tell anywhere in the text: offices, groups, country."""
        countries: dict[str, Counter[str]] = {}
        for p in persons:
            member = members[ids[id(p)]]
            offices = [t.office for t in p.titles if t.office]
            groups = [g for t in p.titles for g in t.group]
            country = p.country or next((t.state for t in p.titles if t.state), None)
            if country:
                countries.setdefault(member.id, Counter())[country] += 1
            members[member.id] = replace(
                member,
                offices=tuple(dict.fromkeys([*offices, *member.offices])),
                groups=tuple(dict.fromkeys([*member.groups, *groups, *self._groups(member.offices)])),
            )
        for key, votes in countries.items():
            if members[key].country is None and not members[key].known:
                members[key] = replace(members[key], country=votes.most_common(1)[0][0])

    def _groups(self, offices: Iterable[str]) -> list[str]:
        return [g for office in offices for g in self.titles.groups_of(office)]


def _unite(doc: Doc, mention: Mention, *, person: bool) -> None:
    """Make one phrase of a name and its titles where the parser tore them apart.

    "between U.S. President Donald Trump": if "between" and "U.S." were hung elsewhere than the name,
    they are moved to it.
    """
    tokens = doc[mention.left : mention.right]
    name = doc[mention.start : mention.end].root
    if person and name.head.pos_ == "NOUN":
        for child in list(name.children):
            if child.dep_ == "nmod" and case_of(child) in _NOT_OF_PERSONS:
                child.head = name.head  # "the visit of X to Y": Y belongs to the visit
    loose = [t for t in tokens if not mention.left <= t.head.i < mention.right or t.head is t]
    if len(loose) < 2:
        return
    root = next((t for t in loose if mention.start <= t.i < mention.end), loose[0])
    for token in loose:
        if token == root or token.head == token or root.is_ancestor(token) or token.is_ancestor(root):
            continue
        for child in list(token.children):
            if child.dep_ in {"case", "cc", "mark"}:
                child.head = root
        token.head = root
        token.dep_ = "nmod:desc"


def _words(doc: Doc, p: _Found) -> int:
    """Words of a name; a hyphenated family name counts as one."""
    return sum(1 for t in doc[p.start : p.end] if not t.is_punct and not (t.i > p.start and doc[t.i - 1].text == "-"))


def _nearest(candidates: list[str], p: _Found, members: dict[str, Member]) -> str:
    """Of namesakes in one text, take the one whose title or country fits, else the one named last."""
    offices = {t.office for t in p.titles if t.office}
    for key in reversed(candidates):
        if offices & set(members[key].offices):
            return key
    return candidates[-1] if len(candidates) == 1 else candidates[0]


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-") or "unnamed"
