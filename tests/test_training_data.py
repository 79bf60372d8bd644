"""What the language model was trained on is measured nowhere."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

TRAINING = ROOT / "training" / "encoder"
EVALUATION = ROOT.parent / "shared" / "eval"


def ids(name):
    return {json.loads(line)["id"] for line in (TRAINING / name).read_text(encoding="utf-8").splitlines()}


def test_no_item_is_trained_on_and_measured():
    assert len(ids("names-dev.jsonl")) == 300
    assert not ids("names-train.jsonl") & ids("names-dev.jsonl")


@pytest.mark.skipif(not EVALUATION.is_dir(), reason="no evaluation data here")
def test_no_item_of_the_evaluation_sets_is_trained_on():
    texts = " ".join(path.read_text(encoding="utf-8") for path in EVALUATION.rglob("*.jsonl"))
    assert not [name for name in ids("names-train.jsonl") if f'"{name}"' in texts]
