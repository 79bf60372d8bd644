from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from conftest import record
from rdflib import Dataset, Graph

from diplograph.errors import InputError
from diplograph.graph import KnowledgeGraph
from diplograph.graph.export import formats


@pytest.fixture(scope="module")
def graph():
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", place="Oslo"),
            record("b", people=("Ann Ace", "Bob Bay", "Cem Cay"), mode="call", status="occurred"),
        ]
    )
    return graph


def test_formats():
    assert formats() == ["csv", "events", "gexf", "graphml", "jsonld", "nquads", "trig", "turtle"]


def test_unknown_format_is_named(graph):
    with pytest.raises(InputError, match="no format 'pdf'"):
        graph.export("pdf")


@pytest.mark.parametrize("name", formats())
def test_empty_graph_exports(name):
    assert isinstance(KnowledgeGraph().export(name), bytes)


def test_events(graph):
    first, second = sorted(map(json.loads, graph.export("events").decode().splitlines()), key=lambda e: e["mode"])
    assert set(first) >= {"id", "class", "mode", "participants", "place", "date", "status", "history", "documents"}
    assert (first["mode"], first["status"], len(first["participants"])) == ("call", "occurred", 3)
    assert second["place"] == "Oslo"
    assert second["history"][0] == {
        "status": "planned",
        "date": "2025-10-22",
        "document": "a",
        "sentence": "Ann Ace and Bob Bay meet.",
        "source": None,
    }


@pytest.mark.parametrize(("name", "format"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_whole_store_as_rdf(graph, name, format):
    dataset = Dataset()
    dataset.parse(data=graph.export(name).decode(), format=format)
    assert len(set(dataset.quads())) == len(graph)


def test_turtle_holds_the_merged_graph(graph):
    merged = Graph().parse(data=graph.export("turtle").decode(), format="turtle")
    assert len(merged) == graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]


def test_graphml_has_an_edge_for_each_pair_in_each_event(graph):
    network = nx.read_graphml(io.BytesIO(graph.export("graphml")), force_multigraph=True)
    assert len(network.edges) == 1 + 3
    assert {d["status"] for _, _, d in network.edges(data=True)} == {"planned", "occurred"}


def test_projections(graph):
    actors, both = graph.actor_graph(), graph.event_graph()
    assert actors.number_of_edges("person/ann-ace", "person/bob-bay") == 2
    assert nx.is_bipartite(both)
    assert sum(d["bipartite"] for _, d in both.nodes(data=True)) == 2
