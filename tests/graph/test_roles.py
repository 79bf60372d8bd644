"""Who does it to whom, as several documents together tell it."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import record

from diplograph.extract.records import Actor, Participant
from diplograph.graph.identity import signs, tellings
from diplograph.graph.merge import merge_events

ANN = ("Ann", "person", "NOR")
NORWAY, FINLAND, CHAD = (("Norway", "state", "NOR"), ("Finland", "state", "FIN"), ("Chad", "state", "TCD"))


def told(document, agents=(), targets=(), day="2025-05-01", event_class="SANCTION", mode="sanctions"):
    """A record of something that some do to others."""
    base = record(document, day, status="occurred", text="The 25% tariffs are told.")
    people = tuple(
        Participant(f"{kind}/{name.lower()}", name, role, kind, country)
        for role, side in (("agent", agents), ("target", targets))
        for name, kind, country in side
    )
    event = dataclasses.replace(base.events[0], event_class=event_class, mode=mode, participants=people)
    actors = tuple(Actor(p.actor, p.name, p.kind, p.country) for p in people)
    return dataclasses.replace(base, actors=actors, events=(event,))


def roles(*records):
    (event,) = merge_events(records)
    return {(p.name, p.role) for p in event.participants}


def test_a_report_of_both_sides_outweighs_one_that_puts_all_on_one():
    assert roles(told("a", (), (NORWAY, FINLAND)), told("b", (NORWAY,), (FINLAND,))) == {
        ("Norway", "agent"),
        ("Finland", "target"),
    }


def test_most_reports_decide_and_of_equals_the_first():
    wrong, right = told("a", (NORWAY, CHAD), (FINLAND,)), told("b", (NORWAY,), (FINLAND, CHAD))
    again = told("c", (NORWAY,), (FINLAND, CHAD))
    assert ("Chad", "agent") in roles(wrong, right)
    assert ("Chad", "target") in roles(wrong, right, again)


@pytest.mark.parametrize(
    ("event_class", "mode", "agents", "targets", "both"),
    [
        ("COERCE", "arrest", (NORWAY,), (ANN,), True),
        ("ACCUSE", "accuse", (ANN,), (NORWAY,), True),
        ("SANCTION", "sanctions", (ANN,), (NORWAY, CHAD), False),
        ("SANCTION", "sanctions", (ANN, NORWAY), (CHAD,), False),
    ],
)
def test_a_person_and_his_state_are_two_where_one_acts_on_the_other(event_class, mode, agents, targets, both):
    found = roles(told("a", agents, targets, event_class=event_class, mode=mode))
    assert ({name for name, _ in found} >= {"Ann", "Norway"}) is both


def test_what_is_done_the_other_way_round_is_another_event():
    one, answer = told("a", (NORWAY,), (FINLAND,)), told("b", (FINLAND,), (NORWAY,))
    assert signs(*(next(tellings(r)) for r in (one, answer))) is None
    assert len(merge_events([one, answer])) == 2
    assert len(merge_events([told("a", (ANN,), (FINLAND,)), answer])) == 2


def test_a_report_without_an_agent_goes_either_way():
    assert len(merge_events([told("a", (NORWAY,), (FINLAND,)), told("b", (), (NORWAY, FINLAND))])) == 1
