"""A user's own actors, from each kind of file."""

from __future__ import annotations

import json

import pytest

from diplograph.errors import InputError
from diplograph.extract import extract, load
from diplograph.ontology.actors import load_actors
from diplograph.ontology.lookup import look_up

CSV = """name,kind,country,aliases,acronyms,adjectives,capitals,office,begin,end
Arnor,state,,Kingdom of Arnor,,Arnorian,Annuminas,,,
Gondor,state,,,,Gondorian,Minas Tirith,,,
Aragorn Elessar,person,Arnor,Strider;King Elessar,,,,head_of_state,3019-05-01,
Faramir,person,Gondor,,,,,foreign_minister,3010,3019-03-25
Faramir,person,Gondor,,,,,defence_minister,3019-05-01,
Council of the North,organisation,,,COTN,,,,,
"""
JSON = [
    {"name": "Arnor", "kind": "country", "aliases": ["Kingdom of Arnor"], "adjectives": ["Arnorian"]},
    {"name": "Gondor", "kind": "state", "adjectives": ["Gondorian"], "capitals": ["Minas Tirith"]},
    {
        "name": "Aragorn Elessar",
        "country": "Arnor",
        "aliases": ["Strider"],
        "offices": [{"office": "head_of_state", "begin": "3019-05-01"}],
    },
]
TURTLE = """
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://example.org/> .
e:arnor a schema:Country ; skos:prefLabel "Arnor" ; skos:altLabel "Kingdom of Arnor" .
e:gondor a schema:Country ; schema:name "Gondor" .
e:aragorn a schema:Person ; schema:name "Aragorn Elessar" ; schema:alternateName "Strider" ;
    schema:nationality "Arnor" ;
    schema:hasOccupation [ schema:roleName "head_of_state" ; schema:startDate "3019-05-01" ] .
"""


@pytest.fixture(params=["csv", "json", "ttl"])
def world(request, tmp_path):
    path = tmp_path / f"world.{request.param}"
    path.write_text({"csv": CSV, "json": json.dumps(JSON), "ttl": TURTLE}[request.param], encoding="utf-8")
    return path


def test_every_kind_of_file_says_the_same(world):
    table = load_actors([world])
    assert {table.state("ARNOR").name, table.state("GONDOR").name} == {"Arnor", "Gondor"}
    assert [u.actor for u in table.named("Kingdom of Arnor")] == ["state/ARNOR"]
    (king,) = look_up("Strider", "3020-01-01", table)
    assert (king.actor.id, king.actor.country) == ("person/aragorn-elessar", "ARNOR")
    assert look_up("the president of Arnor", "3020-01-01", table)[0].actor == king.actor
    assert table.named("France")  # ours are there too


def test_several_rows_are_several_offices(tmp_path):
    path = tmp_path / "world.csv"
    path.write_text(CSV, encoding="utf-8")
    terms = load_actors([path]).terms("person/faramir")
    assert [(t.office, t.country, t.begin, t.end) for t in terms] == [
        ("foreign_minister", "GONDOR", "3010", "3019-03-25"),
        ("defence_minister", "GONDOR", "3019-05-01", ""),
    ]


def test_a_row_completes_an_actor_of_ours(tmp_path):
    path = tmp_path / "more.csv"
    path.write_text("name,kind,aliases\nFrance,state,Hexagone\nMarco Rubio,person,Little Marco\n", encoding="utf-8")
    table = load_actors([path])
    assert [u.actor for u in table.named("Hexagone")] == ["state/FRA"]
    assert table.actors["state/FRA"].country == "FRA"
    assert [u.actor for u in table.named("Little Marco")] == ["person/marco-rubio"]
    assert table.terms("person/marco-rubio")


@pytest.mark.model
def test_invented_states_act(tmp_path):
    path = tmp_path / "world.csv"
    path.write_text(CSV, encoding="utf-8")
    nlp = load(actors=path)
    record = extract(
        "The Gondorian envoy met King Elessar in Minas Tirith. COTN welcomed it.", nlp=nlp, date="3020-01-01"
    )
    parties = [[(p.name, p.country) for p in e.participants] for e in record.events]
    assert parties[0] == [("Gondor", "GONDOR"), ("Aragorn Elessar", "ARNOR")]
    assert ("Council of the North", None) in parties[1]
    assert (record.events[0].place.name, record.events[0].place.country) == ("Minas Tirith", "GONDOR")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.csv", "name,kind\nX,alien\n", "line 2: kind"),
        ("a.csv", "nom,kind\nX,state\n", "line 2: name"),
        ("a.csv", "name,begin\nX,May\n", "line 2: offices.0"),
        ("a.json", "{}", "not a list"),
        ("a.json", "[", "Expecting"),
        ("a.ttl", "nonsense", "not RDF"),
        ("a.xlsx", "", "not an actor file"),
    ],
)
def test_faults_are_named(tmp_path, name, text, fault):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=fault) as caught:
        load_actors([path])
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        load_actors([tmp_path / "none.csv"])
