"""Who is named: states, organisations, groups and persons, each as one actor of the document.

The component ``diplo_actors`` joins three sources of names: the actor table, the names that the
language model found, and titles ("Norwegian Foreign Minister X"). It writes a `Cast` to
``doc._.diplo_actors``; pronouns and role nouns come later (`diplo_coref`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from diplograph.extract.actors.mending import without_nickname
from diplograph.extract.actors.names import GROUP_LABELS, ORGANISATION_LABELS, PLACE_LABELS, Name, NameFinder
from diplograph.extract.actors.titles import TitleReader
from diplograph.extract.grammar.memory import remember
from diplograph.extract.grammar.relations import case_of
from diplograph.extract.layers import Cast, Member, Mention, register, root_of
from diplograph.ontology.actors import ActorTable, NameUse, fold_family, load_actors
from diplograph.ontology.names import fold_words, slug
from diplograph.ontology.places import PlaceTable, load_places
from diplograph.ontology.titles import Collectives, Titles, load_collectives, load_titles

__all__ = ["ActorFinder", "make_actor_finder", "member_of"]

_NOT_OF_PERSONS = {"to", "in", "at", "with", "on", "between", "over", "about"}
_LONGEST = 3
"""Words of a state's name that are looked at beside a place."""
_FURTHEST = 3
"""Further words between a state and the name of its organ."""
_OWN_NAMES = {"name", "adjective", "people", "acronym"}
"""Uses of names by which a state is meant for itself, not for its capital."""
_HIGH_RANK = 2
"""A bare family name means a person of the table only up to this rank (see ontology.actors.RANK)."""


@Language.factory("diplo_actors", requires=["doc.ents"], assigns=["doc._.diplo_actors"], default_config={"actors": []})
def make_actor_finder(nlp: Language, name: str, actors: list[str]) -> ActorFinder:
    """Build the component with the bundled actor and place tables; `actors` are files of further actors."""
    return ActorFinder(load_actors(actors), load_places(), load_titles(), load_collectives())


class ActorFinder:
    """Finds named actors (see the module's first lines)."""

    def __init__(self, table: ActorTable, places: PlaceTable, titles: Titles, collectives: Collectives) -> None:
        self.table, self.places, self.titles, self.collectives = table, places, titles, collectives
        self.names = NameFinder(table, places, titles, collectives)
        self.reader = TitleReader(table, titles, collectives)
        register("diplo_actors")
        register("diplo_date")

    def __call__(self, doc: Doc) -> Doc:
        """Find the named actors and write the Cast."""
        remember(None)
        words = [t.text for t in doc]
        folded = fold_words(words)
        found = self.names.find(doc, words, folded)
        persons = [n for n in found if self.names.is_person(n)]
        others = [n for n in found if not self.names.is_person(n)]
        self.reader.read(doc, folded, persons, others)
        members: dict[str, Member] = {}
        mentions = [m for n in others if (m := self._other(doc, n, members))]
        mentions += self._persons(doc, persons, members)
        cast = Cast(members, tuple(sorted(mentions, key=lambda m: (m.start, -m.end))))
        for mention in cast.mentions:
            _unite(doc, mention, person=members[mention.members[0]].kind == "person")
        _set_apart(doc, cast)
        _regroup(doc, cast, self.collectives.organs)
        remember(doc)
        doc._.diplo_actors = cast
        return doc

    def _other(self, doc: Doc, f: Name, members: dict[str, Member]) -> Mention | None:
        """A state, organisation, group or place."""
        text = f.full or doc[f.start : f.end].text
        use = "name"
        if f.uses and (home := self._home_of_minority(doc, f)) is not None:
            text = doc[f.start - 1 : f.end].text
            member = Member(f"group/{slug(text)}", text, "group", home or None)
        elif f.uses:
            entry = self.table.actors[f.uses[0].actor]
            use = _use(doc, f)
            member = Member(entry.id, entry.name, entry.kind, entry.country, entry.wikidata, known=True)
        elif f.label in ORGANISATION_LABELS or (f.label in PLACE_LABELS and self._is_body(doc, f)):
            member = Member(f"org/{slug(text)}", text, "organisation", self._state_of_organ(doc, f))
        elif f.label in GROUP_LABELS:
            member = Member(f"group/{slug(text)}", text, "group", self._state_of_people(doc, f))
            use = "adjective" if doc[f.end - 1].dep_ == "amod" else "name"
        elif f.places:
            place = f.places[0]
            member, use = (
                Member(
                    f"place/{slug(place.name)}-{place.country.lower()}", place.name, "place", place.country, known=True
                ),
                "place",
            )
        elif f.label in PLACE_LABELS:
            member, use = Member(f"place/{slug(text)}", text, "place", self._state_of_site(doc, f)), "place"
        else:
            return None
        members.setdefault(member.id, member)
        return Mention(f.start, f.end, f.start, f.end, (member.id,), use="opposed" if f.opposed else use)

    def _state_of_site(self, doc: Doc, f: Name) -> str | None:
        """The state beside a place: "Buqa, Somalia", "Oru in Togo", "the Syrian town of Kobani", "Peru's Puno"."""
        behind = [t.text for t in doc[f.end + 1 : f.end + 1 + _LONGEST]]
        if doc[f.end : f.end + 1].text in {",", "in"} and (state := self.table.index.longest(behind, 0)):
            return self._state_named(state[1])
        at = f.start
        if at > 1 and doc[at - 1].lower_ == "of" and doc[at - 2].lemma_.lower() in self.collectives.areas:
            at -= 2
        elif at > 0 and doc[at - 1].lower_ in {"'s", "’s"}:
            at -= 1
        for begin in range(max(at - _LONGEST, 0), at if at < f.start else 0):
            before = self.table.index.longest([t.text for t in doc[begin:at]], 0)
            if before and before[0] == at - begin:
                return self._state_named(before[1])
        return None

    def _state_named(self, uses: Iterable[NameUse]) -> str | None:
        """The state that a name means for itself, not by its capital."""
        return self._state_of((u for u in uses if u.use in _OWN_NAMES), {"state"})

    def _is_body(self, doc: Doc, f: Name) -> bool:
        """Say whether a name of several words is that of a body by its last one: "the Free Andes Front"."""
        return f.end - f.start > 1 and doc[f.end - 1].lower_ in self.collectives.bodies

    def _state_of_organ(self, doc: Doc, f: Name) -> str | None:
        """The state in an organisation's name or before it: "Italy's Court of Cassation".

        A few words may stand between ("the Turkish budget airline Pegasus").
        """
        if state := self._state_in([t.text for t in doc[f.start : f.end]]):
            return state
        behind = [t.text for t in doc[f.end : f.end + 2 + _LONGEST]]
        if behind[:1] == ["of"]:  # "Security Service of Ukraine", which the model cut
            of = self.table.index.longest(behind, 1 + (behind[1:2] == ["the"]))
            if of and (state := self._state_named(u for u in of[1] if u.use != "people")):
                return state
        for at in range(f.start - 1, max(f.start - 2 - _FURTHEST, -1), -1):
            before = self.table.index.longest([t.text for t in doc[at : f.start]], 0)
            if before and (
                doc[at].pos_ == "ADJ" or doc[at + before[0]].lower_ in {"'s", "’s"} or at + before[0] == f.start
            ):
                return self._state_of(before[1])
            if doc[at].lower_ not in {"'s", "’s"} and doc[at].pos_ not in {"NOUN", "ADJ", "PROPN"}:
                return None
        return None

    def _state_in(self, words: list[str]) -> str | None:
        """The state that an organisation is "of", or its name begins with, or any in that of an organ or of forces.

        "Central Bank of the Philippines", "Azerbaijan Airlines", "Royal Norwegian Navy"; none for what is about a
        state ("Sanctions Committee on North Korea", "Friends of Syria"), bears the name of a capital ("Vienna Museum")
        or of a longer or another place ("Niger Delta Avengers", "Georgia Tech").
        """
        folded = [w.lower() for w in words]
        if not self.collectives.about.isdisjoint(folded):
            return None
        is_organ = folded[-1] in self.collectives.organs or not self.collectives.forces.isdisjoint(folded)
        found = {at: hit for at in range(len(words)) if (hit := self.table.index.longest(words, at))}
        for at, (end, uses) in found.items():
            if end == len(words) and "of" in folded[max(at - 2, 0) : at]:
                return self._state_named(u for u in uses if u.use != "people")
        first = 0
        while (hit := found.get(first)) and found.get(hit[0]):
            first = hit[0]  # "Mexican American ...": Americans
        for at, (end, uses) in found.items():
            if at == first and not self._is_elsewhere(words, at, end):
                return self._state_named(uses)
            if at > 0 and is_organ and (state := self._state_named(u for u in uses if u.use == "adjective")):
                return state
        return None

    def _is_elsewhere(self, words: list[str], begin: int, end: int) -> bool:
        """Say whether the name of a state is part of that of another place, or is that of one in another state too."""
        if words[end : end + 1] and words[end].lower() in self.collectives.sites:
            return True
        longer = self.places.index.longest(words, begin)
        state = self._state_named(self.table.named(" ".join(words[begin:end])))
        return longer is not None and (longer[0] > end or any(p.country != state for p in longer[1]))

    def _state_of_people(self, doc: Doc, f: Name) -> str | None:
        """The state in the name of a people or group: "Palestinians", "Iraqi Kurds"."""
        words = [t.text for t in doc[f.start : f.end]]
        found = self.table.index.longest(words, 0) or self.table.index.longest([words[0].removesuffix("s")], 0)
        return self._state_of(found[1], {"state", "territory"}) if found else None

    def _state_of(self, uses: Iterable[NameUse], kinds: Collection[str] = ()) -> str | None:
        """The country of the first of those that a name may mean, of these kinds, if given."""
        entries = (self.table.actors[use.actor] for use in uses)
        return next((e.country for e in entries if e.country and (not kinds or e.kind in kinds)), None)

    def _home_of_minority(self, doc: Doc, f: Name) -> str | None:
        """The state where "ethnic Turks in Greece" live; "" if unknown, None if the name is that of a whole people."""
        if f.start == 0 or "people" not in {u.use for u in f.uses}:
            return None
        before = doc[f.start - 1]
        if before.lower_ == "ethnic":
            inside = (c for c in doc[f.end - 1].children if c.dep_ == "nmod" and case_of(c) in {"in", "of", "from"})
            lived = (self.table.index.longest([c.text], 0) for c in inside)
            return next((state for found in lived if found and (state := self._state_of(found[1]))), "")
        found = self.table.index.longest([before.text], 0) if before.pos_ == "ADJ" else None
        return self._state_of(found[1]) if found else None

    def _persons(self, doc: Doc, persons: list[Name], members: dict[str, Member]) -> Iterable[Mention]:
        """Persons: those named in full first, then bare family and first names that refer to them."""
        date = doc._.diplo_date
        full = [p for p in persons if _words(doc, p) > 1]
        short = [p for p in persons if _words(doc, p) < 2]
        by_family: dict[str, list[tuple[int, str]]] = {}
        ids: dict[int, str] = {}
        for p in full:
            member = self._full_person(doc, p, date, members)
            ids[id(p)] = member.id
            for family in {fold_family(doc[p.end - 1].text), fold_family(doc[p.start].text)} - {""}:
                by_family.setdefault(family, []).append((p.start, member.id))
        for p in short:
            ids[id(p)] = self._short_person(doc, p, date, by_family, members)
        self._merge_titles(persons, ids, members)
        for p in persons:
            use = "opposed" if p.opposed else "name"
            yield Mention(p.start, p.end, min(p.left, p.start), max(p.right, p.end), (ids[id(p)],), use=use)

    def _full_person(self, doc: Doc, p: Name, date: str | None, members: dict[str, Member]) -> Member:
        text = without_nickname(" ".join(doc[p.start : p.end].text.split()))
        actor_id = next((u.actor for u in p.uses if self.table.actors[u.actor].kind == "person"), None)
        actor_id = self.table.person(text, date) or actor_id
        if actor_id and p.countries and self.table.actors[actor_id].country not in {None, *p.countries}:
            if not any(t.country in p.countries for t in self.table.terms(actor_id)):
                actor_id = None  # a namesake: the text gives him to another state
        if actor_id:
            return members.setdefault(actor_id, member_of(self.table, actor_id, date))
        key = f"person/{slug(text)}"
        known = members.get(key)
        if known is None:
            known = members[key] = Member(key, text, "person", p.country)
        return known

    def _short_person(
        self,
        doc: Doc,
        p: Name,
        date: str | None,
        by_family: dict[str, list[tuple[int, str]]],
        members: dict[str, Member],
    ) -> str:
        text = p.full or doc[p.start : p.end].text
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
            members.setdefault(actor_id, member_of(self.table, actor_id, date))
        elif (former := self.table.former(text, date)) and not ranked and p.country in {None, self._country(former)}:
            actor_id = former
            members.setdefault(actor_id, member_of(self.table, actor_id, None))
        else:
            actor_id = f"person/{slug(text)}"
            members.setdefault(actor_id, Member(actor_id, text, "person", p.country))
        if family:
            by_family[family] = [(p.start, actor_id)]
        return actor_id

    def _country(self, actor_id: str) -> str | None:
        return self.table.actors[actor_id].country

    def _merge_titles(self, persons: list[Name], ids: dict[int, str], members: dict[str, Member]) -> None:
        """Give each person what his titles tell anywhere in the text: offices, groups, country."""
        countries: dict[str, Counter[str]] = {}
        homes: dict[str, Counter[str]] = {}
        for p in persons:
            member = members[ids[id(p)]]
            offices = [t.office for t in p.titles if t.office]
            groups = [g for t in p.titles for g in t.group]
            country = p.country or next((t.state for t in p.titles if t.state), None)
            if country:
                countries.setdefault(member.id, Counter())[country] += 1
            elif p.home:
                homes.setdefault(member.id, Counter())[p.home] += 1
            members[member.id] = replace(
                member,
                offices=tuple(dict.fromkeys([*offices, *member.offices])),
                groups=tuple(dict.fromkeys([*member.groups, *groups, *self._groups(member.offices)])),
            )
        for key, votes in {**homes, **countries}.items():
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
    name = root_of(doc, (mention.start, mention.end))
    if person and name.head.pos_ == "NOUN":
        for child in list(name.children):
            if child.dep_ == "nmod" and case_of(child) in _NOT_OF_PERSONS:
                child.head = name.head  # "the visit of X to Y": Y belongs to the visit
    loose = [t for t in tokens if not mention.left <= t.head.i < mention.right or t.head is t]
    if len(loose) < 2:
        return
    root = next((t for t in loose if mention.start <= t.i < mention.end), loose[0])
    for token in loose:
        if token in (root, token.head) or root.is_ancestor(token) or token.is_ancestor(root):
            continue
        for child in list(token.children):
            if child.dep_ in {"case", "cc", "mark"}:
                child.head = root
        token.head = root
        token.dep_ = "nmod:desc"


def member_of(table: ActorTable, actor_id: str, date: str | None) -> Member:
    """An actor of the table as a member of the cast: with his offices on a date and the state he acts for then."""
    entry = table.actors[actor_id]
    held = sorted(table.offices(actor_id, date), key=lambda t: t.begin, reverse=True)
    country = held[0].country if held and date else entry.country
    offices = tuple(dict.fromkeys(t.office for t in held))
    return Member(entry.id, entry.name, entry.kind, country, entry.wikidata, offices, known=True)


def _set_apart(doc: Doc, cast: Cast) -> None:
    """Two persons are no apposition: "President Solyom, Prime Minister Gyurcsany and ..." is a list."""
    owners = {
        root_of(doc, (m.start, m.end)).i: m.members[0]
        for m in cast.mentions
        if cast.members[m.members[0]].kind == "person"
    }
    for i, key in owners.items():
        token = doc[i]
        if token.dep_ == "appos" and owners.get(token.head.i, key) != key:
            token.dep_ = "conj"


def _regroup(doc: Doc, cast: Cast, organs: Collection[str]) -> None:
    """Hang a common noun from an organ, not from its owner: "the government of Kenya and opposition groups"."""
    named = {root_of(doc, (m.start, m.end)).i for m in cast.mentions}
    for token in doc:
        owner = token.head
        if token.dep_ != "conj" or token.tag_ != "NNS" or token.i in named or owner.i not in named or case_of(token):
            continue
        organ = owner.head
        if owner.dep_ == "nmod" and case_of(owner) == "of" and organ.lemma_.lower() in organs and organ.dep_ != "conj":
            token.head = organ


def _use(doc: Doc, f: Name) -> str:
    """How a listed name is used here: that of Singapore is an adjective in "Singapore officials" only."""
    actor = f.uses[0].actor
    uses = [u.use for u in f.uses if u.actor == actor]
    last = doc[f.end - 1]
    modifier = last.pos_ == "ADJ" or (last.dep_ in {"amod", "compound"} and last.head.i >= f.end)
    return next((use for use in uses if (use == "adjective") == modifier), uses[0])


def _words(doc: Doc, p: Name) -> int:
    """Words of a name; a hyphenated family name counts as one."""
    return sum(1 for t in doc[p.start : p.end] if not t.is_punct and not (t.i > p.start and doc[t.i - 1].text == "-"))


def _nearest(named: list[tuple[int, str]], p: Name, members: dict[str, Member]) -> str:
    """Of namesakes in one text, take the one whose office fits, else the one named last before, else the first."""
    offices = {t.office for t in p.titles if t.office}
    before = [key for start, key in named if start < p.start] or [named[0][1]]
    return next((key for key in reversed(before) if offices & set(members[key].offices)), before[-1])
