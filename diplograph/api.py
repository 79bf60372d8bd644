"""The whole line in one call: inputs in, graph out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph import markup
from diplograph.errors import DiplographError
from diplograph.extract.documents import Document
from diplograph.extract.records import Extraction
from diplograph.graph.store import KnowledgeGraph

if TYPE_CHECKING:
    from spacy.language import Language

    from diplograph.extract.marks import Mark
    from diplograph.extract.overrules import Overrules
    from diplograph.graph.verdicts import Verdicts

__all__ = ["Report", "build"]

Input = str | Path | Document | Extraction


@dataclass(slots=True)
class Report:
    """What became of the inputs of a build.

    Attributes
    ----------
    documents : how many were read
    refused : which were refused, and why
    unfound : marks of overrules whose mention the document does not have (its text or the reading changed)
    replaced : how many of the documents took the place of one that was there
    """

    documents: int = 0
    refused: list[tuple[str, DiplographError]] = field(default_factory=list)
    unfound: list[Mark] = field(default_factory=list)
    replaced: int = 0

    def _repr_html_(self) -> str:
        unfound = [f"{len(self.unfound)} marks found no mention"] if self.unfound else []
        read = markup.line(f"{self.documents} read", f"{len(self.refused)} refused", *unfound)
        rows = [(name, error.message, error.remedy) for name, error in self.refused]
        refused = [markup.table(("input", "why not", "what to do"), rows)] if rows else []
        return markup.panel("What became of the inputs", read, *refused)


def build(
    inputs: Input | Iterable[Input],
    *,
    store: str | Path | None = None,
    date: str | None = None,
    nlp: Language | None = None,
    triples: bool = True,
    processes: int = 1,
    check_language: bool = True,
    overrules: str | Path | Iterable[str | Path] | Overrules | None = None,
    verdicts: str | Path | Verdicts | None = None,
    actors: str | Path | Iterable[str | Path] = (),
    lexicon: str | Path | Iterable[str | Path] = (),
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
        A pipeline from `load`; by default the bundled one, which is loaded when there is a text to be read.
    triples : bool
        Whether subject-relation-object triples become statements in the graph.
    processes : int
        Worker processes for reading.
    check_language : bool
        Refuse texts that are not English.
    overrules : path or paths, or Overrules, optional
        CSV files of decisions over who is who and of marks on mentions (see `read_overrules`).
    verdicts : path or Verdicts, optional
        Decisions over which reports are of one event (see `read_verdicts`), in place of those that the graph has.
    actors, lexicon : path or paths
        Files of your own actors and words, as for `load`; a pipeline given as `nlp` has been loaded with its own.
    report : Report, optional
        Filled with the number of documents, the inputs that were refused, and the marks that found no mention.

    Returns
    -------
    KnowledgeGraph

    Raises
    ------
    DiplographError
        Before anything is read, if a file of actors, words, overrules or verdicts has a fault. The first refusal,
        if no `report` was given to collect them and nothing at all could be read.
    """
    from diplograph.extract.overrules import Overrules, read_overrules
    from diplograph.extract.pipeline import extract_many, load
    from diplograph.extract.readers import read_inputs
    from diplograph.graph.verdicts import Verdicts, read_verdicts
    from diplograph.ontology.actors import load_actors
    from diplograph.ontology.lexicon import load_lexicon

    outcome = report if report is not None else Report()
    said = verdicts if isinstance(verdicts, Verdicts | None) else read_verdicts(verdicts)
    files, words = ([given] if isinstance(given, str | Path) else list(given) for given in (actors, lexicon))
    load_actors(files)
    if words:
        load_lexicon(words)
    decided = overrules if isinstance(overrules, Overrules) else read_overrules(overrules or (), actors=files)
    several = [inputs] if isinstance(inputs, str | Path | Document | Extraction) else inputs
    items = (
        item
        for given in several
        for item in (read_inputs([given], date=date) if isinstance(given, str | Path) else [given])
    )
    pipeline = nlp if nlp is not None else partial(load, actors=files, lexicon=words)
    records = []
    graph = KnowledgeGraph(store)
    try:
        for item in extract_many(items, nlp=pipeline, processes=processes, check_language=check_language):
            if isinstance(item, Extraction):
                outcome.unfound += decided.unfound(item)
                records.append(decided.apply(item))
            else:
                outcome.refused.append(item)
        there = set(graph.documents())
        outcome.replaced = sum(record.id in there for record in records)
        outcome.documents = graph.add(records, triples=triples, verdicts=said)
        if report is None and outcome.refused and not records:
            raise outcome.refused[0][1]
    except BaseException:
        graph.close()
        raise
    return graph
