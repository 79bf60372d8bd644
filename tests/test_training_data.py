"""What the language model was trained on is measured nowhere."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest
from conftest import ROOT

from diplograph.extract.records import EventClass, Status

TEXTS = ROOT / "training" / "texts"
TRAINING = ROOT / "training" / "encoder"
EVALUATION = ROOT.parent / "shared" / "eval"


def ids(name):
    return {json.loads(line)["id"] for line in (TRAINING / name).read_text(encoding="utf-8").splitlines()}


def test_no_item_is_trained_on_and_measured():
    assert len(ids("names-dev.jsonl")) == 300
    assert not ids("names-train.jsonl") & ids("names-dev.jsonl")
    assert (len(ids("events-train.jsonl")), len(ids("events-dev.jsonl"))) == (2203, 600)
    assert not ids("events-train.jsonl") & ids("events-dev.jsonl")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_no_text_is_trained_on_and_measured():
    held = {d["id"] for d in lines(TEXTS / "dev" / "docs-dev.jsonl")}
    assert len(held) > 250
    assert not held & {d["doc"] for d in lines(TEXTS / "docs.jsonl")}


@pytest.mark.parametrize(
    ("docs", "key", "marked"),
    [("docs.jsonl", "doc", "records.jsonl"), ("dev/docs-dev.jsonl", "id", "dev/gold-dev.jsonl")],
)
def test_records_of_our_texts_are_what_the_texts_say(docs, key, marked):
    texts = {d[key]: d["text"] for d in lines(TEXTS / docs)}
    records = lines(TEXTS / marked)
    assert {r["class"] for r in records} == set(get_args(EventClass))
    assert {r["status"] for r in records} == set(get_args(Status))
    for record in records:
        text = texts[record["doc"]]
        begin, end = record["trigger"]
        assert text[begin:end] == record["trigger_text"]
        assert record["sent"][0] <= begin < end <= record["sent"][1] <= len(text)
        for actor in record["agents"] + record["others"]:
            assert actor["at"] is None or text[actor["at"][0] : actor["at"][1]] == actor["surface"]


@pytest.mark.skipif(not EVALUATION.is_dir(), reason="no evaluation data here")
def test_no_sentence_of_our_texts_is_measured_on():
    measured = " ".join(path.read_text(encoding="utf-8") for path in EVALUATION.rglob("*.jsonl"))
    for doc in lines(TEXTS / "docs.jsonl"):
        assert not [s for s in re.split(r"(?<=[.!?])\s+", doc["text"]) if len(s) > 60 and s in measured]


@pytest.mark.skipif(not EVALUATION.is_dir(), reason="no evaluation data here")
def test_no_item_of_the_evaluation_sets_is_trained_on():
    texts = " ".join(path.read_text(encoding="utf-8") for path in EVALUATION.rglob("*.jsonl"))
    trained = ids("names-train.jsonl") | ids("events-train.jsonl") | ids("events-dev.jsonl")
    assert not [name for name in trained if f'"{name}"' in texts]
