"""What a person does on the page: find, filter, click, go back, send, save."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from browsing import PLACED, RECORDS, box, reopen, texts, until, view
from conftest import record

pytestmark = pytest.mark.browser

IN_WINDOW = """(p => {
    const box = document.querySelector("#network").getBoundingClientRect();
    return [box.left + p.x, box.top + p.y];
})"""


def spot(page, name):
    """Where an actor is drawn, in pixels of the window."""
    x, y = page.evaluate(
        """name => {
            const dg = window.diplograph, network = dg.renderer().ready(), actors = dg.data.actors;
            const i = dg.data.network.nodes.findIndex(n => n.actor !== null && actors[n.actor].name === name);
            const [x, y] = dg.renderer().places()[i];
            const spot = network.canvasToDOM ? network.canvasToDOM({ x, y }) : network.graphToViewport({ x, y: -y });
            return inWindow(spot);
        }""".replace("inWindow", IN_WINDOW),
        name,
    )
    return x, y


@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_draws_without_a_network(show, renderer):
    page = show(*RECORDS, renderer=renderer)
    until(page, "document.documentElement.dataset.drawn")
    assert page.inner_text("#summary").startswith("3 of 4 events, 5 documents")
    colours = page.locator("#network").screenshot()
    page.evaluate("document.querySelectorAll('#network canvas').forEach(c => { c.style.visibility = 'hidden'; })")
    assert page.locator("#network").screenshot() != colours


@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_a_click_on_an_actor_shows_his_events_and_a_double_click_his_neighbours(show, renderer):
    page = show(*RECORDS, renderer=renderer)
    until(page, "document.documentElement.dataset.drawn")
    page.wait_for_timeout(400)
    page.mouse.click(*spot(page, "Dan Day"))
    until(page, "document.querySelector('#details h2').innerText === 'Dan Day'")
    assert texts(page, "#details .events li") == ["× cancelled Cem Cay – Dan Day: visit reported 2025-10-22"]
    page.wait_for_timeout(400)
    page.mouse.dblclick(*spot(page, "Dan Day"))
    until(page, "!document.querySelector('#unfocus').hidden")
    assert texts(page, "#unfocus") == ["Neighbours of Dan Day ✕"]
    assert page.inner_text("#summary").startswith("1 of 4 events, 5 documents")
    page.locator("#unfocus").click()
    assert page.inner_text("#summary").startswith("3 of 4 events, 5 documents")


def test_every_parallel_event_is_drawn_and_a_click_on_its_line_shows_it(show):
    page = show(*(record(f"d{n}", f"202{n}-05-01", mode=m) for n, m in enumerate(["call", "meeting", "visit"])))
    until(page, "document.documentElement.dataset.drawn")
    seen = set()
    for n in range(3):
        x, y = page.evaluate(
            """n => {
                const network = window.diplograph.renderer().ready(), line = network.body.edges[n].edgeType;
                return inWindow(network.canvasToDOM(line.getPoint(0.4, line.getViaNode())));
            }""".replace("inWindow", IN_WINDOW),
            n,
        )
        page.mouse.click(x, y)
        page.wait_for_timeout(150)
        seen.add(page.inner_text("#details h2"))
    assert {title.split()[-1] for title in seen} == {"call", "meeting", "visit"}


def test_the_panel_has_history_sentences_and_speakers(show):
    page = show(*RECORDS)
    view(page, "Table").get_by_role("button", name="Bob Bay").click()
    assert texts(page, "#details .history .badge") == ["◷ planned", "‖ postponed"]
    assert texts(page, "#details .history blockquote") == ["Ann Ace and Bob Bay meet."] * 2
    assert texts(page, "#details .history mark") == ["meet", "meet"]
    assert "says a diplomat" in page.inner_text("#details .history li >> nth=0")
    assert (
        page.locator("#details svg.course").get_attribute("aria-label")
        == "Course: 2025-10-01 planned, 2025-10-10 postponed"
    )
    page.locator("#details .history .link").last.click()
    assert page.get_by_role("tab", name="Documents").get_attribute("aria-selected") == "true"
    assert page.locator("article .mention[aria-pressed=true]").inner_text() == "meet"


def test_filters_by_status_class_and_kind(show):
    page = show(*RECORDS)
    page.locator("#filter-status label", has_text="cancelled").click()
    assert page.inner_text("#summary").startswith("2 of 4 events, 5 documents")
    page.locator("#reset").click()
    page.get_by_role("button", name="only postponed").focus()
    page.keyboard.press("Enter")
    assert texts(view(page, "Table"), "#rows tr td:nth-child(1)") == ["Ann Ace – Bob Bay: meeting"]
    page.locator("#reset").click()
    for tick in page.locator("#filter-kind input").all():
        tick.uncheck()
    assert page.locator("#nothing").is_visible()
    page.locator("#nothing-reset").click()
    assert page.inner_text("#summary").startswith("3 of 4 events, 5 documents")


def test_filters_by_date_weight_and_number_of_parties(show):
    page = show(*RECORDS)
    page.locator("#to").fill("2025-08-01")
    assert texts(view(page, "Table"), "#rows tr td:nth-child(1)") == ["Ann Ace – Cem Cay: call"]
    page.locator("#reset").click()
    page.locator("#slide-from").focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('#from').value === '2025-06-02'")
    assert page.inner_text("#summary").startswith("2 of 4 events, 5 documents")
    page.locator("#reset").click()
    page.locator("#min").fill("2")
    assert page.inner_text("#summary").startswith("0 of 4 events, 5 documents")
    page.locator("#reset").click()
    page.locator("#single").check()
    assert page.inner_text("#summary").startswith("4 of 4 events, 5 documents")


def test_search_completes_and_arrow_keys_choose(show):
    page = show(*RECORDS)
    page.keyboard.press("/")
    page.keyboard.type("cem")
    assert texts(page, "#found li span")[0] == "Cem Cay"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#search").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "Cem Cay"
    assert len(texts(page, "#details .events li")) == 2
    page.locator("#search").fill("zzz")
    assert texts(page, "#search-status") == ["no match"]
    page.locator("#search").fill("ay")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "“ay”"
    assert len(texts(page, "#details .events li")) == 3


def test_the_address_holds_what_is_chosen_and_back_goes_back(show):
    page = show(*RECORDS)
    view(page, "Table")
    page.locator("#filter-status label", has_text="cancelled").click()
    page.get_by_role("button", name="Cem Cay").click()
    at = page.evaluate("location.hash.slice(1)")
    before = page.inner_text("#details")
    reopen(page, page.file, at)
    assert page.inner_text("#details") == before
    assert page.get_by_role("tab", name="Table").get_attribute("aria-selected") == "true"
    assert page.inner_text("#summary").startswith("2 of 4 events, 5 documents")
    page.locator("#details .parties .link").first.click()
    page.locator("#back").click()
    assert page.inner_text("#details") == before
    assert page.locator("#back").is_disabled()


def test_the_timeline_has_lanes_steps_and_keys(show):
    page = show(*RECORDS, at="view=timeline")
    names = page.locator("#timeline-canvas .lane").evaluate_all("lanes => lanes.map(l => l.getAttribute('aria-label'))")
    assert "Ann Ace – Bob Bay: 1 event" in names
    item = page.locator(".item", has_text="meeting").first
    assert "2025-10-01 planned, 2025-10-10 postponed" in item.get_attribute("aria-label")
    page.locator(".item[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#details .history").count() == 1
    page.locator("#lanes").select_option("event")
    assert page.locator("#timeline-canvas .lane").count() == 3
    ticks = page.locator("#timeline-axis text").all_text_contents()
    page.get_by_role("button", name="zoom in").click()
    page.get_by_role("button", name="zoom in").click()
    assert page.locator("#timeline-axis text").all_text_contents() != ticks
    page.locator("#timeline-fit").click()
    assert page.locator("#timeline-axis text").all_text_contents() == ticks


def test_the_map_shows_places_and_says_which_it_cannot(show):
    page = show(*PLACED, at="view=map")
    labels = page.locator(".spot").evaluate_all("spots => spots.map(s => s.getAttribute('aria-label'))")
    assert sorted(labels) == ["Kenya: 1 event", "Oslo: 1 event"]
    assert page.locator(".spot[aria-label^=Kenya] circle").get_attribute("stroke-dasharray")
    assert not page.locator(".spot[aria-label^=Oslo] circle").get_attribute("stroke-dasharray")
    page.locator(".spot[tabindex='0']").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") in {"Kenya", "Oslo"}
    page.locator("#map-note .link").click()
    assert texts(page, "#details .events li") == ["◷ planned Dan Day – Eve Elk: call reported 2025-10-22"]
    oslo, kenya = (box(page, f".spot[aria-label^={name}] circle") for name in ("Oslo", "Kenya"))
    assert oslo["y"] < kenya["y"]
    assert oslo["x"] < kenya["x"]


def test_the_table_sorts_and_shows_the_rest_on_demand(show):
    page = show(*(record(f"d{n:03}", people=(f"Ann A{n:03}", "Bob Bay")) for n in range(250)), at="view=table")
    assert page.locator("#rows tr").count() == 200
    page.locator(".sort").first.click()
    assert page.locator("#rows tr").first.inner_text().startswith("Ann A000")
    page.locator(".sort").first.click()
    assert page.locator("#rows tr").first.inner_text().startswith("Ann A249")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Event")
    page.locator("#more-rows").click()
    assert page.locator("#rows tr").count() == 250


def saved(page, button):
    page.locator("#output summary").click()
    with page.expect_download() as download:
        page.locator(button).click()
    with open(download.value.path(), "rb") as file:
        return download.value.suggested_filename, file.read()


@pytest.mark.parametrize("name", ["Network", "Timeline", "Map"])
def test_saves_pictures(show, name):
    page = view(show(*RECORDS, *PLACED), name)
    file, data = saved(page, "#save-svg")
    assert file == f"{name.lower()}.svg"
    root = ET.fromstring(data)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}text"))) >= 2
    assert not [e for e in root.iter() if e.tag.endswith("script")]
    file, data = saved(page, "#save-png")
    assert (file, data[:8]) == (f"{name.lower()}.png", b"\x89PNG\r\n\x1a\n")


def test_saves_what_is_shown(show):
    page = show(record("x", people=("=1+1", "Bob Bay")), *RECORDS)
    page.get_by_role("button", name="only planned").focus()
    page.keyboard.press("Enter")
    name, data = saved(page, "#save-csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert (name, [row["label"] for row in rows]) == ("events.csv", ["'=1+1 – Bob Bay: meeting"])
    name, data = saved(page, "#save-json")
    assert [event["participants"][0]["name"] for event in json.loads(data)] == ["=1+1"]


def test_light_and_dark(show, browser):
    page = show(*RECORDS)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.emulate_media(color_scheme="dark")
    reopen(page, page.file)
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_network_can_be_walked_by_keys(show):
    page = show(*RECORDS)
    until(page, "document.documentElement.dataset.drawn")
    page.locator("#network").focus()
    page.keyboard.press("n")
    first = page.inner_text("#network-status")
    assert first.endswith("1 of 4")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == first.split(",")[0]
    page.keyboard.press("f")
    assert page.locator("#unfocus").is_visible()


@pytest.mark.parametrize("name", ["Network", "Timeline", "Map", "Documents", "Table"])
def test_an_empty_graph_and_one_event(show, name):
    page = view(show(), name)
    assert page.locator("#nothing").is_visible()
    page = view(show(record()), name)
    assert page.inner_text("#summary").startswith("1 of 1 event, 1 document")
    assert page.locator("#nothing").is_hidden()


@pytest.mark.parametrize("size", [(1024, 700), (420, 800)])
def test_every_view_has_room_on_a_small_screen(show, size):
    page = show(*RECORDS, *PLACED)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("Network", "Timeline", "Map", "Documents", "Table"):
        view(page, name)
        assert box(page, "main")["height"] > 300
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("#filters-toggle").click()
    assert page.locator("#filter-status").is_visible()


def test_back_from_nothing_draws_again(show):
    page = show(*RECORDS)
    until(page, "document.documentElement.dataset.drawn")
    page.locator("#min").fill("5")
    assert page.locator("#nothing").is_visible()
    page.locator("#back").click()
    assert page.locator("#nothing").is_hidden()
    assert page.inner_text("#summary").startswith("3 of 4 events")


def test_what_is_chosen_is_in_sight_in_every_view(show):
    page = show(*RECORDS, *(record(f"x{n}", people=(f"Xan X{n:02}", f"Yve Y{n:02}")) for n in range(60)))
    page.locator("#search").fill("Xan X59")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    view(page, "Timeline")
    assert box(page, ".lane[aria-label^='Xan X59']")["y"] < 900
    page.locator("#details .events .link").click()
    view(page, "Documents")
    assert "Xan X59" in page.inner_text("article .text")
