from __future__ import annotations

import dataclasses
import json

import jsonschema
import pytest
from conftest import ROOT, record
from hypothesis import given
from hypothesis import strategies as st

from diplograph.errors import RecordError
from diplograph.extract.records import Argument, Extraction, Relation, Triple, content_id, record_schema, text_hash


def test_round_trip_is_lossless():
    original = record(place="Oslo", when="2025-11-01", source="a diplomat")
    assert Extraction.from_json(original.to_json()) == original
    assert "\n" not in original.to_json()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_round_trip_with_any_text(text):
    original = Extraction(id="d", extractor=record().extractor, text_sha256=text_hash(text), text=text, title=text)
    assert Extraction.from_json(original.to_json()) == original


def test_published_schema_is_the_one_of_the_code():
    published = json.loads((ROOT / "extract" / "record.schema.json").read_text(encoding="utf-8"))
    assert published == record_schema()


def test_records_conform_to_the_published_schema():
    jsonschema.validate(json.loads(record(place="Oslo", source="x").to_json()), record_schema())


def test_surface_must_be_the_text():
    event = record().events[0]
    wrong = dataclasses.replace(event.participants[0], surface="Bob", begin=0, end=3)
    with pytest.raises(RecordError, match="says 'Bob', the text has 'Ann'"):
        dataclasses.replace(record(), events=(dataclasses.replace(event, participants=(wrong,)),))


@pytest.mark.parametrize("span", [(-1, 3), (0, 10_000), (5, 2)])
def test_spans_must_lie_in_the_text(span):
    event = dataclasses.replace(record().events[0], sentence=span)
    with pytest.raises(RecordError, match="leaves the text"):
        dataclasses.replace(record(), events=(event,))


def test_references_must_exist():
    with pytest.raises(RecordError, match="unknown actor"):
        dataclasses.replace(record(), actors=())
    argument = Argument("Ann", 0, 3, "person/nobody")
    triple = Triple("t", argument, Relation("meets", "meet"), argument)
    with pytest.raises(RecordError, match="unknown actor 'person/nobody'"):
        dataclasses.replace(record(), triples=(triple,))


def test_text_must_fit_its_hash():
    with pytest.raises(RecordError, match="does not belong"):
        dataclasses.replace(record(), text="Something else.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"events": [{}]}, "Field required"),
        ({"nonsense": 1}, "nonsense"),
        ({"schema": "9.0"}, "not readable"),
        ({"text_sha256": 3}, "valid string"),
        ({"date": "yesterday"}, "is no date"),
        (
            {"actors": [{"id": "a", "name": "Ann", "kind": "person", "same_as": ["Q42"]}], "events": []},
            "'Q42' is no IRI",
        ),
    ],
)
def test_faulty_records_name_the_field(change, message):
    data = {**json.loads(record().to_json()), **change}
    with pytest.raises(RecordError, match=message):
        Extraction.from_dict(data)


def test_no_text_keeps_hash_and_offsets():
    bare = record().without_text()
    assert bare.text is None
    assert bare.text_sha256 == record().text_sha256
    assert bare.quote(bare.events[0].sentence) is None
    assert Extraction.from_json(bare.to_json()) == bare


def test_ids_come_from_content():
    assert content_id("e", "a", [1]) == content_id("e", "a", [1]) != content_id("e", "a", [2])
