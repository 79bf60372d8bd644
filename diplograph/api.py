"""The whole line in one call: inputs in, graph out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.errors import DiplographError
from diplograph.extract.documents import Document
from diplograph.extract.records import Extraction
from diplograph.graph.store import KnowledgeGraph

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Report", "build"]

Input = str | Path | Document | Extraction


@dataclass(slots=True)
class Report:
    """What became of the inputs of a build: how many were read, and which were refused and why."""

    documents: int = 0
    refused: list[tuple[str, DiplographError]] = field(default_factory=list)


def build(
    inputs: Input | Iterable[Input],
    *,
    store: str | Path | None = None,
    date: str | None = None,
    nlp: Language | None = None,
    triples: bool = True,
    processes: int = 1,
    check_language: bool = True,
    overrules: str | Path | None = None,
    actors: str | Path | Iterable[str | Path] = (),
    report: Report | None = None,
) -> KnowledgeGraph:
    """Read texts and put what they say into a graph.

    Parameters
    ----------
    inputs : path, Document or Extraction, or several of them
        Files, folders, "-" (see `read_inputs`), documents, or records of `extract`.
    store : path, optional
        Folder of the graph; in memory if not given. What is there already stays.
    date : str, optional
        ISO date for texts that bring none.
    nlp : spacy.Language, optional
        A pipeline from `load`; by default the bundled one.
    triples : bool
        Whether subject-relation-object triples become statements in the graph.
    processes : int
        Worker processes for reading.
    check_language : bool
        Refuse texts that are not English.
    overrules : path, optional
        CSV file of decisions over who is who (see `read_overrules`).
    actors : path or paths
        Files of your own actors, as for `load`; a pipeline given as `nlp` has been loaded with its own.
    report : Report, optional
        Filled with the number of documents and with the inputs that were refused.

    Returns
    -------
    KnowledgeGraph

    Raises
    ------
    DiplographError
        The first refusal, if no `report` was given to collect them and nothing at all could be read.
    """
    from diplograph.extract.overrules import read_overrules
    from diplograph.extract.pipeline import extract_many, load
    from diplograph.extract.readers import read_inputs

    outcome = report if report is not None else Report()
    graph = KnowledgeGraph(store)
    several = [inputs] if isinstance(inputs, str | Path | Document | Extraction) else inputs
    items = (
        item
        for given in several
        for item in (read_inputs([given], date=date) if isinstance(given, str | Path) else [given])
    )
    files = [actors] if isinstance(actors, str | Path) else list(actors)
    decided = read_overrules(overrules, actors=files) if overrules is not None else None
    pipeline = nlp if nlp is not None else load(actors=files)
    records = []
    for item in extract_many(
        items, nlp=pipeline, processes=processes, check_language=check_language, overrules=decided
    ):
        if isinstance(item, Extraction):
            records.append(item)
        else:
            outcome.refused.append(item)
    outcome.documents = graph.add(records, triples=triples)
    if report is None and outcome.refused and not records:
        raise outcome.refused[0][1]
    return graph
