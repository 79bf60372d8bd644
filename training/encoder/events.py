"""Annotated events as further layers of the training windows.

The records stand off from their texts (format: docs/records.md of the annotation guide's kind: doc,
sent, trigger, class, mode, agents, others, place, time, status, source; offsets in Unicode characters).
A record becomes an `Act` at the head word of its trigger; who takes part in it is marked on the head
words of their mentions. mended.jsonl beside this file corrects records that an earlier version of the
guide decided otherwise.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.ontology.names import fold

from .data import Act, Sentence

TEXTS = Path(__file__).parents[1] / "texts"
OURS = Path(__file__).with_name("events-train.jsonl")
HELD = Path(__file__).with_name("events-dev.jsonl")
"""News items with records of ours, as ids and offsets: to learn from, and to fit the fusion and measure on."""
MENDED = Path(__file__).with_name("mended.jsonl")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and the records of its events; `written` for the project, or news."""

    id: str
    text: str
    records: list[Record]
    written: bool = False


def read_lines(path: Path) -> list[Record]:
    """Read JSON lines, gzip or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode("utf-8").splitlines() if line]


def read_annotated(folder: Path, items: Path, *, own: Path = TEXTS, mended: Path = MENDED) -> list[Annotated]:
    """Read the annotated news items (texts in `items`) and the texts written for the project.

    Parameters
    ----------
    folder : Path
        Holds items.json and records.jsonl, and written/ with docs.jsonl and records.jsonl.
    items : Path
        Gzip JSON lines with id and text.
    own : Path
        Holds docs.jsonl and records.jsonl of further texts.
    """
    texts = {r["id"]: r["text"] for r in read_lines(items)}
    homes = (folder / "written", own)
    written = {r["doc"]: r["text"] for home in homes for r in read_lines(home / "docs.jsonl")}
    changes = {(r["doc"], r["event"]): r for r in read_lines(mended)} if mended.exists() else {}
    records = defaultdict(list)
    for record in (r for home in (folder, *homes) for r in read_lines(home / "records.jsonl")):
        change = changes.get((record["doc"], record["event"]), {})
        if not change.get("drop"):
            records[record["doc"]].append(_mend(record | change.get("set", {}), texts.get(record["doc"], "")))
    chosen = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    own_items = read_own(OURS, items)
    return (
        [Annotated(i, texts[i], records[i]) for i in chosen]
        + own_items
        + [Annotated(i, text, records[i], written=True) for i, text in written.items()]
    )


def read_own(path: Path, items: Path) -> list[Annotated]:
    """Read news items that were annotated for the project (`path`: id and records a line; texts in `items`)."""
    texts = {r["id"]: r["text"] for r in read_lines(items)}
    return [Annotated(row["id"], texts[row["id"]], row["records"]) for row in read_lines(path)]


def read_gold(folder: Path) -> list[Annotated]:
    """Read an evaluation folder: docs-dev.jsonl and gold-dev.jsonl."""
    records = defaultdict(list)
    for record in read_lines(folder / "gold-dev.jsonl"):
        records[record["doc"]].append(record)
    return [Annotated(d["id"], d["text"], records[d["id"]]) for d in read_lines(folder / "docs-dev.jsonl")]


def _mend(record: Record, text: str) -> Record:
    """Find the trigger again where its words were changed."""
    begin, end = record["trigger"]
    if text and text[begin:end] != record.get("trigger_text", text[begin:end]):
        begin = text.find(record["trigger_text"], record["sent"][0])
        record["trigger"] = [begin, begin + len(record["trigger_text"])] if begin >= 0 else record["trigger"]
    return record


def to_sentences(texts: Iterable[Annotated], nlp: Language) -> list[Sentence]:
    """Turn annotated texts into sentences for the windows.

    `nlp`, a whole pipeline, tells the heads of phrases and who is named. Its trees and tags are kept as
    layers, so that the parser stays what it was on texts that no treebank has.
    """
    sentences: list[Sentence] = []
    given = list(texts)
    for doc, annotated in nlp.pipe([(a.text, a) for a in given], as_tuples=True):
        words = [t for t in doc if not t.is_space]
        number = {t.i: k for k, t in enumerate(words)}
        acts = [act for record in annotated.records if (act := _act(doc, record, number))]
        for sent in doc.sents:
            own = [t for t in sent if not t.is_space]
            if not own:
                continue
            first, last = number[own[0].i], number[own[-1].i]
            sentences.append(
                Sentence(
                    doc=f"events/{annotated.id}",
                    words=[t.text for t in own],
                    spaces=[bool(t.whitespace_) or (t.i + 1 < len(doc) and t.nbor().is_space) for t in own],
                    new_paragraph=own[0].i == 0 or "\n" in doc[own[0].i - 1].text,
                    running=True,
                    written=annotated.written,
                    heads=[0 if t.head == t else number[t.head.i] - first + 1 for t in own],
                    rels=["root" if t.dep_ == "ROOT" else t.dep_ for t in own],
                    upos=[t.pos_ for t in own],
                    xpos=[t.tag_ for t in own],
                    feats=[str(t.morph) or "_" for t in own],
                    lemmas=[t.lemma_ for t in own],
                    origin=first,
                    acts=[a for a in acts if first <= a.word <= last],
                )
            )
    return sentences


def _act(doc: Doc, record: Record, number: dict[int, int]) -> Act | None:
    trigger = _head(doc, *record["trigger"])
    if trigger is None or trigger.i not in number:
        return None
    found: list[tuple[Token | None, str]] = []
    for role, key in (("agent", "agents"), ("other", "others")):
        found += [(_head(doc, *a["at"]), role) for a in record[key] if a["at"]]
    inherited = record.get("inherited") or []
    if record["place"] and "place" not in inherited:
        found.append((_named(doc, record["place"], record["sent"], trigger), "place"))
    if record["time"]:
        found.append((_named(doc, record["time"], record["sent"], trigger), "time"))
    if record["source"]:
        found.append((_named(doc, record["source"], record["sent"], trigger), "source"))
    arguments = [(number[t.i], role) for t, role in found if t is not None and t.i in number]
    return Act(number[trigger.i], record["class"], record["mode"] or "-", record["status"], arguments)


def _head(doc: Doc, begin: int, end: int) -> Token | None:
    span = doc.char_span(begin, end, alignment_mode="expand")
    return span.root if span else None


def _named(doc: Doc, name: str, sent: list[int], trigger: Token) -> Token | None:
    """The nearest word of a sentence that names somebody or something: by its words, else by who is meant."""
    wanted = name.split(";", 1)[0].strip()
    places, at = [], doc.text.find(wanted, sent[0], sent[1])
    while at >= 0:
        places.append(_head(doc, at, at + len(wanted)))
        at = doc.text.find(wanted, at + 1, sent[1])
    if not places:
        cast, folded = doc._.diplo_actors, fold(wanted)
        places = [
            doc[m.start : m.end].root
            for m in cast.mentions
            if sent[0] <= doc[m.start].idx < sent[1] and any(fold(cast.members[k].name) == folded for k in m.members)
        ]
    near = [t for t in places if t is not None]
    return min(near, key=lambda t: abs(t.i - trigger.i)) if near else None
