"""Triples on the dev split of CaRB: how right, what each construction brings, how fast on ready parses.

    python benchmarks/triples.py --eval ../shared/eval/triples [--fit]

The folder holds the sentences, the gold tuples and the scorer. Speed is that of the component alone, on parsed
sentences, beside a bare subject-verb-rest extraction over the same parses in the same run. `--fit` prints the
weights of ontology/triples.toml: a logistic model of whether a gold tuple shares half of a triple's words.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import numpy as np
from spacy.tokens import Doc

from diplograph.extract import Document, load
from diplograph.extract.assemble import to_extraction
from diplograph.extract.records import Extraction, Extractor
from diplograph.extract.triples.formats import to_carb
from diplograph.ontology.triples import load_triple_weights


def scorer(path: Path) -> ModuleType:
    """The scorer of the evaluation folder as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare(doc: Doc) -> list[tuple[str, str, str]]:
    """Subject subtree, verb, rest: the least that an extractor over a parse does."""
    found = []
    for token in doc:
        if token.dep_ in {"nsubj", "nsubj:pass"} and token.head.pos_ == "VERB":
            verb = token.head
            rest = [t.text for c in verb.children if c.i > verb.i for t in c.subtree]
            found.append((" ".join(t.text for t in token.subtree), verb.text, " ".join(rest)))
    return found


def seconds(work, docs: list[Doc], rounds: int = 3) -> float:
    """The least processor time of several rounds."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        for doc in docs:
            work(doc)
        times.append(time.process_time() - begun)
    return min(times)


def score(module: ModuleType, gold: dict, lines: list[list[str]]) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and number of the lines of CaRB's format, as the scorer counts."""
    system = defaultdict(list)
    for sentence, _, relation, *arguments in lines:
        system["".join(sentence.split())].append((relation, arguments))
    recall = precision = 0.0
    for sentence, wanted in gold.items():
        found = system.get(sentence, [])
        table = [[module.pair(g, p) for p in found] for g in wanted]
        recall += sum(max((r for _, r in row), default=0.0) for row in table)
        order = sorted(((p, i, j) for i, row in enumerate(table) for j, (p, _) in enumerate(row)), reverse=True)
        used: set[tuple[str, int]] = set()
        for p, i, j in order:
            if not {("g", i), ("s", j)} & used:
                used |= {("g", i), ("s", j)}
                precision += p
    p, r = precision / max(1, len(lines)), recall / sum(map(len, gold.values()))
    return p, r, 2 * p * r / max(p + r, 1e-9), len(lines)


def fit(module: ModuleType, gold: dict, records: list[Extraction], marks: list[list[tuple[str, ...]]]) -> None:
    """Print the weights fitted to all sentences, and how well those of four fifths tell the last fifth."""
    names = list(load_triple_weights().marks)
    rows, right, fold = [], [], []
    for number, (record, own) in enumerate(zip(records, marks, strict=True)):
        wanted = gold.get("".join((record.text or "").split()), [])
        if len(record.triples) != len(own):
            continue  # two that are one in the record
        for line, found in zip(to_carb(record), own, strict=True):
            _, _, relation, *arguments = line.split("\t")
            rows.append([1.0, *(float(n in found) for n in names)])
            right.append(max((module.pair(g, (relation, arguments))[0] for g in wanted), default=0.0) >= 0.5)
            fold.append(number % 5)
    x, y, f = np.array(rows), np.array(right, dtype=float), np.array(fold)

    def solve(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        w = np.zeros(x.shape[1])
        for _ in range(30):
            p = 1 / (1 + np.exp(-x @ w))
            w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + 0.5 * np.eye(len(w)), x.T @ (p - y) + 0.5 * w)
        return w

    held = np.zeros(len(y))
    for i in range(5):
        held[f == i] = 1 / (1 + np.exp(-x[f == i] @ solve(x[f != i], y[f != i])))
    w = solve(x, y)
    print(f"bias = {w[0]:.2f}\n\n[marks]")
    for name, value in zip(names, w[1:], strict=True):
        print(f"{name} = {value:.2f}")
    for low in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = (held >= low) & (held < low + (0.4 if low == 0.0 else 0.1))
        if inside.any():
            print(f"# held out {low}: {inside.sum()}, mean {held[inside].mean():.2f}, right {y[inside].mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval/triples"))
    parser.add_argument("--fit", action="store_true", help="print the weights of ontology/triples.toml")
    arguments = parser.parse_args()
    if not arguments.eval.is_dir():
        sys.exit(f"{arguments.eval}: no evaluation data here; give their folder with --eval")
    module = scorer(arguments.eval / "score_triples.py")
    gold = module.read(str(arguments.eval / "carb-dev.tsv"), confidence=False)
    texts = (arguments.eval / "carb-dev-sentences.txt").read_text(encoding="utf-8").splitlines()
    nlp = load()
    finder = nlp.get_pipe("diplo_triples")
    with nlp.select_pipes(enable=["diplo_encoder", "diplo_actors"]):
        docs = list(nlp.pipe(texts))
    extractor = Extractor("diplograph", "", "")
    records = [
        to_extraction(finder(doc), Document(text, id=str(i)), extractor)
        for i, (doc, text) in enumerate(zip(docs, texts, strict=True))
    ]
    lines = [line.split("\t") for record in records for line in to_carb(record)]
    kinds = [t.kind for record in records for t in record.triples]
    print("| triples | precision | recall | F1 | number |\n| - | - | - | - | - |")
    print("| all | {:.3f} | {:.3f} | {:.3f} | {} |".format(*score(module, gold, lines)))
    for kind in dict.fromkeys(kinds):
        kept = [line for line, own in zip(lines, kinds, strict=True) if own != kind]
        print(f"| without {kind} |" + " {:.3f} | {:.3f} | {:.3f} | {} |".format(*score(module, gold, kept)))
    for least in (0.5, 0.6, 0.7):
        kept = [line for line in lines if float(line[1]) >= least]
        print(
            f"| confidence {least} and more |" + " {:.3f} | {:.3f} | {:.3f} | {} |".format(*score(module, gold, kept))
        )
    ours, least_work = seconds(finder, docs), seconds(bare, docs)
    print(
        json.dumps(
            {"sentences a second": round(len(docs) / ours), "times the bare extraction": round(ours / least_work, 1)}
        )
    )
    if arguments.fit:
        fit(module, gold, records, [[t.marks for t in doc._.diplo_triples] for doc in docs])


if __name__ == "__main__":
    main()
