"""Chromium for tests: offline, with what a person does on a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from conftest import record

from diplograph.extract.records import Place

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody answers at: a browser that goes through it is offline."""


@contextmanager
def chromium(proxy: str = NOWHERE, *, bypass: str = "<-loopback>") -> Iterator[Any]:
    """Give a headless Chromium whose requests all go to a proxy; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as play:
        # WebGL without a graphics card, which would make a plain canvas slower
        gl = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-accelerated-2d-canvas"]
        driver = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *gl], proxy={"server": proxy, "bypass": bypass}
        )
        yield driver
        driver.close()


def until(page: Any, expression: str, seconds: float = 10) -> Any:
    """Return what an expression gives in the page as soon as it gives something (policies forbid Playwright's way)."""
    for _ in range(int(seconds * 20)):
        if value := page.evaluate(expression):
            return value
        page.wait_for_timeout(50)
    raise AssertionError(f"{expression} is not so after {seconds} s: {page.inner_text('body')[:500]}")


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


def reopen(page, path, at=""):
    page.file = path
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}#{at}")
    until(page, "document.documentElement.dataset.ready")
    return page


def view(page, name):
    page.get_by_role("tab", name=name).click()
    return page


def box(page, selector):
    """Return where an element lies as soon as it is there, in one step: the page may be drawing it anew."""
    find = f"document.querySelector({json.dumps(selector)})?.getBoundingClientRect().toJSON()"
    return until(page, find)


def texts(page, selector):
    return page.locator(selector).all_inner_texts()


RECORDS = [
    record("a", "2025-10-01", status="planned", source="a diplomat", when="2025-11-01"),
    record("b", "2025-10-10", status="postponed"),
    record("c", people=("Ann Ace", "Cem Cay"), mode="call", status="occurred", when="2025-06-01"),
    record("d", people=("Cem Cay", "Dan Day"), mode="visit", status="cancelled"),
    record("e", people=("Eve Elk",), mode="visit"),
]


def placed(given, place):
    (event,) = given.events
    return replace(given, events=(replace(event, place=place),))


PLACED = [
    placed(record("oslo"), Place("Oslo", country="NOR", latitude=59.91, longitude=10.75)),
    placed(record("kenya", people=("Cem Cay", "Dan Day")), Place("Kenya", country="KEN")),
    placed(record("nowhere", people=("Dan Day", "Eve Elk"), mode="call"), Place("Atlantis")),
]
