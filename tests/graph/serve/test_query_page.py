"""The query page in a real browser: it asks its own endpoint and nobody else."""

from __future__ import annotations

import json
import shutil
import time

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and its driver are not installed"),
]

HOSTILE = (
    "<img src=x onerror=\\\"document.title='hit'\\\"><script>document.title='hit'</script>"
    "<a href=\\\"javascript:document.title='hit'\\\">here</a>"
)


@pytest.fixture
def browser():
    selenium = pytest.importorskip("selenium.webdriver")
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000",
        "--disable-background-networking", "--no-first-run", "--proxy-server=127.0.0.1:9",
        "--proxy-bypass-list=127.0.0.1",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    yield driver
    driver.quit()


def wait(browser, condition, seconds=8):
    """Return what a condition gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition(browser):
            return value
        time.sleep(0.05)
    raise AssertionError(browser.find_element("css selector", "body").text)


def cells(browser):
    return [cell.text for cell in browser.find_elements("css selector", ".yasr td") if cell.text]


def requested(browser):
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def severe(browser):
    return [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]


def run(browser, query):
    browser.execute_script("yasgui.getTab().setQuery(arguments[0]); yasgui.getTab().query().catch(() => null)", query)


def opened(browser, endpoint, path="/"):
    browser.get(f"http://127.0.0.1:{endpoint.port}{path}")
    wait(browser, lambda b: b.execute_script("return Boolean(window.yasgui)"))
    return browser


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_page_asks_and_shows_the_answer(browser, endpoint, path):
    page = opened(browser, endpoint, path)
    page.find_element("css selector", ".yasqe_queryButton").click()
    shown = wait(page, cells)
    assert any("Ann Ace" in cell for cell in shown)
    assert "dg:postponed" in shown
    assert page.find_elements("css selector", ".parseErrorIcon") == []
    assert severe(page) == []
    own = f"http://127.0.0.1:{endpoint.port}/"
    assert [url for url in requested(page) if not url.startswith((own, "data:"))] == []


def test_an_error_is_shown(browser, endpoint):
    page = opened(browser, endpoint)
    run(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    wait(page, lambda b: "longer than 1 seconds" in b.find_element("css selector", ".yasr").text)


def test_values_stay_texts(browser, endpoint):
    page = opened(browser, endpoint)
    run(page, f'SELECT ?x ?y {{ BIND("{HOSTILE}" AS ?x) BIND("{HOSTILE}"^^rdf:HTML AS ?y) }}')
    assert any("onerror" in cell for cell in wait(page, cells))
    time.sleep(0.3)
    assert page.title != "hit"
    assert page.find_elements("css selector", ".yasr td img[onerror], .yasr td script") == []


def test_no_other_endpoint_can_be_asked(browser, endpoint, listener):
    port, was_called = listener
    page = opened(browser, endpoint)
    page.execute_script("yasgui.getTab().setEndpoint(arguments[0])", f"http://127.0.0.1:{port}/")
    run(page, "ASK {}")
    wait(page, lambda b: any("Content Security Policy" in message for message in severe(b)))
    assert not was_called()
