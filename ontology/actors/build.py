"""Build the actor table from reference facts: ``python ontology/actors/build.py FOLDER``.

FOLDER holds the CSV files that README.md here lists with their sources and licences. Written are
actors.csv, names.csv and offices.csv beside this script; the hand-kept files under hand/ have the
same columns, are never written by the script and win over it (see README.md).
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent

ACTOR_COLUMNS = ("id", "name", "kind", "country", "wikidata", "source")
NAME_COLUMNS = ("actor", "name", "use", "source")
OFFICE_COLUMNS = ("actor", "office", "country", "begin", "end", "known", "source")

NOT_A_STATE = ("Antarctica", "U.S. Outlying Islands")
SINGLE = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
"""Offices that one person holds at a time."""
US_POSITIONS = {
    "President of the United States": "head_of_state",
    "Secretary of State": "foreign_minister",
    "Secretary of State ad interim": "foreign_minister",
    "Deputy Secretary of State": "deputy_foreign_minister",
    "representative-to-un": "un_representative",
    "representative-to-nato": "nato_representative",
    "U.S. Trade Representative": "trade_representative",
}
OFFICE_WORDS = (
    (r"foreign|external|secretary of state\b(?! for)|expatriate", "foreign_minister"),
    (r"defen[cs]e|armed forces", "defence_minister"),
    (r"press secretary|spokes", "spokesperson"),
    (r"^(deputy|vice)[- ]prime|deputy prime", "deputy_head_of_government"),
    (r"vice[- ]president", "vice_president"),
    (r"prime minister|chancellor of|federal chancellor|^premier of (the people|china)", "head_of_government"),
    (r"ambassador", "ambassador"),
    (r"secretary[- ]general|director[- ]general", "secretary_general"),
    (
        r"president(?!-elect)(?! of the (senate|european))|king|emir|sultan|supreme leader|crown prince|pope|emperor",
        "head_of_state",
    ),
)
SKIPPED_OFFICES = re.compile(r"premier of|republika srpska|england|baseball|to the president|office of|advis", re.I)


@dataclass
class Person:
    """A person while the table is put together."""

    name: str
    country: str
    wikidata: str = ""
    source: str = ""
    names: dict[str, str] = field(default_factory=dict)
    offices: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)


def fold(text: str) -> str:
    """Lower-case without accents, words only."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).lower()))


def short(name: str) -> str:
    """First and last word of a folded name, with one spelling for Slavic endings."""
    words = [w for w in fold(name).split() if w not in {"jr", "sr", "ii", "iii"}] or [fold(name)]
    ends = [re.sub(r"(iy|yy|ij|ii|yi)$", "y", w).replace("ey", "ei") for w in (words[0], words[-1])]
    return " ".join(ends)


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(set(rows)))


class Cast:
    """All persons, found again by Wikidata id or by name and country."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_qid: dict[str, Person] = {}
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_short: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._anywhere: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: str, country: str, *, wikidata: str = "", source: str, year: int | None = None) -> Person:
        """Return the person of this name; `year` keeps namesakes of another generation apart.

        A Wikidata id that is somebody else's by name and generation is taken for a fault of the source.
        """
        person = self._by_qid.get(wikidata) if wikidata else None
        if person is not None and not _like(name, person.name) and not _served_about(person, year):
            person, wikidata = None, ""
        if person is None:
            person = self._namesake(name, country, wikidata, year)
        if person is None and not country and not wikidata and len(self._anywhere[fold(name)]) == 1:
            person = self._anywhere[fold(name)][0]  # an international post of somebody known from his own state
        if person is None:
            person = Person(name, country, wikidata, source)
            self.people.append(person)
            self._anywhere[fold(name)].append(person)
        if wikidata:
            person.wikidata = person.wikidata or wikidata
            self._by_qid[wikidata] = person
        if name != person.name:
            person.names.setdefault(name, source)
        for key, table in ((fold(name), self._by_name), (short(name), self._by_short)):
            if person not in table[key, country]:
                table[key, country].append(person)
        return person

    def _namesake(self, name: str, country: str, wikidata: str, year: int | None) -> Person | None:
        for key, table in ((fold(name), self._by_name), (short(name), self._by_short)):
            for person in table[key, country]:
                if wikidata and person.wikidata and wikidata != person.wikidata:
                    continue
                if _served_about(person, year):
                    return person
        return None


def _served_about(person: Person, year: int | None) -> bool:
    """Say whether a person was in an office within six years of a year, as far as is known."""
    years = [int(day[:4]) for o in person.offices for day in o[2:4] if day[:4].isdigit()]
    return year is None or not years or min(years) - 6 <= year <= max(years) + 6


def states(folder: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], dict[str, str]]:
    """Return actor rows and name rows of states and territories, and ISO2 -> ISO3."""
    actors, names, iso3 = [], [], {}
    for row in read(folder, "countries.csv"):
        if row["name"] in NOT_A_STATE:
            continue
        iso3[row["iso2"]] = row["iso3"]
        key, source = f"state/{row['iso3']}", "countries"
        sovereign = row["independent"] in {"Yes", "In contention", "partly recognized"}
        name = row["name"].replace("’", "'")
        actors.append((key, name, "state" if sovereign else "territory", row["iso3"], row["wikidata_id"], source))
        for text in (name, row["official_name"], row["un_short_name"]):
            names += [(key, clean, "name", source) for clean in _variants(text)]
        if row["capital"] and "no official" not in row["capital"] and "administered" not in row["capital"]:
            names.append((key, row["capital"], "capital", source))
        if sovereign:
            names += [(key, word, "adjective", source) for word in _demonyms(row["demonym_adjective"])]
            names += [(key, word, "people", source) for word in _demonyms(row["demonym_noun"])]
            names += [(key, text, "former", source) for text in _former(row["former_names"])]
    return actors, names, iso3


def _variants(text: str) -> list[str]:
    text = re.sub(r"\s*\((the|prior to)[^)]*\)|;.*|\*+", "", text).strip()
    out = [text] if text else []
    if " & " in text:
        out.append(text.replace(" & ", " and "))
    return [t for t in out if t and "(" not in t]


def _demonyms(text: str) -> list[str]:
    """The words of a demonym field; notes, plurals in brackets and "none" are left out.

    >>> _demonyms("Chinese (singular and plural)"), _demonyms("Antiguan, Barbudan"), _demonyms("none")
    (['Chinese'], ['Antiguan', 'Barbudan'], [])
    """
    text = re.sub(r"\([^)]*\)|note - .*", "", text)
    words = [w.strip() for w in re.split(r"[,;/]|\bor\b", text)]
    return [w for w in words if w and w != "none" and not w.islower()]


def _former(text: str) -> list[str]:
    parts = [re.sub(r"\([^)]*\)|\[[^\]]*\]", "", p).strip() for p in re.split(r"[,;]", text)]
    return [p for p in parts if p and len(p.split()) <= 6 and p[0].isupper() and " is " not in p]


def organisations(folder: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return actor rows and name rows of international organisations with a known long name."""
    actors, names = [], []
    for row in read(folder, "organisations.csv"):
        if row["org"] in {"none", "C", "CD", "CE", "UN Security Council"} or not row["name"]:
            continue
        key, long = f"org/{row['org'].replace(' ', '-')}", re.sub(r"\s*\([^)]*\)", "", row["name"])
        actors.append(
            (key, long, "organisation", "EUU" if row["org"] == "EU" else "", row["wikidata_id"], "organisations")
        )
        names += [(key, long, "name", "organisations"), (key, row["org"], "acronym", "organisations")]
        if "-" in row["org"]:
            names.append((key, row["org"].replace("-", ""), "acronym", "organisations"))
    return actors, names


def people(folder: Path, iso3: dict[str, str], sovereign: set[str]) -> Cast:
    """Put the persons together from the four sources, best identified first."""
    cast = Cast()
    for row in read(folder, "officeholders.csv"):
        if row["role_class"] == "international" and "Permanent" in row["position"]:
            continue
        person = cast.add(
            row["person"],
            iso3.get(row["iso2"], ""),
            wikidata=row["person_id"],
            source="officeholders",
            year=_year(row["start"]),
        )
        office = "secretary_general" if row["role_class"] == "international" else row["role_class"]
        person.offices.append(
            (
                office,
                iso3.get(row["iso2"], ""),
                row["start"],
                row["end"] or _open(row["source_date"]),
                "term",
                "officeholders",
            )
        )
    for row in read(folder, "us_officials.csv"):
        office = US_POSITIONS.get(row["position"])
        start = row["started"] or row["appointed"]
        if office and start:
            person = cast.add(row["person"], "USA", source="us_officials", year=_year(start))
            person.offices.append((office, "USA", start, row["ended"], "term", "us_officials"))
    for row in read(folder, "heads_2026.csv"):
        if row["role_class"] == "representative_of_head_of_state" or iso3.get(row["iso2"]) not in sovereign:
            continue
        person = cast.add(
            row["person"], iso3[row["iso2"]], wikidata=row["person_id"], source="heads_2026", year=_year(row["since"])
        )
        person.offices.append((row["role_class"], iso3[row["iso2"]], row["since"], "", "term", "heads_2026"))
    for row in read(folder, "offices_2025.csv"):
        office = _office(row["office"])
        if not office or (not row["iso3"] and office != "secretary_general"):
            continue
        year = None if row["former"] or not row["iso3"] else _year(row["first_seen"])
        person = cast.add(row["person"], row["iso3"], source="offices_2025", year=year)
        if not row["former"]:
            person.offices.append((office, row["iso3"], row["first_seen"], row["last_seen"], "seen", "offices_2025"))
    return cast


def join_doubles(cast: Cast) -> None:
    """Make one person of two with like names who hold one office at the same time.

    Sources differ in second family names and short first names (Claudia Sheinbaum Pardo, Joseph R. Biden).
    """
    holders: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in cast.people:
        for office, country in dict.fromkeys((o[0], o[1]) for o in person.offices):
            if country and office in SINGLE:
                holders[office, country].append(person)
    gone: set[int] = set()
    for key, group in holders.items():
        for i, person in enumerate(group):
            for other in group[i + 1 :]:
                if id(person) in gone or id(other) in gone or (person.wikidata and other.wikidata):
                    continue
                if _same_holder(person, other, key):
                    person.wikidata = person.wikidata or other.wikidata
                    person.names.update({other.name: other.source, person.name: person.source, **other.names})
                    if other.source == "offices_2025":
                        person.name = other.name  # the name that he goes by in the news
                    del person.names[person.name]
                    person.offices += other.offices
                    gone.add(id(other))
    cast.people = [p for p in cast.people if id(p) not in gone]


def _same_holder(a: Person, b: Person, office: tuple[str, str]) -> bool:
    """Say whether two persons in one office at one time are one: by their names, or since they began together."""
    spans = [[(o[2][:4], (o[3].rstrip(".") or "9999")[:4]) for o in p.offices if o[:2] == office] for p in (a, b)]
    met = any(x[0] <= y[1] and y[0] <= x[1] for x in spans[0] for y in spans[1])
    began = {x[0] for x in spans[0]} & {y[0] for y in spans[1]} - {""}
    return met and (_like(a.name, b.name) or bool(began and _share_a_name(a.name, b.name, office[0])))


def _share_a_name(a: str, b: str, office: str) -> bool:
    """Say whether two have the same family name (Bill and William J. Clinton) or, as monarchs, the same first name."""
    x, y = fold(a).split(), fold(b).split()
    return x[-1] == y[-1] or (x[0] == y[0] and office == "head_of_state")


def _like(a: str, b: str) -> bool:
    """Say whether two names may be one person's: all words of one in the other, or same family name and initial.

    >>> _like("Joe Biden", "Joseph R. Biden"), _like("Ann Lee", "Ann Lee Ho"), _like("Ann Lee", "Bob Lee")
    (True, True, False)
    """
    x, y = fold(a).split(), fold(b).split()
    return set(x) <= set(y) or set(y) <= set(x) or (x[-1] == y[-1] and x[0][0] == y[0][0])


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def _open(source_date: str) -> str:
    """An open term of an old snapshot: in office on the day of the snapshot, later unknown."""
    return f"{source_date}.." if source_date else ""


def _office(text: str) -> str | None:
    if SKIPPED_OFFICES.search(text):
        return None
    return next((office for pattern, office in OFFICE_WORDS if re.search(pattern, text, re.I)), None)


def person_ids(cast: Cast) -> dict[int, str]:
    """Readable ids from names; namesakes get their country and, if need be, their Wikidata id."""
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in cast.people:
        groups[fold(person.name).replace(" ", "-")].append(person)
    ids = {}
    for slug, group in groups.items():
        countries = [p.country for p in group]
        for person in group:
            parts = [slug]
            if len(group) > 1:
                parts.append((person.country or "int").lower())
                if countries.count(person.country) > 1:
                    parts.append(person.wikidata.lower() or str(min((o[2] for o in person.offices), default="0"))[:4])
            ids[id(person)] = "person/" + "-".join(parts)
    return ids


def merge_terms(offices: list[tuple[str, str, str, str, str, str]]) -> list[tuple[str, str, str, str, str, str]]:
    """Drop repeated statements of a term: same office, and starts within a year."""
    kept: list[tuple[str, str, str, str, str, str]] = []
    for term in sorted(offices, key=lambda t: (t[0], t[1], t[4] != "term", t[2], t[3])):
        for i, other in enumerate(kept):
            same = other[:2] == term[:2] and other[4] == term[4]
            if same and abs((_year(other[2]) or 0) - (_year(term[2]) or 0)) <= 1:
                if ".." in other[3] and ".." not in term[3]:
                    kept[i] = (*other[:3], term[3], *other[4:])
                break
        else:
            kept.append(term)
    return kept


def main(folder: Path) -> None:
    state_actors, state_names, iso3 = states(folder)
    org_actors, org_names = organisations(folder)
    cast = people(folder, iso3, {country for _, _, kind, country, *_ in state_actors if kind == "state"})
    join_doubles(cast)
    cast.people = [p for p in cast.people if fold(p.name)]  # a name without a Latin letter is never found
    ids = person_ids(cast)
    actors = [(ids[id(p)], p.name, "person", p.country, p.wikidata, p.source) for p in cast.people]
    names = [(ids[id(p)], n, "name", s) for p in cast.people for n, s in p.names.items()]
    offices = [(ids[id(p)], *term) for p in cast.people for term in merge_terms(p.offices)]
    write("actors.csv", ACTOR_COLUMNS, [*state_actors, *org_actors, *actors])
    write("names.csv", NAME_COLUMNS, [*state_names, *org_names, *names])
    write("offices.csv", OFFICE_COLUMNS, offices)
    print(
        f"{len(state_actors)} states and territories, {len(org_actors)} organisations, "
        f"{len(actors)} persons, {len(offices)} terms"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
