"""Queries and requests from people who mean harm: each refused or stopped, and the next one answered."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from diplograph.graph.serve.fence import has_landlock
from diplograph.graph.serve.protocol import Query, Refusal
from diplograph.graph.serve.settings import Settings
from diplograph.graph.serve.workers import Pool

ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"

CALLING = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "mixed case": "SELECT * { sErViCe <URL> { ?s ?p ?o } }",
    "in a filter": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?a ?b ?c } } }",
    "behind a comment": "SELECT * { # '\nSERVICE# '\n<URL> { ?s ?p ?o } }",
    "between quotes": "SELECT * { ?s ?p '\\'' . SERVICE <URL> { ?a ?b '\\'' } }",
    "long quotes": 'SELECT * { ?s ?p """ " """ SERVICE <URL> { ?a ?b """ " """ } }',
    "behind an IRI with a hash": "SELECT * { ?s <urn:a#'> ?o SERVICE <URL> { ?a <urn:a#'> ?c } }",
    "by a variable": "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "in a subselect": "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "long s": "SELECT * { \u017fervice <URL> { ?s ?p ?o } }",
    "dotless i": "SELECT * { serv\u0131ce <URL> { ?s ?p ?o } }",
    "escaped": r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    "escaped amid": r"SELECT * { S\u0045RVICE <URL> { ?s ?p ?o } }",
    "load": "LOAD <URL>",
    "load silent": "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    "after a query": "ASK {} ; LOAD <URL>",
    "from": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "describe": "DESCRIBE <URL>",
}


@pytest.mark.parametrize("name", CALLING)
def test_no_query_calls_other_servers(endpoint, listener, name):
    port, was_called = listener
    reply = endpoint.post(CALLING[name].replace("<URL>", f"<http://127.0.0.1:{port}/>"), accept="*/*")
    assert not was_called()
    harmless = {"from", "from named", "describe"}
    assert reply.status == 200 if name in harmless else reply.status in {400, 403}
    assert endpoint.post("ASK {}").status == 200


def test_graphs_of_the_request_are_not_fetched(endpoint, listener):
    port, was_called = listener
    url = f"http://127.0.0.1:{port}/"
    for name in ("default_graph_uri", "named_graph_uri"):
        assert endpoint.get("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", **{name: [url]}).rows == []
    assert not was_called()


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
def test_a_worker_reaches_nothing_even_if_asked(served_store, listener, tmp_path):
    """The fence behind the refusals: SERVICE handed to a worker directly."""
    port, was_called = listener

    async def ask():
        pool = Pool(Settings(served_store, workers=1, timeout=5))
        await pool.start()
        try:
            for target in (f"http://127.0.0.1:{port}/", f"http://localhost:{port}/"):
                with pytest.raises(Refusal, match="the engine failed"):
                    await pool.ask(Query(f"SELECT * {{ SERVICE <{target}> {{}} }}"), results="text/csv", triples=None)
            return await pool.ask(Query("ASK {}"), results="text/csv", triples=None)
        finally:
            await pool.close()

    assert asyncio.run(ask()).body == b"true"
    assert not was_called()


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize("file", ["/etc/passwd", "secret.ttl"])
def test_no_query_reads_files(endpoint, tmp_path, clause, file):
    secret = tmp_path / "secret.ttl"
    secret.write_text('<urn:a> <urn:b> "secret" .\n', encoding="utf-8")
    iri = (secret if file == "secret.ttl" else Path(file)).as_uri()
    reply = endpoint.post(f"SELECT * {clause} <{iri}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
    assert (reply.status, reply.rows) == (200, [])


UPDATES = [
    "INSERT DATA { <urn:s> <urn:p> 1 }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_is_no_query(endpoint, update):
    assert endpoint.post(update).status == 400
    assert endpoint.post("SELECT (COUNT(*) AS ?n) { <urn:node:0> ?p ?o }").rows == [("59",)]


DOUBLING = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(40))
LONG = "SELECT * { ?s ?p ?o . FILTER(%s) }"

STOPPED = {
    "cartesian product": (f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}", {504}),
    "cartesian product in EXISTS": (f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {ANY} FILTER(?a = 1) }} }}", {504, 507}),
    "sorted cartesian product": (f"SELECT * {{ {ANY} }} ORDER BY ?c ?f ?i LIMIT 1", {504, 507}),
    "distinct cartesian product": (f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {ANY} BIND(RAND() AS ?x) }}", {504, 507}),
    "grouped cartesian product": (f"SELECT ?c ?f ?i ?l {{ {ANY} }} GROUP BY ?c ?f ?i ?l", {504, 507}),
    "cross product in GROUP_CONCAT": (f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {ANY} }}", {504, 507}),
    "deep paths in a dense graph": (
        "SELECT (COUNT(*) AS ?n) { ?a <urn:next>+/<urn:next>*/(<urn:next>|^<urn:next>)+/<urn:next>* ?b . "
        "?b (<urn:next>/<urn:next>/<urn:next>)* ?c }",
        {504, 507},
    ),
    "literal doubled forty times": (
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('aaaaaaaa' AS ?x0) {DOUBLING} }}",
        {504, 507},
    ),
    "REPLACE that grows": (
        "SELECT (STRLEN(?d) AS ?n) { BIND('" + "a" * 5000 + "' AS ?a) BIND(REPLACE(?a, 'a', ?a) AS ?b) "
        "BIND(REPLACE(?b, 'a', ?a) AS ?d) }",
        {504, 507},
    ),
    "regular expression too large": (
        "ASK { ?s ?p ?o FILTER regex(STR(?o), '((((a{1,99}){1,99}){1,99}){1,99})') }",
        None,
    ),
    "regular expression that backtracks": (f"ASK {{ FILTER regex('{'a' * 5000}!', '^(a+)+$') }}", None),
    "all rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000000", {504, 507}),
    "all triples": ("CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", {504, 507}),
    "more rows than allowed": ("SELECT * { ?a <urn:next> ?b }", {507}),
    "more triples than allowed": ("CONSTRUCT WHERE { ?a <urn:next> ?b }", {507}),
    "many values": ("SELECT * { VALUES ?x { " + "1 " * 45_000 + "} }", {507}),
    "many values joined": (
        "SELECT (COUNT(*) AS ?n) { " + "".join(f"VALUES ?x{i} {{ {'1 ' * 4000} }} " for i in range(4)) + "}",
        {504, 507},
    ),
    "brackets": ("SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", {400}),
    "braces": ("SELECT * " + "{" * 20_000 + "}" * 20_000, {400}),
    "lists": ("SELECT * { ?s ?p " + "(" * 450 + ")" * 450 + " }", None),
    "blank nodes": ("SELECT * { ?s ?p " + "[ <urn:p> " * 450 + "1" + "]" * 450 + " }", None),
    "long path": ("SELECT * { ?s " + "/".join(["<urn:p>"] * 5000) + " ?o }", {504, 507, 500}),
    "negations": (LONG % ("!" * 90_000 + "?o"), None),
    "alternatives": (LONG % " || ".join(["?o"] * 16_000), None),
    "long query": ("ASK { ?s ?p '" + "a" * 200_000 + "' }", {413}),
    "longer than any body": ("ASK { ?s ?p '" + "a" * 3_000_000 + "' }", {413}),
    "NUL": ("ASK { ?s ?p ?o }\0", {400}),
    "NUL in a string": ("ASK { ?s ?p '\0' }", None),
}


@pytest.mark.parametrize("name", STOPPED)
def test_runaway_queries_are_stopped(endpoint, name):
    query, expected = STOPPED[name]
    began = time.monotonic()
    reply = endpoint.post(query, accept="*/*")
    taken = time.monotonic() - began
    assert reply.status in (expected or {200, 400, 500, 504, 507}), reply.body[:200]
    assert taken < 4
    if reply.status != 200:
        assert len(reply.text.splitlines()) == 1
        assert "(" in reply.text
    assert endpoint.post("ASK {}").status == 200


def test_memory_is_limited(serving, served_store):
    """The limit of memory stops a query long before the limit of time."""
    query = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('aaaaaaaa' AS ?x0) {DOUBLING} }}"
    with serving(served_store, "--timeout", "30", "--memory-mb", "512", "--workers", "1") as endpoint:
        reply = endpoint.post(query)
        assert reply.status == 507
        assert "more than 512 MB" in reply.text
        assert endpoint.post("ASK {}").status == 200


def test_many_at_once_wait_or_are_turned_away(endpoint):
    """Two workers, sixteen places to wait: the rest is told to come back, and nothing is lost."""
    slow = f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}"
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(endpoint.post(slow))) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = {status: [r.status for r in replies].count(status) for status in {r.status for r in replies}}
    assert set(counted) == {503, 504}
    assert counted[503] >= 12
    assert next(r for r in replies if r.status == 503).headers["Retry-After"]
    time.sleep(0.5)
    assert endpoint.post("ASK {}").status == 200


def test_who_leaves_frees_the_worker(serving, served_store):
    with serving(served_store, "--timeout", "60", "--workers", "1") as endpoint:
        (old,) = endpoint.workers()
        body = urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}"})
        with socket.create_connection(("127.0.0.1", endpoint.port)) as connection:
            connection.sendall(f"GET /sparql?{body} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
        began = time.monotonic()
        assert endpoint.post("ASK {}").status == 200
        assert time.monotonic() - began < 3
        assert old not in endpoint.workers()


def test_a_killed_worker_is_replaced(endpoint):
    for pid in endpoint.workers():
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert [endpoint.post("ASK {}").status for _ in range(4)] == [200] * 4


# -- below the query ----------------------------------------------------------------------------


def test_slow_clients_block_nobody(endpoint):
    """Connections that send a part of a request and then nothing, in head and in body."""
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    connections = [socket.create_connection(("127.0.0.1", endpoint.port)) for _ in range(20)]
    try:
        for i, connection in enumerate(connections):
            connection.sendall(head if i % 2 else head + b"Content-Length: 500\r\n\r\nASK")
        began = time.monotonic()
        assert endpoint.post("ASK {}").status == 200
        assert time.monotonic() - began < 1
        connections[0].settimeout(4)
        assert b" 408 " in connections[0].recv(4096)
    finally:
        for connection in connections:
            connection.close()


SMUGGLED = {
    "two lengths": b"Content-Length: 6\r\nContent-Length: 60\r\n",
    "a length that is none": b"Content-Length: +6\r\n",
    "unknown encoding": b"Transfer-Encoding: chunked, identity\r\n",
    "folded header": b"X-A: 1\r\n Transfer-Encoding: chunked\r\nContent-Length: x\r\n",
    "blank before the colon": b"Content-Length : 6\r\n",
    "NUL in a header": b"X-A: \x00\r\nContent-Length: 6\r\n",
    "no host": None,
    "a very long head": b"X-A: " + b"a" * 200_000 + b"\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_faulty_requests_are_refused_and_closed(endpoint, name):
    lines = SMUGGLED[name]
    host = b"" if lines is None else b"Host: localhost\r\n"
    head = b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Type: application/sparql-query\r\n" + (lines or b"")
    second = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    try:
        got = endpoint.raw(head + b"\r\nASK {}" + second)
    except ConnectionError:
        got = b""
    assert b" 200 " not in got
    assert got == b"" or got.split()[1] in {b"400", b"421", b"501"}
    assert endpoint.post("ASK {}").status == 200


def test_length_and_chunks_together_are_one_request(endpoint):
    body = b"6\r\nASK {}\r\n0\r\n\r\n"
    got = endpoint.raw(
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body
    )
    assert got.count(b"HTTP/1.1") == 1


def test_not_http_at_all(endpoint):
    assert b" 200 " not in endpoint.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n")
    assert endpoint.post("ASK {}").status == 200
