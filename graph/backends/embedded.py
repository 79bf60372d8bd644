"""Oxigraph in this process, in memory or in a folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from diplograph.errors import StoreError
from diplograph.graph.backends.base import Answer

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Embedded", "check_place", "forget"]

_MARK = "diplograph.store"
"""A file in the folder that says it is ours: no other folder is ever written to."""
_IN_MEMORY = 64 * 1024 * 1024
"""Bytes of N-Quads that are held in memory before they go to a temporary file."""


class Embedded:
    """An Oxigraph store.

    Raises
    ------
    StoreError
        If the folder holds something else, is in use by another writer, or does not exist (read-only).
    """

    largest = None

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self.store = _open(path, read_only)
        self.read_only = read_only

    def query(self, sparql: str) -> Answer:
        """Run a query."""
        return self.store.query(sparql)

    def update(self, sparql: str) -> None:
        """Carry out an update."""
        self.store.update(sparql)
        self.store.flush()

    def fill(self, lines: Iterable[str]) -> None:
        """Put N-Quads lines into the empty store by its bulk loader."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self.path) if self.path else None) as file:
            for line in lines:
                file.write(f"{line}\n".encode())
            file.seek(0)
            self.store.bulk_load(file, format=ox.RdfFormat.N_QUADS)
        self.store.flush()

    def literals(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield the subjects and literals of a property."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, quad.object.value

    def dump(self, format: ox.RdfFormat, prefixes: dict[str, str] | None) -> bytes:
        """Return everything in an RDF format."""
        graph = None if format.supports_datasets else ox.DefaultGraph()
        return self.store.dump(format=format, from_graph=graph, prefixes=prefixes) or b""

    def dataset(self) -> Dataset:
        """Return the store as rdflib sees it, through oxrdflib."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store))

    def close(self) -> None:
        """Write everything to disk and let other processes write."""
        if not self.read_only:
            self.store.flush()
        del self.store

    def __len__(self) -> int:
        return len(self.store)


def forget(path: str | Path) -> None:
    """Delete a store's folder, if it is one; any other folder is left alone."""
    if (Path(path) / _MARK).exists():
        shutil.rmtree(path)


def check_place(path: Path) -> None:
    """Raise `StoreError` if a folder cannot be made here: before hours of reading, not after."""
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise StoreError(f"{path}: no folder can be made in {above}", remedy="check the path and its rights")


def _snapshot(path: Path) -> ox.Store:
    """Open a store for reading; while another process writes, its files may change under the opening."""
    for pause in (0.05, 0.2, 0.5):
        try:
            return ox.Store.read_only(str(path))
        except RuntimeError:
            time.sleep(pause)
    try:
        return ox.Store.read_only(str(path))
    except RuntimeError as error:
        remedy = "wait until the other process has written; if there is none, build the graph anew"
        raise StoreError(f"{path}: cannot be read: {error}", remedy=remedy) from None


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
            return _snapshot(path)
        path.mkdir(parents=True, exist_ok=True)
        mark.write_text("a diplograph store (Oxigraph)\n", encoding="utf-8")
        return ox.Store(str(path))
    except OSError as error:
        busy = "lock" in str(error).casefold()
        remedy = (
            "wait for the other process, or open it with read_only=True" if busy else "check the path and its rights"
        )
        raise StoreError(f"{path}: {'in use by another process' if busy else error}", remedy=remedy) from None
