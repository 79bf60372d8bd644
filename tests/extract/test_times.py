from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.extract.times import month_interval, resolve
from diplograph.ontology.timerules import load_time_rules, load_verbs_ahead

EXAMPLES = [(rule.id, *example) for rule, _ in load_time_rules() for example in rule.examples]


@pytest.mark.parametrize(("rule", "text", "date", "value"), EXAMPLES)
def test_examples_of_the_rules(rule, text, date, value):
    assert (resolve(text, date or None) or "") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("Monday", "2025-10-27"), ("October", None), ("in March", "2026-03"), ("2 January", "2026-01-02")],
)
def test_what_is_to_come(text, value):
    assert resolve(text, "2025-10-22", ahead=True) == value


@pytest.mark.parametrize("text", ["31 February 2020", "no time at all", "3000 years ago"])
def test_what_is_no_date(text):
    assert resolve(text, "2025-10-22") is None


@given(st.text(max_size=60), st.dates().map(str))
def test_any_text_is_survived(text, date):
    resolve(text, date)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_month_interval(year, month):
    first, last = month_interval(year, month)
    assert (first.day, first.month, last.month) == (1, month, month)
    assert (last - first).days in range(27, 31)


@pytest.mark.model
def test_values_in_context(read):
    record = read("Modi will visit Japan on Monday. He met Xi Jinping in August.")
    assert [e.time.value for e in record.events] == ["2025-10-27", "2025-08"]


@pytest.mark.model
@pytest.mark.parametrize("text", [text for words in load_verbs_ahead().values() for text in words.values()])
def test_verbs_whose_dates_are_to_come(nlp, text):
    doc = nlp.make_doc(text)
    doc._.diplo_date = "2025-10-22"
    assert [time.value for time in nlp(doc)._.diplo_times] == ["2025-10-27"]


@pytest.mark.model
def test_without_a_date_nothing_relative_is_computed(read):
    (event,) = read("Narendra Modi visited Japan on Monday.", date=None).events
    assert (event.time.text, event.time.value) == ("Monday", None)


@pytest.mark.parametrize("text", ["1000000 days ago", "200000 weeks ago", "3000 years ago", f"{'9' * 5000} days ago"])
def test_what_leaves_the_calendar_has_no_value(text):
    assert resolve(text, "2025-10-22") is None


def test_the_first_and_the_last_day_have_no_neighbours():
    assert resolve("yesterday", "0001-01-01") is None
    assert resolve("next year", "9999-01-01") is None
