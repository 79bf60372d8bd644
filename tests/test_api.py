"""The whole line in one call: what `build` takes, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import record

import diplograph as dg
from diplograph.errors import InputError
from diplograph.extract import Overrules
from diplograph.graph import KnowledgeGraph, Verdict, Verdicts

ONE, OTHER = ("a", "m-a"), ("b", "m-b")


def two():
    """Two reports that are taken to be of one event."""
    return [record("a", when="2025-11-02"), record("b", when="2025-11-02")]


def test_verdicts_are_heeded(tmp_path):
    apart = Verdicts((Verdict(ONE, OTHER, same=False),))
    path = tmp_path / "verdicts.csv"
    path.write_text(apart.to_csv(), encoding="utf-8")
    assert len(dg.build(two()).events()) == 1
    for given in (apart, path, str(path)):
        kg = dg.build(two(), verdicts=given)
        assert len(kg.events()) == 2
        assert kg.verdicts == apart


def test_without_verdicts_those_of_the_graph_stay(tmp_path):
    apart = Verdicts((Verdict(ONE, OTHER, same=False),))
    dg.build(two(), store=tmp_path / "kg", verdicts=apart).close()
    with dg.build(two()[0], store=tmp_path / "kg") as kg:
        assert kg.verdicts == apart
    with dg.build(two()[0], store=tmp_path / "kg", verdicts=Verdicts()) as kg:
        assert kg.verdicts == Verdicts()
        assert len(kg.events()) == 1


def test_faulty_verdicts_are_refused_before_anything_is_read(tmp_path):
    path = tmp_path / "verdicts.csv"
    path.write_text("document,event\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"verdicts.csv"):
        dg.build(iter([]), store=tmp_path / "kg", verdicts=path)
    assert not (tmp_path / "kg").exists()


@pytest.mark.parametrize("setting", ["actors", "lexicon"])
@pytest.mark.parametrize("overrules", [None, Overrules()])
def test_faulty_files_of_your_own_are_refused_though_nothing_is_to_be_read(tmp_path, setting, overrules):
    for path in (tmp_path / "gone.toml", tmp_path / "bad.toml"):
        with pytest.raises(InputError, match=path.name):
            dg.build(two(), store=tmp_path / "kg", overrules=overrules, **{setting: path})
        (tmp_path / "bad.toml").write_text("[[nonsense", encoding="utf-8")
    assert not (tmp_path / "kg").exists()


RECORDS = """
import sys
import diplograph as dg

with dg.build(sys.argv[1]) as kg:
    models = {"onnxruntime", "diplograph.extract.model.network"}
    print(len(kg.events()), *(models & sys.modules.keys()))
"""


def test_records_alone_load_no_language_model(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{r.to_json()}\n" for r in two()), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", RECORDS, path], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


@pytest.mark.model
def test_a_text_among_records_is_read():
    kg = dg.build([record("a"), dg.Document("Marco Rubio called Sergei Lavrov on Monday.", id="t", date="2025-10-22")])
    assert sorted(kg.documents()) == ["a", "t"]
    assert "call" in {event.mode for event in kg.events()}


def test_documents_that_take_the_place_of_others_are_counted(tmp_path):
    dg.build(two(), store=tmp_path / "kg").close()
    report = dg.Report()
    dg.build([record("a", place="Oslo"), record("c")], store=tmp_path / "kg", report=report).close()
    assert (report.documents, report.replaced) == (2, 1)


def test_a_build_that_fails_lets_go_of_the_store(tmp_path):
    dg.build(two(), store=tmp_path / "kg").close()
    with pytest.raises(InputError, match=r"gone.txt") as failed:
        dg.build(tmp_path / "gone.txt", store=tmp_path / "kg")
    dg.build(two(), store=tmp_path / "kg").close()
    del failed


def test_nothing_given_is_an_empty_graph():
    kg = dg.build([])
    assert isinstance(kg, KnowledgeGraph)
    assert kg.events() == []
