"""Where the data are, and which of them are for training and which for choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract import load

from .data import Sentence, join_layers, read_items, read_names, read_treebank
from .events import read_annotated, read_gold, to_sentences


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the data are.

    `trees` is the folder with the treebanks and published name annotations, `items` the file of news
    items that names-train.jsonl and names-dev.jsonl annotate, `base` the folder of the base weights,
    `events` that of the annotated events, `news` that of the dev items of events.
    """

    trees: Path
    items: Path
    base: Path
    events: Path
    news: Path

    def train(self, names: Sequence[str]) -> tuple[list[Sentence], list[Sentence]]:
        """Return the training sentences of the named treebanks and of the name sets, and the items with names."""
        trees = [s for name in names for s in read_treebank(self.trees / f"{name}-train.conllu.gz")]
        sentences = join_layers(trees, read_names(self.trees / "ner-train.jsonl.gz"))
        return sentences, read_items(Path(__file__).with_name("names-train.jsonl"), self.items)

    def dev(self, names: Sequence[str]) -> dict[str, list[Sentence]]:
        """Return the dev sets: those of `dev_sets`, and "news" with events."""
        return {**dev_sets(self.trees, self.items, names), "news": to_sentences(read_gold(self.news), load())}

    def train_events(self) -> list[Sentence]:
        """Return the training texts with events."""
        return to_sentences(read_annotated(self.events, self.items), load())


def dev_sets(trees: Path, items: Path, names: Sequence[str]) -> dict[str, list[Sentence]]:
    """Return the dev sets of the language layers: one a treebank, "names" and "items"."""
    sets = {name: read_treebank(trees / f"{name}-dev.conllu.gz") for name in names}
    sets["names"] = read_names(trees / "ner-dev.jsonl.gz")
    sets["items"] = read_items(Path(__file__).with_name("names-dev.jsonl"), items)
    return sets
