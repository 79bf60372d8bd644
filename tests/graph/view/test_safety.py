"""Every text is hostile: it is shown as it is, runs nothing, and nobody is asked for anything."""

from __future__ import annotations

import dataclasses

import pytest
from browsing import PAYLOADS, until, view
from conftest import record

from diplograph.extract.records import Place
from diplograph.graph.view import Page

pytestmark = pytest.mark.browser
VIEWS = ("Network", "Timeline", "Map", "Documents", "Table")


def hostile(payload):
    """A record with the payload in every text that the page shows."""
    given = record(payload, people=(payload, "Bob Bay"), text=f"{payload} meet.", source=payload, mode="meeting")
    (event,) = given.events
    there = Place(payload, country="NOR", latitude=59.91, longitude=10.75)
    return dataclasses.replace(
        given, title=payload, source=payload, events=(dataclasses.replace(event, mode=payload, place=there),)
    )


@pytest.mark.parametrize("renderer", ["vis", "sigma"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_texts(show, payload, renderer):
    page = show(hostile(payload), title=f"Test {payload}", renderer=renderer)
    for name in VIEWS:
        view(page, name)
    page.locator("#rows .link").first.click()
    assert payload in page.locator("#details").text_content()
    page.locator("#details .history .link").last.click()
    assert payload in page.locator("article").text_content()
    view(page, "Network")
    page.locator("#search").fill(payload[:20])
    assert payload in (page.locator("#found").text_content() or "")
    page.wait_for_timeout(100)
    assert page.title() == f"Test {payload}"
    assert page.locator("main img, main a, aside img, aside a, main b, aside b, article style").count() == 0


def test_an_address_in_a_text_is_not_asked(show, server):
    pixel = f'<img src="{server.address}/pixel"><link rel="stylesheet" href="{server.address}/style">'
    page = show(hostile(pixel))
    for name in VIEWS:
        view(page, name)
    page.locator("#rows .link").first.click()
    page.wait_for_timeout(300)
    assert not [path for path in server.asked if server.address in path or path.startswith("/")]


def test_a_hostile_address_of_the_page_is_harmless(show):
    page = show(record(), at="view=x&status=%3Cimg%3E&event=%22&from=no&min=-3&document=9.9&place=-1&focus=__proto__")
    assert page.inner_text("#summary").startswith("0 of 1 event, 1 document")
    page.locator("#reset").click()
    assert page.inner_text("#summary").startswith("1 of 1 event, 1 document")


def test_a_notebook_saved_as_html_and_moved_still_draws(page, tmp_path):
    """The frame has no access to its surroundings, and none of its files has to be near."""
    from diplograph.graph import KnowledgeGraph

    graph = KnowledgeGraph()
    graph.add([record(), record("b", people=("Ann Ace", "Cem Cay"))])
    frame = Page(graph.page())._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    moved = tmp_path / "elsewhere" / "notebook.html"
    moved.parent.mkdir()
    moved.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>nb</title><body>{frame}", encoding="utf-8")
    page.goto(moved.as_uri())
    inner = page.frames[1]
    until(inner, "document.documentElement.dataset.drawn")
    assert inner.inner_text("#summary") == "2 of 2 events, 2 documents"
    inner.get_by_role("tab", name="Table").click()
    inner.locator("#rows .link").first.click()
    assert inner.locator("#details .history").count() == 1
