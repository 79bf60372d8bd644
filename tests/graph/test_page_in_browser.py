"""The page in a real browser, without a network: what a person sees and does."""

from __future__ import annotations

import shutil

import pytest
from conftest import record

from diplograph.graph import KnowledgeGraph

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and its driver are not installed"),
]

PAYLOADS = [
    "</script><script>document.title='hit'</script>",
    "<img src=x onerror=\"document.title='hit'\">",
    "<a href=\"javascript:document.title='hit'\">href</a>",
    "{{ 7*7 }} ${document.title='hit'}",
    "'; document.title='hit'; //",
    "<svg onload=\"document.title='hit'\">",
    "<style>body{display:none}</style>",
    "&lt;b&gt; & <b>bold</b>",
    "\u202eright to left שלום",
]


@pytest.fixture(scope="module")
def browser():
    selenium = pytest.importorskip("selenium.webdriver")
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000",
        "--disable-background-networking", "--no-first-run", "--proxy-server=127.0.0.1:9",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    yield driver
    driver.quit()


def opened(browser, tmp_path, *records, title="Test"):
    graph = KnowledgeGraph()
    graph.add(records)
    path = tmp_path / "page.html"
    path.write_text(graph.page(title=title), encoding="utf-8")
    browser.get(path.as_uri())
    return browser


def texts(browser, selector):
    return [e.text for e in browser.find_elements("css selector", selector)]


def drawn(browser):
    """Whether the canvas has anything but background on it."""
    script = """const c = document.querySelector('#network canvas');
        const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return p.some((v, i) => i % 4 === 3 && v > 0);"""
    return browser.execute_script(script)


def errors(browser):
    return [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


RECORDS = [
    record("a", "2025-10-01", status="planned", place="Oslo", source="a diplomat"),
    record("b", "2025-10-10", status="postponed"),
    record("c", people=("Ann Ace", "Cem Cay"), mode="call", status="occurred"),
    record("d", people=("Cem Cay", "Dan Day"), mode="visit", status="cancelled"),
]


def test_draws_and_lists_without_a_network(browser, tmp_path):
    page = opened(browser, tmp_path, *RECORDS)
    assert drawn(page)
    assert texts(page, "#summary") == ["3 of 3 events, 4 documents"]
    assert len(texts(page, "#rows tr")) == 3
    assert errors(page) == []


def test_a_click_shows_the_sentences(browser, tmp_path):
    page = opened(browser, tmp_path, *RECORDS)
    next(b for b in page.find_elements("css selector", "#rows button") if "Bob Bay" in b.text).click()
    assert [b.split()[-1] for b in texts(page, "#details ol .badge")] == ["planned", "postponed"]
    assert texts(page, "#details ol blockquote") == ["Ann Ace and Bob Bay meet."] * 2
    assert texts(page, "#details mark") == ["meet", "meet"]
    assert "says a diplomat" in texts(page, "#details ol cite")[0]


def test_filters_by_status(browser, tmp_path):
    page = opened(browser, tmp_path, *RECORDS)
    next(label for label in page.find_elements("css selector", "#statuses label") if "cancelled" in label.text).click()
    assert texts(page, "#summary") == ["2 of 3 events, 4 documents"]
    assert not any("Dan Day" in row for row in texts(page, "#rows tr"))
    page.find_element("css selector", "#reset").click()
    assert len(texts(page, "#rows tr")) == 3


def test_nothing_left_says_so(browser, tmp_path):
    page = opened(browser, tmp_path, *RECORDS)
    for label in page.find_elements("css selector", "#statuses label"):
        label.click()
    assert texts(page, "#empty") == ["No event matches the filters."]


def test_search_finds_an_actor(browser, tmp_path):
    page = opened(browser, tmp_path, *RECORDS)
    field = page.find_element("css selector", "#search")
    field.send_keys("cem")
    page.execute_script("arguments[0].dispatchEvent(new Event('change'))", field)
    assert texts(page, "#details h3") == ["Cem Cay"]
    assert len(texts(page, "#details .link")) == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_texts(browser, tmp_path, payload):
    hostile = record(payload, people=(payload, "Bob Bay"), text=f"{payload} meet.", place=payload, source=payload)
    page = opened(browser, tmp_path, hostile, title=f"Test {payload}")
    page.find_element("css selector", "#rows button").click()
    assert page.title == f"Test {payload}"
    assert payload in page.find_element("css selector", "#details").get_property("textContent")
    assert page.find_elements("css selector", "#details img, #details svg, #details b, body > img") == []
    assert [e for e in errors(page) if "Content Security" in e["message"]] == []
