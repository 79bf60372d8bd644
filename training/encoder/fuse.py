"""Fit how much rules and the trained reader count: ``python -m encoder.fuse --eval EVAL --items ITEMS``.

Prints the weights of ontology/fusion.toml, fitted to the dev documents of the evaluation folder and to items and texts
of ours that the network was not trained on (--own, --texts): logistic models of whether an event that was found is in
the gold records (same class, inside the sentence), and of whether a participant of one that is kept is (same name, by
the folder's scorer); then how well they do on documents that they were not fitted to.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
from spacy.language import Language

from diplograph.extract import load
from diplograph.extract.events.fusion import event_marks, share_of, weighed
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import READER, EventMention
from diplograph.ontology.fusion import BOUND, load_fusion
from diplograph.ontology.lexicon import Lexicon

from .events import HELD, TEXTS, Annotated, Record, read_gold, read_own

AFTER = ("diplo_reader", "diplo_status", "diplo_sources", "diplo_identity", "diplo_triples")
"""Components whose work does not matter here."""
GRID = [i / 50 for i in range(5, 40)]


@dataclass(slots=True)
class Cases:
    """Findings in one document (by a rule, the trained reader's share, marks), right or not; size of the gold."""

    names: tuple[str, ...]
    rows: list[tuple[float, ...]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    gold: int = 0

    def add(self, share: float, marks: Collection[str], *, rule: bool, right: bool) -> None:
        self.rows.append((rule, share, *(name in marks for name in self.names)))
        self.right.append(right)

    @property
    def features(self) -> np.ndarray:
        """Array (findings, 4 + marks): constant, rule, log-odds, product of the two, marks."""
        rule, share, *marks = np.array(self.rows, dtype=float).reshape(-1, 2 + len(self.names)).T
        share = np.clip(share, BOUND, 1 - BOUND)
        odds = np.log(share / (1 - share))
        return np.stack([np.ones_like(odds), rule, odds, rule * odds, *marks], 1)


def annotated_parts(folder: Path) -> Iterator[tuple[Annotated, tuple[int, int]]]:
    """Give the dev documents of an evaluation folder, and the part of each that is annotated."""
    listed = folder / "docs.json"
    extents = {d["doc"]: d.get("extent") for d in json.loads(listed.read_text())} if listed.exists() else {}
    for annotated in read_gold(folder):
        yield annotated, extents.get(annotated.id) or (0, len(annotated.text))


def find(
    given: Iterable[tuple[Annotated, tuple[int, int]]], nlp: Language, same: Callable[[str, str], bool]
) -> Iterator[tuple[Cases, Cases]]:
    """Read annotated texts; give the events and the participants of each."""
    reader = nlp.get_pipe("diplo_reader")
    with nlp.select_pipes(disable=AFTER):
        for annotated, extent in given:
            doc = nlp(annotated.text)
            phrases = Phrases(doc, reader.table, reader.titles, reader.collectives)
            yield _compare(reader.candidates(doc, phrases), annotated, extent, phrases, reader.filler.lexicon, same)


def _compare(
    found: list[EventMention],
    annotated: Annotated,
    extent: tuple[int, int],
    phrases: Phrases,
    lexicon: Lexicon,
    same: Callable[[str, str], bool],
) -> tuple[Cases, Cases]:
    weights = load_fusion()
    events = Cases(tuple(weights.event.marks), gold=len(annotated.records))
    parts = Cases(tuple(weights.participant.marks))
    free = list(annotated.records)
    taken: set[tuple[int, str]] = set()
    for event in sorted(found, key=lambda e: (e.entry == READER, -share_of(e, ()))):
        at = phrases.doc[event.head].idx
        if not extent[0] <= at < extent[1] or (event.head, event.event_class) in taken:
            continue
        taken.add((event.head, event.event_class))
        home = next((r for r in free if r["class"] == event.event_class and r["sent"][0] <= at < r["sent"][1]), None)
        if home:
            free.remove(home)
            if (event.confidence or 0.0) >= weights.event.least:
                _participants(event, home, phrases, same, parts)
        marks = event_marks(event, phrases, lexicon)
        events.add(share_of(event, marks), marks, rule=event.entry != READER, right=home is not None)
    return events, parts


def _participants(
    event: EventMention, home: Record, phrases: Phrases, same: Callable[[str, str], bool], parts: Cases
) -> None:
    names = [a["name"] for a in home["agents"] + home["others"]]
    parts.gold += sum(a["at"] is not None for a in home["agents"] + home["others"])
    if event.proposal is not None:
        for found in weighed(event, event.proposal, phrases):
            name = phrases.members[found.role.member].name
            parts.add(found.share, found.marks, rule=found.rule, right=any(same(name, n) for n in names))


def fit(found: list[Cases]) -> np.ndarray:
    """Weights of bias, rule, odds, both and marks, by Newton's method with a slight pull to zero."""
    x, y = np.concatenate([f.features for f in found]), np.concatenate([np.array(f.right, dtype=float) for f in found])
    w, pull = np.zeros(x.shape[1]), 0.3 * np.eye(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + pull, x.T @ (p - y) + pull @ w)
    return w


def confidence(found: Cases, weights: np.ndarray) -> np.ndarray:
    """Probability of each finding."""
    return 1 / (1 + np.exp(-found.features @ weights))


def f1(found: list[Cases], weights: list[np.ndarray], least: float) -> float:
    """F1 of what has at least some confidence, by the weights of each document."""
    hits = kept = 0.0
    for cases, own in zip(found, weights, strict=True):
        chosen = confidence(cases, own) >= least
        hits, kept = hits + float(np.array(cases.right)[chosen].sum()), kept + float(chosen.sum())
    return 2 * hits / (kept + sum(f.gold for f in found))


def report(name: str, found: list[Cases], folds: int) -> None:
    """Print the weights, the F1, and how well the confidence of documents not fitted to fits."""
    found = [f for f in found if f.rows]
    weights = fit(found)
    least = max(GRID, key=lambda t: f1(found, [weights] * len(found), t))
    print(f"[{name}]")
    for key, value in zip(("bias", "rule", "odds", "both"), weights[:4], strict=True):
        print(f"{key} = {value:.2f}")
    marks = (f"{key} = {value:.2f}" for key, value in zip(found[0].names, weights[4:], strict=True))
    print(f"marks = {{ {', '.join(marks)} }}")
    print(f"least = {least}")
    held = [fit([f for j, f in enumerate(found) if j % folds != i % folds]) for i in range(folds)]
    own = [held[i % folds] for i in range(len(found))]
    print(f"# F1 {f1(found, [weights] * len(found), least):.3f}, held out {f1(found, own, least):.3f}")
    p = np.concatenate([confidence(f, w) for f, w in zip(found, own, strict=True)])
    y = np.concatenate([np.array(f.right, dtype=float) for f in found])
    for low in range(0, 10, 2):
        inside = (p * 10 >= low) & (p * 10 < low + 2)
        if inside.any():
            mean, share = p[inside].mean(), y[inside].mean()
            print(f"# {low / 10}-{low / 10 + 0.2:.1f}: {inside.sum()} findings, mean {mean:.2f}, right {share:.2f}")


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path}: no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["events", "news"])
    parser.add_argument("--items", type=Path, required=True, help="the news items that --own annotates")
    parser.add_argument("--own", type=Path, nargs="+", default=[HELD], help="annotated items (events-*.jsonl)")
    parser.add_argument("--texts", type=Path, default=TEXTS / "dev", help="annotated texts (docs-dev, gold-dev)")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    nlp, same = load(), _scorer(args.eval / "events" / "score.py").same
    folders = [*(args.eval / name for name in args.sets), args.texts]
    given = [part for folder in folders for part in annotated_parts(folder)]
    given += [(a, (0, len(a.text))) for path in args.own for a in read_own(path, args.items)]
    found = list(find(given, nlp, same))
    report("event", [events for events, _ in found], args.folds)
    report("participant", [parts for _, parts in found], args.folds)


if __name__ == "__main__":
    main()
