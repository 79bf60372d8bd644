"""The table as a whole: references drawn from its own data by a fixed seed, and how many are resolved."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from datetime import date, timedelta

import pytest

from diplograph.ontology.actors import family_name, load_actors
from diplograph.ontology.lookup import look_up
from diplograph.ontology.offices import SINGLE, Term

TABLE = load_actors()
TITLES = {
    "head_of_state": "president",
    "head_of_government": "prime minister",
    "foreign_minister": "foreign minister",
    "defence_minister": "defence minister",
}


def terms() -> list[Term]:
    """Terms since 1990 with both ends, of sovereign states."""
    every = [t for actor in TABLE for t in TABLE.terms(actor.id)]
    return [t for t in every if t.office in TITLES and t.country and t.begin >= "1990" and t.known == "term" and t.end]


def day_of(term: Term, draw: random.Random) -> str:
    """A day in the middle of a term, so that coarse dates of neighbours do no harm."""
    begin, end = (date.fromisoformat((d + "-07-01")[:10] if len(d) == 4 else (d + "-15")[:10]) for d in span(term))
    return str(begin + timedelta(days=max(0, (end - begin).days) * draw.randint(30, 70) // 100))


def span(term: Term) -> tuple[str, str]:
    return term.begin[:10], term.end.rstrip(".")[:10]


def sample(count: int, seed: int) -> list[tuple[Term, str]]:
    draw = random.Random(seed)
    chosen = draw.sample(sorted(terms(), key=repr), count)
    return [(t, day_of(t, draw)) for t in chosen]


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


def only_holder(term: Term, day: str) -> bool:
    """Whether the data name one person for the office on a day: else a reference by it has no one answer."""
    return len({t.actor for t in TABLE.terms_of(term.office, term.country, day)}) == 1


def test_offices_by_date():
    results = []
    for term, day in sample(400, 1):
        if only_holder(term, day):
            state = TABLE.state(term.country).name
            found = look_up(f"the {TITLES[term.office]} of {state}", day, TABLE)
            results.append(bool(found) and found[0].actor.id == term.actor)
    assert len(results) >= 300
    assert share(results) >= 0.95


def test_family_names_by_date():
    results = []
    for term, day in sample(300, 2):
        found = [f.actor.id for f in look_up(f"{TITLES[term.office]} {family(term.actor)}", day, TABLE)]
        results.append(term.actor in found[:1])
    assert share(results) >= 0.95


def family(actor: str) -> str:
    entry = TABLE.actors[actor]
    return family_name(entry.name, entry.country).split()[-1].title()


def test_namesakes_are_told_apart_by_date():
    groups = defaultdict(set)
    for term in terms():
        groups[family(term.actor)].add(term.actor)
    names = sorted(name for name, actors in groups.items() if len(actors) > 1)
    pairs = [(t, day_of(t, random.Random(3))) for t in terms() if family(t.actor) in names and t.office in SINGLE]
    chosen = random.Random(3).sample(sorted(pairs, key=repr), 130)
    results = []
    for term, day in chosen:
        same = [
            a for a in TABLE.family(family(term.actor), day) if term.office in {o.office for o in TABLE.offices(a, day)}
        ]
        if len(same) == 1:
            found = look_up(f"{TITLES[term.office]} {family(term.actor)}", day, TABLE)
            results.append(bool(found) and found[0].actor.id == term.actor)
    assert len(results) >= 100
    assert share(results) >= 0.95


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


SPELLINGS = (
    plain,
    lambda n: n.replace("-", " "),
    lambda n: n.replace("iy", "y").replace("yy", "y") if n.endswith(("iy", "yy")) else plain(n),
    lambda n: f"{n[:-1]}iy" if n.endswith("y") and n[-2] not in "aeiou" else plain(n),
    lambda n: " ".join([n.split()[0], "K.", *n.split()[1:]]),
    lambda n: n.replace("ei", "ey", 1) if "ei" in n else n.replace("ey", "ei", 1),
    lambda n: n.replace("ai", "ay", 1) if "ai" in n else plain(n).upper().title(),
)


def test_other_spellings():
    draw = random.Random(4)
    results = []
    for term, day in sample(200, 5):
        name = TABLE.actors[term.actor].name
        written = draw.choice(SPELLINGS)(name)
        found = look_up(written, day, TABLE)
        results.append(bool(found) and found[0].actor.id == term.actor)
    assert share(results) >= 0.9


def test_unknown_names_stay_unknown():
    draw = random.Random(6)
    persons = sorted(a.name for a in TABLE if a.kind == "person" and len(a.name.split()) == 2)
    made = [f"{draw.choice(persons).split()[0]} {draw.choice(persons).split()[1]}" for _ in range(200)]
    known = {plain(p).lower() for p in persons}
    found = [n for n in made if plain(n).lower() not in known and look_up(n, "2015-06-01", TABLE)]
    assert len(found) <= 10, found


@pytest.mark.parametrize(
    ("words", "day", "actor"),
    [
        ("the Turkish foreign minister", "2009-06-01", "person/ahmet-davutoglu"),
        ("the Russian foreign minister", "2003-06-01", "person/igor-ivanov"),
        ("President Bush", "1990-06-01", "person/george-h-w-bush"),
        ("President Bush", "2005-06-01", "person/george-w-bush"),
        ("the German chancellor", "2015-06-01", "person/angela-merkel"),
    ],
)
def test_who_is_meant(words, day, actor):
    assert look_up(words, day, TABLE)[0].actor.id == actor


def test_offices_of_another_time_are_nobodys():
    assert look_up("the Turkish foreign minister", "1960-01-01", TABLE) == []
