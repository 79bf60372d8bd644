from __future__ import annotations

import dataclasses

import pytest
from conftest import record
from rdflib import URIRef

from diplograph.errors import QueryError, StoreError
from diplograph.graph import KnowledgeGraph
from diplograph.graph.terms import DG, document_iri

EVENTS = "SELECT ?label ?status WHERE { ?e a dg:Event ; rdfs:label ?label ; dg:status ?status } ORDER BY ?label"


def sorted_quads(graph):
    return graph.export("nquads")


def test_plain_select_sees_each_event_once():
    graph = KnowledgeGraph()
    graph.add([record("a"), record("b")])
    assert graph.query(EVENTS).rows == [("Ann Ace – Bob Bay: meeting", f"{DG}planned")]


def test_each_document_has_its_graph():
    graph = KnowledgeGraph()
    graph.add([record("a"), record("b")])
    found = graph.query(
        "SELECT ?g (COUNT(?m) AS ?n) WHERE { GRAPH ?g { ?m a dg:EventMention } } GROUP BY ?g ORDER BY ?g"
    )
    assert found.rows == [(document_iri("a"), 1), (document_iri("b"), 1)]


def test_every_mention_leads_back_to_characters():
    graph = KnowledgeGraph()
    graph.add([record("a")])
    query = """SELECT ?start ?end ?exact WHERE { GRAPH ?g {
        ?m a dg:EventMention ; dg:trigger/oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end ; oa:exact ?exact } }"""
    ((start, end, exact),) = graph.query(query).rows
    assert record("a").text[start:end] == exact == "meet"


def test_adding_in_any_order_and_twice_gives_the_same_graph():
    one, two = KnowledgeGraph(), KnowledgeGraph()
    one.add([record("a"), record("b", "2025-11-01", status="occurred")])
    two.add([record("b", "2025-11-01", status="occurred")])
    two.add([record("a")])
    two.add([record("a")])
    assert sorted_quads(one) == sorted_quads(two)


def test_replacing_a_document():
    graph = KnowledgeGraph()
    graph.add([record("a", status="planned")])
    graph.add([record("a", status="cancelled")])
    assert graph.query(EVENTS).rows == [("Ann Ace – Bob Bay: meeting", f"{DG}cancelled")]
    assert len(list(graph.records())) == 1


def test_removing_a_document_leaves_what_others_say():
    graph = KnowledgeGraph()
    graph.add([record("a")])
    before = sorted_quads(graph)
    graph.add([record("b", people=("Cem Cay", "Dan Day"))])
    assert graph.remove("b")
    assert not graph.remove("b")
    assert sorted_quads(graph) == before


def test_records_come_back_as_they_went_in():
    graph = KnowledgeGraph()
    graph.add([record("b", source="x"), record("a")])
    assert list(graph.records()) == [record("a"), record("b", source="x")]


def test_on_disk(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as graph:
        graph.add([record("a")])
        quads = sorted_quads(graph)
    with KnowledgeGraph(tmp_path / "kg", read_only=True) as graph:
        assert sorted_quads(graph) == quads
        with pytest.raises(StoreError, match="reading only"):
            graph.add([record("b")])


def test_many_documents_are_loaded_in_bulk(tmp_path):
    records = [record(f"d{i}", people=("Ann Ace", f"Person {i}")) for i in range(210)]
    with KnowledgeGraph(tmp_path / "kg") as graph:
        assert graph.add(records) == 210
        one_by_one = KnowledgeGraph()
        one_by_one.add(records[:100])
        one_by_one.add(records[100:])
        assert sorted_quads(graph) == sorted_quads(one_by_one)


def test_reading_beside_a_writer(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as writer:
        writer.add([record("a")])
        with KnowledgeGraph(tmp_path / "kg", read_only=True) as reader:
            assert len(reader.events()) == 1
        with pytest.raises(StoreError, match="in use"):
            KnowledgeGraph(tmp_path / "kg")


def test_other_peoples_folders_are_left_alone(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(StoreError, match="something else"):
        KnowledgeGraph(tmp_path)
    with pytest.raises(StoreError, match="no graph"):
        KnowledgeGraph(tmp_path / "none", read_only=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["thesis.doc"]


def test_a_folder_is_made_by_the_first_document(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as graph:
        assert graph.events() == []
        assert not (tmp_path / "kg").exists()
        graph.add([record("a")])
    assert len(KnowledgeGraph(tmp_path / "kg", read_only=True).events()) == 1


def test_where_no_folder_can_be_made_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="no folder can be made"):
        KnowledgeGraph(tmp_path / "file" / "kg")


@pytest.mark.parametrize("query", ["SELEKT ?x", "DELETE WHERE { ?s ?p ?o }", "SELECT ?x WHERE { ?x unknown:y ?z }"])
def test_faulty_queries(query):
    with pytest.raises(QueryError):
        KnowledgeGraph().query(query)


def test_kinds_of_answers():
    graph = KnowledgeGraph()
    graph.add([record("a")])
    assert graph.query("ASK { ?e a dg:Event }").rows == [(True,)]
    assert graph.query("CONSTRUCT { ?e a dg:Event } WHERE { ?e a dg:Event }").columns == (
        "subject",
        "predicate",
        "object",
    )
    table = graph.query(EVENTS)
    assert list(table) == [{"label": "Ann Ace – Bob Bay: meeting", "status": f"{DG}planned"}]
    assert "Ann Ace" in table.to_csv()
    assert "<table " in table._repr_html_()
    assert table.to_dataframe().shape == (1, 2)


def test_rdflib_sees_the_same_store():
    graph = KnowledgeGraph()
    graph.add([record("a")])
    assert (None, URIRef(f"{DG}status"), URIRef(f"{DG}planned")) in graph.dataset.default_graph
    assert len(list(graph.dataset.query("SELECT ?e WHERE { ?e a dg:Event ; dg:status dg:planned }"))) == 1


def test_direct_edges_only_for_what_is_real():
    graph = KnowledgeGraph()
    graph.add([record("a", status="planned"), record("b", people=("Cem Cay", "Dan Day"), status="occurred")])
    rows = graph.query("SELECT ?a WHERE { ?x dg:meeting ?y . ?x rdfs:label ?a } ORDER BY ?a").rows
    assert rows == [("Cem Cay",), ("Dan Day",)]


def test_hostile_ids_and_texts_stay_data():
    evil = 'x> <y" } ; DROP ALL ; \\ \n <script>'
    graph = KnowledgeGraph()
    graph.add([record(evil, text=f"{evil} meet.", source=evil)])
    (back,) = graph.records()
    assert back.id == evil
    assert graph.query("SELECT ?s WHERE { ?x dg:sourceName ?s }").rows[0] == (evil,)


def test_hostile_roles_stay_data():
    one = record()
    party = dataclasses.replace(one.events[0].participants[0], role="x> } } ; DROP ALL #")
    event = dataclasses.replace(one.events[0], participants=(party, *one.events[0].participants[1:]))
    kg = KnowledgeGraph()
    kg.add([record("d0")])
    kg.add([dataclasses.replace(one, events=(event,))])
    assert kg.documents() == ["d0", "d1"]
    assert kg.query("ASK { ?e a dg:Event }").rows == [(True,)]


def test_mentions_of_two_documents_with_the_same_ids_are_two():
    first, second = record("a"), record("b", date="2025-11-20", status="occurred", when="2025-11-19")
    event = dataclasses.replace(second.events[0], id=first.events[0].id)
    kg = KnowledgeGraph()
    kg.add([first, dataclasses.replace(second, events=(event,))])
    assert len(kg.query("SELECT ?m WHERE { GRAPH ?g { ?m a dg:EventMention } }").rows) == 2


def test_a_host_is_joined_with_his_guests():
    one = record()
    roles = dict(zip(one.events[0].participants, ("host", "counterpart"), strict=True))
    parties = tuple(dataclasses.replace(p, role=role) for p, role in roles.items())
    kg = KnowledgeGraph()
    event = dataclasses.replace(one.events[0], participants=parties, status="occurred")
    kg.add([dataclasses.replace(one, events=(event,))])
    assert kg.query("ASK { ?a dg:meeting ?b }").rows == [(True,)]
    assert kg.actor_graph().number_of_edges() == 1


def test_a_closed_graph_says_so():
    kg = KnowledgeGraph()
    kg.close()
    kg.close()
    with pytest.raises(StoreError, match="closed"):
        kg.events()


def test_a_graph_for_reading_refuses_to_remove(tmp_path):
    with KnowledgeGraph(tmp_path / "kg") as kg:
        kg.add([record()])
    with KnowledgeGraph(tmp_path / "kg", read_only=True) as kg, pytest.raises(StoreError, match="reading only"):
        kg.remove("d1")


def test_an_edge_that_two_events_share_stays_with_the_other():
    calls = [record(f"c{n}", f"2025-0{n}-01", mode="call", status="occurred") for n in (1, 6)]
    kg = KnowledgeGraph()
    kg.add(calls)
    assert len(kg.events()) == 2
    kg.remove("c1")
    assert kg.query("ASK { ?a dg:call ?b }").rows == [(True,)]
