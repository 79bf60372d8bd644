"""The cookbook's questions, asked of the example story, the example article and a few made-up reports."""

from __future__ import annotations

import dataclasses
import json

import pytest
from conftest import ROOT, record

from diplograph.errors import InputError
from diplograph.extract.records import Link
from diplograph.graph import KnowledgeGraph
from diplograph.graph.cookbook import question, questions


def of_class(name, event_class, mode, roles=("agent", "target"), *, links=(), **about):
    """A report of another class than CONSULT, its parties in these roles."""
    one = record(name, **about)
    (event,) = one.events
    parties = tuple(dataclasses.replace(p, role=r) for p, r in zip(event.participants, roles, strict=False))
    event = dataclasses.replace(event, event_class=event_class, mode=mode, participants=parties, links=links)
    return dataclasses.replace(one, events=(event,))


def made_up():
    """Reports for questions that the story does not answer."""
    yield of_class("threat", "THREATEN", "ultimatum", date="2025-03-01", status="occurred")
    yield of_class("deed", "SANCTION", "sanctions", date="2025-03-09", status="occurred")
    yield of_class("relief", "CONCEDE", "lift_sanctions", date="2025-06-01", status="occurred")
    roles, three = ("mediator", "agent", "counterpart"), ("Mia Mae", "Cem Cay", "Dan Day")
    yield of_class("talks", "CONSULT", "talks", roles, people=three, date="2025-04-01", status="occurred")
    for number, status in enumerate(("planned", "postponed", "postponed", "cancelled")):
        yield record(f"put-off-{number}", f"2025-07-0{number + 1}", people=("Eve Eel", "Fay Fox"), status=status)
    for number, place in enumerate(("Oslo", "Rome")):
        yield record(f"placed-{number}", f"2025-08-0{number + 1}", people=("Gus Gay", "Hal Hay"), place=place)
    for number, day in enumerate(("2025-09-01", "2025-09-02")):
        yield record(f"dated-{number}", "2025-09-03", people=("Ian Ito", "Jan Jay"), status="occurred", when=day)
    yield record("held", "2025-10-01", people=("Kim Kay", "Lea Low"), status="occurred")
    yield record("denied", "2025-10-02", people=("Kim Kay", "Lea Low"), status="refused", source="an official")
    yield record("rumour", people=("Max May", "Ned Nay"), source="a diplomat")
    yield record("stale", "2025-05-01", people=("Ole Oak", "Pia Poe"), status="planned", when="2025-06-01")
    demand = of_class("demand", "REQUEST", "demand", people=("Quin Quay", "Ron Roe"), status="occurred")
    content = dataclasses.replace(
        demand.events[0], id="m-content", event="e-content", event_class="RETREAT", mode="withdraw",
        status="proposed", links=(Link("content_of", "m-demand"),), confidence=0.4,
    )  # fmt: skip
    yield dataclasses.replace(demand, events=(*demand.events, content))
    moved = record("moved", people=("Sam Sly", "Tom Toe"), when="2025-12-05")
    yield dataclasses.replace(moved, events=(dataclasses.replace(moved.events[0], was="2025-12-01"),))


@pytest.fixture(scope="module")
def kg(read):
    graph = KnowledgeGraph()
    lines = (ROOT / "examples" / "story.jsonl").read_text(encoding="utf-8").splitlines()
    story = [read(d.pop("text"), d.pop("date"), **d) for d in map(json.loads, lines)]
    article = read((ROOT / "examples" / "summit.txt").read_text(encoding="utf-8"), "2025-10-22", id="summit")
    graph.add([*story, article, *made_up()])
    return graph


def test_there_are_enough():
    assert len(questions()) >= 25
    assert len({q.question for q in questions()}) == len(questions())
    with pytest.raises(InputError, match="who-called-whom"):
        question("who-phoned-whom")


@pytest.mark.model
@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.id)
def test_question(kg, asked):
    table = kg.query(asked.sparql)
    assert table.columns == tuple(name for name, _ in asked.columns)
    assert len(table) >= asked.least >= 1
    for row in table.rows:
        for value, (name, kind) in zip(row, asked.columns, strict=True):
            assert value is None or type(value) is kind, name
    assert all(any(value is not None for value in column) for column in zip(*table.rows, strict=True))


EXACT = {
    "disagreement-on-date": [("Ian Ito – Jan Jay: meeting", "2025-09-01", "2025-09-02")],
    "mediators": [("Mia Mae", "Cem Cay", "Dan Day", 1)],
    "moved-to-another-date": [("Sam Sly – Tom Toe: meeting", "2025-12-01", "2025-12-05")],
    "postponed-twice": [("Eve Eel – Fay Fox: meeting", 2)],
    "sanctions-and-lifting": [("Ann Ace", "Bob Bay", "2025-03-09", True)],
    "threats-carried-out": [("Ann Ace", "Bob Bay", "2025-03-01", "Ann Ace – Bob Bay: sanctions", "2025-03-09")],
    "unnamed-sources-only": [("Max May – Ned Nay: meeting", "a diplomat")],
}


@pytest.mark.model
@pytest.mark.parametrize(("asked", "rows"), EXACT.items())
def test_exact_answers(kg, asked, rows):
    found = [row for row in kg.query(question(asked).sparql).rows if row in rows]
    assert found == rows


@pytest.mark.model
def test_what_was_put_off_and_dropped(kg):
    rows = kg.query(question("announced-never-held").sparql).rows
    assert ("Eve Eel – Fay Fox: meeting", "cancelled", "2025-07-01", "2025-07-04") in rows
    assert not [r for r in rows if "Kim Kay" in r[0]]
