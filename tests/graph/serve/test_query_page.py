"""The query page in a real browser: it asks its own endpoint and nobody else."""

from __future__ import annotations

import pytest
from browsing import chromium, until

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=\\\"document.title='hit'\\\"><script>document.title='hit'</script>"
    "<a href=\\\"javascript:document.title='hit'\\\">here</a>"
)


@pytest.fixture(scope="module")
def browser():
    with chromium(bypass="127.0.0.1") as driver:
        yield driver


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.requested, page.faults = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    yield page
    page.close()


def opened(page, endpoint, path="/"):
    page.goto(f"http://127.0.0.1:{endpoint.port}{path}")
    until(page, "Boolean(window.yasgui)")
    return page


def run(page, query):
    page.evaluate("query => { yasgui.getTab().setQuery(query); yasgui.getTab().query().catch(() => null); }", query)


def cells(page):
    until(page, "[...document.querySelectorAll('.yasr td')].some(cell => cell.innerText)")
    return [text for text in page.locator(".yasr td").all_inner_texts() if text]


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_page_asks_and_shows_the_answer(page, endpoint, path):
    opened(page, endpoint, path)
    page.locator(".yasqe_queryButton").click()
    shown = cells(page)
    assert any("Ann Ace" in cell for cell in shown)
    assert "dg:postponed" in shown
    assert page.locator(".parseErrorIcon").count() == 0
    assert page.faults == []
    own = f"http://127.0.0.1:{endpoint.port}/"
    assert [url for url in page.requested if not url.startswith((own, "data:"))] == []


def test_an_error_is_shown(page, endpoint):
    opened(page, endpoint)
    run(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.get_by_text("longer than 1 seconds").first.wait_for(timeout=8000)


def test_values_stay_texts(page, endpoint):
    opened(page, endpoint)
    run(page, f'SELECT ?x ?y {{ BIND("{HOSTILE}" AS ?x) BIND("{HOSTILE}"^^rdf:HTML AS ?y) }}')
    assert any("onerror" in cell for cell in cells(page))
    page.wait_for_timeout(300)
    assert page.title() != "hit"
    assert page.locator(".yasr td img[onerror], .yasr td script").count() == 0


def test_no_other_endpoint_can_be_asked(page, endpoint, listener):
    port, was_called = listener
    opened(page, endpoint)
    page.evaluate("port => { yasgui.getTab().setEndpoint(`http://127.0.0.1:${port}/`); }", port)
    run(page, "ASK {}")
    for _ in range(80):
        if any("Content Security Policy" in fault for fault in page.faults):
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail("the policy let the page ask")
    assert not was_called()
