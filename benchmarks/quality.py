"""How well texts are read: runs the scorers of an evaluation folder over the bundled pipeline.

    python benchmarks/quality.py --eval ../shared/eval [--model en_core_web_sm]

The folder holds `events/` and `news/` (documents as JSON lines, gold records, scorers). Prints
one line a set.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from diplograph.extract import Document, extract_many, load


def read(nlp, docs: Path, out: Path) -> list[dict]:
    """Write a record for each document of `docs` to `out`; returns them as read back from JSON."""
    documents = [json.loads(line) for line in docs.read_text(encoding="utf-8").splitlines()]
    documents = [Document(d["text"], id=d["id"], date=d.get("date")) for d in documents]
    records = [record.to_json() for record in extract_many(documents, nlp=nlp, check_language=False)]
    out.write_text("".join(f"{record}\n" for record in records), encoding="utf-8")
    return [json.loads(record) for record in records]


def score(scorer: Path, *arguments: str | Path) -> dict:
    """What a scorer of the evaluation folder prints, as JSON."""
    done = subprocess.run([sys.executable, scorer, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def line(name: str, result: dict) -> str:
    return (
        f"| {name} | {result['mention']['F1']:.3f} | {result['participants_on_matched']['F1']:.3f} "
        f"| {result['status']['accuracy']:.3f} | {result['source']['nonnull']['F1']:.3f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--model", help="a spaCy pipeline in place of the bundled one")
    arguments = parser.parse_args()
    events = arguments.eval / "events"
    if not events.is_dir():
        sys.exit(f"{arguments.eval}: no evaluation data here; give their folder with --eval")
    nlp = load(arguments.model) if arguments.model else load()
    print("| set | mention F1 | participants on matched F1 | status accuracy | source F1 |\n| - | - | - | - | - |")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        for name in ("events", "news"):
            gold = arguments.eval / name / "gold-dev.jsonl"
            records = read(nlp, arguments.eval / name / "docs-dev.jsonl", out)
            result = score(events / "score.py", out, "--gold", gold)
            print(line(f"{name} ({len(records)} documents)", result))
            if name == "events":
                classes = {name: value["F1"] for name, value in result["per_class"].items()}
                one = Path(folder) / "one.jsonl"
                keep = [x for x in gold.read_text(encoding="utf-8").splitlines() if json.loads(x)["doc"] == "seed"]
                one.write_text("\n".join(keep) + "\n", encoding="utf-8")
                seed = [json.dumps(record) for record in records if record["id"] == "seed"]
                (Path(folder) / "seed.jsonl").write_text("\n".join(seed) + "\n", encoding="utf-8")
                print(line("seed", score(events / "score.py", Path(folder) / "seed.jsonl", "--gold", one)))
    print("\nmention F1 by class:", ", ".join(f"{name} {value:.2f}" for name, value in sorted(classes.items())))


if __name__ == "__main__":
    main()
