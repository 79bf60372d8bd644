"""What each step brings: ``python -m encoder.ablate --help``.

Trains the short runs of ablations.toml, each into a folder of its name, and prints a table of their
scores on the dev sets (gold words and sentences, percent; names on PERSON ... MISC, exact spans).
A run that is there already is not trained again.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from .sources import Sources
from .train import arguments, run, settings

COLUMNS = (
    ("ewt", "las"), ("gum", "las"), ("ewt", "upos"), ("ewt", "starts"), ("gum", "starts"), ("names", "names"),
    ("items", "names"),
)  # fmt: skip


def plans() -> dict[str, dict[str, Any]]:
    """Return the config of each run by its name."""
    file = tomllib.loads(Path(__file__).with_name("ablations.toml").read_text(encoding="utf-8"))
    configs = {}
    for change in file["run"]:
        stage = file["stage"] | change.get("stage", {})
        rest = {k: v for k, v in change.items() if k not in {"name", "stage"}}
        configs[change["name"]] = settings() | rest | {"stage": [stage]}
    return configs


def main() -> None:
    args = arguments(__doc__).parse_args()
    rows = {}
    for name, config in plans().items():
        folder = args.out / name.replace(" ", "-")
        if not (folder / "network.pt").exists():
            run(config, Sources(args.data, args.items, args.base, args.events, args.news), folder)
        last = json.loads((folder / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        rows[name] = [last["dev"][part][score] for part, score in COLUMNS]
    print("| | " + " | ".join(f"{part} {score}" for part, score in COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in row) + " |")


if __name__ == "__main__":
    main()
