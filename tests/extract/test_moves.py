"""The old and the new date of what was moved: the rules' examples, and what one sentence alone does not tell."""

from __future__ import annotations

import pytest

from diplograph.extract.events.dates import shifted
from diplograph.ontology.moverules import load_move_rules

EXAMPLES = [(rule.id, *example) for rule in load_move_rules().rules for example in rule.examples]


@pytest.mark.model
@pytest.mark.parametrize(("rule", "text", "old", "new"), EXAMPLES)
def test_examples_of_the_rules(read, rule, text, old, new):
    found = [(e.was, e.time.value if e.time else None, e.status) for e in read(text).events]
    assert (old or None, new or None, "planned") in found


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Modi had planned to visit Nepal on 3 November. The visit will now take place on 10 November.", "03", "10"),
        ("Peru and Chile will hold talks on 3 November. The talks have been moved to 10 November.", "03", "10"),
        ("Peru and Chile planned talks for 3 November. Lima said they would now be held on 10 November.", "03", "10"),
        ("The summit of Kenya and Somalia was rescheduled for 10 November. It had been due on 3 November.", "03", "10"),
        ("Kenya put off the summit with Somalia, planned for 3 November. It will be held on 10 November.", "03", "10"),
    ],
)
def test_the_other_date_stands_in_another_sentence(read, text, old, new):
    events = read(text).events
    assert len({e.event for e in events}) == 1
    assert (events[-1].was, events[-1].time.value) == (f"2025-11-{old}", f"2025-11-{new}")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status", "was", "value"),
    [
        ("The talks between Peru and Chile, due on 5 November, were postponed.", "postponed", None, "2025-11-05"),
        ("Kenya postponed the summit with Somalia by a week.", "postponed", None, None),
        ("Rubio and Lavrov met on 18 October, a day later than planned.", "occurred", "2025-10-17", "2025-10-18"),
        ("Kenya and Somalia will meet from 3 to 5 November.", "planned", None, "2025-11-03/2025-11-05"),
        ("The summit of Kenya and Somalia was planned for 3 November.", "planned", None, "2025-11-03"),
        ("The summit of Kenya and Somalia was originally planned for 3 November.", "planned", "2025-11-03", None),
    ],
)
def test_what_is_told_of_one_date(read, text, status, was, value):
    (event,) = read(text).events
    assert (event.status, event.was, event.time.value if event.time else None) == (status, was, value)


@pytest.mark.model
def test_a_move_is_of_the_event_next_to_its_words(read):
    record = read("Rubio met Lavrov in Oslo before the summit of Kenya and Somalia, originally set for May, will open.")
    assert [(e.mode, e.was is None) for e in record.events] == [("meeting", True), ("summit", False)]


@pytest.mark.parametrize(
    ("value", "count", "unit", "moved"),
    [
        ("2025-01-31", 1, "month", "2025-02-28"),
        ("2024-12", 1, "month", "2025-01"),
        ("2025-11-03/2025-11-05", -1, "week", "2025-10-27/2025-10-29"),
        ("2025", 1, "year", "2026"),
        ("2025", 1, "day", None),
        ("9999-12-31", 1, "day", None),
        ("9999-12", 1, "month", None),
    ],
)
def test_dates_are_shifted(value, count, unit, moved):
    assert shifted(value, count, unit) == moved
