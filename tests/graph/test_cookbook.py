"""The cookbook's questions, asked of the example story, the example article and a few made-up reports."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from conftest import ROOT, record
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError, OntologyError
from diplograph.extract.records import Link
from diplograph.graph import KnowledgeGraph
from diplograph.graph.cookbook import TOPICS, question, questions, to_markdown
from diplograph.graph.cookbook.questions import _read
from diplograph.graph.terms import PREFIXES
from diplograph.graph.verdicts import parse_verdicts


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
    for number, status in enumerate(("planned", "postponed", "postponed", "planned", "postponed", "cancelled")):
        yield record(f"put-off-{number}", f"2025-07-0{number + 1}", people=("Eve Eel", "Fay Fox"), status=status)
    for number, place in enumerate(("Oslo", "Rome")):
        yield record(f"placed-{number}", f"2025-08-0{number + 1}", people=("Gus Gay", "Hal Hay"), place=place)
        yield record(f"apart-{number}", "2025-08-09", people=("Una Ude", "Val Vey"), place=place, status="occurred")
    for number, day in enumerate(("2025-11-10", "2025-11-17")):
        yield record(f"shifted-{number}", f"2025-11-0{number + 1}", people=("Wim Woo", "Xan Xie"), when=day)
    for number, day in enumerate(("2025-09-01", "2025-09-02")):
        yield record(f"dated-{number}", "2025-09-03", people=("Ian Ito", "Jan Jay"), status="occurred", when=day)
    yield record("contested-0", "2025-10-01", people=("Kim Kay", "Lea Low"), status="occurred")
    yield record("contested-1", "2025-10-02", people=("Kim Kay", "Lea Low"), status="refused", source="an official")
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


def verdicts(records):
    """Made-up reports whose ids differ in their number only are of one event, whatever the signs weigh."""
    rows = ["document,event,same,other_document,other_event"]
    for one in records:
        name, _, number = one.id.rpartition("-")
        if number.isdigit() and number != "0":
            rows.append(f"{one.id},e-{one.id},yes,{name}-0,e-{name}-0")
    return parse_verdicts("\n".join(rows), "made up")


@pytest.fixture(scope="module")
def kg(read):
    graph = KnowledgeGraph()
    lines = (ROOT / "examples" / "story.jsonl").read_text(encoding="utf-8").splitlines()
    story = [read(d.pop("text"), d.pop("date"), **d) for d in map(json.loads, lines)]
    article = read((ROOT / "examples" / "summit.txt").read_text(encoding="utf-8"), "2025-10-22", id="summit")
    reports = list(made_up())
    graph.add([*story, article, *reports], verdicts=verdicts(reports))
    return graph


def test_there_are_enough():
    assert len(questions()) >= 25
    assert len({q.question for q in questions()}) == len(questions())
    assert {q.topic for q in questions()} == set(TOPICS)
    with pytest.raises(InputError, match="who-called-whom"):
        question("who-phoned-whom")


def test_what_people_change_is_commented():
    given = [
        line for q in questions() for line in q.sparql.splitlines() if re.search(r'VALUES.*[{(] ?(["0-9]|\()', line)
    ]
    assert len(given) >= 7
    assert all("  # " in line for line in given)


def test_no_question_is_refused_by_the_endpoint():
    assert not [q.id for q in questions() if "service" in q.sparql.casefold()]


HEAD = "# id: x\n# topic: What became of it\n# question: What?\n# columns: a:str\n# least: 1\n"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (HEAD.replace("# least: 1\n", ""), "no least"),
        (HEAD.replace("least: 1", "least: one"), "one"),
        (HEAD.replace("a:str", "a:date"), "date"),
        (HEAD.replace("a:str", "a"), "columns are"),
        (HEAD.replace("What became of it", "Gossip"), "Gossip"),
        (HEAD.replace("id: x", "id: y"), "'y'"),
        (HEAD + "# colour: red\n", "colour"),
        (HEAD + "# least: 2\n", "twice"),
    ],
)
def test_a_faulty_head_is_refused(wrong, fault):
    assert _read("x.rq", HEAD + "\nASK { ?s ?p ?o }").sparql == "ASK { ?s ?p ?o }"
    with pytest.raises(OntologyError, match=fault) as error:
        _read("x.rq", wrong + "\nASK { ?s ?p ?o }")
    assert "cookbook/x.rq" in str(error.value)


def test_the_page_is_current():
    """Run `python -m diplograph.graph.cookbook` after a change and put its output below the page's introduction."""
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert page.endswith("\n\n" + to_markdown())


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


DOC = PREFIXES["doc"]
EXACT = {
    "disagreement-on-date": [
        ("Ian Ito – Jan Jay: meeting", "2025-09-01", f"{DOC}dated-0", "2025-09-02", f"{DOC}dated-1"),
    ],
    "disagreement-on-place": [
        ("Una Ude – Val Vey: meeting", "Oslo", f"{DOC}apart-0", "Rome", f"{DOC}apart-1"),
    ],
    "disagreement-whether-held": [
        (
            "Kim Kay – Lea Low: meeting",
            "2025-10-01", f"{DOC}contested-0", "2025-10-02", f"{DOC}contested-1", "an official",
        ),
    ],
    "mediators": [("Mia Mae", "Cem Cay", "Dan Day", 1)],
    "moved-to-another-date": [
        ("Sam Sly – Tom Toe: meeting", "2025-12-01", "2025-12-05"),
        ("Uhuru Kenyatta – Norway: visit", "2018-05-14", "2018-06-11"),
        ("Wim Woo – Xan Xie: meeting", "2025-11-10", "2025-11-17"),
    ],
    "moved-to-another-place": [("Gus Gay – Hal Hay: meeting", "Oslo", "Rome")],
    "postponed-twice": [("Eve Eel – Fay Fox: meeting", "2025-07-02", "2025-07-04", "2025-07-05")],
    "sanctions-and-lifting": [("Ann Ace", "Bob Bay", "2025-03-09", "2025-06-01")],
    "threats-carried-out": [("Ann Ace", "Bob Bay", "2025-03-01", "Ann Ace – Bob Bay: sanctions", "2025-03-09")],
}  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("asked", "rows"), EXACT.items())
def test_exact_answers(kg, asked, rows):
    assert kg.query(question(asked).sparql).rows == rows


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ("announced-never-held", ("Eve Eel – Fay Fox: meeting", "cancelled", "2025-07-01", "2025-07-06")),
        ("open-plans", ("Ole Oak – Pia Poe: meeting", "2025-06-01", "2025-05-01")),
        ("unnamed-sources-only", ("Max May – Ned Nay: meeting", "a diplomat")),
        ("demands", ("Quin Quay", "REQUEST", "Ron Roe", "Quin Quay – Ron Roe: withdraw", "proposed")),
    ],
)
def test_rows_among_others(kg, asked, row):
    assert row in kg.query(question(asked).sparql).rows


@pytest.mark.model
def test_the_history_of_the_example_story(kg):
    rows = kg.query(question("history-of-an-event").sparql).rows
    told = [(date, status, planned, speaker) for _, date, status, planned, speaker, *_ in rows]
    assert told[0] == ("2018-03-06", "planned", "2018-05-14", "Norway")
    assert ("2018-04-24", "postponed", "2018-05", None) in told
    assert ("2018-05-15", "planned", "2018-06-11", "Monica Juma") in told
    assert told[-1] == ("2018-06-12", "occurred", "2018-06-11", None)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row[-1] for row in rows if row[1] > "2018-03-06")


@pytest.mark.model
def test_evidence_is_the_text(kg):
    texts = {f"{DOC}{r.id}": r.text for r in kg.records()}
    rows = kg.query(question("evidence").sparql).rows
    assert {"trigger", "evidence", "sentence"} == {row[1] for row in rows}
    assert all(texts[document][start:end] == words for document, _, start, end, words in rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("cookbook") / "kg"
    with KnowledgeGraph(path) as graph:
        graph.add([record("a", mode="call", status="occurred")])
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, ["query", *arguments])


def test_ask_by_id_on_the_command_line(folder):
    result = run("--store", folder, "--question", "who-called-whom", "--format", "csv")
    assert result.stdout == "caller,called\nAnn Ace,Bob Bay\nBob Bay,Ann Ace\n"
    assert isinstance(run("--store", folder, "--question", "who").exception, InputError)


def test_list_on_the_command_line():
    listed = json.loads(run("--questions", "--format", "json").stdout)
    assert [q["id"] for q in listed] == [q.id for q in questions()]


@pytest.mark.parametrize(
    "wrong", [["ASK { ?s ?p ?o }"], ["--store", "kg"], ["--store", "kg", "ASK {}", "--question", "x"]]
)
def test_wrong_usage_on_the_command_line(wrong):
    assert run(*wrong).exit_code == 2
