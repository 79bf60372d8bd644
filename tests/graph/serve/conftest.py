"""A real endpoint in a process of its own, and a client that speaks plain HTTP to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from conftest import record

from diplograph.graph import KnowledgeGraph

RECORDS = [
    record("a", "2025-10-01", status="planned", place="Oslo", source="a diplomat"),
    record("b", "2025-10-10", status="postponed"),
    record("c", people=("Ann Ace", "Cem Cay"), mode="call", status="occurred"),
]
NODES = 60


def _extra():
    """Three small graphs, and a graph in which every node leads to every other."""
    name = ox.NamedNode
    for graph in ("one", "two", "three"):
        yield ox.Quad(name(f"urn:{graph}"), name("urn:p"), ox.Literal(graph), name(f"urn:graph:{graph}"))
    nodes = [name(f"urn:node:{i}") for i in range(NODES)]
    yield from (ox.Quad(a, name("urn:next"), b, ox.DefaultGraph()) for a in nodes for b in nodes if a != b)


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def media(self):
        return self.headers.get_content_type()

    @property
    def rows(self):
        """The solutions of a JSON answer, as tuples of plain values (None where unbound)."""
        answer = json.loads(self.body)
        names = answer["head"]["vars"]
        return [tuple(b.get(n, {}).get("value") for n in names) for b in answer["results"]["bindings"]]


class Endpoint:
    def __init__(self, process, port):
        self.process, self.port = process, port

    def send(self, method, path, body=None, timeout=20, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, query=None, accept=None, **more):
        fields = ([("query", query)] if query is not None else []) + [(k, v) for k, vs in more.items() for v in vs]
        fields = [(name.replace("_", "-"), value) for name, value in fields]
        path = "/sparql" + (f"?{urlencode(fields)}" if fields else "")
        return self.send("GET", path, **({"Accept": accept} if accept else {}))

    def post(self, query, accept="application/sparql-results+json", path="/sparql"):
        body = query if isinstance(query, bytes) else query.encode("utf-8")
        return self.send("POST", path, body, Content_Type="application/sparql-query", Accept=accept)

    def raw(self, data, timeout=5):
        """Send bytes as they are; return what comes back until the server closes or says nothing more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(data)
            got = b""
            try:
                while part := connection.recv(65536):
                    got += part
            except TimeoutError:
                pass
            return got

    def workers(self):
        """Process ids of the workers that live."""
        listing = subprocess.run(
            ["ps", "-o", "pid=,stat=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        rows = [line.split() for line in listing.stdout.splitlines()]
        return {int(pid) for pid, state in rows if not state.startswith("Z")}

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)


@contextmanager
def _running(store, *options):
    command = [sys.executable, "-P", "-m", "diplograph", "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    try:
        line = process.stdout.readline()
        assert line.startswith("serving "), process.stderr.read()
        yield Endpoint(process, int(line.split(" at ")[1].split("/")[2].rsplit(":", 1)[1]))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def serving():
    """Return a context manager that serves a store with options of the command line."""
    return _running


@pytest.fixture(scope="session")
def served_store(tmp_path_factory):
    """Return the folder of a graph with three documents, three foreign graphs and a dense network."""
    path = tmp_path_factory.mktemp("serve") / "kg"
    with KnowledgeGraph(path) as graph:
        graph.add(RECORDS)
    store = ox.Store(str(path))
    store.extend(_extra())
    store.flush()
    return path


@pytest.fixture(scope="session")
def endpoint(served_store):
    """Return an endpoint with a limit of one second and of 2,000 rows."""
    with _running(served_store, "--timeout", "1", "--rows", "2000", "--memory-mb", "512") as running:
        yield running


@pytest.fixture
def listener():
    """Return a port on which something listens, with a function that says whether a connection came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)

        def was_called():
            try:
                server.accept()[0].close()
            except TimeoutError:
                return False
            return True

        yield server.getsockname()[1], was_called
