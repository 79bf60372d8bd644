"""Shared fixtures: the bundled pipeline (loaded once), hand-made parses, records to build graphs from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from diplograph.extract.documents import Document
from diplograph.extract.records import Actor, Event, Extraction, Extractor, Participant, Place, Source, Time, text_hash

ROOT = Path(__file__).resolve().parent.parent
DATE = "2025-10-22"
"""The date on which the examples of lexicon and rules are read."""


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Return the bundled pipeline."""
    from diplograph.extract.pipeline import load

    return load()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Extraction]:
    """Return a function that reads a text with the bundled pipeline."""
    from diplograph.extract.pipeline import extract

    def run(text: str, date: str | None = DATE, **about: Any) -> Extraction:
        return extract(Document(text, date=date, **about), nlp=nlp, check_language=False)

    return run


@pytest.fixture(scope="session")
def annotate(nlp: Language) -> Callable[..., Doc]:
    """Return a function that gives the annotated Doc of a text."""

    def run(text: str, date: str | None = DATE) -> Doc:
        doc = nlp.make_doc(text)
        doc._.diplo_date = date
        for _, component in nlp.pipeline:
            doc = component(doc)
        return doc

    return run


def parsed(rows: str) -> Doc:
    """Return a Doc from a hand-made parse: a line a token with word, tag, part of speech, head (1-based), label.

    No model is needed, so that a test of grammar fails only by the grammar.
    """
    vocab = spacy.blank("en").vocab
    cells = [line.split() for line in rows.strip().splitlines()]
    heads = [int(c[3]) - 1 if c[3] != "0" else i for i, c in enumerate(cells)]
    return Doc(
        vocab,
        words=[c[0] for c in cells],
        tags=[c[1] for c in cells],
        pos=[c[2] for c in cells],
        heads=heads,
        deps=["ROOT" if c[3] == "0" else c[4] for c in cells],
        lemmas=[c[5] if len(c) > 5 else c[0].lower() for c in cells],
    )


def record(
    document: str = "d1",
    date: str | None = DATE,
    *,
    people: tuple[str, ...] = ("Ann Ace", "Bob Bay"),
    mode: str = "meeting",
    status: str = "planned",
    place: str | None = None,
    when: str | None = None,
    source: str | None = None,
    text: str | None = None,
) -> Extraction:
    """Return a record of one event between people, without a language model."""
    words = text or f"{' and '.join(people)} meet."
    actors = tuple(Actor(f"person/{p.lower().replace(' ', '-')}", p, "person") for p in people)
    event = Event(
        id=f"m-{document}",
        event=f"e-{document}",
        event_class="CONSULT",
        mode=mode,
        trigger=(len(words) - 5, len(words) - 1),
        sentence=(0, len(words)),
        participants=tuple(Participant(a.id, a.name, "agent", "person") for a in actors),
        place=Place(place) if place else None,
        time=Time(when, when) if when else None,
        status=status,
        source=Source(source) if source else None,
    )
    return Extraction(
        id=document,
        extractor=Extractor("test", "1"),
        text_sha256=text_hash(words),
        text=words,
        date=date,
        sentences=((0, len(words)),),
        actors=actors,
        events=(event,),
    )
