"""A worker process: opens the store for reading and answers one query after the other, until it is killed.

Run as ``python -P -m diplograph.graph.serve.worker``. It talks over its standard input and output in
frames: a length (four bytes, big-endian) and a JSON object, whose key "size" announces as many bytes
of body. The first frame it reads is its settings. Before it opens the store again, which a build beside
it can make fatal, it sends {"opening": true}, and afterwards {"opening": false}. An answer with "worn"
asks for the worker to be replaced. When its input ends, it ends, also amid a query.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import re
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from diplograph.graph.serve.fence import limit_memory, shut_in
from diplograph.graph.serve.negotiation import RESULTS, TRIPLES
from diplograph.graph.terms import PREFIXES

__all__ = ["count_rows", "main"]

_CHANGING = ("MANIFEST", ".log", "CURRENT")
"""What in the names of a store's files says that they change with its content."""
_TROUBLE = (OSError, RuntimeError)
"""What the engine raises when files are not as it expects them."""
_FILES_GONE = ("IO error", "Corruption")
"""What the engine complains of when a build has replaced the files under an open store."""
_QUIET, _WAIT = 0.5, 3.0
"""Seconds without a change after which a store is opened, and seconds to wait for them at the start.

Oxigraph, opening a store for reading just while another process writes, fails at times, and at times takes
memory without end.
"""
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')

Answer = tuple[dict[str, Any], bytes]
Signature = tuple[tuple[str, int, int], ...]


class _TooMuch(Exception):
    """An answer goes beyond a limit."""


class _Bounded(io.BytesIO):
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            raise _TooMuch(f"the answer has more than {self._limit} bytes")
        return super().write(data)


class _Engine:
    """The store, as it stands: opened again when a build has changed it; worn if that failed."""

    def __init__(self, path: Path, rows: int, answer_bytes: int, tell: Callable[[dict[str, Any]], None]) -> None:
        self._path, self._rows, self._bytes, self._tell = path, rows, answer_bytes, tell
        self.is_worn = False
        _wait_for_quiet(path)
        self._seen = _signature(path)
        self._store = ox.Store.read_only(str(path))

    def _renew(self) -> None:
        """See what a build has written, once it has been quiet; if it cannot be opened, keep the old state."""
        now = _signature(self._path)
        if now != self._seen and _is_quiet(now):
            try:
                self._store, self._seen = self._opened_again(), now
            except _TROUBLE:
                self.is_worn = True

    def _opened_again(self) -> ox.Store:
        self._tell({"opening": True})
        try:
            return ox.Store.read_only(str(self._path))
        finally:
            self._tell({"opening": False})

    def answer(self, job: dict[str, Any]) -> Answer:
        """Answer a job, or say what is wrong with it: "fault" is the kind of refusal."""
        try:
            self._renew()
            try:
                return self._run(job)
            except _TROUBLE as error:
                if not any(sign in str(error) for sign in _FILES_GONE):
                    raise
                self._store = self._opened_again()
                return self._run(job)
        except SyntaxError as error:
            return {"fault": "syntax", "message": str(error)}, b""
        except _TooMuch as error:
            return {"fault": "limit", "message": str(error)}, b""
        except MemoryError:
            return {"fault": "memory"}, b""
        except (*_TROUBLE, ValueError) as error:
            return {"fault": "engine", "message": str(error)}, b""

    def _run(self, job: dict[str, Any]) -> Answer:
        options: dict[str, Any] = {}
        if job["default_graphs"] or job["named_graphs"]:
            options["default_graph"] = [_graph(name) for name in job["default_graphs"]]
            options["named_graphs"] = [_graph(name) for name in job["named_graphs"]]
        result = self._store.query(job["text"], prefixes=PREFIXES, **options)
        is_graph = isinstance(result, ox.QueryTriples)
        media = job["triples"] if is_graph else job["results"]
        if media is None:
            return {"fault": "unacceptable", "message": "a graph" if is_graph else "a table"}, b""
        out = _Bounded(self._bytes)
        if isinstance(result, ox.QueryTriples):
            ox.serialize(self._counted(result), out, format=getattr(ox.RdfFormat, TRIPLES[media]), prefixes=PREFIXES)
        else:
            result.serialize(out, format=getattr(ox.QueryResultsFormat, RESULTS[media]))
        body = out.getvalue()
        if isinstance(result, ox.QuerySolutions) and count_rows(body, RESULTS[media]) > self._rows:
            raise self._too_many("rows")
        return {"media": media}, body

    def _counted(self, triples: ox.QueryTriples) -> Iterator[ox.Triple]:
        for number, triple in enumerate(triples):
            if number == self._rows:
                raise self._too_many("triples")
            yield triple

    def _too_many(self, noun: str) -> _TooMuch:
        return _TooMuch(f"the answer has more than {self._rows} {noun}")


def _signature(path: Path) -> Signature:
    """What tells a state of the store from another: its changing files with time (in ns) and size."""
    found = []
    for name in sorted(os.listdir(path)):
        if any(part in name for part in _CHANGING):
            with contextlib.suppress(FileNotFoundError):  # a build has just deleted it
                state = os.stat(path / name)
                found.append((name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def _is_quiet(signature: Signature) -> bool:
    newest = max((changed for _, changed, _ in signature), default=0)
    return time.time_ns() - newest > _QUIET * 1e9


def _wait_for_quiet(path: Path) -> None:
    end = time.monotonic() + _WAIT
    while not _is_quiet(_signature(path)) and time.monotonic() < end:
        time.sleep(_QUIET / 10)


def count_rows(body: bytes, format: str) -> int:
    r"""Return how many solutions a serialised answer holds.

    >>> count_rows(b'a,b\r\n1,"x\r\ny"\r\n,\r\n', "CSV")
    2
    >>> count_rows(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"value":"},{"}},{}]}}', "JSON")
    2
    """
    if format == "XML":
        return body.count(b"<result>")
    if format == "TSV":
        return body.count(b"\n") - 1
    if format == "CSV":
        return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1
    bare = _JSON_STRING.sub(b"", body)
    return 0 if bare.endswith(b"[]}}") else bare.count(b"},{") + 1


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise SyntaxError(f"{name!r} is no IRI of a graph") from None


def _read(source: BinaryIO) -> dict[str, Any]:
    """Read a frame; EOFError if the other side is gone."""
    head = source.read(4)
    data = source.read(struct.unpack(">I", head)[0]) if len(head) == 4 else b""
    if not data:
        raise EOFError
    message: dict[str, Any] = json.loads(data)
    return message


def _send(channel: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    data = json.dumps({**header, "size": len(body)}).encode()
    channel.write(struct.pack(">I", len(data)) + data + body)
    channel.flush()


def _listen(jobs: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Pass on what comes in; end the process when nothing can come any more."""
    while True:
        try:
            jobs.put(_read(sys.stdin.buffer))
        except EOFError:
            os._exit(0)


def main() -> None:
    """Answer jobs for ever."""
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    settings = _read(sys.stdin.buffer)
    store = Path(settings["store"])
    try:
        limit_memory(settings["memory_mb"])
        shut_in(store)
        engine = _Engine(store, settings["rows"], settings["answer_bytes"], partial(_send, channel))
    except (*_TROUBLE, ValueError) as error:
        _send(channel, {"fault": "store", "message": str(error)})
        return
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    _send(channel, {"ready": True})
    while True:
        header, body = engine.answer(jobs.get())
        _send(channel, {**header, "worn": engine.is_worn}, body)


if __name__ == "__main__":
    main()
