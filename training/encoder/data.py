"""Treebanks and name annotations as windows of running text.

A window is a run of neighbouring sentences of one document, up to a number of word pieces.
What stands between the words (line breaks, paragraphs) is partly known from the treebanks'
``newpar`` marks and partly drawn at random, so that the network meets wrapped lines, headlines
without full stop, texts without any line break, capitals and title case.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import spacy
from tokenizers import Tokenizer

from diplograph.extract.model.features import Break, Encoded, encode_words, pieces_of
from diplograph.extract.model.gazetteer import marks_of
from diplograph.extract.model.lemmas import make_script

MASK = 103
"""The piece that stands for a hidden word."""
RARE_FEATS, RARE_SCRIPT = 3, 2
"""Feature bundles and lemma scripts seen less often than this are not learnt."""


ROLES = ("none", "agent", "other", "place", "time", "source")
"""What a word is to an event."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event at a word; positions are words of the document, roles one of `ROLES`."""

    word: int
    event_class: str
    mode: str
    status: str
    arguments: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its layers; a layer that was not annotated is None.

    A `running` text is several sentences, the bounds of which were not annotated. `origin` is the
    number of the first word in the document. `written` is a text that was written for the project.
    """

    doc: str
    words: list[str]
    spaces: list[bool]
    new_paragraph: bool = False
    running: bool = False
    written: bool = False
    heads: list[int] | None = None
    rels: list[str] | None = None
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    names: list[tuple[int, int, str]] | None = None
    acts: list[Act] | None = None
    origin: int = 0


def read_treebank(path: Path) -> list[Sentence]:
    """Read CoNLL-U (gzip): words of multiword tokens are kept, the tokens' blanks respected."""
    sentences: list[Sentence] = []
    doc, paragraph = "", True
    rows: list[tuple[list[str], bool]] = []
    multi_end, multi_space = 0, True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                doc, paragraph = line.split("=")[-1].strip(), True
            elif line.startswith("# newpar"):
                paragraph = True
            elif not line:
                if rows:
                    columns = list(zip(*(row for row, _ in rows), strict=True))
                    sentences.append(
                        Sentence(
                            doc=doc,
                            words=list(columns[1]),
                            spaces=[space for _, space in rows],
                            new_paragraph=paragraph,
                            heads=[int(h) for h in columns[6]],
                            rels=list(columns[7]),
                            upos=list(columns[3]),
                            xpos=list(columns[4]),
                            feats=list(columns[5]),
                            lemmas=list(columns[2]),
                        )
                    )
                    paragraph = False
                rows, multi_end = [], 0
            elif line[0] != "#":
                cells = line.split("\t")
                if "-" in cells[0]:
                    multi_end = int(cells[0].split("-")[1])
                    multi_space = "SpaceAfter=No" not in cells[9]
                    continue
                if "." in cells[0]:
                    continue
                number = int(cells[0])
                if number < multi_end:
                    space = False
                elif number == multi_end:
                    space = multi_space
                else:
                    space = "SpaceAfter=No" not in cells[9]
                rows.append((cells, space))
    return sentences


def read_names(path: Path) -> list[Sentence]:
    """Read name annotations (gzip JSON lines: doc, tokens, spaces, ents)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        Sentence(
            doc=f"{r['source']}/{r['doc']}",
            words=r["tokens"],
            spaces=[bool(s) for s in r["spaces"]],
            names=[(b, e, label) for b, e, label in r["ents"]],
        )
        for r in records
    ]


def read_items(names: Path, texts: Path) -> list[Sentence]:
    """Read name annotations that stand off from their texts.

    Parameters
    ----------
    names : JSON lines with id and names: [begin, end, label], in Unicode characters of the text
    texts : gzip JSON lines with id and text
    """
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        text_of = {r["id"]: r["text"] for r in map(json.loads, lines)}
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "diplograph.ud_english.v1"}}})
    items = []
    for record in map(json.loads, names.read_text(encoding="utf-8").splitlines()):
        doc = nlp(text_of[record["id"]])
        words = [t for t in doc if not t.is_space]
        number = {t.i: k for k, t in enumerate(words)}
        spans = [(doc.char_span(b, e, alignment_mode="expand"), label) for b, e, label in record["names"]]
        items.append(
            Sentence(
                doc=f"items/{record['id']}",
                words=[t.text for t in words],
                spaces=[bool(t.whitespace_) or t.nbor().is_space for t in words[:-1]] + [True],
                running=True,
                names=[(number[s.start], number[s.end - 1] + 1, label) for s, label in spans],
            )
        )
    return items


def join_layers(trees: list[Sentence], names: list[Sentence]) -> list[Sentence]:
    """Give each tree its names where both annotate the same sentence; the other name sentences follow."""
    waiting = {(s.doc.split("/", 1)[-1], tuple(s.words)): s for s in names}
    joined = []
    for tree in trees:
        twin = waiting.pop((tree.doc, tuple(tree.words)), None)
        joined.append(replace(tree, names=twin.names) if twin else tree)
    left = {id(s) for s in waiting.values()}
    return joined + [s for s in names if id(s) in left]


@dataclass(slots=True)
class Labels:
    """The label sets, each a sorted list; index 0 of names is "O", of events and roles "none"."""

    rels: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, sentences: list[Sentence]) -> Labels:
        """Collect what occurs in the training data."""
        trees = [s for s in sentences if s.heads is not None and s.acts is None]
        feats = Counter(f for s in trees for f in s.feats or ())
        scripts = Counter(make_script(w, x) for s in trees for w, x in zip(s.words, s.lemmas or (), strict=True))
        kinds = sorted({label for s in sentences for _, _, label in s.names or ()})
        acts = [act for s in sentences for act in s.acts or ()]
        return cls(
            rels=sorted({r for s in trees for r in s.rels or ()}),
            upos=sorted({u for s in trees for u in s.upos or ()}),
            xpos=sorted({x for s in trees for x in s.xpos or ()}),
            feats=sorted(f for f, n in feats.items() if n >= RARE_FEATS),
            scripts=sorted(x for x, n in scripts.items() if n >= RARE_SCRIPT),
            names=["O", *(f"{p}-{k}" for k in kinds for p in "BI")],
            events=["none", *sorted({a.event_class for a in acts})],
            modes=sorted({f"{a.event_class}/{a.mode}" for a in acts}),
            statuses=sorted({a.status for a in acts}),
            roles=list(ROLES),
        )


@dataclass(slots=True)
class Example:
    """One window: the encoded words and, per word, the label numbers (-1 where unknown).

    `sentence` numbers the sentence a word belongs to; `head` is 1-based within the window, 0 = root.
    `arguments` are (word of an event, word, role).
    """

    encoded: Encoded
    sentence: list[int]
    targets: dict[str, list[int]]
    arguments: list[tuple[int, int, int]]


class Windows:
    """Draws windows from sentences; a new draw each epoch.

    Parameters
    ----------
    pieces : word pieces in a window at most
    headlines : share of the short sentences that lose their full stop before a line break
    marked : share of the windows that come with the marks of the actor and place tables; below 1, so
        that names outside the tables are learnt too
    masked : share of the words that are hidden
    every : use one in `every` runs of neighbouring sentences, others in each draw
    repeat, written : times that a news item with events, and a text written for the project, are drawn
    """

    def __init__(
        self,
        sentences: list[Sentence],
        labels: Labels,
        vocabulary: Tokenizer,
        pieces: int,
        *,
        headlines: float = 0.0,
        marked: float = 1.0,
        masked: float = 0.0,
        every: int = 1,
        repeat: float = 1,
        written: float = 1,
    ) -> None:
        self.labels, self.vocabulary, self.pieces = labels, vocabulary, pieces
        self.headlines, self.marked, self.masked = headlines, marked, masked
        self.every, self.repeat, self.written = every, repeat, written
        self._index = {
            "rel": {v: i for i, v in enumerate(labels.rels)},
            "upos": {v: i for i, v in enumerate(labels.upos)},
            "xpos": {v: i for i, v in enumerate(labels.xpos)},
            "feats": {v: i for i, v in enumerate(labels.feats)},
            "script": {v: i for i, v in enumerate(labels.scripts)},
            "name": {v: i for i, v in enumerate(labels.names)},
            "event": {v: i for i, v in enumerate(labels.events)},
            "mode": {v: i for i, v in enumerate(labels.modes)},
            "status": {v: i for i, v in enumerate(labels.statuses)},
        }
        self._runs: list[list[tuple[Sentence, int]]] = []
        last = None
        for sentence in sentences:
            if len(sentence.words) > pieces - 2:
                last = None
                continue
            size = sum(map(len, pieces_of(sentence.words, vocabulary)))
            key = (sentence.doc, sentence.heads is None)
            if key != last:
                self._runs.append([])
                last = key
            self._runs[-1].append((sentence, size))

    def draw(self, rng: random.Random, *, plain: bool = False) -> Iterator[Example]:
        """Cut every run of sentences into windows; `plain` leaves out all random changes."""
        runs = self._runs if plain else [run for run in self._runs for _ in range(self._times(run, rng))]
        for run in runs:
            group: list[Sentence] = []
            room = self.pieces if plain else rng.randint(self.pieces // 3, self.pieces)
            for sentence, size in run:
                if group and size > room:
                    yield self._example(group, rng, plain)
                    group, room = [], self.pieces
                group.append(sentence)
                room -= size
            if group:
                yield self._example(group, rng, plain)

    def _times(self, run: list[tuple[Sentence, int]], rng: random.Random) -> int:
        first = run[0][0]
        if first.acts is None:
            return int(rng.random() * self.every < 1)
        times = self.written if first.written else self.repeat
        return int(times) + int(rng.random() < times % 1)

    def _example(self, group: list[Sentence], rng: random.Random, plain: bool) -> Example:
        words: list[str] = []
        breaks: list[int] = []
        sentence_of: list[int] = []
        targets: dict[str, list[int]] = {k: [] for k in ("start", "head", *self._index)}
        breakless = rng.random() < 0.25
        headline = False
        acts: list[Act] = []
        place: dict[int, int] = {}  # word of the document -> word of the window
        for number, original in enumerate(group):
            sentence = original
            offset, count = len(words), len(original.words)
            written = sentence.words if plain else _recase(sentence.words, rng)
            around = [Break.BLANK if space else Break.NOTHING for space in [True, *sentence.spaces[:-1]]]
            around[0] = _sentence_break(group, number, rng, plain=plain, breakless=breakless)
            if headline:
                around[0] = Break.LINE if rng.random() < 0.5 else Break.PARAGRAPH
            headline = not plain and _is_like_a_headline(sentence) and rng.random() < self.headlines
            if headline:
                sentence, written, around = _without_stop(sentence), written[:-1], around[:-1]
                count -= 1
            if not plain and rng.random() < 0.08:
                _wrap(around, written, rng)
            words += written
            breaks += around
            sentence_of += [number] * count
            targets["start"] += _starts(sentence, count, first=not words[:offset])
            self._layers(sentence, offset, targets)
            acts += sentence.acts or ()
            place.update((sentence.origin + k, offset + k) for k in range(count))
        marks = marks_of(words) if plain or rng.random() < self.marked else [0] * len(words)
        pieces = pieces_of(words, self.vocabulary)
        if not plain:
            pieces = [[MASK] if rng.random() < self.masked else own for own in pieces]
        encoded = encode_words(words, breaks, marks, pieces)
        return Example(encoded, sentence_of, targets, self._acts(acts, place, targets))

    def _acts(
        self, acts: list[Act], place: dict[int, int], targets: dict[str, list[int]]
    ) -> list[tuple[int, int, int]]:
        """Set the targets of events; of two at one word the first counts, with the arguments of both."""
        arguments = []
        for act in acts:
            word = place.get(act.word)
            if word is None:
                continue
            if targets["event"][word] < 1:
                targets["event"][word] = self._index["event"][act.event_class]
                targets["mode"][word] = self._index["mode"].get(f"{act.event_class}/{act.mode}", -1)
                targets["status"][word] = self._index["status"][act.status]
            arguments += [(word, place[w], self.labels.roles.index(role)) for w, role in act.arguments if w in place]
        return arguments

    def _layers(self, sentence: Sentence, offset: int, targets: dict[str, list[int]]) -> None:
        count = len(sentence.words)
        targets["event"] += [-1 if sentence.acts is None else 0] * count
        targets["mode"] += [-1] * count
        targets["status"] += [-1] * count
        if sentence.heads is None:
            for key in ("head", "rel", "upos", "xpos", "feats", "script"):
                targets[key] += [-1] * count
        else:
            targets["head"] += [h + offset if h else 0 for h in sentence.heads]
            layers = {"rel": sentence.rels, "upos": sentence.upos, "xpos": sentence.xpos, "feats": sentence.feats}
            for key, values in layers.items():
                targets[key] += [self._index[key].get(v, -1) for v in values or ()]
            pairs = zip(sentence.words, sentence.lemmas or (), strict=True)
            targets["script"] += [self._index["script"].get(make_script(w, x), -1) for w, x in pairs]
        if sentence.names is None:
            targets["name"] += [-1] * count
            return
        tags = ["O"] * count
        for begin, end, label in sentence.names:
            tags[begin:end] = [f"B-{label}"] + [f"I-{label}"] * (end - begin - 1)
        targets["name"] += [self._index["name"][t] for t in tags]


def _starts(sentence: Sentence, count: int, *, first: bool) -> list[int]:
    """Targets of the sentence head; unknown for the first word of a window and where nobody annotated sentences."""
    if sentence.acts is not None:
        return [-1] * count
    return [-1 if first else 1] + [-1 if sentence.running else 0] * (count - 1)


def _sentence_break(group: list[Sentence], number: int, rng: random.Random, *, plain: bool, breakless: bool) -> Break:
    """What stands before sentence `number` of a window."""
    if number == 0:
        return Break.PARAGRAPH
    before = Break.BLANK if group[number - 1].spaces[-1] else Break.NOTHING
    if group[number].new_paragraph:
        if plain:
            return Break.PARAGRAPH
        if breakless:
            return before
        return Break.PARAGRAPH if rng.random() < 0.6 else Break.LINE
    if not plain and not breakless and rng.random() < 0.05:
        return Break.LINE
    return before


def _is_like_a_headline(sentence: Sentence) -> bool:
    """Short sentences that end in a full stop on which nothing hangs may lose it, to look like headlines."""
    last = len(sentence.words)
    if sentence.words[-1] != "." or not 3 < last < 14 or any(end == last for _, end, _ in sentence.names or ()):
        return False
    return sentence.heads is None or last not in sentence.heads


def _without_stop(sentence: Sentence) -> Sentence:
    """Return the sentence without its last word in every layer."""
    layers = {k: v[:-1] for k in ("heads", "rels", "upos", "xpos", "feats", "lemmas") if (v := getattr(sentence, k))}
    return replace(sentence, words=sentence.words[:-1], spaces=sentence.spaces[:-1], **layers)


def _wrap(around: list[Break], words: list[str], rng: random.Random) -> None:
    """Break lines inside a sentence, as in text wrapped at a column."""
    column, width = rng.randint(0, 60), rng.randint(50, 80)
    for i, word in enumerate(words):
        column += len(word) + 1
        if column > width:
            if i and around[i] == Break.BLANK:
                around[i] = Break.LINE
            column = len(word)


def _recase(words: list[str], rng: random.Random) -> list[str]:
    draw = rng.random()
    if draw < 0.01:
        return [w.upper() for w in words]
    if draw < 0.03:
        return [w.capitalize() if len(w) > 3 and w.islower() else w for w in words]
    return words


def pad(windows: Sequence[Encoded]) -> dict[str, np.ndarray]:
    """Put windows beside each other, padded to the longest of them.

    Returns ids, shapes, breaks, marks and mask, each (windows, pieces), and first, (windows, words).
    """
    pieces = max(len(w.ids) for w in windows)
    words = max(len(w.first) for w in windows)
    arrays = {k: np.zeros((len(windows), pieces), dtype=np.int64) for k in ("ids", "shapes", "breaks", "marks")}
    arrays["mask"] = np.zeros((len(windows), pieces), dtype=bool)
    arrays["first"] = np.zeros((len(windows), words), dtype=np.int64)
    for row, window in enumerate(windows):
        for name, array in arrays.items():
            values = [True] * len(window.ids) if name == "mask" else getattr(window, name)
            array[row, : len(values)] = values
    return arrays
