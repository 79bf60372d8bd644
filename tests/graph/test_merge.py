"""One real event, one node; the order of documents does not matter."""

from __future__ import annotations

import dataclasses
from itertools import permutations

import pytest
from conftest import record
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.extract.records import Link
from diplograph.graph.merge import merge_events
from diplograph.graph.quads import merged_quads
from diplograph.listing import history_listing

STORY = [
    record("a", "2025-05-01", status="planned", when="2025-05-20", place="Oslo"),
    record("b", "2025-05-10", status="postponed"),
    record("c", "2025-05-15", status="planned", when="2025-06-11"),
    record("d", "2025-06-12", status="occurred", when="2025-06-11", place="Oslo"),
]


def test_announced_moved_and_held_is_one_event():
    (event,) = merge_events(STORY)
    assert [s.status for s in event.history] == ["planned", "postponed", "planned", "occurred"]
    assert (event.status, event.place.name, event.date) == ("occurred", "Oslo", "2025-06-11")
    assert event.documents == ("a", "b", "c", "d")


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_any_order_gives_the_same(order):
    assert merge_events([STORY[i] for i in order]) == merge_events(STORY)


@pytest.mark.parametrize(("confidence", "named"), [(0.5, False), (0.8, True), (None, True)])
def test_whom_one_of_many_reports_may_have_named_takes_no_part(confidence, named):
    told = [
        record(f"r{n}", f"2025-05-0{n}", people=people, mode="summit", when="2025-05-20", place="Oslo")
        for n, people in enumerate((("Ann Ace", "Bob Bay", "Guy Gnu"), *[("Ann Ace", "Bob Bay")] * 3), 1)
    ]
    *others, guest = told[0].events[0].participants
    guest = dataclasses.replace(guest, confidence=confidence)
    first = dataclasses.replace(told[0].events[0], participants=(*others, guest))
    (event,) = merge_events([dataclasses.replace(told[0], events=(first,)), *told[1:]])
    assert ("Guy Gnu" in {p.name for p in event.participants}) is named
    assert {p.confidence for p in event.participants} == ({None, confidence} if named else {None})


def test_twice_is_once():
    assert merge_events([*STORY, *STORY]) == merge_events(STORY)


def test_old_and_new_date_stand_in_the_history():
    told = record("b", "2025-05-01", status="planned", when="2025-06-11")
    told = dataclasses.replace(told, events=(dataclasses.replace(told.events[0], was="2025-06-03"),))
    (event,) = merge_events([record("a", "2025-04-20", status="planned", when="2025-06-03"), told])
    assert (event.was, event.date) == ("2025-06-03", "2025-06-11")
    assert [(s.was, s.event_date) for s in event.history] == [(None, "2025-06-03"), ("2025-06-03", "2025-06-11")]
    assert "  2  2025-05-01  planned  for 2025-06-11  before for 2025-06-03" in history_listing(event)


def test_two_calls_a_week_apart_stay_two():
    calls = [record(f"c{i}", f"2025-05-{day}", mode="call", status="occurred") for i, day in enumerate(("01", "08"))]
    assert len(merge_events(calls)) == 2


def test_the_same_call_in_two_papers_is_one():
    calls = [record(f"c{i}", f"2025-05-{day}", mode="call", status="occurred") for i, day in enumerate(("01", "02"))]
    assert len(merge_events(calls)) == 1


def test_a_call_is_no_meeting():
    assert len(merge_events([record("a", mode="call"), record("b", mode="meeting")])) == 2


def test_other_people_other_event():
    assert len(merge_events([record("a"), record("b", people=("Ann Ace", "Cem Cay"))])) == 2


def test_other_place_other_event():
    places = [record("a", place="Oslo", status="occurred"), record("b", place="Rome", status="occurred")]
    assert len(merge_events(places)) == 2


def test_after_it_was_held_a_new_plan_is_a_new_event():
    held = record("a", "2025-05-01", status="occurred")
    assert len(merge_events([held, record("b", "2025-07-01", status="planned")])) == 2


def test_a_document_replaced_by_a_later_record():
    (event,) = merge_events([record("a", status="planned"), record("a", status="cancelled")])
    assert event.status == "cancelled"


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([("2025-01-01", "planned", None), ("2025-01-02", "cancelled", None)], "cancelled"),
        ([("2025-01-02", "cancelled", None), ("2025-01-01", "planned", None)], "cancelled"),
        ([(None, "occurred", None), ("2025-01-01", "planned", None)], "planned"),
        ([(None, "postponed", None)], "postponed"),
        ([("2025-01-01", "refused", "a source"), ("2025-01-01", "postponed", None)], "postponed"),
        ([("2025-01-01", "postponed", None), ("2025-01-01", "planned", None)], "postponed"),
    ],
)
def test_present_status(reports, status):
    records = [record(f"d{i}", d, status=s, source=by) for i, (d, s, by) in enumerate(reports)]
    (event,) = merge_events(records)
    assert event.status == status


def test_history_keeps_sentence_and_speaker():
    (event,) = merge_events([record(source="a diplomat")])
    assert (event.history[0].quote, event.history[0].source) == ("Ann Ace and Bob Bay meet.", "a diplomat")


@st.composite
def records(draw):
    people = st.sampled_from([("Ann Ace", "Bob Bay"), ("Ann Ace", "Cem Cay"), ("Bob Bay", "Cem Cay", "Dan Day")])
    return [
        record(
            f"d{i}",
            draw(st.sampled_from(["2025-01-01", "2025-01-03", "2025-03-01", None])),
            people=draw(people),
            mode=draw(st.sampled_from(["call", "meeting", "summit", "visit"])),
            status=draw(st.sampled_from(["planned", "occurred", "postponed", "cancelled"])),
            place=draw(st.sampled_from([None, "Oslo", "Rome"])),
        )
        for i in range(draw(st.integers(1, 6)))
    ]


@settings(max_examples=60, deadline=None)
@given(records(), st.randoms())
def test_merging_is_a_function_of_the_set(documents, rng):
    shuffled = documents * 2
    rng.shuffle(shuffled)
    assert list(merged_quads(merge_events(shuffled), shuffled)) == list(
        merged_quads(merge_events(documents), documents)
    )


@settings(max_examples=40, deadline=None)
@given(records())
def test_no_mention_is_lost(documents):
    mentions = sorted(s.mention for e in merge_events(documents) for s in e.history)
    assert mentions == sorted(e.id for d in documents for e in d.events)


def test_reports_may_know_another_country_of_somebody():
    told = [record("a", "2025-05-01", status="planned", mode="summit"), record("b", "2025-05-02", mode="summit")]
    guest = dataclasses.replace(told[1].events[0].participants[0], country="SWE")
    event = dataclasses.replace(told[1].events[0], participants=(guest, *told[1].events[0].participants[1:]))
    assert len(merge_events([told[0], dataclasses.replace(told[1], events=(event,))])) == 1


def test_a_state_stands_for_its_head():
    def of(name, kind):
        base = record(name)
        first, second = base.events[0].participants
        one = dataclasses.replace(first, kind=kind, country="NOR", name=kind, actor=f"{kind}/nor")
        actor = dataclasses.replace(base.actors[0], id=f"{kind}/nor", kind=kind, country="NOR", name=kind)
        event = dataclasses.replace(base.events[0], participants=(one, second))
        return dataclasses.replace(base, actors=(actor, base.actors[1]), events=(event,))

    (event,) = merge_events([of("a", "person"), of("b", "state")])
    assert [p.kind for p in event.participants] == ["person", "person"]


@pytest.mark.parametrize("target", ["m2", "e2"])
def test_a_link_may_name_a_mention_or_an_event(target):
    one, other = record("a"), record("a", people=("Cem Cay", "Dan Day"))
    content = dataclasses.replace(one.events[0], links=(Link("content_of", target),))
    demand = dataclasses.replace(other.events[0], id="m2", event="e2", event_class="REQUEST", mode="demand")
    both = dataclasses.replace(one, actors=(*one.actors, *other.actors), events=(content, demand))
    first, second = sorted(merge_events([both]), key=lambda e: e.event_class)
    assert [(link.rel, link.event) for link in first.links] == [("content_of", second.id)]


@pytest.mark.parametrize(
    ("event_class", "first", "status"),
    [
        ("SANCTION", "planned", "cancelled"),
        ("SANCTION", "proposed", "refused"),
        ("CONCEDE", "planned", "refused"),
    ],
)
def test_a_measure_that_was_planned_and_will_not_be_is_cancelled(event_class, first, status):
    def of(name, day, told):
        one = record(name, day, status=told, mode="any")
        return dataclasses.replace(one, events=(dataclasses.replace(one.events[0], event_class=event_class),))

    (event,) = merge_events([of("a", "2025-05-01", first), of("b", "2025-05-02", "refused")])
    assert event.status == status
    assert [s.status for s in event.history] == [first, "refused"]
