"""Signs of one event: the textbook cases, and how a decision is explained."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import record

from diplograph.graph.identity import count_company, signs, tellings
from diplograph.graph.merge import merge_events
from diplograph.graph.textbook import records_of
from diplograph.ontology.identity import load_identity

RULES = load_identity()


@pytest.mark.parametrize("example", RULES.example, ids=lambda e: e.id)
def test_textbook(example):
    events = merge_events(records_of(example))
    assert len(events) == (1 if example.same else 2)


def test_every_sign_can_be_found_and_every_class_has_a_family():
    assert RULES.family.keys() >= {"CONSULT", "AGREE", "ASSAULT", "THREATEN"}
    for settings in (RULES.least, RULES.pace, RULES.reach):
        assert settings.keys() == set(RULES.family.values())
    named = {name for _, name in (*RULES.shared, *RULES.company)} | {f"of_{f}" for f in RULES.family.values()}
    named |= {f"{name}_met" for _, name in RULES.company} | set(RULES.once.values())
    named |= {
        f"{pace}_{name}" for pace in RULES.pace.values() for name in (*(n for _, n in RULES.gaps), "months_apart")
    }
    assert named <= RULES.sign.keys()


def test_the_reason_is_given_in_words():
    (event,) = merge_events([record("a"), record("b", "2025-10-23")])
    assert event.history[0].because is None
    assert "the same participants" in event.history[1].because


def test_nobody_in_common_is_no_event_in_common():
    one, other = (next(tellings(record(n, people=p))) for n, p in (("a", ("Ann", "Bob")), ("b", ("Cem", "Dan"))))
    assert signs(one, other) is None


def test_company_counts_other_documents_of_the_week():
    several = [next(tellings(record(f"d{n}", f"2025-05-0{n}"))) for n in range(1, 4)]
    several.append(next(tellings(record("late", "2025-07-01"))))
    count_company(several)
    assert [one.company for one in several] == [2, 2, 2, 0]


def test_a_malformed_date_of_another_extractor_is_none():
    one = record("a", when="2025-05-20")
    event = dataclasses.replace(one.events[0], time=dataclasses.replace(one.events[0].time, value="May 20th"))
    assert next(tellings(dataclasses.replace(one, events=(event,)))).days == ()


@pytest.mark.parametrize(("event_class", "found"), [("COERCE", True), ("ACCUSE", False), ("PROTEST", False)])
def test_who_was_arrested_is_telling_and_who_was_criticised_is_not(event_class, found):
    told = []
    for report in (record("a"), record("b")):
        actor, target = report.events[0].participants
        people = (actor, dataclasses.replace(target, role="target"))
        event = dataclasses.replace(report.events[0], event_class=event_class, participants=people)
        told += tellings(dataclasses.replace(report, events=(event,)))
    one, other = told
    assert ("same_victim" in signs(one, other)) is found
