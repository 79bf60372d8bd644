"""What became of an event: negated plans, what is kept from happening, what is under way; another one of the same."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "event_class", "status"),
    [
        ("Norway does not plan to meet Finland.", "CONSULT", "refused"),
        ("Norway did not intend to hold talks with Finland.", "CONSULT", "refused"),
        ("Sweden confirms that talks between Norway and Finland are taking place.", "CONSULT", "ongoing"),
        ("The planned meeting between Norway and Finland takes place on Monday.", "CONSULT", "planned"),
        ("A judge blocks the government of Norway from deploying troops to Bergen.", "MOBILIZE", "refused"),
        ("Norway prevented Finland from invading Sweden.", "ASSAULT", "refused"),
        ("Erik Solheim becomes the first president of Norway to be formally arrested.", "COERCE", "occurred"),
    ],
)
def test_status(read, text, event_class, status):
    assert status in {e.status for e in read(text).events if e.event_class == event_class}


@pytest.mark.parametrize(
    "further",
    [
        "Another meeting is planned for October.",
        "A smaller meeting of Norway and Finland is planned for October.",
        "The yearly meeting that fell victim to the storm will take place in October.",
    ],
)
def test_another_one_is_another_event(read, further):
    record = read(f"Norway and Finland held a summit in Oslo on Monday. {further}")
    held, planned = (e for e in record.events if e.event_class == "CONSULT")
    assert held.event != planned.event
    assert {p.name for p in planned.participants} == {"Norway", "Finland"}


def test_a_date_to_which_somebody_is_invited_is_to_come(read):
    record = read("Norway has invited Finland to a summit in Oslo on September 14.", date="2025-02-24")
    assert "2025-09-14" in {e.time.value for e in record.events if e.event_class == "CONSULT"}
