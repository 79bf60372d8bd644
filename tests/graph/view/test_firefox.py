"""The same page in Firefox, where there is one."""

from __future__ import annotations

import shutil

import pytest
from conftest import record

from diplograph.graph import KnowledgeGraph

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not FIREFOX, reason="Firefox is not installed")]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    marionette = pytest.importorskip("marionette_driver.marionette")
    prefs = {"network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9}
    driver = marionette.Marionette(
        bin=FIREFOX, headless=True, prefs=prefs, workspace=str(tmp_path_factory.mktemp("firefox")), gecko_log="-"
    )
    driver.start_session()
    yield driver
    driver.delete_session()
    driver.cleanup()


def test_draws_finds_and_shows(firefox, tmp_path):
    graph = KnowledgeGraph()
    graph.add([record("a"), record("b", people=("Ann Ace", "Cem Cay"), mode="call")])
    path = tmp_path / "page.html"
    path.write_text(graph.page(title="Fire"), encoding="utf-8")
    firefox.navigate(path.as_uri())
    firefox.timeout.script = 15
    drawn = """const done = arguments[0];
        const look = () => document.documentElement.dataset.drawn ? done(true) : setTimeout(look, 50); look();"""
    assert firefox.execute_async_script(drawn, sandbox=None)
    run = firefox.execute_script
    assert run("return document.querySelector('#summary').innerText") == "2 of 2 events, 2 documents"
    for view in ("timeline", "map", "documents", "table"):
        run(f"document.querySelector('#tab-{view}').click()")
        assert run(f"return document.querySelector('#view-{view}').offsetHeight") > 100
    run("document.querySelector('#rows .link').click()")
    assert run("return document.querySelectorAll('#details .history li').length") == 1
