from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest
from conftest import record
from rdflib import Dataset, Graph
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError
from diplograph.extract.records import Actor, Event, Extraction, Extractor, Link, Participant, Place, text_hash
from diplograph.graph import KnowledgeGraph
from diplograph.graph.export import folder_formats, formats
from diplograph.graph.query import Table


@pytest.fixture(scope="module")
def graph():
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", place="Oslo", when="2025-11-01"),
            record("b", people=("Ann Ace", "Bob Bay", "Cem Cay"), mode="call", status="occurred"),
        ]
    )
    return graph


def acted(document, event_class, mode, status, sides, *, place=None, date="2025-10-22"):
    """A record of one event between actors (id, name, kind, country, role), as the actor table knows them."""
    base = "https://w3id.org/diplograph/actor/"
    text = "They did it."
    return Extraction(
        id=document,
        extractor=Extractor("test", "1"),
        text_sha256=text_hash(text),
        text=text,
        date=date,
        title="Title",
        source="Wire",
        actors=tuple(Actor(i, n, k, c, base + i) for i, n, k, c, _ in sides),
        events=(
            Event(
                "m1",
                "e1",
                event_class,
                mode,
                (5, 8),
                (0, 12),
                tuple(Participant(i, n, r, k, c, base + i) for i, n, k, c, r in sides),
                place=place,
                status=status,
            ),
        ),
    )


USA = ("state/USA", "United States", "state", "USA", "agent")
RUS = ("state/RUS", "Russia", "state", "RUS", "counterpart")
XKX = ("state/XKX", "Kosovo", "state", "XKX", "target")
UN = ("org/UN", "United Nations", "organisation", None, "target")


def test_formats():
    assert formats() == [
        "csv", "cytoscape", "events", "gexf", "graphml", "jsonld", "nquads", "plover", "records", "trig", "turtle",
        "verdicts",
    ]  # fmt: skip
    assert folder_formats() == ["neo4j", "parquet"]


def test_wrong_formats_are_named(graph):
    with pytest.raises(InputError, match=r"no format 'pdf'.*neo4j"):
        graph.export("pdf")
    with pytest.raises(InputError, match="'parquet' is written as several files"):
        graph.export("parquet")
    with pytest.raises(InputError, match="'csv' is written as one file"):
        graph.export_files("csv")


@pytest.mark.parametrize("name", formats())
def test_empty_graph_exports(name):
    assert isinstance(KnowledgeGraph().export(name), bytes)


@pytest.mark.parametrize("name", folder_formats())
def test_empty_graph_exports_files(name):
    files = KnowledgeGraph().export_files(name)
    assert files
    assert all(files.values())


@pytest.mark.parametrize("name", ["csv", "cytoscape", "events", "gexf", "graphml", "jsonld", "nquads", "records"])
def test_same_documents_give_the_same_bytes(graph, name):
    other = KnowledgeGraph()
    other.add(reversed(list(graph.records())))
    assert other.export(name) == graph.export(name)


def test_events(graph):
    first, second = sorted(map(json.loads, graph.export("events").decode().splitlines()), key=lambda e: e["mode"])
    assert set(first) >= {"id", "class", "mode", "participants", "place", "date", "status", "history", "documents"}
    assert (first["mode"], first["status"], len(first["participants"])) == ("call", "occurred", 3)
    assert second["place"] == "Oslo"
    assert second["history"] == [
        {
            "status": "planned",
            "date": "2025-10-22",
            "document": "a",
            "sentence": "Ann Ace and Bob Bay meet.",
            "source": None,
            "event_date": "2025-11-01",
            "place": "Oslo",
            "confidence": None,
            "because": None,
        }
    ]
    assert second["links"] == []


def test_cells_of_a_spreadsheet_are_no_formulas():
    graph = KnowledgeGraph()
    graph.add([record("=cmd|' /C calc'!A0", people=("@Ann", "+Bob"), place="-Oslo")])
    (row,) = csv.DictReader(io.StringIO(graph.export("csv").decode()))
    assert (row["documents"][:5], row["place"], row["participants"][:2]) == ("'=cmd", "'-Oslo", "'+")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 555 01", "'+1 555 01"),
        ("-inf", "'-inf"),
        ("@sum(a1)", "'@sum(a1)"),
        ("\t=1", "'\t=1"),
        ("-3.5e2", "-3.5e2"),
        ("3 - 2", "3 - 2"),
        ("", ""),
        (-2, "-2"),
        (None, ""),
    ],
)
def test_cells_of_an_answer_are_no_formulas(value, cell):
    (row,) = csv.DictReader(io.StringIO(Table(("a", "b"), [(value, "")]).to_csv()))
    assert row["a"] == cell


# -- RDF -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "format"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_whole_store_as_rdf(graph, name, format):
    dataset = Dataset()
    dataset.parse(data=graph.export(name).decode(), format=format)
    assert len(set(dataset.quads())) == len(graph)


@pytest.mark.parametrize("name", ["trig", "jsonld"])
def test_parsed_back_it_is_the_same(graph, name):
    store = ox.Store()
    store.bulk_load(graph.export(name), format={"trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}[name])
    lines = store.dump(format=ox.RdfFormat.N_QUADS).decode().splitlines()
    assert sorted(lines) == graph.export("nquads").decode().splitlines()


def test_json_ld_has_a_context_and_short_names(graph):
    data = json.loads(graph.export("jsonld"))
    assert data["@context"]["dg"] == "https://w3id.org/diplograph/ontology#"
    (meeting,) = (n for n in data["@graph"] if n.get("dg:mode") == {"@id": "dg:CONSULT_meeting"} and "dg:history" in n)
    assert meeting["dg:date"] == {"@value": "2025-11-01", "@type": "xsd:date"}
    assert "schema:Event" in meeting["@type"]


def test_a_prefix_that_is_a_scheme_is_no_prefix():
    graph = KnowledgeGraph()
    one = record("a")
    ann = replace(one.actors[0], same_as=("event:ann",))
    graph.add([replace(one, actors=(ann, *one.actors[1:]))])
    data = graph.export("jsonld")
    assert "event" not in json.loads(data)["@context"]
    store = ox.Store()
    store.bulk_load(data, format=ox.RdfFormat.JSON_LD)
    assert sorted(store.dump(format=ox.RdfFormat.N_QUADS).decode().splitlines()) == (
        graph.export("nquads").decode().splitlines()
    )


def test_turtle_holds_the_merged_graph(graph):
    merged = Graph().parse(data=graph.export("turtle").decode(), format="turtle")
    assert len(merged) == graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]


# -- networks --------------------------------------------------------------------------------------


def test_graphml_has_an_edge_for_each_pair_in_each_event(graph):
    network = nx.read_graphml(io.BytesIO(graph.export("graphml")), force_multigraph=True)
    assert len(network.edges) == 1 + 3
    assert {d["status"] for _, _, d in network.edges(data=True)} == {"planned", "occurred"}
    kinds = {name: type(v) for _, _, d in network.edges(data=True) for name, v in d.items()}
    assert (kinds["day"], kinds["directed"], kinds["weight"], kinds["date"]) == (int, bool, float, str)


def test_gexf_edges_last_from_first_to_last_day(graph):
    root = ET.fromstring(graph.export("gexf"))
    name = {"g": "http://www.gexf.net/1.2draft"}
    assert root.find("g:graph", name).attrib["timeformat"] == "date"
    spans = {(e.get("start"), e.get("end")) for e in root.iterfind(".//g:edge", name)}
    assert spans == {("2025-11-01", "2025-11-01"), ("2025-10-22", "2025-10-22")}
    assert "lastmodifieddate" not in root.find("g:meta", name).attrib


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_characters_that_xml_forbids_are_replaced(name):
    graph = KnowledgeGraph()
    graph.add([record("a", people=("Ann\x0bAce\x00", "B\ufffeB <&>"), place="Os\x1flo")])
    root = ET.fromstring(graph.export(name))
    text = ET.tostring(root, encoding="unicode")
    assert "Ann\ufffdAce" in text
    assert "&lt;&amp;&gt;" in text


def test_cytoscape(graph):
    data = json.loads(graph.export("cytoscape"))
    nodes, edges = ([e["data"] for e in data["elements"][kind]] for kind in ("nodes", "edges"))
    assert {n["name"] for n in nodes} == {"Ann Ace", "Bob Bay", "Cem Cay"}
    assert len({e["id"] for e in edges}) == len(edges) == 4
    assert {e["source"] for e in edges} | {e["target"] for e in edges} <= {n["id"] for n in nodes}
    meeting = next(e for e in edges if e["interaction"] == "meeting")
    assert (meeting["documents"], meeting["directed"], meeting["place"]) == (["a"], False, "Oslo")


# -- tables ----------------------------------------------------------------------------------------


def test_neo4j_headers_and_keys():
    graph = KnowledgeGraph()
    demand = acted("a", "REQUEST", "demand", "occurred", [USA, (*RUS[:4], "target")])
    (first,) = demand.events
    links = (Link("content_of", first.id),)
    content = replace(first, id="m2", event="e2", event_class="AID", mode="money", status="planned", links=links)
    graph.add([replace(demand, events=(first, content))])
    files = {
        name: list(csv.DictReader(io.StringIO(data.decode()))) for name, data in graph.export_files("neo4j").items()
    }
    nodes, relations = files["nodes.csv"], files["relationships.csv"]
    ids = [n["id:ID"] for n in nodes]
    assert len(set(ids)) == len(ids)
    assert {r[":START_ID"] for r in relations} | {r[":END_ID"] for r in relations} <= set(ids)
    assert {n[":LABEL"] for n in nodes} == {"Actor;State", "Event;REQUEST", "Event;AID", "Document"}
    kinds = {r[":TYPE"] for r in relations}
    assert kinds == {"AGENT", "TARGET", "CONTENT_OF", "REPORTED_IN", "DEMAND"}
    assert {"day:date", "latitude:double", "reports:int"} <= set(nodes[0])


def test_neo4j_rows_are_lines():
    graph = KnowledgeGraph()
    graph.add([record("a", text='Ann Ace\nand "Bob Bay", they meet.')])
    data = graph.export_files("neo4j")["relationships.csv"].decode()
    rows = list(csv.reader(io.StringIO(data)))
    assert len(rows) == len(data.splitlines())
    assert any('Ann Ace and "Bob Bay", they meet.' in row for row in rows)


# -- PLOVER ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "status", "expected"),
    [
        ("meeting", "planned", ("AGREE", None)),
        ("meeting", "cancelled", ("REJECT", "meet")),
        ("meeting", "occurred", ("CONSULT", None)),
        ("call", "occurred", ("CONSULT", "phone")),
    ],
)
def test_plover_codes_a_meeting_by_its_status(mode, status, expected):
    graph = KnowledgeGraph()
    graph.add([acted("a", "CONSULT", mode, status, [USA, RUS])])
    (line,) = map(json.loads, graph.export("plover").splitlines())
    assert (line["event"], line["mode"]) == expected
    assert [(a["code"], a["sector"]) for a in (*line["actor"], *line["recipient"])] == [("USA", "GOV"), ("RUS", "GOV")]
    assert (line["date"], line["cite_info"]["title"], line["cite_info"]["url"]) == ("2025-10-22", "Title", "Wire")


def test_plover_codes_of_actors_and_places():
    graph = KnowledgeGraph()
    graph.add(
        [
            acted("a", "ACCUSE", "criticise", "occurred", [USA, XKX, UN]),
            acted("b", "ASSAULT", "strike", "occurred", [USA], place=Place("Pristina", country="XKX")),
            acted("c", "ASSAULT", "strike", "hypothetical", [USA, XKX], date="2024-01-01"),
        ]
    )
    lines = {line["event"]: line for line in map(json.loads, graph.export("plover").splitlines())}
    assert set(lines) == {"ACCUSE", "ASSAULT"}
    assert {a["code"] for a in lines["ACCUSE"]["recipient"]} == {"KOS", "IGOUNO"}
    assert lines["ASSAULT"]["recipient"] == [{"name": None, "code": "KOS", "sector": None}]


def test_plover_dates_a_plan_by_its_report():
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", when="2025-12-24"),
            record("b", people=("Cem Cay", "Dan Day"), when="2025-10-20", status="occurred"),
        ]
    )
    dates = {line["event"]: line["date"] for line in map(json.loads, graph.export("plover").splitlines())}
    assert dates == {"AGREE": "2025-10-22", "CONSULT": "2025-10-20"}


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as graph:
        graph.add([record("a")])
    return tmp_path / "kg"


def test_several_files_go_into_a_folder(store, tmp_path):
    out = tmp_path / "new" / "folder"
    result = CliRunner().invoke(app, ["export", "--store", str(store), "--format", "neo4j", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in out.iterdir()) == ["nodes.csv", "relationships.csv"]


def test_several_files_need_a_folder(store, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for more, fault in (([], "several files"), (["-o", str(tmp_path / "file")], "is a file")):
        result = CliRunner().invoke(app, ["export", "--store", str(store), "--format", "parquet", *more])
        assert isinstance(result.exception, InputError)
        assert fault in str(result.exception)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_the_help_lists_all_formats():
    text = " ".join(CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "300"}).output.split())
    assert not [name for name in [*formats(), *folder_formats()] if name not in text]
