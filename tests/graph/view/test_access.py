"""Keyboard and screen reader: no serious violation of WCAG that axe-core can find, in any view and theme."""

from __future__ import annotations

import pytest
from browsing import PLACED, RECORDS, view
from conftest import record

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(show, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(*RECORDS, *PLACED)
    if theme == "dark":
        page.locator("#theme").click()
    page.locator("#search").fill("ann")
    for name in ("Network", "Timeline", "Map", "Documents", "Table"):
        view(page, name)
        if name == "Documents":
            page.locator("#document-list button").first.click()
            page.locator("article .mention").first.click()
            page.locator("#details summary").first.click()
        if name == "Table":
            page.locator("#rows .link").first.click()
        found = axe.run(page).response["violations"]
        assert [(name, v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_tabs_are_walked_with_arrows(show):
    page = show(record())
    page.get_by_role("tab", name="Network").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Timeline").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "tab-timeline"
    page.keyboard.press("End")
    assert page.locator("#view-table").is_visible()


def test_all_of_it_can_be_reached_by_the_tab_key(show):
    page = show(*RECORDS, at="view=table")
    page.evaluate("document.activeElement?.blur()")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "theme", "help-open", "tab-table", "reset", "slide-from", "min", "link", "details"} <= reached
