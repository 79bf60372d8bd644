"""A graph in a SPARQL 1.1 store: a real Oxigraph server on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import record

from diplograph.errors import QueryError, StoreError
from diplograph.graph import KnowledgeGraph
from diplograph.graph.verdicts import Verdict, Verdicts

SERVER = shutil.which("oxigraph") or shutil.which("oxigraph", path=Path(sys.executable).parent)
pytestmark = pytest.mark.skipif(SERVER is None, reason="the Oxigraph server is not installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [SERVER, "serve", "--location", tmp_path_factory.mktemp("server"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
        process.terminate()


@pytest.fixture
def kg(server):
    with KnowledgeGraph(server) as graph:
        for name in graph.documents():
            graph.remove(name)
        graph.decide(Verdicts())
        yield graph


def test_the_same_graph_as_in_memory(kg):
    local = KnowledgeGraph()
    for graph in (kg, local):
        graph.add([record("a"), record("b", "2025-11-01", status="occurred", source='said "so" <b>\n.')])
        graph.add([record("c", people=("Cem Cay", "Dan Day"))])
        graph.add([record("a", status="cancelled")])
        graph.remove("c")
    assert kg.export("nquads") == local.export("nquads")
    assert len(kg) == len(local)


def test_a_second_look_sees_what_the_first_wrote(kg, server):
    kg.add([record("a"), record("b", people=("Cem Cay", "Dan Day"))])
    other = KnowledgeGraph(server, read_only=True)
    assert other.events() == kg.events()
    assert [r.id for r in other.records()] == ["a", "b"]
    with pytest.raises(StoreError, match="reading only"):
        other.add([record("c")])


def test_questions(kg):
    kg.add([record("a")])
    assert kg.query("ASK { ?e a dg:Event }").rows == [(True,)]
    assert kg.query("SELECT (COUNT(?e) AS ?n) WHERE { ?e a dg:Event }").rows == [(1,)]
    assert len(kg.query("CONSTRUCT { ?e a dg:Event } WHERE { ?e a dg:Event }")) == 1
    with pytest.raises(QueryError):
        kg.query("SELEKT")


def test_what_others_keep_there_is_left_alone(kg):
    kg._backend.update("INSERT DATA { <s:a> <s:b> 'theirs' }")
    kg.add([record("a")])
    kg.add([record("a", status="cancelled")])
    kg.remove("a")
    assert kg.query("SELECT ?o WHERE { <s:a> <s:b> ?o }").rows == [("theirs",)]
    kg._backend.update("DELETE DATA { <s:a> <s:b> 'theirs' }")


def test_verdicts_are_kept(kg, server):
    calls = [record(f"c{i}", f"2025-05-{day}", mode="call", status="occurred") for i, day in enumerate(("01", "20"))]
    kg.add(calls)
    kg.decide(Verdicts((Verdict(("c0", "e-c0"), ("c1", "e-c1"), True),)))
    assert len(KnowledgeGraph(server).events()) == 1


def test_through_rdflib(kg):
    kg.add([record("a")])
    assert len(list(kg.dataset.query("SELECT ?e WHERE { ?e a dg:Event }"))) == 1


def test_no_answer():
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/query") as caught:
        KnowledgeGraph("http://me:secret@127.0.0.1:9/query")
    assert "secret" not in str(caught.value)


def test_what_is_no_store(server):
    with pytest.raises(StoreError, match="404"):
        KnowledgeGraph(server.replace("/query", "/nowhere"))
