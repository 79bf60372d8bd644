"""Cost of reading, beside another spaCy pipeline, in turns on the same machine.

    python benchmarks/reading.py [--against en_core_web_sm] [--repeat 3] [FILE ...]

For each pipeline, in a fresh process: seconds to load, words a CPU second (the language layers alone, and all
of diplograph), what comes after the language layers as a share of them (CPU time in one run from texts to
records), peak memory; the best of all repetitions, for whatever else the machine does only slows them.
The last column is the ratio to the other pipeline. Below, the wall time of one
process beside that of two. Files are texts or JSON lines; without any the package's examples are read, twenty
times over.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

COPIES = 20
OURS = "bundled"
UNITS = {
    "load_s": "s",
    "language_words_per_s": "words/CPU s",
    "all_words_per_s": "words/CPU s",
    "after_language": "of its CPU time",
    "peak_mib": "MiB",
}


@Language.factory("stopwatch")
class Stopwatch:
    """A component that takes the CPU time of all that comes before it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.seconds = 0.0

    def __call__(self, doc: Doc) -> Doc:
        """Pass a Doc on; only a stream is timed."""
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """Pass Docs on, and take the time until each comes."""
        docs = iter(stream)
        while True:
            start = time.process_time()
            doc = next(docs, None)
            self.seconds += time.process_time() - start
            if doc is None:
                return
            yield doc


def after_language(nlp: Language, texts: list[str]) -> float:
    """CPU time of what comes after the language layers, the making of records included, over that of the layers."""
    from diplograph.extract import Document, extract_many

    documents = [Document(text, id=str(i)) for i, text in enumerate(texts)]
    nlp.add_pipe("stopwatch", before="diplo_actors")
    start = time.process_time()
    assert sum(1 for _ in extract_many(documents, nlp=nlp, check_language=False)) == len(documents)
    total = time.process_time() - start
    language = nlp.get_pipe("stopwatch").seconds
    nlp.remove_pipe("stopwatch")
    return (total - language) / language


def measure(name: str, texts: list[str]) -> dict[str, float]:
    """One pipeline, in this process."""
    from diplograph.extract import load

    start = time.perf_counter()
    nlp = load() if name == OURS else load(name)
    nlp("Ann met Bob.")
    loaded = time.perf_counter() - start
    ours = [pipe for pipe in nlp.pipe_names if pipe.startswith("diplo_") and pipe != "diplo_encoder"]
    found = {"load_s": loaded}
    for key, disabled in (("language_words_per_s", ours), ("all_words_per_s", [])):
        with nlp.select_pipes(disable=disabled):
            start = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(texts))
            found[key] = words / (time.process_time() - start)
    found["after_language"] = after_language(nlp, texts)
    found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def speed_up(texts: list[str]) -> float:
    """Wall time of one process over that of two, for ten times the texts."""
    from diplograph.extract import Document, extract_many, load

    nlp = load()
    documents = [Document(text, id=str(i)) for i, text in enumerate(texts * 10)]
    seconds = []
    for processes in (1, 2):
        start = time.perf_counter()
        assert len(list(extract_many(documents, nlp=nlp, processes=processes))) == len(documents)
        seconds.append(time.perf_counter() - start)
    return seconds[0] / seconds[1]


def read(path: Path) -> list[str]:
    """The texts of a file: one a line of JSON, else the whole."""
    text = path.read_text(encoding="utf-8")
    return [json.loads(line)["text"] for line in text.split("\n") if line] if path.suffix == ".jsonl" else [text]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--against", help="another spaCy pipeline")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    texts = [text for path in arguments.files for text in read(path)]
    texts = texts or [files("diplograph.examples").joinpath("summit.txt").read_text(encoding="utf-8")] * COPIES
    if arguments.one:
        print(json.dumps(measure(arguments.one, texts)))
        return
    names = [OURS, *([arguments.against] if arguments.against else [])]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(arguments.repeat):
        for name in names:
            command = [sys.executable, __file__, "--one", name, *map(str, arguments.files)]
            runs[name].append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    print("| |", " | ".join(names), "| ratio |")
    print("| - |" + " - |" * (len(names) + 1))
    for key, unit in UNITS.items():
        best = max if unit.startswith("words") else min
        values = [best(run[key] for run in runs[name]) for name in names]
        digits = 2 if key == "after_language" else 1
        ratio = f"{values[0] / values[1]:.2f}" if len(values) > 1 else ""
        print(f"| {key} ({unit}) |", " | ".join(f"{value:.{digits}f}" for value in values), f"| {ratio} |")
    print(f"\ntwo processes: {speed_up(texts):.2f} times as fast as one")


if __name__ == "__main__":
    main()
