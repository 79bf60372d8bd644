"""The place where a coder checks the machine: texts with marks that leave as a file of overrules."""

from __future__ import annotations

import pytest
from browsing import reopen, texts
from conftest import record

from diplograph.extract.overrules import read_overrules

pytestmark = pytest.mark.browser

RECORDS = [
    record("a", "2025-10-01"),
    record("b", people=("Cem Cay", "Dan Day"), text='A "quoted, and\nbroken" 𝔘nicode 😀 line: they meet.'),
    record("c", people=("Ann Ace", "Cem Cay")).without_text(),
]


def choose(page, document):
    page.locator("#document-list button").nth(["a", "b", "c"].index(document)).click()


def test_texts_are_shown_with_what_was_read(show):
    page = show(*RECORDS, at="view=documents")
    choose(page, "b")
    assert page.locator("article .text").inner_text() == RECORDS[1].text
    assert texts(page, "article .mention") == ["meet"]
    choose(page, "c")
    assert "without its text" in page.inner_text("article")


def test_marks_are_saved_as_overrules_and_replayed(show, tmp_path):
    page = show(*RECORDS, at="view=documents")
    choose(page, "a")
    page.locator("article .mention").click()
    page.get_by_role("button", name="Reject").click()
    assert page.locator("article .mention.rejected").count() == 1
    choose(page, "b")
    page.locator("article .mention").click()
    page.locator("#details summary").click()
    page.locator("#details select[name=status]").select_option("cancelled")
    page.locator("#details input[name=place]").fill('Tripoli, "Lebanon"')
    page.locator("#details textarea").fill("Cem Cay (agent); Eve Elk (target)")
    page.get_by_role("button", name="Save the correction").click()
    assert "cancelled" in page.inner_text("#details")
    choose(page, "c")
    page.locator("article .link").click()
    page.get_by_role("button", name="Accept").click()
    assert page.inner_text("#marks-save") == "Save 3 checks"
    with page.expect_download() as download:
        page.locator("#marks-save").click()
    path = tmp_path / "overrules.csv"
    download.value.save_as(path)
    overrules = read_overrules(path)
    one, other, third = (overrules.apply(r) for r in RECORDS)
    assert one.events == ()
    assert other.events[0].status == "cancelled"
    assert other.events[0].place.name == 'Tripoli, "Lebanon"'
    assert [(p.name, p.role) for p in other.events[0].participants] == [("Cem Cay", "agent"), ("Eve Elk", "target")]
    assert third.events[0].confidence == 1.0

    reopen(page, page.file, "view=documents")
    assert page.inner_text("#marks-save") == "Save 3 checks"
    page.evaluate("localStorage.clear()")
    reopen(page, page.file, "view=documents")
    assert page.locator("#marks-save").is_disabled()
    page.locator("#marks-load").set_input_files(path)
    page.get_by_text("Save 3 checks").wait_for()
    choose(page, "b")
    page.locator("article .mention").click()
    assert page.locator("#details select[name=status]").input_value() == "cancelled"
    assert page.locator("#details input[name=place]").input_value() == 'Tripoli, "Lebanon"'


def test_a_file_that_is_none_is_refused(show, tmp_path):
    page = show(*RECORDS, at="view=documents")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    page.locator("#marks-load").set_input_files(tmp_path / "x.csv")
    page.get_by_text("x.csv: no column").wait_for()
