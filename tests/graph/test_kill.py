"""A build that is killed leaves the old state or the new one, and goes on where it was."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time

import pytest
from conftest import record

from diplograph.errors import StoreError
from diplograph.extract.documents import Document
from diplograph.extract.records import text_hash
from diplograph.graph import KnowledgeGraph
from diplograph.graph.journal import Journal

PEOPLE = ["Emmanuel Macron", "Donald Trump", "Keir Starmer", "Narendra Modi", "Xi Jinping", "Vladimir Putin"]
KILLS = 20


def texts(path):
    """Sixty short texts, and the first two of them as a file of their own."""
    lines = []
    for n in range(60):
        one, other = random.Random(n).sample(PEOPLE, 2)
        text = f"{one} met {other} in Geneva on 3 May. They spoke of trade. {one} will visit {other} in June."
        lines.append(json.dumps({"id": f"d{n:02}", "date": f"2025-05-{n % 28 + 1:02}", "text": text}))
    path.write_text("\n".join(lines), encoding="utf-8")
    first = path.with_name("first.jsonl")
    first.write_text("\n".join(lines[:2]), encoding="utf-8")
    return path, first


def build(source, store):
    command = [sys.executable, "-m", "diplograph", "build", str(source), "--store", str(store)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def quads(store):
    with KnowledgeGraph(store, read_only=True) as kg:
        return kg.export("nquads")


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_twenty_times(tmp_path):
    source, first = texts(tmp_path / "texts.jsonl")
    begun = time.monotonic()
    assert build(source, tmp_path / "whole").wait() == 0
    length = time.monotonic() - begun
    whole = quads(tmp_path / "whole")
    store, number, kills, rng = tmp_path / "kg0", 0, 0, random.Random(7)
    assert build(first, store).wait() == 0
    old = quads(store)
    while kills < KILLS:
        process = build(source, store)
        time.sleep(rng.uniform(0.4, 1.0) * length)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        process.stderr.close()
        state = quads(store)
        assert state in (old, whole)
        if state == whole:  # it was faster than the kill: begin again
            number += 1
            length *= 0.9
            store = tmp_path / f"kg{number}"
            assert build(first, store).wait() == 0
    assert build(source, store).wait() == 0
    assert quads(store) == whole
    assert not store.with_name(f"{store.name}.pending.jsonl").exists()


def journal(path, settings="s"):
    return Journal(path, settings)


def test_what_was_read_is_taken_over(tmp_path):
    path = tmp_path / "kg.pending.jsonl"
    one = record("a")
    journal(path).add(one)
    text = Document(one.text, id="a", date=one.date)
    again = journal(path)
    assert len(again) == 1
    assert again.record_of(text, text_hash(text.text)) == one


@pytest.mark.parametrize(
    ("change", "settings"), [({"date": "2020-01-01"}, "s"), ({"text": "Other."}, "s"), ({"id": "b"}, "s"), ({}, "t")]
)
def test_of_something_else_nothing_is(tmp_path, change, settings):
    path = tmp_path / "kg.pending.jsonl"
    one = record("a")
    journal(path).add(one)
    text = Document(**{"text": one.text, "id": "a", "date": one.date, **change})
    assert journal(path, settings).record_of(text, text_hash(text.text)) is None


def test_a_line_that_was_cut_off_is_ignored(tmp_path):
    path = tmp_path / "kg.pending.jsonl"
    journal(path).add(record("a"))
    journal(path).add(record("b"))
    path.write_bytes(path.read_bytes()[:-40])
    assert len(journal(path)) == 1
    journal(path).close()
    assert not path.exists()


def test_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="check the path"):
        journal(tmp_path / "file" / "kg.pending.jsonl").add(record("a"))
