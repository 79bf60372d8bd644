"""Fit the weights of the signs of one event: ``python -m merging.fit --eval EVAL --items ITEMS [--write]``.

A logistic model of whether two tellings are of the same event, from their signs (graph/identity.py), fitted to

- pairs of tellings in the stories of the evaluation folder and in `stories.jsonl` (ours), aligned with the gold
  events by the scorer of the evaluation folder;
- `pairs.jsonl`: pairs of items of Wikipedia's Portal:Current events (ids, offsets of triggers, labels), whose
  texts are read from ITEMS;
- the textbook cases of ontology/identity.toml, each counted `TEXTBOOK` times.

A weight is drawn towards what it was set to by hand (`prior.toml`) and keeps its direction: there are too few
pairs to learn that a shared place speaks against two tellings being of one event. Prints how well pairs are told
apart that were not fitted to (stories and items in five parts), and the weights; `--write` puts them into
ontology/identity.toml.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.optimize import minimize

from diplograph.extract import Document, extract_many, load
from diplograph.extract.records import Extraction
from diplograph.graph import merge_events
from diplograph.graph.export.lines import event_object
from diplograph.graph.identity import Telling, count_company, signs, tellings
from diplograph.graph.textbook import records_of
from diplograph.ontology import identity
from diplograph.ontology.identity import load_identity

HERE = Path(__file__).parent
RULES = Path(identity.__file__).with_name("identity.toml")
TEXTBOOK = 12.0
STRENGTH = 1.0
"""How strongly a weight is drawn to its prior: one over the variance."""


@dataclass(slots=True)
class Pair:
    """Two tellings of a source, in a group (one story): their signs, None where they cannot be one event."""

    source: str
    group: str
    event_class: str
    found: frozenset[str] | None
    same: bool
    weight: float = 1.0


def paired(source: str, group: str, one: Telling, other: Telling, *, same: bool, weight: float = 1.0) -> Pair:
    """Compare two tellings in the order of their reports."""
    first, second = sorted((one, other), key=lambda t: t.key)
    return Pair(source, group, one.event_class, signs(first, second), same, weight)


def read(documents: Iterable[dict[str, Any]]) -> list[Extraction]:
    """Read texts with the bundled pipeline."""
    docs = [Document(d["text"], id=d["id"], date=d["date"], title=d.get("title")) for d in documents]
    return [r for r in extract_many(docs, nlp=load(), check_language=False) if isinstance(r, Extraction)]


def known(records: Iterable[Extraction]) -> dict[str, list[Telling]]:
    """Tellings by document, with their company counted."""
    told = {record.id: list(tellings(record)) for record in records}
    count_company(t for several in told.values() for t in several)
    return told


def of_stories(path: Path, scorer: ModuleType) -> Iterator[Pair]:
    """Pairs of tellings of different articles of a story, aligned with gold events."""
    for story in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        told = known(read(story["articles"]))
        aligned = [pair for several in told.values() for pair in _aligned(several, story["gold"]["events"], scorer)]
        for n, (one, event) in enumerate(aligned):
            for other, its_event in aligned[n + 1 :]:
                if one.record.id != other.record.id and one.event_class == other.event_class:
                    yield paired("stories", story["story"], one, other, same=event == its_event)


def _aligned(
    several: Sequence[Telling], gold: list[dict[str, Any]], scorer: ModuleType
) -> Iterator[tuple[Telling, int]]:
    ranked = []
    for n, one in enumerate(several):
        mentions = tuple(dataclasses.replace(m, links=()) for m in one.mentions)
        (event,) = merge_events([dataclasses.replace(one.record, events=mentions)])
        o = event_object(event)
        system = scorer.sysevent({**o, "final_status": o["status"], "mentions": o["documents"]}, 0)
        for g, wanted in enumerate(gold):
            if one.record.id in wanted["mentions"]:
                likeness = scorer.sim(wanted, system, one.record.id)
                ranked += [] if likeness is None else [(-likeness, g, n)]
    taken_gold, taken = set(), set()
    for _, g, n in sorted(ranked):
        if g not in taken_gold and n not in taken:
            taken_gold.add(g)
            taken.add(n)
            yield several[n], g


def of_items(path: Path, items: Path) -> Iterator[Pair]:
    """Pairs of items that were labelled; what the reader does not find any more is left out."""
    told = known(read(map(json.loads, items.read_text(encoding="utf-8").splitlines())))
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        one, other = (_at(told.get(document, []), trigger) for document, trigger in (line["one"], line["other"]))
        if one and other and one.event_class == other.event_class:
            yield paired("items", f"{line['one'][0]} {line['other'][0]}", one, other, same=line["same"])


def _at(several: Iterable[Telling], trigger: Sequence[int]) -> Telling | None:
    return next((t for t in several if any(list(m.trigger) == list(trigger) for m in t.mentions)), None)


def of_textbook() -> Iterator[Pair]:
    """The textbook cases."""
    for example in load_identity().example:
        one, other = (told for (told,) in known(records_of(example)).values())
        yield paired("textbook", example.id, one, other, same=example.same, weight=TEXTBOOK)


def fit(pairs: Sequence[Pair], names: Sequence[str], prior: np.ndarray) -> np.ndarray:
    """Return a weight for each sign."""
    index = {name: n for n, name in enumerate(names)}
    known_pairs = [p for p in pairs if p.found is not None]
    rows = np.zeros((len(known_pairs), len(names)))
    for n, pair in enumerate(known_pairs):
        rows[n, [index[name] for name in pair.found or ()]] = 1
    sides = np.array([1.0 if p.same else -1.0 for p in known_pairs])
    weights = np.array([p.weight for p in known_pairs])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = sides * (rows @ w)
        wrong = weights / (1 + np.exp(odds))
        cost = float(weights @ np.logaddexp(0, -odds) + STRENGTH * ((w - prior) ** 2).sum() / 2)
        return cost, -rows.T @ (wrong * sides) + STRENGTH * (w - prior)

    bounds = [(0, None) if p > 0 else (None, 0) if p < 0 else (None, None) for p in prior]
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x)


def told_apart(pairs: Iterable[Pair], names: Sequence[str], weights: np.ndarray) -> np.ndarray:
    """Count pairs: same and found so, different and found same, same and missed."""
    value = dict(zip(names, weights, strict=True))
    counts = np.zeros(3, int)
    for pair in pairs:
        said = pair.found is not None and sum(value[n] for n in pair.found) > load_identity().least_odds(
            pair.event_class
        )
        counts += (said and pair.same, said and not pair.same, pair.same and not said)
    return counts


def held_out(pairs: Sequence[Pair], names: Sequence[str], prior: np.ndarray, of: str, parts: int = 5) -> np.ndarray:
    """Count as `told_apart` does the pairs `of` a source, in parts that the weights were not fitted to."""
    groups = sorted({p.group for p in pairs if p.source != "textbook"})
    random.Random(1).shuffle(groups)
    counts = np.zeros(3, int)
    for part in range(parts):
        held = set(groups[part::parts])
        weights = fit([p for p in pairs if p.group not in held], names, prior)
        counts += told_apart((p for p in pairs if p.group in held and p.source == of), names, weights)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, required=True, help="folder with lifecycle/ and its scorers")
    parser.add_argument("--items", type=Path, required=True, help="the items as JSON lines: id, date, text")
    parser.add_argument("--write", action="store_true", help="put the weights into ontology/identity.toml")
    arguments = parser.parse_args()
    folder = arguments.eval / "lifecycle"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score_stories", folder / "score_stories.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    stories = [*of_stories(folder / "stories-dev.jsonl", scorer), *of_stories(HERE / "stories.jsonl", scorer)]
    items = list(of_items(HERE / "pairs.jsonl", arguments.items))
    pairs = [*stories, *items, *of_textbook()]
    names = sorted(load_identity().sign)
    by_hand = tomllib.loads((HERE / "prior.toml").read_text(encoding="utf-8"))
    prior = np.array([by_hand[name] for name in names])
    for name, some in (("stories", stories), ("items", items)):
        right, wrong, missed = held_out(pairs, names, prior, name)
        print(f"{name}: {len(some)} pairs, {sum(p.same for p in some)} the same; held out", end=" ")
        print(f"P {right / max(right + wrong, 1):.2f} R {right / max(right + missed, 1):.2f}")
    weights = fit(pairs, names, prior)
    text = RULES.read_text(encoding="utf-8")
    for name, weight in sorted(zip(names, weights, strict=True), key=lambda w: -w[1]):
        count = sum(name in (p.found or ()) for p in pairs)
        print(f"{name:28} {weight:6.2f} ({by_hand[name]:.1f} by hand; in {count} pairs)")
        text = re.sub(rf"(\[sign\.{name}\]\nweight = )\S+", rf"\g<1>{weight:.2f}", text)
    if arguments.write:
        RULES.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
