"""The graph is a function of the documents in it: not of their order, of batches, of repetitions."""

from __future__ import annotations

import dataclasses
from itertools import combinations

from conftest import record
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.graph import KnowledgeGraph, merge_events
from diplograph.graph.identity import count_company, signs, tellings
from diplograph.ontology.identity import load_identity

CASTS = [("Ann Ace", "Bob Bay"), ("Ann Ace", "Cem Cay"), ("Bob Bay", "Cem Cay", "Dan Day"), ("Eve Eel",)]


@st.composite
def documents(draw):
    """Up to seven documents, some about the same few people."""
    return [
        record(
            f"d{number}",
            draw(st.sampled_from(["2025-01-01", "2025-01-02", "2025-01-20", "2025-06-01", None])),
            people=draw(st.sampled_from(CASTS)),
            mode=draw(st.sampled_from(["call", "meeting", "summit", "visit"])),
            status=draw(st.sampled_from(["planned", "occurred", "postponed", "cancelled", "refused"])),
            place=draw(st.sampled_from([None, "Oslo", "Rome"])),
            when=draw(st.sampled_from([None, "2025-01-19", "2025-01", "2025-01-13/2025-01-20"])),
        )
        for number in range(draw(st.integers(1, 7)))
    ]


@settings(max_examples=60, deadline=None)
@given(documents(), st.data())
def test_any_order_any_batches_any_repetitions(records, data):
    whole = KnowledgeGraph()
    whole.add(records)
    graph = KnowledgeGraph()
    given_ = data.draw(st.permutations(records + data.draw(st.lists(st.sampled_from(records), max_size=3))))
    while given_:
        size = data.draw(st.integers(1, len(given_)))
        batch, given_ = given_[:size], given_[size:]
        graph.add(batch)
    assert graph.export("nquads") == whole.export("nquads")
    assert graph.events() == whole.events()


@settings(max_examples=60, deadline=None)
@given(documents())
def test_no_report_stands_beside_one_that_it_speaks_against(records):
    rules = load_identity()
    told = sorted((t for one in records for t in tellings(one)), key=lambda t: t.key)
    count_company(told)
    by_document = {t.record.id: t for t in told}
    for event in merge_events(records):
        for one, other in combinations(sorted((by_document[d] for d in event.documents), key=lambda t: t.key), 2):
            found = signs(one, other)
            assert found is None or rules.odds(found) >= rules.against_odds


@settings(max_examples=40, deadline=None)
@given(documents(), documents(), st.data())
def test_what_was_replaced_or_removed_leaves_no_trace(records, others, data):
    wrong = [dataclasses.replace(other, id=f"d{number + 4}") for number, other in enumerate(others)]
    graph = KnowledgeGraph()
    for batch in data.draw(st.permutations([wrong, records])):
        graph.add(batch)
    graph.add(records)
    for name in {one.id for one in wrong} - {one.id for one in records}:
        graph.remove(name)
    whole = KnowledgeGraph()
    whole.add(records)
    assert graph.export("nquads") == whole.export("nquads")
    assert len(graph) == len(whole)


def test_from_the_disk_again(tmp_path):
    records = [record(f"d{n}", f"2025-01-0{n}", people=CASTS[n % 3]) for n in range(1, 7)]
    for one in records:
        with KnowledgeGraph(tmp_path / "kg") as graph:
            graph.add([one])
    whole = KnowledgeGraph()
    whole.add(records)
    with KnowledgeGraph(tmp_path / "kg", read_only=True) as graph:
        assert graph.export("nquads") == whole.export("nquads")


def test_the_same_again_writes_nothing():
    graph = KnowledgeGraph()
    graph.add([record("a"), record("b")])
    written = []
    graph._backend.update = written.append
    graph.add([record("b"), record("a")])
    graph.decide(graph.verdicts)
    assert written == []
