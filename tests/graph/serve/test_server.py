"""The command and its processes: start, limits, end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from conftest import record

from diplograph.graph import KnowledgeGraph
from diplograph.graph.serve.negotiation import choose, wants_json
from diplograph.graph.serve.worker import count_rows

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def command(*options):
    line = [sys.executable, "-P", "-m", "diplograph", "serve", *map(str, options)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=20)


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().split()[2] != "Z"
    except FileNotFoundError:
        return False


def begin(endpoint, query):
    """Send a query and do not wait for its answer."""
    connection = socket.create_connection(("127.0.0.1", endpoint.port))
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(query)}\r\n"
    connection.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{query}".encode())
    return connection


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_with_all_workers_amid_a_query(serving, served_store, how):
    with serving(served_store, "--timeout", "60") as endpoint:
        workers = endpoint.workers()
        assert len(workers) == 2
        with begin(endpoint, ENDLESS):
            time.sleep(0.2)
            endpoint.process.send_signal(how)
            code = endpoint.process.wait(8)
        assert code in ({0} if how == signal.SIGINT else {0, -signal.SIGTERM})
        assert not [pid for pid in workers if lives(pid)]
        assert "Traceback" not in endpoint.process.stderr.read()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_workers_do_not_outlive_a_killed_server(serving, served_store):
    with serving(served_store, "--timeout", "60", "--workers", "1") as endpoint:
        (worker,) = endpoint.workers()
        with begin(endpoint, ENDLESS):
            time.sleep(0.2)
            os.kill(endpoint.process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 3
        while lives(worker) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not lives(worker)


def test_a_build_beside_it_is_seen(serving, tmp_path):
    """Query after query while documents are added: never an error, and everything once the build is quiet."""
    path = tmp_path / "kg"
    with KnowledgeGraph(path) as graph:
        graph.add([record("a")])
    with serving(path) as endpoint:

        def counted():
            return int(endpoint.post("SELECT (COUNT(*) AS ?n) { ?e a dg:Event }").rows[0][0])

        numbers = [counted()]
        with KnowledgeGraph(path) as graph:
            for i in range(12):
                graph.add([record(f"b{i}", people=(f"Person {i}", f"Partner {i}"))])
                numbers += [counted(), counted()]
        time.sleep(0.6)
        assert [counted(), counted()] == [13, 13]
    assert numbers[0] == 1
    assert set(numbers) <= set(range(1, 14))


def test_an_origin_can_be_allowed(serving, served_store):
    with serving(served_store, "--allow-origin", "https://example.org", "--workers", "1") as endpoint:
        for origin, allowed in (("https://example.org", "https://example.org"), ("https://evil.example", None)):
            reply = endpoint.send("GET", "/sparql?query=ASK%20%7B%7D", Origin=origin)
            assert reply.headers["Access-Control-Allow-Origin"] == allowed
        before = endpoint.send(
            "OPTIONS", "/sparql", Origin="https://example.org", Access_Control_Request_Method="POST",
            Access_Control_Request_Headers="content-type",
        )  # fmt: skip
        assert before.status == 200


def test_other_machines_are_warned_of(serving, served_store):
    with serving(served_store, "--host", "0.0.0.0", "--workers", "1") as endpoint:
        assert endpoint.send("GET", "/sparql?query=ASK%20%7B%7D", Host="graph.example.org").status == 200
        endpoint.stop()
        assert "can be reached from other machines" in endpoint.process.stderr.read()


def test_no_graph(tmp_path):
    done = command("--store", tmp_path / "none")
    assert done.returncode == 3
    assert "[D500]" in done.stderr
    assert "diplograph build" in done.stderr


def test_an_address_is_no_folder():
    done = command("--store", "http://127.0.0.1:9/sparql")
    assert done.returncode == 3
    assert "only a folder is served" in done.stderr


def test_a_port_in_use(endpoint, served_store):
    done = command("--store", served_store, "--port", endpoint.port)
    assert done.returncode == 3
    assert f"127.0.0.1:{endpoint.port}: cannot be listened on" in done.stderr


def test_help_names_the_limits():
    done = command("--help")
    for option in ("--host", "--port", "--timeout", "--memory-mb", "--rows", "--workers", "--allow-origin"):
        assert option in done.stdout


@pytest.mark.parametrize(
    ("accept", "choice"),
    [
        (None, "a/x"),
        ("", "a/x"),
        ("*/*", "a/x"),
        ("b/*", "b/z"),
        ("a/y, */*;q=0.1", "a/y"),
        ("a/x;q=0, */*", "a/y"),
        ("A/Y ; Q=0.9 , a/x;q=0.8", "a/y"),
        ("a/x;q=nonsense, a/y;q=0.001", "a/y"),
        ("c/c", None),
        (",;,/;q", None),
    ],
)
def test_negotiation(accept, choice):
    assert choose(accept, ["a/x", "a/y", "b/z"]) == choice


def test_errors_as_json_are_asked_for_by_name():
    assert wants_json("application/problem+json;q=0.1")
    assert not wants_json("application/json, text/plain")
    assert not wants_json("application/sparql-results+json, */*")


@pytest.mark.parametrize(
    ("format", "body", "rows"),
    [
        ("JSON", b'{"head":{"vars":[]},"results":{"bindings":[{},{}]}}', 2),
        ("JSON", b'{"head":{"vars":["x"]},"results":{"bindings":[]}}', 0),
        ("JSON", b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"\\"},{\\\\"}}]}}', 1),
        ("XML", b"<results><result><binding/></result><result></result></results>", 2),
        ("TSV", b'?x\n"a\\n"\n', 1),
        ("CSV", b'x\r\n"a""\nb"\r\n\r\n', 2),
    ],
)
def test_rows_are_counted(format, body, rows):
    assert count_rows(body, format) == rows
