"""Loading a pipeline and running it: text in, records out."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from diplograph.errors import InputError, MissingLayer
from diplograph.extract.assemble import to_extraction
from diplograph.extract.documents import Document, Item, Refusal, check_english
from diplograph.extract.layers import register
from diplograph.extract.overrules import Overrules
from diplograph.extract.records import Extraction, Extractor

__all__ = ["COMPONENTS", "extract", "extract_many", "load"]

COMPONENTS = (
    "diplo_actors",
    "diplo_coref",
    "diplo_times",
    "diplo_events",
    "diplo_reader",
    "diplo_status",
    "diplo_sources",
    "diplo_identity",
    "diplo_triples",
)
"""The reader's own components, in the order in which they build on each other."""

_SETTINGS = {
    "actors": {"diplo_actors", "diplo_coref", "diplo_events", "diplo_reader", "diplo_sources", "diplo_identity"},
    "lexicon": {"diplo_events", "diplo_reader", "diplo_status", "diplo_identity"},
}
"""The components that take a user's files, by the name of the setting."""

Files = str | Path | Iterable[str | Path]

BUNDLED = "diplograph_en"


def load(model: str | Language | None = None, *, threads: int = 1, actors: Files = (), lexicon: Files = ()) -> Language:
    """Return a spaCy pipeline that ends with the reader's components.

    Parameters
    ----------
    model : str or spacy.Language, optional
        Name of an installed spaCy pipeline, a path, or a loaded pipeline, to use in place of the
        English model that comes with the package. Parses with ClearNLP labels (en_core_web_*) are
        turned into Universal Dependencies. To a loaded pipeline the components are added.
    threads : int
        Threads of the bundled model.
    actors : path or paths
        Files of your own actors (CSV, JSON or RDF), which win over the bundled ones; see `read_actor_file`.
    lexicon : path or paths
        Files of your own words for events (TOML), which are tried before the bundled ones; see `read_lexicon_file`.

    Raises
    ------
    InputError
        If `model` is not installed (nothing is ever downloaded), a file of actors or words has a fault, or
        files are given to a loaded pipeline that has components with other ones.

    Examples
    --------
    >>> nlp = load()                                                        # doctest: +SKIP
    >>> nlp.pipe_names[:3]                                                  # doctest: +SKIP
    ['diplo_encoder', 'diplo_actors', 'diplo_coref']
    """
    register("diplo_date")
    files = {"actors": _paths(actors), "lexicon": _paths(lexicon)}
    if model is None:
        nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "diplograph.ud_english.v1"}}})
        nlp.add_pipe("diplo_encoder", config={"threads": threads, "actors": files["actors"]})
        nlp.meta["name"] = BUNDLED
    elif isinstance(model, Language):
        nlp = model
    else:
        try:
            nlp = spacy.load(model)
        except OSError:
            raise InputError(
                f"there is no pipeline {model!r}",
                remedy="install it with pip, or leave the model out for the bundled one",
            ) from None
    if "diplo_encoder" not in nlp.pipe_names and "diplo_ud" not in nlp.pipe_names:
        nlp.add_pipe("diplo_ud")
    for name in COMPONENTS:
        settings = {setting: files[setting] for setting, takers in _SETTINGS.items() if name in takers}
        if name not in nlp.pipe_names:
            nlp.add_pipe(name, config=settings)
        else:
            _check_same(nlp, name, settings)
    nlp.max_length = max(nlp.max_length, 2_000_000)
    return nlp


def _paths(files: Files) -> list[str]:
    return [str(Path(f)) for f in ([files] if isinstance(files, str | Path) else files)]


def _check_same(nlp: Language, name: str, settings: dict[str, list[str]]) -> None:
    """Refuse files for a component that was made with other ones."""
    for setting, files in settings.items():
        if files and nlp.get_pipe_meta(name).factory == name and nlp.get_pipe_config(name).get(setting) != files:
            raise InputError(
                f"{', '.join(files)}: the pipeline has its component {name} already",
                remedy=f"give {setting} when the pipeline is made",
            )


def extract(
    text: str | Document, *, nlp: Language | None = None, date: str | None = None, check_language: bool = True
) -> Extraction:
    """Read one text.

    Parameters
    ----------
    text : str or Document
    nlp : spacy.Language, optional
        A pipeline from `load`; the bundled one by default (loaded anew at each call: load it once
        yourself to read many texts, or use `extract_many`).
    date : str, optional
        ISO date of the text, if `text` is a string.
    check_language : bool
        Refuse texts that are not English.

    Raises
    ------
    InputError
        If the text is empty, too long, or not English.
    """
    document = text if isinstance(text, Document) else Document(text, date=date)
    for item in extract_many([document], nlp=nlp, check_language=check_language):
        if isinstance(item, Extraction):
            return item
        raise item[1]
    raise AssertionError("unreachable")


def extract_many(
    documents: Iterable[Item],
    *,
    nlp: Language | Callable[[], Language] | None = None,
    batch_size: int = 32,
    processes: int = 1,
    check_language: bool = True,
    overrules: Overrules | None = None,
) -> Iterator[Extraction | Refusal]:
    """Read many texts, in order; a text that is refused is passed on as (id, error) and the rest goes on.

    Parameters
    ----------
    documents : iterable of Document, Extraction or Refusal
        Records and refusals (of `read_inputs`) are passed through in their place. Of two with the same
        id the second is refused.
    nlp : spacy.Language, or a function that loads one, optional
        A pipeline from `load`, or how to get it; the bundled one by default. Where there is nothing to be read,
        records alone for example, none is loaded.
    batch_size : int
        Texts that the model reads together.
    processes : int
        Worker processes; 1 reads in this one.
    overrules : Overrules, optional
        Decisions over who is who, and marks (see `read_overrules`), carried out on each record.
    """
    for item in _read(documents, nlp, batch_size, processes, check_language):
        yield overrules.apply(item) if overrules and isinstance(item, Extraction) else item


def _read(
    documents: Iterable[Item],
    nlp: Language | Callable[[], Language] | None,
    batch_size: int,
    processes: int,
    check_language: bool,
) -> Iterator[Extraction | Refusal]:
    seen: set[str] = set()
    items = (_checked(given, seen, check_language) for given in documents)
    for first in items:
        if isinstance(first, Document):
            break
        yield first
    else:
        return
    pipeline = nlp if isinstance(nlp, Language) else (nlp or load)()
    extractor = Extractor("diplograph", _version(), pipeline.meta.get("name") or pipeline.lang)

    waiting: deque[Item] = deque()
    faults: dict[str, Exception] = {}

    def accepted() -> Iterator[tuple[Doc, Item]]:
        for item in chain([first], items):
            doc = pipeline.make_doc(item.text if isinstance(item, Document) else "")
            doc._.diplo_date = item.date if isinstance(item, Document) else None
            waiting.append(item)
            yield doc, item

    def note(name: str, component: object, docs: Iterable[Doc], error: Exception) -> None:
        _drop(name, component, docs, error)
        faults.update({doc._context.id: error for doc in docs if isinstance(doc._context, Document)})

    handler, pipeline.default_error_handler = pipeline.default_error_handler, note if processes == 1 else _drop
    try:
        with _tables_left_alone():
            for doc, item in pipeline.pipe(accepted(), as_tuples=True, batch_size=batch_size, n_process=processes):
                while (next_one := waiting.popleft()) is not item and _name(next_one) != _name(item):
                    yield _failed(next_one, faults)
                yield to_extraction(doc, item, extractor) if isinstance(item, Document) else item
        yield from (_failed(item, faults) for item in waiting)
    finally:
        pipeline.default_error_handler = handler


@contextmanager
def _tables_left_alone() -> Iterator[None]:
    """Keep the garbage collector from going through all tables again and again, which costs a tenth of reading."""
    ours = not gc.get_freeze_count()
    if ours:
        gc.freeze()
    try:
        yield
    finally:
        if ours:
            gc.unfreeze()


def _drop(name: str, component: object, docs: Iterable[Doc], error: Exception) -> None:
    """Let a text on which a component failed fall out of the stream; a pipeline that lacks a layer is no such text."""
    if isinstance(error, MissingLayer):
        raise error


def _name(item: Item) -> str:
    return item[0] if isinstance(item, tuple) else item.id


def _failed(item: Item, faults: dict[str, Exception]) -> Refusal:
    name = _name(item)
    error = faults.get(name)
    fault = f" ({type(error).__name__}: {error})" if error else ""
    remedy = "please report the text; the other documents are not affected"
    refusal = InputError(f"{name}: reading failed{fault}", remedy=remedy)
    refusal.__cause__ = error
    return name, refusal


def _checked(item: Item, seen: set[str], check_language: bool) -> Item:
    """Turn a text that is not English, and a second input of an id, into a refusal."""
    if isinstance(item, tuple):
        return item
    if item.id in seen:
        remedy = "give them ids of their own (`id` in JSON lines; files of a folder have their path in it)"
        return item.id, InputError(f"{item.id}: a second input with this id", remedy=remedy)
    seen.add(item.id)
    try:
        if check_language and isinstance(item, Document):
            check_english(item)
    except InputError as error:
        return item.id, error
    return item


def _version() -> str:
    try:
        return version("diplograph")
    except PackageNotFoundError:
        return "0+unknown"
