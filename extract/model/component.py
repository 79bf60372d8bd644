"""The bundled language model as a spaCy component.

``diplo_encoder`` reads a Doc once and sets sentence starts, tags, features, lemmas, the dependency
tree (Universal Dependencies), names, and what may be events (``doc._.diplo_proposals``). White-space
tokens hang from the word before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.util import minibatch

from diplograph.extract.layers import Proposal, ProposedRole, register
from diplograph.extract.model.features import Break, dateline_ends, looks_wrapped
from diplograph.extract.model.network import Network, Reading
from diplograph.ontology.actors import load_actors

__all__ = ["BUNDLED", "Encoder", "make_encoder"]

BUNDLED = Path(__file__).parent / "en"
"""The English model that comes with the package."""


@Language.factory(
    "diplo_encoder",
    default_config={"model": "", "threads": 1, "vectors": False, "actors": []},
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.ents",
        "doc._.diplo_proposals",
    ],
)
def make_encoder(nlp: Language, name: str, model: str, threads: int, vectors: bool, actors: list[str]) -> Encoder:
    """Build the component.

    Parameters
    ----------
    model : str
        Folder of a model; empty for the one that comes with the package.
    threads : int
        Threads of the encoder.
    vectors : bool
        Keep the encoder's vector of each token in ``doc.tensor``, shape (tokens, 384).
    actors : list of str
        Files of actors beside the bundled ones.
    """
    return Encoder(nlp, name, Path(model) if model else BUNDLED, threads=threads, vectors=vectors, actors=actors)


class Encoder:
    """Sets the linguistic annotation of a Doc in one pass (see `make_encoder`)."""

    def __init__(
        self,
        nlp: Language,
        name: str,
        folder: Path,
        *,
        threads: int = 1,
        vectors: bool = False,
        actors: Sequence[str] = (),
    ) -> None:
        self.name, self.folder, self.threads, self.vectors, self.actors = name, folder, threads, vectors, actors
        self._network: Network | None = None
        self._vocab = nlp.vocab
        register("diplo_proposals")

    @property
    def network(self) -> Network:
        """The network; read from disk on first use."""
        if self._network is None:
            table = load_actors(self.actors)
            self._network = Network(self.folder, threads=self.threads, vectors=self.vectors, actors=table)
        return self._network

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_network": None}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(iter(self.pipe([doc])))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate a stream of Docs, `batch_size` at a time."""
        for group in minibatch(docs, batch_size):
            batch: list[Doc] = list(group)
            words = [_words(doc, wrapped=looks_wrapped(doc.text)) for doc in batch]
            readings = self.network.read(
                [([doc[i].text for i in index], breaks) for doc, (index, breaks) in zip(batch, words, strict=True)]
            )
            for doc, (index, _), reading in zip(batch, words, readings, strict=True):
                self._annotate(doc, index, reading)
                yield doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to save: the weights belong to the package (or to the folder in the settings)."""

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Nothing to read (see `to_disk`)."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to save (see `to_disk`)."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Nothing to read (see `to_disk`)."""
        return self

    def _annotate(self, doc: Doc, index: list[int], reading: Reading) -> None:
        if not index:
            return
        strings = self._vocab.strings
        attributes = (SENT_START, HEAD, DEP, POS, TAG, MORPH, LEMMA)
        table = np.zeros((len(doc), len(attributes)), dtype=np.uint64)
        host = np.zeros(len(doc), dtype=np.int64)
        host[index] = index
        host = np.maximum.accumulate(host)
        host[: index[0]] = index[0]
        heads = host - np.arange(len(doc))
        heads[index] = [index[h] - i for h, i in zip(reading.heads, index, strict=True)]
        table[:, 1] = heads.astype(np.uint64)
        table[:, 2] = strings.add("dep")
        table[:, 3] = IDS["SPACE"]
        table[:, 4] = strings.add("_SP")
        table[:, 6] = doc.to_array(ORTH)
        table[index, 0] = [1 if start else 2**64 - 1 for start in reading.starts]
        table[index, 2] = [strings.add("ROOT" if rel == "root" else rel) for rel in reading.rels]
        table[index, 3] = [IDS[tag] for tag in reading.upos]
        table[index, 4] = [strings.add(tag) for tag in reading.xpos]
        table[index, 5] = [self._vocab.morphology.add("" if feats == "_" else feats) for feats in reading.feats]
        table[index, 6] = [strings.add(lemma) for lemma in reading.lemmas]
        doc.from_array(attributes[1:], table[:, 1:])
        self._entities(doc, index, reading)
        doc._.diplo_proposals = tuple(
            Proposal(
                index[act.word],
                act.classes,
                act.statuses,
                None if act.mode == "-" else act.mode,
                tuple(ProposedRole(index[word], role, p) for word, role, p in act.roles),
            )
            for act in reading.acts
        )
        if reading.vectors is not None:
            doc.tensor = np.zeros((len(doc), reading.vectors.shape[1]), dtype=np.float32)
            doc.tensor[index] = reading.vectors

    @staticmethod
    def _entities(doc: Doc, index: list[int], reading: Reading) -> None:
        iob = np.full((len(doc), 2), 2, dtype=np.uint64)
        iob[:, 1] = 0
        for begin, end, label in reading.names:
            first, last = index[begin], index[end - 1] + 1
            iob[first:last, 0] = 1
            iob[first, 0] = 3
            iob[first:last, 1] = doc.vocab.strings.add(label)
        doc.from_array([ENT_IOB, ENT_TYPE], iob)


def _words(doc: Doc, *, wrapped: bool) -> tuple[list[int], list[int]]:
    """Return the indices of the tokens that are words, and the `Break` before each.

    In a text that is not wrapped at a column, every line break ends a paragraph.
    """
    index, breaks = [], []
    gap = Break.PARAGRAPH
    datelines = dateline_ends(doc.text)
    for i, token in enumerate(doc):
        text = token.text
        if datelines and token.idx in datelines:
            gap = Break.PARAGRAPH
        if text.isspace():
            lines = text.count("\n")
            gap = max(
                gap, Break.PARAGRAPH if lines > 1 or (lines and not wrapped) else Break.LINE if lines else Break.BLANK
            )
            continue
        index.append(i)
        breaks.append(int(gap))
        gap = Break.BLANK if token.whitespace_ else Break.NOTHING
    return index, breaks
