"""What a valid graph satisfies: ours does, a faulty one is told what is wrong with it."""

from __future__ import annotations

import dataclasses
import json

import pytest
from conftest import ROOT, record
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError
from diplograph.extract.records import Link
from diplograph.graph import KnowledgeGraph
from diplograph.graph.validate import validate
from diplograph.graph.verdicts import Verdict, Verdicts
from diplograph.ontology.statuses import STATUSES

TTL = """@prefix dg: <https://w3id.org/diplograph/ontology#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
"""


@pytest.mark.model
def test_what_we_read_is_valid(read):
    graph = KnowledgeGraph()
    lines = (ROOT / "examples" / "story.jsonl").read_text(encoding="utf-8").splitlines()
    graph.add([read(d.pop("text"), d.pop("date"), **d) for d in map(json.loads, lines)])
    report = validate(graph)
    assert report.violations == []
    assert report.conforms
    assert all(report.targets[name] for name in ("Event", "StatusAssertion", "Statement", "Actor", "Place"))


def test_every_status_odd_names_and_links_are_valid():
    evil = 'x> <y" } ; \\ \n <script>'
    graph = KnowledgeGraph()
    records = [record(f"d{n}", place="Oslo", when="2025-11", status=s, source=evil) for n, s in enumerate(STATUSES)]
    one = record(evil, people=("A", "B"), when="2025-11-01/2025-11-03")
    party = dataclasses.replace(one.events[0].participants[0], role="co-host (virtual)>")
    event = dataclasses.replace(one.events[0], participants=(party,), links=(Link("made_up", one.events[0].id),))
    graph.add([*records, dataclasses.replace(one, events=(event,)).without_text()])
    graph.decide(Verdicts((Verdict(("d0", "e-d0"), ("d1", "e-d1"), True),)))
    report = validate(graph)
    assert report.violations == []
    assert report.conforms


def test_nothing_to_validate_is_no_success(tmp_path):
    report = validate(KnowledgeGraph())
    assert not report.conforms
    assert "nothing to validate" in str(report)
    (tmp_path / "other.ttl").write_text("<s:a> <s:b> <s:c> .", encoding="utf-8")
    done = CliRunner().invoke(app, ["validate", str(tmp_path / "other.ttl")])
    assert done.exit_code == 3


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        ("<e:1> a dg:Event .", "needs a history"),
        ("<e:1> a dg:Event ; dg:status dg:perhaps .", "needs one status, of the eight"),
        ("<e:1> a dg:Event ; sem:hasActor <a:1> .", "who takes part is an actor"),
        ("<a:1> a dg:Actor ; rdfs:label 'Ann' ; dg:country 'no' .", "three letters"),
        ("<a:1> a dg:Actor .", "needs a label"),
        ("<s:1> a oa:TextPositionSelector ; oa:start 9 ; oa:end 3 .", "before its end"),
        ("<h:1> a dg:StatusAssertion ; dg:confidence 1.5e0 .", "from 0 to 1"),
        (
            "<e:1> a dg:Event ; dg:history <h:1>, <h:2> . <h:1> dg:step 1 . <h:2> dg:step 1 .",
            "two steps of the history have the same number",
        ),
    ],
)
def test_faults_are_named(tmp_path, turtle, fault):
    path = tmp_path / "faulty.ttl"
    path.write_text(TTL + turtle, encoding="utf-8")
    report = validate(path)
    assert not report.conforms
    assert any(fault in str(violation) for violation in report.violations)
    done = CliRunner().invoke(app, ["validate", str(path)])
    assert done.exit_code == 1
    assert fault in done.stdout


def test_a_contradiction_between_vocabularies(tmp_path):
    graph = KnowledgeGraph()
    graph.add([record("a", status="planned")])
    text = graph.export("turtle").decode().replace("EventScheduled", "EventCancelled")
    (tmp_path / "g.ttl").write_text(text, encoding="utf-8")
    assert any("contradicts" in str(v) for v in validate(tmp_path / "g.ttl").violations)


def test_a_store_by_the_command_line(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as graph:
        graph.add([record("a")])
    done = CliRunner().invoke(app, ["validate", "--store", str(tmp_path / "kg")])
    assert (done.exit_code, done.stdout[:5]) == (0, "valid")


@pytest.mark.parametrize(("name", "text"), [("none.ttl", None), ("bad.ttl", "<<<"), ("what.doc", "")])
def test_files_that_cannot_be_read(tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        validate(tmp_path / name)
