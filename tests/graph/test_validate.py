"""What a valid graph satisfies: ours does, a faulty one is told what is wrong with it."""

from __future__ import annotations

import dataclasses
import json
import re

import pyoxigraph as ox
import pytest
from conftest import ROOT, record
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError, MissingExtra
from diplograph.extract.records import Extraction, Link, Place
from diplograph.graph import KnowledgeGraph
from diplograph.graph._parts import parts
from diplograph.graph.imports import load_coded, read_import
from diplograph.graph.validate import validate
from diplograph.graph.verdicts import Verdict, Verdicts
from diplograph.ontology.statuses import STATUSES

TTL = """@prefix dg: <https://w3id.org/diplograph/ontology#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
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
        ("<a:1> dg:call 'Lavrov' .", "a direct edge leads to an actor"),
        ("<a:1> dg:call <a:2> .", "a direct edge leads from an actor"),
        ("<e:1> a dg:Event ; dg:occured true .", "dg:occured: uses a term that the ontology does not declare"),
        ("<e:1> a dg:Evnet .", "uses a term that the ontology does not declare (it is dg:Evnet)"),
        ("<e:1> dg:mode dg:CONSULT .", "at most one mode, of those of the scheme"),
        ("<e:1> dg:date 'next week' .", "an interval written begin/end"),
        ("<e:1> dg:date '2025-11'^^xsd:date .", "an interval written begin/end"),
        ("<e:1> dg:date '2025-11'^^xsd:gYearMonth .", "a date needs its first day"),
        (
            "<e:1> dg:date '2025'^^xsd:gYear ; dg:earliest '2025-02-01'^^xsd:date ; dg:latest '2025-01-01'^^xsd:date .",
            "not after the last",
        ),
        ("<h:1> a dg:StatusAssertion ; dg:step '1' .", "needs its number in the history"),
        ("<p:1> a dg:Participation ; dg:role dg:status .", "a role is one of the scheme's"),
        ("<p:1> a dg:Participation .", "needs one role, or the name of one"),
        ("<s:1> a oa:TextPositionSelector ; oa:start -1 ; oa:end 3 .", "before its end"),
        ("[] a dg:Event .", "needs an IRI"),
        ("<d:1> a dg:Document . <m:1> a dg:EventMention ; dg:sentence <d:1#char=1,2> .", "leads to no oa:Specific"),
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


def whole() -> KnowledgeGraph:
    """A valid graph with a history of two steps."""
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", "2025-10-20", when="2025-11-01", place="Oslo", source="Norway"),
            record("b", "2025-10-21", when="2025-11-01", place="Oslo", status="postponed"),
            record("c", people=("Cem Cay", "Dan Day"), status="occurred"),
        ],
        verdicts=Verdicts((Verdict(("a", "e-a"), ("b", "e-b"), True),)),
    )
    return graph


REQUIRED = """
dg:eventClass dg:status rdfs:label dg:history dg:mention dg:step prov:wasDerivedFrom dg:sentence dg:trigger dg:actor
dg:role dct:identifier dg:record dg:textSha256 prov:wasAttributedTo oa:hasSource oa:hasSelector oa:start oa:end oa:exact
dg:earliest dg:latest rdf:type
"""


@pytest.mark.parametrize("name", REQUIRED.split())
def test_nothing_required_can_be_left_out(tmp_path, name):
    from diplograph.graph.terms import term

    lines = whole().export("nquads").decode().splitlines()
    kept = [line for line in lines if f" {term(name)} " not in line]
    if name == "oa:exact":
        kept = [line for line in kept if "StatusAssertion" not in line]
    assert len(kept) < len(lines)
    (tmp_path / "g.nq").write_text("\n".join(kept), encoding="utf-8")
    report = validate(tmp_path / "g.nq")
    assert not report.conforms
    assert report.violations or name == "rdf:type"


@pytest.mark.parametrize(
    ("pattern", "other", "fault"),
    [
        (r"ontology#postponed> \.", "ontology#cancelled> .", "schema:eventStatus contradicts dg:status"),
        (r'"2"(\^\^<[^>]*integer>)', r'"1"\1', "two steps of the history have the same number"),
        (r'"2025-11-01"(\^\^<[^>]*date>)', r'"2025-11-31"\1', "a date needs its first day"),
        (r"(event/\w+> <[^>]*#agent> )<[^>]*>", r'\1"Ann Ace"', "who has a role is an actor"),
        (r"(ontology#meeting> )<[^>]*>", r'\1"Dan Day"', "a direct edge leads to an actor"),
        (r"(<[^>]*mention>) <[^>]*m-a>", r"\1 <urn:gone>", "leads to no dg:EventMention in the dataset"),
        (r"ontology#planned>", "ontology#plannd>", "needs one status, of the eight"),
    ],
)
def test_a_valid_graph_that_is_changed_is_not(tmp_path, pattern, other, fault):
    text = whole().export("nquads").decode()
    changed, count = re.subn(pattern, other, text)
    assert count
    (tmp_path / "g.nq").write_text(changed, encoding="utf-8")
    assert any(fault in str(v) for v in validate(tmp_path / "g.nq").violations)


@pytest.mark.parametrize("format", ["nquads", "trig", "turtle", "jsonld"])
def test_our_exports_are_valid(tmp_path, format):
    path = tmp_path / f"g.{ {'nquads': 'nq', 'turtle': 'ttl'}.get(format, format) }"
    path.write_bytes(whole().export(format))
    report = validate(path)
    assert report.violations == []
    assert report.targets["Event"] == 2
    assert ("Document" in str(report).partition("no node")[2]) == (format == "turtle")


def test_what_others_write_into_records_is_valid_or_left_out():
    one = record("odd", place="Oslo", when="soon")
    (event,) = one.events
    odd = dataclasses.replace(
        event, mode="walk", was="2025-13-45", confidence=float("nan"), place=Place("Oslo", None, "no", 95.0, 1e9)
    )
    actors = tuple(dataclasses.replace(a, country="Norway", kind="guild") for a in one.actors)
    kg = KnowledgeGraph()
    kg.add([dataclasses.replace(one, events=(odd,), actors=actors, title="", source="")])
    assert validate(kg).violations == []


def test_coded_events_are_valid(tmp_path):
    rows = "Event ID\tEvent Date\tSource Name\tCAMEO Code\tTarget Name\tSource Country\tTarget Country\n"
    rows += "1\t2015-01-02\tSergey Lavrov\t042\tJohn Kerry\tRussian Federation\tUnited States\n"
    (tmp_path / "events.tab").write_text(rows, encoding="utf-8")
    kg = KnowledgeGraph()
    kg.add([r for r in read_import(tmp_path / "events.tab", load_coded("icews")) if isinstance(r, Extraction)])
    report = validate(kg)
    assert report.targets["Event"] == 1
    assert report.violations == []


def test_an_actor_who_has_another_name_in_another_document_is_valid():
    kg = KnowledgeGraph()
    for document, name in (("a", "Ann Ace"), ("b", "A. Ace")):
        one = record(document)
        first, *rest = one.actors
        kg.add([dataclasses.replace(one, actors=(dataclasses.replace(first, name=name), *rest))])
    assert validate(kg).violations == []


@pytest.mark.parametrize("size", [1, 50, 100_000])
def test_parts_say_of_a_node_what_its_graph_says(size):
    store = whole()._backend.store
    seen = []
    for part in parts(store, size):
        for node in part.about:
            mine = {t for t in part.triples if t.subject == node}
            graphs = [{q.triple for q in store.quads_for_pattern(node, None, None, g)} for g in
                      (ox.DefaultGraph(), *store.named_graphs())]  # fmt: skip
            assert mine in graphs
            seen.append(node)
    assert set(seen) == {q.subject for q in store}


def test_a_graph_that_is_cut_has_the_same_faults(tmp_path, monkeypatch):
    text = whole().export("turtle").decode().replace("dg:Actor", "dg:Place")
    (tmp_path / "g.ttl").write_text(text, encoding="utf-8")
    at_once = validate(tmp_path / "g.ttl")
    monkeypatch.setattr("diplograph.graph.validate.parts", lambda store: parts(store, 10))
    cut = validate(tmp_path / "g.ttl")
    assert len(at_once.violations) > 4
    assert sorted(map(str, cut.violations)) == sorted(map(str, at_once.violations))
    assert cut.targets == at_once.targets


def test_one_graph_does_not_mend_another(tmp_path):
    (tmp_path / "g.trig").write_text(
        TTL + "<g:1> { <e:1> sem:hasActor <a:1> } <g:2> { <a:1> a dg:Actor ; rdfs:label 'Ann' }", encoding="utf-8"
    )
    assert [v.message for v in validate(tmp_path / "g.trig").violations] == ["who takes part is an actor"]


def test_faulty_literals_and_hostile_names_are_told_in_one_line(tmp_path, caplog):
    evil = "<e:1> a dg:Event ; rdfs:label 'x' ; dg:date '1\\n\\u001b[31m2'^^xsd:date ; dg:step 'one'^^xsd:integer ."
    (tmp_path / "g.ttl").write_text(TTL + evil, encoding="utf-8")
    report = validate(tmp_path / "g.ttl")
    assert all(str(v).isprintable() for v in report.violations)
    assert not caplog.records


def test_without_pyshacl_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr("diplograph.graph.validate.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"diplograph\[validate\]"):
        validate(KnowledgeGraph())
