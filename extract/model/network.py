"""The encoder as an ONNX session, and its heads' answers as plain arrays.

Nothing here knows spaCy: words and breaks go in, tags, trees and names come out.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from diplograph.errors import InputError
from diplograph.extract.model.features import Break, encode_words, pieces_of
from diplograph.extract.model.gazetteer import marks_of
from diplograph.extract.model.lemmas import lemma_of
from diplograph.extract.model.trees import decode_tree
from diplograph.extract.model.windows import cut_windows
from diplograph.ontology.actors import ActorTable

__all__ = ["Network", "Reading"]

_INPUTS = ("ids", "shapes", "breaks", "marks", "first")
_OUTPUTS = (
    *("vectors", "upos", "xpos", "feats", "script", "names", "starts", "arcs", "relations", "governors"),
    *("events", "modes", "statuses", "roles"),
)
FILES = ("network.onnx", "labels.json", "lemmas.json", "vocabulary.json")
_WIDTH = 384
_REMEMBERED = 100_000
_ROOM = 126
"""Word pieces in a window: what it was trained on, less the two special pieces."""
_UNLIKELY = 0.03
"""Words that tell of an event with less than this probability are passed over."""
_UNLIKELY_ROLE = 0.05
"""The same for words that are something to an event."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the network takes a word for: an event, with probabilities.

    Attributes
    ----------
    word : int
    classes, statuses : probability of each class (together: that there is an event at all) and status
    mode : the best mode of the best class; "-" for none
    roles : (word, role, probability) of the words that are something to the event
    """

    word: int
    classes: dict[str, float]
    statuses: dict[str, float]
    mode: str
    roles: list[tuple[int, str, float]]


@dataclass(slots=True)
class Reading:
    """What the network says of one text, word by word.

    Attributes
    ----------
    upos, xpos, feats, lemmas, rels : list of str
    heads : list of int, index of the governing word; a root governs itself
    starts : list of bool, whether a sentence begins with the word
    names : list of (begin, end, label), in words, half-open
    acts : list of Act, the words that may tell of an event
    vectors : array, shape (words, 384), float32; None if not asked for
    """

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    rels: list[str]
    starts: list[bool]
    names: list[tuple[int, int, str]]
    acts: list[Act]
    vectors: np.ndarray | None = None


class Network:
    """A trained encoder with its heads, read from a folder.

    Parameters
    ----------
    folder : Path
        Holds the `FILES` of a model.
    threads : int
        Threads of one call.
    vectors : bool
        Give the vector of each word too.
    actors : ActorTable, optional
        Whose names are marked; the bundled table by default.
    """

    def __init__(
        self, folder: Path, *, threads: int = 1, vectors: bool = False, actors: ActorTable | None = None
    ) -> None:
        missing = [name for name in FILES if not (folder / name).exists()]
        if missing:
            raise InputError(
                f"{folder}: {', '.join(missing)} not found",
                remedy="install diplograph again, or give a folder with a model",
            )
        self.threads, self.vectors, self.actors = threads, vectors, actors
        self._blas = ThreadpoolController()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("optimization.enable_gelu_approximation", "1")
        self._session = onnxruntime.InferenceSession(
            str(folder / "network.onnx"), options, providers=["CPUExecutionProvider"]
        )
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.upos, self.xpos, self.feats = labels["upos"], labels["xpos"], labels["feats"]
        self.rels, self.scripts, self.name_tags = labels["rels"], labels["scripts"], labels["names"]
        self.classes, self.statuses, self.roles = labels["events"], labels["statuses"], labels["roles"]
        self.modes: dict[str, list[tuple[int, str]]] = {}
        for i, label in enumerate(labels["modes"]):
            event_class, mode = label.split("/")
            self.modes.setdefault(event_class, []).append((i, mode))
        self.lemmas: dict[str, dict[str, str]] = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))
        self._root = self.rels.index("root")
        self.vocabulary = Tokenizer.from_file(str(folder / "vocabulary.json"))
        self.vocabulary.no_padding()
        self.vocabulary.no_truncation()
        self._transitions = _bio_transitions(self.name_tags)
        self._pieces: dict[str, list[int]] = {}

    def read(self, texts: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[Reading]:
        """Read several texts, each given as its words and the breaks before them.

        Each window is a call of its own: the int8 arithmetic scales its numbers by the largest of the
        call, so that windows read together would depend on each other.
        """
        with self._blas.limit(limits=self.threads, user_api="blas"):
            return [self._read(words, breaks) for words, breaks in texts]

    def _read(self, words: Sequence[str], breaks: Sequence[int]) -> Reading:
        reading = _blank(len(words), vectors=self.vectors)
        wanted = [name for name in _OUTPUTS if self.vectors or name != "vectors"]
        pieces, marks = self._pieces_of(words), marks_of(words, self.actors)
        for window in cut_windows(words, breaks, [len(p) for p in pieces], _ROOM):
            encoded = encode_words(words[window], breaks[window], marks[window], pieces[window])
            inputs = {name: np.array([getattr(encoded, name)], dtype=np.int64) for name in _INPUTS}
            outputs = zip(wanted, self._session.run(wanted, inputs), strict=True)
            self._fill(reading, window, words[window], breaks[window], {name: array[0] for name, array in outputs})
        return reading

    def _pieces_of(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word; those of words met before are remembered."""
        if len(self._pieces) > _REMEMBERED:
            self._pieces.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._pieces]
        self._pieces.update(zip(new, pieces_of(new, self.vocabulary), strict=True))
        return [self._pieces[word] for word in words]

    def _fill(
        self, reading: Reading, window: slice, words: Sequence[str], breaks: Sequence[int], out: dict[str, np.ndarray]
    ) -> None:
        n = len(words)
        if reading.vectors is not None:
            reading.vectors[window] = out["vectors"]
        reading.upos[window] = [self.upos[i] for i in out["upos"]]
        reading.xpos[window] = [self.xpos[i] for i in out["xpos"]]
        reading.feats[window] = [self.feats[i] for i in out["feats"]]
        reading.lemmas[window] = [
            self.lemmas.get(tag, {}).get(word.lower()) or lemma_of(word, fine, self.scripts[i])
            for word, tag, fine, i in zip(words, reading.upos[window], reading.xpos[window], out["script"], strict=True)
        ]
        tags = _viterbi(out["names"], self._transitions)
        reading.names += [
            (b + window.start, e + window.start, k) for b, e, k in _spans([self.name_tags[t] for t in tags])
        ]
        reading.acts += self._acts(window.start, out)
        starts = out["starts"] > 0
        starts[np.asarray(breaks) == Break.PARAGRAPH] = True
        starts[0] = True
        reading.starts[window] = starts.tolist()
        bounds = [*np.flatnonzero(starts).tolist(), n]
        heads = np.zeros(n, dtype=np.int64)  # 0 = root, else the word's number from 1
        for begin, end in itertools.pairwise(bounds):
            rows = out["arcs"][begin:end]
            found = decode_tree(np.concatenate((rows[:, :1], rows[:, begin + 1 : end + 1]), axis=1))
            heads[begin:end] = np.where(found, found + begin, 0)
        rels = self._label(out["relations"], out["governors"][heads], heads == 0)
        for i, (head, rel) in enumerate(zip(heads.tolist(), rels, strict=True), window.start):
            reading.heads[i] = head - 1 + window.start if head else i
            reading.rels[i] = self.rels[rel]

    def _acts(self, offset: int, out: dict[str, np.ndarray]) -> Iterator[Act]:
        """What may be events; class 0 and role 0 stand for none."""
        events = _softmax(out["events"], 1)
        for word in np.flatnonzero(events[:, 0] < 1 - _UNLIKELY).tolist():
            best = self.classes[1 + int(events[word, 1:].argmax())]
            roles = _softmax(out["roles"][word], 0)
            chosen = 1 + roles[1:].argmax(0)
            named = np.flatnonzero(roles[0] < 1 - _UNLIKELY_ROLE)
            yield Act(
                word + offset,
                dict(zip(self.classes[1:], events[word, 1:].tolist(), strict=True)),
                dict(zip(self.statuses, _softmax(out["statuses"][word], 0).tolist(), strict=True)),
                max(self.modes[best], key=lambda m: out["modes"][word, m[0]])[1],
                [(int(w) + offset, self.roles[chosen[w]], float(roles[chosen[w], w])) for w in named],
            )

    def _label(self, relations: np.ndarray, governors: np.ndarray, is_root: np.ndarray) -> list[int]:
        """The best label of each word's arc: `relations` holds for each word and label what its governor
        is weighed with."""
        scores = np.einsum("nrj,nj->nr", relations.reshape(len(governors), len(self.rels), -1), governors)
        scores[~is_root, self._root] = -np.inf
        best = scores.argmax(1)
        best[is_root] = self._root
        return [int(i) for i in best]


def _blank(words: int, *, vectors: bool) -> Reading:
    text, numbers = [""] * words, [0] * words
    array = np.zeros((words, _WIDTH), dtype=np.float32) if vectors else None
    return Reading([*text], [*text], [*text], [*text], numbers, [*text], [False] * words, [], [], array)


def _softmax(scores: np.ndarray, axis: int) -> np.ndarray:
    weights: np.ndarray = np.exp(scores - scores.max(axis, keepdims=True))
    weights /= weights.sum(axis, keepdims=True)
    return weights


def _bio_transitions(tags: Sequence[str]) -> np.ndarray:
    """Penalty of each tag after each other: I-x may only follow B-x or I-x."""
    table = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after[0] == "I" and before[1:] != after[1:]:
                table[i, j] = -1e4
    return table


def _viterbi(scores: np.ndarray, transitions: np.ndarray) -> list[int]:
    """Best sequence of tags under the BIO constraint; plain argmax where that is consistent already."""
    greedy = scores.argmax(1)
    if (transitions[greedy[:-1], greedy[1:]] == 0).all() and transitions[0, greedy[0]] == 0:
        return [int(t) for t in greedy]
    total = scores[0] + transitions[0]
    back = []
    for row in scores[1:]:
        options = total[:, None] + transitions
        back.append(options.argmax(0))
        total = options.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            spans.append((i, i + 1, tag[2:]))
        elif tag[0] == "I" and spans:
            begin, _, label = spans[-1]
            spans[-1] = (begin, i + 1, label)
    return spans
