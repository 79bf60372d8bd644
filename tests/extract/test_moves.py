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


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Peru postponed elections to 23 February, and Chile attacked Bolivia on 17 October.", "2025-10-17"),
        ("Boric delayed the tariffs until 1 November and met Lula on Monday.", "2025-10-20"),
        ("Boric met Lula on Monday and delayed the budget until 1 November.", "2025-10-20"),
        ("Boric, who delayed the tariffs until 1 November, met Lula on Monday.", "2025-10-20"),
        ("The trial of Castillo was postponed to 3 November, and Chile arrested a mayor on Monday.", "2025-10-20"),
        ("The match was put off until Saturday as Chile attacked Bolivia on Monday.", "2025-10-20"),
        ("Flights were delayed by two days after Chile attacked Bolivia on Sunday.", "2025-10-19"),
        ("Chile attacked Bolivia on Monday, and the vote will now take place on 10 November.", "2025-10-20"),
        ("The fair, originally due on 2 May, began on 4 May, and Chile attacked Bolivia on 8 May.", "2025-05-08"),
    ],
)
def test_a_date_of_something_else_is_not_of_an_event(read, text, value):
    (event,) = read(text).events
    assert (event.status, event.was, event.time.value) == ("occurred", None, value)


@pytest.mark.model
def test_a_visit_instead_of_a_summit_does_not_date_the_summit(read):
    events = read("The summit of Peru and Chile was postponed, so Modi will visit Nepal on 3 November instead.").events
    found = {e.mode: (e.status, e.time and e.time.value) for e in events}
    assert found == {"summit": ("postponed", None), "visit": ("planned", "2025-11-03")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status", "was"),
    [
        ("Modi visited Nepal on 17 November, two weeks later than planned.", "occurred", "2025-11-03"),
        ("The plane of Boric landed in Lima three days late, and he met Boluarte on Monday.", "occurred", None),
        ("The summit of Kenya and Somalia was brought forward.", "planned", None),
        ("The summit of Kenya and Somalia has been advanced.", "planned", None),
        ("The summit of Kenya and Somalia, due in the first quarter of 2026, was postponed by two days.", None, None),
    ],
)
def test_what_a_move_leaves_as_it_is(read, text, status, was):
    found = {(e.status, e.was) for e in read(text).events}
    assert found == {(status or "postponed", was)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chilean forces pushed back Bolivian troops on Monday.", "2025-10-20"),
        ("On Monday Chilean forces pushed back Bolivian troops.", "2025-10-20"),
        ("Monday was a holiday.", "2025-10-20"),
        ("Kenya put off the summit with Somalia until Monday.", "2025-10-27"),
        ("The talks slipped to Monday", "2025-10-27"),
    ],
)
def test_a_phrasal_verb_looks_ahead_with_a_preposition(annotate, text, value):
    assert [time.value for time in annotate(text)._.diplo_times] == [value]


@pytest.mark.parametrize(
    ("value", "count", "unit", "moved"),
    [
        ("2025-01-31", 1, "month", "2025-02-28"),
        ("2024-12", 1, "month", "2025-01"),
        ("2025-11-03/2025-11-05", -1, "week", "2025-10-27/2025-10-29"),
        ("2025-11-03/2025-11-09", 1, "week", "2025-11-10/2025-11-16"),
        ("2025-11-03/2025-11-09", 2, "day", None),
        ("2025-11-03/2025-11-09", 1, "month", None),
        ("2025-11-08/2025-11-09", 1, "day", None),
        ("2026-01-01/2026-03-31", 2, "day", None),
        ("2026-01-01/2026-03-31", 1, "week", None),
        ("2026-01-01/2026-03-31", 3, "month", "2026-04-01/2026-06-30"),
        ("2025", 1, "year", "2026"),
        ("2025", 1, "day", None),
        ("9999-12-31", 1, "day", None),
        ("9999-12", 1, "month", None),
    ],
)
def test_dates_are_shifted(value, count, unit, moved):
    assert shifted(value, count, unit) == moved
