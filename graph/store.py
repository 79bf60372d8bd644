"""The graph on disk, in memory or in a SPARQL store: filled from records, asked in SPARQL.

A plain SELECT sees the merged events (the default graph); what each document says stands in the graph named
after it (``GRAPH ?document { ... }``). Whatever is added or removed, the merged events are those of the
documents that are there: the same documents give the same graph, in whatever order and however often they
came. Each change is one transaction.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diplograph.errors import StoreError
from diplograph.extract.records import Extraction
from diplograph.graph.backends import Backend, Embedded, Remote, check_place
from diplograph.graph.changes import Change
from diplograph.graph.events import MergedEvent
from diplograph.graph.finding import find_events, the_event
from diplograph.graph.merge import merge_events
from diplograph.graph.quads import (
    actor_quads,
    document_quads,
    edge_quads,
    event_quads,
    place_quads,
    verdict_quads,
)
from diplograph.graph.query import Table, run_query
from diplograph.graph.showing import graph_html
from diplograph.graph.terms import DG, PREFIXES, VERDICTS
from diplograph.graph.verdicts import Verdicts, parse_verdicts

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from diplograph.graph.explaining import Explanation
    from diplograph.graph.tables import Tables
    from diplograph.graph.view import Page, Renderer

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph:
    """A knowledge graph of diplomatic events.

    Parameters
    ----------
    path : str or Path, optional
        Folder of the store (if absent, the first `add` makes it), or the address of a SPARQL 1.1 store
        ("http://..."). In memory if not given.
    read_only : bool
        Open for queries only; beside a process that builds it sees the state at opening.
    update : str, optional
        Where a SPARQL store takes updates, if not where one expects (see `Remote`).

    Raises
    ------
    StoreError
        If the folder holds something else, is in use by another writer, or does not exist (read-only); if
        the store does not answer.

    Examples
    --------
    >>> kg = KnowledgeGraph()
    >>> len(kg.events())
    0
    >>> kg.query("SELECT ?e WHERE { ?e a dg:Event }").rows
    []
    """

    def __init__(self, path: str | Path | None = None, *, read_only: bool = False, update: str | None = None) -> None:
        self.read_only = read_only
        self.path: Path | str | None = path
        self._is_new = False
        self._stored: dict[str, int] = {}
        if isinstance(path, str) and path.startswith(("http://", "https://")):
            remote = Remote(path, update)
            self._backend: Backend = remote
            self.path = remote.address
            return
        folder = self.path = Path(path) if path is not None else None
        self._is_new = not read_only and folder is not None and not folder.exists()
        if folder is not None and self._is_new:
            check_place(folder)
        self._backend = Embedded() if self._is_new else Embedded(folder, read_only=read_only)

    # -- building ---------------------------------------------------------------------------

    def add(self, records: Iterable[Extraction], *, triples: bool = True, verdicts: Verdicts | None = None) -> int:
        """Add documents, or replace those whose id is there already; all of them or, on an error, none.

        In a SPARQL store, 500 documents at a time: a fault leaves whole batches. What is there already as it
        is given is not written again.

        Parameters
        ----------
        records : iterable of Extraction
        triples : bool
            Whether their triples become statements in the graph.
        verdicts : Verdicts, optional
            What the user decided over which reports are of one event, in the place of what he decided before.

        Returns
        -------
        int
            How many documents were given.
        """
        self._check_writable()
        given = {record.id: record if triples else dataclasses.replace(record, triples=()) for record in records}
        if self._is_new and (given or (verdicts and verdicts.lines)):
            assert isinstance(self.path, Path)
            self._backend, self._is_new = Embedded(self.path), False
            self._forget()
        new = {key: record for key, record in given.items() if not self._holds(record)}
        changed = verdicts if verdicts is not None and verdicts != self.verdicts else None
        size = self._backend.largest or max(len(new), 1)
        keys = list(new)
        for first in range(0, len(keys), size):
            self._commit({key: new[key] for key in keys[first : first + size]}, verdicts=changed)
            changed = None
        if changed is not None:
            self._commit({}, verdicts=changed)
        return len(given)

    def remove(self, document: str) -> bool:
        """Remove a document and what only it says; return whether it was there."""
        self._check_writable()
        if document not in self._known:
            return False
        self._commit({}, gone=document)
        return True

    def decide(self, verdicts: Verdicts) -> None:
        """Put a user's verdicts over which reports are of one event in the place of those before, and merge anew."""
        self.add((), verdicts=verdicts)

    def _holds(self, record: Extraction) -> bool:
        """Whether a document is there already just as it is."""
        return record.id in self._known and self._stored[record.id] == hash(record.to_json())

    def _commit(self, new: dict[str, Extraction], *, gone: str | None = None, verdicts: Verdicts | None = None) -> None:
        """Carry out a change: the documents' graphs, and the difference that it makes to the merged events."""
        before, known, decided = self._events, self._known, self.verdicts
        light = {key: dataclasses.replace(record, triples=()) for key, record in new.items()}
        later = {key: record for key, record in {**known, **light}.items() if key != gone}
        after = merge_events(later.values(), decided if verdicts is None else verdicts)
        shared = _shared_quads(after, later.values())
        old, now = ({event.id: event for event in events} for events in (before, after))
        lost = {line for key, event in old.items() if now.get(key) != event for line in event_quads(event)}
        found = [line for key, event in now.items() if old.get(key) != event for line in event_quads(event)]
        if verdicts is not None:
            lost |= set(verdict_quads(decided.to_csv()))
            found += verdict_quads(verdicts.to_csv())
        fresh = frozenset(found) | shared - self._shared
        replaced = tuple(key for key in new if key in known) + ((gone,) if gone is not None else ())
        lines = chain(fresh - lost, (line for record in new.values() for line in document_quads(record)))
        try:
            if known or verdicts is not None or len(self._backend):
                change = Change(replaced, frozenset(lost | self._shared - shared) - fresh, lines)
                self._backend.update(change.to_sparql())
            else:
                self._backend.fill(lines)
            self._known, self._events, self._shared = later, after, shared
            self._stored.update((key, hash(record.to_json())) for key, record in new.items())
            if verdicts is not None:
                self.verdicts = verdicts
        except BaseException:  # an interrupted change may have been carried out: ask the store again
            self._forget()
            raise

    def _forget(self) -> None:
        """Drop what was read of the store, to be read again."""
        self._stored.clear()
        for name in ("_known", "_events", "_shared", "verdicts"):
            self.__dict__.pop(name, None)

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only", remedy="open it without read_only=True")

    # -- reading ----------------------------------------------------------------------------

    def records(self) -> Iterator[Extraction]:
        """Yield the records of all documents, by id."""
        for _, text in sorted(self._backend.literals(f"{DG}record")):
            yield Extraction.from_json(text)

    def documents(self) -> list[str]:
        """Return the ids of all documents, without reading their records."""
        return [name for _, name in sorted(self._backend.literals(f"{PREFIXES['dct']}identifier"))]

    @cached_property
    def _known(self) -> dict[str, Extraction]:
        """What merging needs of the documents: their records without triples; `_stored` gets a hash of each whole."""
        known = {}
        for _, text in self._backend.literals(f"{DG}record"):
            record = Extraction.from_dict({**json.loads(text), "triples": []})
            known[record.id] = record
            self._stored[record.id] = hash(text)
        return known

    @cached_property
    def _events(self) -> list[MergedEvent]:
        return merge_events(self._known.values(), self.verdicts)

    @cached_property
    def _shared(self) -> set[str]:
        return _shared_quads(self._events, self._known.values())

    @cached_property
    def verdicts(self) -> Verdicts:
        """What the user decided over which reports are of one event."""
        texts = [text for _, text in self._backend.literals(f"{DG}verdicts")]
        return parse_verdicts(texts[0], VERDICTS) if texts else Verdicts()

    def events(self) -> list[MergedEvent]:
        """Return the merged events, each with its history."""
        return list(self._events)

    def event(self, key: str) -> MergedEvent:
        """Return one merged event by its id; KeyError if there is none."""
        for event in self._events:
            if event.id == key:
                return event
        raise KeyError(key)

    def find(self, words: str) -> list[MergedEvent]:
        """Return the events with these words in label, status, place or date, or the one of this id."""
        return find_events(self._events, words)

    def history(self, event: MergedEvent | str) -> Table:
        """Return the steps of one event, given itself, its id or words that fit no other (see `reports.history`)."""
        from diplograph.graph.reports import history

        return history(the_event(self._events, event))

    def report(self, name: str, *, on: date | str | None = None, times: int = 2) -> Table:
        """Return a report by its name: "never-held", "moved", "postponed" ... (see `reports.report`)."""
        from diplograph.graph.reports import report

        return report(name, self._events, on=on, times=times)

    def explain(self, event: MergedEvent | str) -> Explanation:
        """Return why the graph says what it says of one event, with the words that it goes by (see `history`)."""
        from diplograph.graph.explaining import explain_merged

        return explain_merged(the_event(self._events, event), self._known)

    def query(self, sparql: str) -> Table:
        """Run a SPARQL SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the project are known.

        Raises
        ------
        QueryError
            If the query is faulty or tries to change the graph.
        """
        return run_query(self._backend.query, sparql)

    @property
    def dataset(self) -> Dataset:
        """The same store as an rdflib Dataset with the prefixes of the project."""
        dataset = self._backend.dataset()
        for prefix, name_space in PREFIXES.items():
            dataset.bind(prefix, name_space)
        return dataset

    def actor_graph(self) -> nx.MultiDiGraph:
        """Return the actors as a NetworkX multigraph, an edge for each pair in each event."""
        from diplograph.graph.networks import actor_graph

        return actor_graph(self._events)

    def event_graph(self) -> nx.Graph:
        """Return actors and events as a bipartite NetworkX graph."""
        from diplograph.graph.networks import event_graph

        return event_graph(self._events)

    def story_graph(self, *, within: int = 30) -> nx.MultiDiGraph:
        """Return the events as a NetworkX multigraph: which have links, follow another, or are of one story."""
        from diplograph.graph.networks import story_graph

        return story_graph(self._events, within=within)

    def tables(self) -> Tables:
        """Return the graph as flat tables, ``tables()["events"]`` as a DataFrame (see docs/tables.md)."""
        from diplograph.graph.tables import make_tables

        return make_tables(self._events, self._known.values())

    def dump(self, format: ox.RdfFormat, *, prefixes: dict[str, str] | None = None) -> bytes:
        """Return the whole store in an RDF format; one without graphs (Turtle) gets the merged graph."""
        return self._backend.dump(format, prefixes)

    def export(self, format: str) -> bytes:
        """Return the graph in a format of one file (see `diplograph.graph.export.formats`)."""
        from diplograph.graph.export import export

        return export(self, format)

    def export_files(self, format: str) -> dict[str, bytes]:
        """Return the graph in a format of several files, such as Parquet: contents by file name."""
        from diplograph.graph.export import export_files

        return export_files(self, format)

    def page(
        self,
        *,
        title: str = "diplograph",
        events: Iterable[MergedEvent] | None = None,
        renderer: Renderer | None = None,
    ) -> str:
        """Return the interactive HTML page.

        Parameters
        ----------
        title : str
        events : iterable of MergedEvent, optional
            Show these only, with the documents that tell of them; all if not given.
        renderer : "vis" or "sigma", optional
            What draws the network; by its size if not given (see `render_page`).
        """
        from diplograph.graph.view import render_page

        shown = self._events if events is None else list(events)
        told = {document for event in shown for document in event.documents}
        records = (r for r in self.records() if events is None or r.id in told)
        return render_page(shown, records, title=title, renderer=renderer)

    def show(
        self,
        *,
        title: str = "diplograph",
        height: int = 760,
        events: Iterable[MergedEvent] | None = None,
        renderer: Renderer | None = None,
    ) -> Page:
        """Return the page as an object that a notebook displays, `height` pixels high (see `page`)."""
        from diplograph.graph.view import Page

        return Page(self.page(title=title, events=events, renderer=renderer), height)

    def __len__(self) -> int:
        """Quads in the store."""
        return len(self._backend)

    def __repr__(self) -> str:
        where = self.path or "in memory"
        return f"<KnowledgeGraph {where}: {len(self._events)} events, {len(self)} quads>"

    def _repr_html_(self) -> str:
        return graph_html(self.path or "in memory", self._events, len(self._known), len(self))

    def close(self) -> None:
        """Write everything to disk and let other processes write; the graph cannot be used any more."""
        backend: Backend | None = self.__dict__.pop("_backend", None)
        if backend is not None:
            backend.close()

    def __getattr__(self, name: str) -> Any:
        if name == "_backend":
            raise StoreError(f"{self.path or 'the graph'}: closed already", remedy="open it again")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _shared_quads(events: Iterable[MergedEvent], records: Iterable[Extraction]) -> set[str]:
    """Lines of the merged graph that several events or documents may have in common."""
    events = list(events)
    return edge_quads(events) | place_quads(events) | actor_quads(records)
