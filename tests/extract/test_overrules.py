"""Decisions over who is who."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import record

from diplograph.errors import InputError
from diplograph.extract.overrules import read_overrules
from diplograph.extract.records import Actor, Source


def decide(tmp_path, lines):
    path = tmp_path / "overrules.csv"
    path.write_text("actor,is,document\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return read_overrules(path)


def test_two_ids_become_one(tmp_path):
    given = record("a")
    one, two = (a.id for a in given.actors[:2])
    done = decide(tmp_path, [f"{one},{two},"]).apply(given)
    assert [a.id for a in done.actors] == [two]
    assert {p.actor for e in done.events for p in e.participants} == {two}
    assert len(done.events[0].participants) == 1


def test_one_document_is_set_apart(tmp_path):
    given = record("a")
    key = given.actors[0].id
    overrules = decide(tmp_path, [f"{key},person/somebody-else,a"])
    assert overrules.apply(given).actors[0] == Actor(
        "person/somebody-else",
        given.actors[0].name,
        given.actors[0].kind,
        given.actors[0].country,
        "https://w3id.org/diplograph/actor/person/somebody-else",
        (),
        given.actors[0].mentions,
    )
    assert overrules.apply(record("b")) == record("b")


def test_an_actor_of_the_table_comes_with_what_it_knows(tmp_path):
    given = record("a")
    done = decide(tmp_path, [f"{given.actors[0].id},person/angela-merkel,"]).apply(given)
    party = next(p for p in done.events[0].participants if p.actor == "person/angela-merkel")
    assert party.name == "Angela Merkel"


@pytest.mark.parametrize(
    ("text", "fault"),
    [("a,b\n", "no column"), ("actor,is\nx,\n", "line 2"), ("actor,is\nx,y\nx,z\n", "line 3: x is already y")],
)
def test_faults_are_named(tmp_path, text, fault):
    path = tmp_path / "o.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_overrules(path)


def test_a_source_is_the_right_actor(tmp_path):
    given = record("a")
    key = given.actors[0].id
    said = replace(given, events=(replace(given.events[0], source=Source("Ann Ace", key)),))
    done = decide(tmp_path, [f"{key},person/z,"]).apply(said)
    assert done.events[0].source == Source("Ann Ace", "person/z")
