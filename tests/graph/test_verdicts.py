"""What a user decided over which reports are of one event."""

from __future__ import annotations

import pytest
from conftest import record

from diplograph.errors import InputError
from diplograph.extract.records import Extraction
from diplograph.graph import KnowledgeGraph
from diplograph.graph.merge import merge_events
from diplograph.graph.verdicts import COLUMNS, Verdict, Verdicts, parse_verdicts, read_verdicts

CALLS = [record(f"c{i}", f"2025-05-{day}", mode="call", status="occurred") for i, day in enumerate(("01", "02", "20"))]
HEAD = ",".join(COLUMNS)


def documents(verdicts):
    return sorted(event.documents for event in merge_events(CALLS, verdicts))


def verdict(one, other, *, same):
    return Verdict((one, f"e-{one}"), (other, f"m-{other}"), same)


def test_without_verdicts_the_signs_decide():
    assert documents(Verdicts()) == [("c0", "c1"), ("c2",)]


def test_same_and_not_the_same():
    said = Verdicts((verdict("c0", "c1", same=False), verdict("c0", "c2", same=True)))
    assert documents(said) == [("c0", "c2"), ("c1",)]


def test_same_is_passed_on():
    said = Verdicts((verdict("c2", "c1", same=True), verdict("c1", "c0", same=True)))
    assert documents(said) == [("c0", "c1", "c2")]
    assert {s.because for s in merge_events(CALLS, said)[0].history} == {None, "decided by hand"}


def test_records_and_verdicts_give_the_graph_again():
    graph = KnowledgeGraph()
    graph.add(CALLS, verdicts=Verdicts((verdict("c0", "c1", same=False), verdict("c0", "c2", same=True))))
    records = [Extraction.from_json(line) for line in graph.export("records").decode("utf-8").splitlines()]
    again = KnowledgeGraph()
    again.add(records, verdicts=parse_verdicts(graph.export("verdicts").decode("utf-8"), "verdicts.csv"))
    assert again.export("nquads") == graph.export("nquads")


def test_order_of_records_and_verdicts_does_not_matter():
    lines = (verdict("c0", "c1", same=False), verdict("c0", "c2", same=True))
    assert merge_events(CALLS[::-1], Verdicts(lines[::-1])) == merge_events(CALLS, Verdicts(lines))


def test_what_is_not_there_is_left_alone():
    assert documents(Verdicts((verdict("c0", "gone", same=True),))) == documents(Verdicts())


def test_made_from_merged_events():
    both, later = sorted(merge_events(CALLS), key=lambda e: len(e.documents), reverse=True)
    assert documents(Verdicts().about(both, later, same=True)) == [("c0", "c1", "c2")]
    assert documents(Verdicts().without(both, "c1")) == [("c0",), ("c1",), ("c2",)]
    with pytest.raises(KeyError):
        Verdicts().without(both, "c2")


def test_a_file_and_back(tmp_path):
    said = Verdicts((Verdict(("a, b", "e1"), ("c", "e2"), True, 'he said "so"'),))
    path = tmp_path / "verdicts.csv"
    path.write_text(said.to_csv(), encoding="utf-8")
    assert read_verdicts(path) == said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("document,event\n", "no column same"),
        (f"{HEAD}\na,e,maybe,b,f,\n", "line 2"),
        (f"{HEAD}\na,e,yes,,f,\n", "line 2"),
        (f"{HEAD}\na,e,yes,b,f,\nb,f,no,a,e,\n", "line 3: these two were decided otherwise"),
    ],
)
def test_faulty_files(text, fault):
    with pytest.raises(InputError, match=fault):
        parse_verdicts(text, "v.csv")


def test_no_file(tmp_path):
    with pytest.raises(InputError, match="check the path"):
        read_verdicts(tmp_path / "none.csv")
