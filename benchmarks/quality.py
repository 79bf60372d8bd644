"""How well texts are read: runs the scorers of an evaluation folder over the bundled pipeline.

    python benchmarks/quality.py --eval ../shared/eval [--readers rules] [--model en_core_web_sm]

The folder holds `events/`, `news/`, `lifecycle/` and `coding/` (documents as JSON lines, gold records,
scorers). Prints one line a set. `--readers` leaves one of the two readers of events out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from diplograph.extract import Document, extract_many, load
from diplograph.extract.plover import to_plover
from diplograph.extract.records import Extraction
from diplograph.graph import merge_events
from diplograph.graph.export.lines import event_object


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
    """A row: mentions, participants, all of it (strict), status, statuses other than occurred, source."""
    figures = [
        result["mention"]["F1"],
        result["participants"]["F1"],
        result["participants_on_matched"]["F1"],
        result["strict"]["F1"],
        result["status"]["accuracy"],
        result["status"]["not_occurred"]["F1"],
        result["source"]["nonnull"]["F1"],
    ]
    return f"| {name} | {' | '.join(f'{value:.3f}' for value in figures)} |"


def plover(records: Path, out: Path) -> None:
    """Write records as PLOVER events."""
    lines = records.read_text(encoding="utf-8").splitlines()
    out.write_text("".join(f"{e}\n" for x in lines for e in to_plover(Extraction.from_json(x))), encoding="utf-8")


def stories(nlp, gold: Path, out: Path) -> None:
    """Merge the events of each story, and write them as the scorer of stories reads them."""
    lines = []
    for story in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        articles = [Document(a["text"], id=a["id"], date=a["date"], title=a["title"]) for a in story["articles"]]
        records = list(extract_many(articles, nlp=nlp, check_language=False))
        events = map(event_object, merge_events(records))
        renamed = [{**e, "key": e["id"], "final_status": e["status"], "mentions": e["documents"]} for e in events]
        lines.append(json.dumps({"story": story["story"], "events": renamed}))
    out.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--model", help="a spaCy pipeline in place of the bundled one")
    parser.add_argument("--readers", choices=["both", "rules", "trained"], default="both")
    arguments = parser.parse_args()
    events = arguments.eval / "events"
    if not events.is_dir():
        sys.exit(f"{arguments.eval}: no evaluation data here; give their folder with --eval")
    nlp = load(arguments.model) if arguments.model else load()
    if arguments.readers != "both":
        nlp.disable_pipe({"rules": "diplo_reader", "trained": "diplo_events"}[arguments.readers])
    print("| set | mention | participants | on matched | strict | status | not occurred | source |")
    print("| - | - | - | - | - | - | - | - |")
    with tempfile.TemporaryDirectory() as folder:
        out, coded = Path(folder) / "out.jsonl", Path(folder) / "coded.jsonl"
        for name in ("events", "news"):
            gold = arguments.eval / name / "gold-dev.jsonl"
            records = read(nlp, arguments.eval / name / "docs-dev.jsonl", out)
            result = score(events / "score.py", out, "--gold", gold)
            print(line(f"{name} ({len(records)} documents)", result))
            print("  by class: " + ", ".join(f"{k} {v['F1']:.2f}" for k, v in sorted(result["per_class"].items())))
        read(nlp, arguments.eval / "lifecycle" / "passages-dev.jsonl", out)
        result = score(arguments.eval / "lifecycle" / "score_passages.py", out)
        print(f"passages: event F1 {result['events']['F1']:.3f}, status accuracy {result['status']['accuracy']:.3f}")
        gold = arguments.eval / "lifecycle" / "stories-dev.jsonl"
        stories(nlp, gold, out)
        result = score(gold.with_name("score_stories.py"), out, "--gold", gold)
        print(
            f"stories: bcubed F1 {result['bcubed_end_to_end']['F1']:.3f}, final status "
            f"{result['final_status']['accuracy_end_to_end']:.3f}, wrong merges {result['distinct']['wrong_merges']} "
            f"of {result['distinct']['testable']}, mentions found {result['mentions']['recall']:.3f}"
        )
        read(nlp, arguments.eval / "coding" / "plover-dev.jsonl", out)
        plover(out, coded)
        result = score(arguments.eval / "coding" / "score_plover.py", coded)
        print("PLOVER: " + ", ".join(f"{k} F1 {result[k]['F1']:.3f}" for k in ("class", "dyad3", "event")))


if __name__ == "__main__":
    main()
