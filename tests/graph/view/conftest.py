"""Pages in a real browser that goes through a proxy of ours: it is offline, and we see whom it asks."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browsing import chromium, reopen

from diplograph.graph import KnowledgeGraph


class Asked(BaseHTTPRequestHandler):
    """Answers nothing, and writes down what it was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_error(404)

    do_POST = do_HEAD = do_CONNECT = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    """A server, and proxy, that counts requests in `asked`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.asked = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(server):
    with chromium(server.address) as driver:
        yield driver


@pytest.fixture
def page(browser, server):
    """A tab; at the end nothing must have been asked of anybody, and no script have failed."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    server.asked.clear()
    yield page
    assert page.faults == []
    assert [path for path in server.asked if "127.0.0.1" in path or path.startswith("/")] == []
    context.close()


@pytest.fixture
def show(page, tmp_path):
    """Open the page of records, at a hash; `page.graph` is the graph."""

    def run(*records, at="", title="Test", renderer=None):
        page.graph = KnowledgeGraph()
        page.graph.add(records)
        path = tmp_path / "page.html"
        path.write_text(page.graph.page(title=title, renderer=renderer), encoding="utf-8")
        return reopen(page, path, at)

    return run
