"""The actor table: states, organisations, groups and persons, by every name and by office and date.

The data are the CSV files under actors/ (built from reference facts), then those under actors/hand/
(kept by hand), then a user's own files (`actorfiles`); what comes later wins. See actors/README.md for
the columns and the sources.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from diplograph.errors import OntologyError
from diplograph.ontology.actorfiles import ActorRow, read_actor_file
from diplograph.ontology.load import Version, versions
from diplograph.ontology.names import NameIndex, fold
from diplograph.ontology.offices import SINGLE, Term, settle

__all__ = ["ACTOR_BASE", "WIKIDATA_BASE", "ActorEntry", "ActorTable", "NameUse", "family_name", "load_actors"]

DATA = Path(__file__).parent / "actors"

ACTOR_BASE = "https://w3id.org/diplograph/actor/"
WIKIDATA_BASE = "http://www.wikidata.org/entity/"

USES = ("name", "adjective", "people", "capital", "seat", "acronym", "former", "place")
FAMILY_FIRST = {"CHN", "PRK", "KOR", "TWN", "HKG", "MAC", "VNM", "KHM"}
"""States whose citizens' names usually begin with the family name."""

RANK = {
    "head_of_state": 0, "head_of_government": 0, "foreign_minister": 1, "secretary_general": 1,
    "commission_president": 1, "council_president": 1, "vice_president": 2, "defence_minister": 2,
    "deputy_head_of_government": 3,
}  # fmt: skip
"""Which office a bare family name means first; offices not listed come last."""

_RECENT = 5
"""Years for which a former leader is still called by his bare family name."""

_FIRST_NAME_PARTS = 2


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the table (a row of actors.csv)."""

    id: str
    name: str
    kind: str
    country: str | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class NameUse:
    """What a name may stand for, and how: as a name, an adjective, a capital, a seat ..."""

    actor: str
    use: str


class ActorTable:
    """Look-up of actors by id, by name, by family name and date, by office and date."""

    def __init__(
        self, actors: Iterable[ActorEntry], names: Iterable[tuple[str, str, str]], terms: Iterable[Term]
    ) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self.index: NameIndex[NameUse] = NameIndex()
        self._families: dict[str, list[str]] = defaultdict(list)
        self._terms: dict[str, list[Term]] = defaultdict(list)
        self._offices: dict[tuple[str, str | None], list[Term]] = defaultdict(list)
        for actor_id, name, use in names:
            if actor_id not in self.actors:
                raise OntologyError(
                    f"name {name!r} belongs to the unknown actor {actor_id!r}", remedy="add the actor to an actors.csv"
                )
            if use not in USES:
                raise OntologyError(f"name {name!r}: unknown use {use!r}", remedy=f"use one of {', '.join(USES)}")
            self._add_name(actor_id, name, use)
        for actor in self.actors.values():
            self._add_name(actor.id, actor.name, "name")
        for term in settle(terms):
            self._terms[term.actor].append(term)
            self._offices[term.office, term.country].append(term)

    def _add_name(self, actor_id: str, name: str, use: str) -> None:
        entry = self.actors[actor_id]
        if not fold(name):
            raise OntologyError(f"name {name!r} of {actor_id!r} has no Latin letter", remedy="give it in Latin script")
        self.index.add(name, NameUse(actor_id, use), acronym=use == "acronym")
        if entry.kind == "person":
            for plain in _without_middle(name):
                self.index.add(plain, NameUse(actor_id, "name"))
            family = family_name(name, entry.country)
            if actor_id not in self._families[family]:
                self._families[family].append(actor_id)
        elif use == "people" and not name.endswith(("s", "se", "sh", "ch")):
            self.index.add(f"{name}s", NameUse(actor_id, "people"))

    def __len__(self) -> int:
        return len(self.actors)

    def __iter__(self) -> Iterator[ActorEntry]:
        return iter(self.actors.values())

    def named(self, name: str) -> tuple[NameUse, ...]:
        """Return what a name may stand for, best first; empty if it is unknown."""
        return self.index.get(name)

    def state(self, country: str) -> ActorEntry | None:
        """Return the state (or territory, or the EU) of an ISO 3166-1 alpha-3 code."""
        if country == "EUU":
            return self.actors.get("org/EU")
        return self.actors.get(f"state/{country}")

    def terms(self, actor_id: str) -> Sequence[Term]:
        """Return the offices of a person, in the order of the data."""
        return self._terms.get(actor_id, ())

    def offices(self, actor_id: str, date: str | None) -> list[Term]:
        """Return the offices that a person held on a date; all of them if the date is unknown."""
        return [t for t in self._terms.get(actor_id, ()) if date is None or t.covers(date)]

    def terms_of(self, office: str, country: str | None, date: str | None) -> list[Term]:
        """Return the terms of those who are known to have held an office on a date, latest beginning first."""
        terms = [t for t in self._offices.get((office, country), ()) if date is None or t.is_known_for(date)]
        return sorted(terms, key=lambda t: t.begin, reverse=True)

    def family(self, name: str, date: str | None) -> list[str]:
        """Return persons of a family name, those in a high office on the date first.

        Persons without any office on that date are left out if the date is known.
        """
        ranked = []
        for actor_id in self._families.get(fold_family(name), ()):
            held = self.offices(actor_id, date)
            if not held and date is not None:
                continue
            rank = min((RANK.get(t.office, 9) for t in held), default=10)
            latest = max((t.begin for t in held), default="")
            ranked.append((rank, latest, actor_id))
        ranked.sort(key=lambda r: (r[0], *(-ord(c) for c in r[1])))
        return [actor_id for _, _, actor_id in ranked]

    def former(self, name: str, date: str | None) -> str | None:
        """Return the only person of a family name who left a high office in the `_RECENT` years before a date."""
        if date is None:
            return None
        since = f"{int(date[:4]) - _RECENT:04d}{date[4:]}"
        found = {
            term.actor
            for actor in self._families.get(fold_family(name), ())
            for term in self.terms(actor)
            if term.office in SINGLE and since <= term.end < date and not term.covers(date)
        }
        return found.pop() if len(found) == 1 else None

    def is_family(self, name: str) -> bool:
        """Say whether a person of the table has this family name, at any time."""
        family = fold_family(name)
        return bool(family) and family in self._families

    def person(self, name: str, date: str | None) -> str | None:
        """Return the person of a full name in any spelling: known as written, or same family and a like first name."""
        uses = [u.actor for u in self.named(name) if self.actors[u.actor].kind == "person"]
        if len(uses) > 1 and date is not None:
            uses.sort(key=lambda a: self.rank(a, date))
        if uses:
            return uses[0]
        first, *rest = fold(name).split() or [""]
        if not rest:
            return None
        candidates = [*self._families.get(fold_family(rest[-1]), ()), *self._families.get(fold_family(first), ())]
        like = [a for a in dict.fromkeys(candidates) if _like(name, self.actors[a].name)]
        like.sort(key=lambda a: self.rank(a, date))
        return like[0] if like else None

    def rank(self, actor_id: str, date: str | None) -> int:
        """Return the rank of the highest office on a date: 0 head of state or government ... 9 other, 10 none."""
        return min((RANK.get(t.office, 9) for t in self.offices(actor_id, date)), default=10)


def fold_family(name: str) -> str:
    """Fold a family name to one spelling: accents, Slavic endings, leading articles.

    >>> fold_family("Zelenskiy") == fold_family("Zelenskyy") == fold_family("Zelensky")
    True
    >>> fold_family("al-Sisi"), fold_family("Lavrov")
    ('sisi', 'lavrov')
    """
    words = fold(name).split()
    while len(words) > 1 and words[0] in {"al", "el", "de", "da", "di", "von", "van", "der", "den", "bin", "ben", "la"}:
        words = words[1:]
    return re.sub(r"(iy|yy|ij|ii|yi)$", "y", " ".join(words))


def family_name(name: str, country: str | None) -> str:
    """Return the folded family name of a full name, by the custom of the country.

    >>> family_name("Xi Jinping", "CHN"), family_name("Ursula von der Leyen", "DEU")
    ('xi', 'leyen')
    """
    words = name.split()
    if len(words) > 1 and words[-1].rstrip(".").lower() in {"jr", "sr", "ii", "iii"}:
        words = words[:-1]
    chosen = words[0] if country in FAMILY_FIRST else words[-1]
    return fold_family(chosen)


def _without_middle(name: str) -> list[str]:
    """Forms of a person's name without middle names and initials: first and last word."""
    words = name.split()
    if len(words) <= _FIRST_NAME_PARTS or any(w.islower() for w in words):
        return []
    initials = [w for w in words[1:-1] if len(w.rstrip(".")) == 1]
    out = [" ".join(w for w in words if w not in initials)] if initials else []
    if len(words) == _FIRST_NAME_PARTS + 1 and not initials and words[1].lower().endswith(("vich", "vna", "ovych")):
        out.append(f"{words[0]} {words[-1]}")
    return out


def _like(name: str, other: str) -> bool:
    """Say whether two full names differ in spelling only (Sergei/Sergey, Yoweri K./Yoweri)."""
    a, b = fold(name).split(), fold(other).split()
    if len(a) < _FIRST_NAME_PARTS or len(b) < _FIRST_NAME_PARTS:
        return False
    if fold_family(a[-1]) != fold_family(b[-1]):
        return sorted(a) == sorted(b)
    short, long = sorted((a[0], b[0]), key=len)
    same = sum(x == y for x, y in zip(short, long, strict=False))
    return short[:1] == long[:1] and (len(short) == 1 or same >= max(3, len(long) - 2))


def _rows(path: Path, columns: set[str]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            if missing:
                raise OntologyError(
                    f"{path}: column {', '.join(sorted(missing))} is missing",
                    remedy=f"an actor file has the columns {', '.join(sorted(columns))}",
                )
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OntologyError(f"{path}: {error}", remedy="give a readable UTF-8 CSV file") from None


def read_actors(folders: Sequence[Path], files: Sequence[Path] = ()) -> ActorTable:
    """Read actors.csv, names.csv and offices.csv of each folder (a missing one is empty), then files of users."""
    actors: dict[str, ActorEntry] = {}
    names: list[tuple[str, str, str]] = []
    terms: list[Term] = []
    for folder in folders:
        if (path := folder / "actors.csv").exists():
            for r in _rows(path, {"id", "name", "kind", "country", "wikidata"}):
                earlier = actors.get(r["id"])
                wikidata = r["wikidata"] or (earlier.wikidata if earlier else None)
                actors[r["id"]] = ActorEntry(r["id"], r["name"], r["kind"], r["country"] or None, wikidata or None)
        if (path := folder / "names.csv").exists():
            names = [(r["actor"], r["name"], r["use"]) for r in _rows(path, {"actor", "name", "use"})] + names
        if (path := folder / "offices.csv").exists():
            columns = {"actor", "office", "country", "begin", "end", "known"}
            new = [
                Term(r["actor"], r["office"], r["country"] or None, r["begin"], r["end"], r["known"])
                for r in _rows(path, columns)
            ]
            better = {_term_key(t) for t in new}
            terms = [t for t in terms if _term_key(t) not in better] + new
    for file in files:
        _take(read_actor_file(file), actors, names, terms)
    return ActorTable(actors.values(), names, terms)


def _term_key(term: Term) -> tuple[str, str, str | None, str]:
    """What makes two rows the same term: who, what, and the year in which it began."""
    return term.actor, term.office, term.country, term.begin[:4]


def _take(
    rows: Sequence[ActorRow],
    actors: dict[str, ActorEntry],
    names: list[tuple[str, str, str]],
    terms: list[Term],
) -> None:
    """Put a user's actors into the table: his names come first, his offices replace those of the same actor."""
    codes = {e.name: e.country or "" for e in actors.values() if e.kind in {"state", "territory"}}
    codes |= {r.name: r.country or codes.get(r.name) or _code(r.name) for r in rows if r.kind in {"state", "territory"}}
    known = {(entry.kind, entry.name): key for key, entry in actors.items()}
    own: list[tuple[str, str, str]] = []
    for row in rows:
        country = codes.get(row.name) if row.kind in {"state", "territory"} else codes.get(row.country, row.country)
        key = row.id or known.get((row.kind, row.name)) or _new_id(row, country)
        earlier = actors.get(key)
        actors[key] = ActorEntry(
            key,
            row.name,
            row.kind,
            country or (earlier.country if earlier else None),
            row.wikidata or (earlier.wikidata if earlier else None),
        )
        own += [(key, row.name, "name"), *((key, name, use) for name, use in row.names())]
        if row.offices:
            terms[:] = [t for t in terms if t.actor != key]
        for o in row.offices:
            where = codes.get(o.country, o.country) or (country if row.kind == "person" else None)
            terms.append(Term(key, o.office, where or None, o.begin, o.end, "term"))
    names[:0] = own


def _code(state: str) -> str:
    """A code for a state that has none in ISO 3166."""
    return fold(state).upper().replace(" ", "-")


def _new_id(row: ActorRow, country: str | None) -> str:
    if row.kind in {"state", "territory"}:
        return f"state/{country}"
    return f"{'org' if row.kind == 'organisation' else row.kind}/{fold(row.name).replace(' ', '-')}"


def load_actors(files: Sequence[str | Path] = ()) -> ActorTable:
    """Return the bundled actor table, with a user's own files over it; each table is read once per process.

    Raises
    ------
    InputError
        If a file cannot be read or has a fault.
    """
    return _load(versions(files))


@lru_cache(maxsize=8)
def _load(files: tuple[Version, ...]) -> ActorTable:
    return read_actors([DATA, DATA / "hand"], [path for path, _ in files])
