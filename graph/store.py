"""The graph on disk or in memory: an Oxigraph store that is filled from records and asked in SPARQL.

Oxigraph is opened through pyoxigraph for loading and querying and, for those who want it, as an
rdflib `Dataset` (`KnowledgeGraph.dataset`). A plain SELECT sees the merged events (the default
graph); what each document says stands in the graph named after it (``GRAPH ?document { ... }``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diplograph.errors import StoreError
from diplograph.extract.records import Extraction
from diplograph.graph.events import MergedEvent
from diplograph.graph.merge import merge_events
from diplograph.graph.quads import document_quads, merged_quads
from diplograph.graph.query import Table, run_query
from diplograph.graph.terms import DG, PREFIXES, document_iri, iri

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from diplograph.graph.view import Page

__all__ = ["KnowledgeGraph", "forget"]

_MARK = "diplograph.store"
"""A file in the folder that says it is ours: no other folder is ever written to."""
_BULK = 200
"""From so many new documents on, an empty store is filled by the bulk loader."""


class KnowledgeGraph:
    """A knowledge graph of diplomatic events.

    Parameters
    ----------
    path : str or Path, optional
        Folder of the store; if absent, the first `add` makes it. In memory if not given.
    read_only : bool
        Open for queries only; works beside a process that builds (it sees the state at opening).

    Raises
    ------
    StoreError
        If the folder holds something else, is in use by another writer, or does not exist (read-only).

    Examples
    --------
    >>> kg = KnowledgeGraph()
    >>> len(kg.events())
    0
    >>> kg.query("SELECT ?e WHERE { ?e a dg:Event }").rows
    []
    """

    def __init__(self, path: str | Path | None = None, *, read_only: bool = False) -> None:
        self.path = Path(path) if path is not None else None
        self.read_only = read_only
        self._is_new = not read_only and self.path is not None and not self.path.exists()
        if self.path is not None and self._is_new:
            _check_place(self.path)
        self._store = ox.Store() if self._is_new else _open(self.path, read_only)

    # -- building ---------------------------------------------------------------------------

    def add(self, records: Iterable[Extraction], *, triples: bool = True) -> int:
        """Add documents, or replace those whose id is there already; all of them or, on an error, none.

        Parameters
        ----------
        records : iterable of Extraction
        triples : bool
            Whether their triples become statements in the graph.

        Returns
        -------
        int
            How many documents were added or replaced.
        """
        self._check_writable()
        new = {record.id: record for record in records}
        if not new:
            return 0
        if self._is_new:
            self._store, self._is_new = _open(self.path, read_only=False), False
        old = {r.id: r for r in self.records()} if len(self._store) else {}
        everything = {**old, **new}
        graphs = [line for record in new.values() for line in document_quads(record, triples=triples)]
        default = list(merged_quads(merge_events(everything.values()), everything.values()))
        if not old and len(new) >= _BULK:
            data = "\n".join([*graphs, *default]).encode("utf-8")
            self._store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
        else:
            self._store.update(_replacement(new, old, graphs, default))
        self._store.flush()
        self.__dict__.pop("_events", None)
        return len(new)

    def remove(self, document: str) -> bool:
        """Remove a document and what only it says; return whether it was there."""
        self._check_writable()
        records = {r.id: r for r in self.records()}
        if records.pop(document, None) is None:
            return False
        default = list(merged_quads(merge_events(records.values()), records.values()))
        drop = f"CLEAR SILENT GRAPH {iri(document_iri(document))} ; CLEAR DEFAULT"
        self._store.update(f"{drop} ; INSERT DATA {{ {_bodies(default)} }}" if default else drop)
        self._store.flush()
        self.__dict__.pop("_events", None)
        return True

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only", remedy="open it without read_only=True")

    # -- reading ----------------------------------------------------------------------------

    def records(self) -> Iterator[Extraction]:
        """Yield the records of all documents, by id."""
        for text in self._of_documents(f"{DG}record"):
            yield Extraction.from_json(text)

    def documents(self) -> list[str]:
        """Return the ids of all documents, without reading their records."""
        return self._of_documents(f"{PREFIXES['dct']}identifier")

    def _of_documents(self, predicate: str) -> list[str]:
        """The literals that a property gives the documents, in the order of the documents."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
        return [
            v for _, v in sorted((str(q.subject), q.object.value) for q in quads if isinstance(q.object, ox.Literal))
        ]

    @cached_property
    def _events(self) -> list[MergedEvent]:
        return merge_events(self.records())

    def events(self) -> list[MergedEvent]:
        """Return the merged events, each with its history."""
        return list(self._events)

    def event(self, key: str) -> MergedEvent:
        """Return one merged event by its id; KeyError if there is none."""
        for event in self._events:
            if event.id == key:
                return event
        raise KeyError(key)

    def query(self, sparql: str) -> Table:
        """Run a SPARQL SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the project are known.

        Raises
        ------
        QueryError
            If the query is faulty or tries to change the graph.
        """
        return run_query(self._store, sparql)

    @property
    def dataset(self) -> Dataset:
        """The same store as an rdflib Dataset (through oxrdflib), with the prefixes of the project."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self._store))
        for prefix, name_space in PREFIXES.items():
            dataset.bind(prefix, name_space)
        return dataset

    def actor_graph(self) -> nx.MultiDiGraph:
        """Return the actors as a NetworkX multigraph, an edge for each pair in each event."""
        from diplograph.graph.projection import actor_graph

        return actor_graph(self._events)

    def event_graph(self) -> nx.Graph:
        """Return actors and events as a bipartite NetworkX graph."""
        from diplograph.graph.projection import event_graph

        return event_graph(self._events)

    def dump(self, format: ox.RdfFormat, *, prefixes: dict[str, str] | None = None) -> bytes:
        """Return the whole store in an RDF format; one without graphs (Turtle) gets the merged graph."""
        graph = None if format.supports_datasets else ox.DefaultGraph()
        return self._store.dump(format=format, from_graph=graph, prefixes=prefixes) or b""

    def export(self, format: str) -> bytes:
        """Return the graph in one of the formats of `diplograph.graph.export.formats`."""
        from diplograph.graph.export import export

        return export(self, format)

    def page(self, *, title: str = "diplograph") -> str:
        """Return the interactive HTML page."""
        from diplograph.graph.view import render_page

        return render_page(self._events, self.records(), title=title)

    def show(self, *, title: str = "diplograph", height: int = 760) -> Page:
        """Return the page as an object that a notebook displays, `height` pixels high."""
        from diplograph.graph.view import Page

        return Page(self.page(title=title), height)

    def __len__(self) -> int:
        """Quads in the store."""
        return len(self._store)

    def __repr__(self) -> str:
        where = self.path or "in memory"
        return f"<KnowledgeGraph {where}: {len(self._events)} events, {len(self)} quads>"

    def close(self) -> None:
        """Write everything to disk and let other processes write; the graph cannot be used any more."""
        store = self.__dict__.pop("_store", None)
        if store is not None and not self.read_only:
            store.flush()

    def __getattr__(self, name: str) -> Any:
        if name == "_store":
            raise StoreError(f"{self.path or 'the graph'}: closed already", remedy="open it again")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def forget(path: str | Path) -> None:
    """Delete a store's folder, if it is one; any other folder is left alone."""
    if (Path(path) / _MARK).exists():
        shutil.rmtree(path)


def _check_place(path: Path) -> None:
    """Raise `StoreError` if a folder cannot be made here: before hours of reading, not after."""
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise StoreError(f"{path}: no folder can be made in {above}", remedy="check the path and its rights")


def _open(path: Path | None, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    mark = path / _MARK
    if read_only and not mark.exists():
        raise StoreError(f"{path}: there is no graph", remedy="build one first: diplograph build TEXT --store DIR")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: is a file, not a folder", remedy="give a folder for the store")
    if path.is_dir() and any(path.iterdir()) and not mark.exists():
        raise StoreError(f"{path}: the folder holds something else", remedy="give a new or empty folder for the store")
    try:
        if read_only:
            return ox.Store.read_only(str(path))
        path.mkdir(parents=True, exist_ok=True)
        mark.write_text("a diplograph store (Oxigraph)\n", encoding="utf-8")
        return ox.Store(str(path))
    except OSError as error:
        busy = "LOCK" in str(error) or "lock" in str(error)
        remedy = (
            "wait for the other process, or open it with read_only=True" if busy else "check the path and its rights"
        )
        raise StoreError(f"{path}: {'in use by another process' if busy else error}", remedy=remedy) from None


def _replacement(new: dict[str, Extraction], old: dict[str, Extraction], graphs: list[str], default: list[str]) -> str:
    """One SPARQL update: the documents' graphs and the merged graph, old out and new in."""
    steps = [f"CLEAR SILENT GRAPH {iri(document_iri(name))}" for name in new if name in old]
    by_graph: dict[str, list[str]] = {}
    for line in graphs:
        body, graph = line[:-2].rsplit(" ", 1)
        by_graph.setdefault(graph, []).append(body)
    inserts = " ".join(f"GRAPH {graph} {{ {' . '.join(bodies)} }}" for graph, bodies in by_graph.items())
    steps += ["CLEAR DEFAULT", f"INSERT DATA {{ {inserts} {_bodies(default)} }}"]
    return " ;\n".join(steps)


def _bodies(lines: list[str]) -> str:
    return " ".join(lines)
