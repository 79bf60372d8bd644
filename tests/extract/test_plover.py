"""Records as PLOVER events."""

from __future__ import annotations

import json

import pytest

from diplograph.extract.plover import to_plover
from diplograph.extract.records import Actor, Event, Extraction, Extractor, Participant, text_hash
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.plover import load_plover
from diplograph.ontology.statuses import STATUSES


@pytest.mark.parametrize(
    ("event_class", "mode", "status", "expected"),
    [
        ("CONSULT", "meeting", "occurred", ("CONSULT", None)),
        ("CONSULT", "call", "ongoing", ("CONSULT", "phone")),
        ("CONSULT", "summit", "planned", ("AGREE", None)),
        ("CONSULT", "summit", "cancelled", ("REJECT", "meet")),
        ("CONSULT", "visit", "postponed", ("REJECT", "meet")),
        ("AID", "arms", "planned", ("AGREE", None)),
        ("AID", "money", "refused", ("REJECT", "assist")),
        ("CONCEDE", "ceasefire", "planned", ("AGREE", None)),
        ("CONCEDE", "release", "occurred", ("RETREAT", None)),
        ("CONCEDE", "yield", "occurred", ("CONCEDE", None)),
        ("ASSAULT", "strike", "planned", ("THREATEN", None)),
        ("ASSAULT", "strike", "hypothetical", ("", None)),
        ("SANCTION", "expel", "occurred", ("SANCTION", "expel")),
        ("ACCUSE", "investigate", "planned", ("ACCUSE", "investigate")),
    ],
)
def test_code(event_class, mode, status, expected):
    assert load_plover().code(event_class, mode, status) == expected


def test_every_report_has_a_code_or_none():
    classes = {e.family.event_class for e in load_lexicon().entries}
    codes = {load_plover().code(c, None, s)[0] for c in classes for s in STATUSES}
    assert codes <= classes | {""}
    assert all(load_plover().code(c, None, "occurred")[0] for c in classes)


def test_what_is_demanded_is_not_yet_intended():
    assert load_plover().code("CONCEDE", "yield", "proposed", "REQUEST") == ("", None)
    assert load_plover().code("CONCEDE", "yield", "proposed", None) == ("AGREE", None)


@pytest.fixture
def record():
    text = "Hungary will host Trump and Putin. Hungary hosted them and censured the UN, threatening to strike."
    sides = (
        Participant("state/HUN", "Hungary", "agent", "state", "HUN", "https://w3id.org/diplograph/actor/state/HUN"),
        Participant(
            "org/UN", "United Nations", "target", "organisation", None, "https://w3id.org/diplograph/actor/org/UN"
        ),
    )
    return Extraction(
        id="d",
        extractor=Extractor("hand", "1"),
        text_sha256=text_hash(text),
        text=text,
        date="2025-10-22",
        actors=(Actor("state/HUN", "Hungary", "state", "HUN"), Actor("org/UN", "United Nations", "organisation")),
        events=(
            Event("m1", "e1", "CONSULT", "meeting", (13, 17), (0, 34), sides, status="planned"),
            Event("m2", "e1", "CONSULT", "meeting", (43, 49), (35, 98), sides),
            Event("m3", "e1", "CONSULT", "meeting", (43, 49), (35, 98), sides),
            Event("m4", "e2", "ACCUSE", "criticise", (59, 67), (35, 98), sides),
            Event("m5", "e3", "ASSAULT", "strike", (91, 97), (35, 98), sides, status="hypothetical"),
        ),
    )


def test_reports_share_a_link_and_repeat_nothing(record):
    lines = [json.loads(line) for line in to_plover(record)]
    assert [(e["event"], e["link"]) for e in lines] == [("AGREE", "e1"), ("CONSULT", "e1"), ("ACCUSE", "e2")]


def test_sides(record):
    meeting, _, blame = (json.loads(line) for line in to_plover(record))
    assert [(a["code"], a["sector"]) for a in meeting["actor"]] == [("HUN", "GOV")]
    assert [(a["code"], a["sector"]) for a in meeting["recipient"]] == [("IGOUNO", None)]
    assert ([a["code"] for a in blame["actor"]], [a["code"] for a in blame["recipient"]]) == (["HUN"], ["IGOUNO"])
    assert blame["event_text"] == "censured"


@pytest.mark.parametrize("words", load_plover().belonging.examples)
def test_words_between_a_group_and_its_state(words):
    assert load_plover().belonging.matches(words)
