"""The pool of worker processes: each answers one query at a time, is killed at the time limit and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from diplograph.errors import StoreError
from diplograph.graph.serve.protocol import Query, Refusal
from diplograph.graph.serve.settings import Settings

__all__ = ["ENDING", "Answer", "Pool"]

_log = logging.getLogger(__name__)

_START, _PAUSE = 60.0, 1.0
"""Seconds that a worker may take to open the store, and between attempts to replace one that could not."""
_ATTEMPTS = 3
"""How often a worker is started, or a query asked, when a build beside it gets in the way."""
_OUT_OF_MEMORY = {-6, -9, 134, 137}
"""Exit codes of a process that the engine aborted for want of memory, or that the system killed for it."""
_DEAD = (asyncio.IncompleteReadError, ConnectionError)
_LESS = "ask for less: a LIMIT, fewer patterns without a common variable, an aggregate"

ENDING = Refusal(503, "the server is ending", remedy="start it again: diplograph serve")


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer.

    Attributes
    ----------
    media : its media type
    body : its bytes
    """

    media: str
    body: bytes


class _Worker:
    """One process, and the frames to and from it (see `diplograph.graph.serve.worker`)."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.is_opening = False

    @classmethod
    async def start(cls, settings: Settings) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "diplograph.graph.serve.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_START):
                first, _ = await worker.ask(
                    {
                        "store": str(settings.store.absolute()),
                        "memory_mb": settings.memory_mb,
                        "rows": settings.rows,
                        "answer_bytes": settings.answer_bytes,
                    }
                )
        except (TimeoutError, *_DEAD):
            first = {"message": f"a worker does not start within {settings.memory_mb} MB and {_START:.0f} seconds"}
        except BaseException:
            worker.kill()
            raise
        if "ready" not in first:
            worker.kill()
            raise StoreError(
                f"{settings.store}: {first['message']}", remedy="check the folder, or give more --memory-mb"
            )
        return worker

    async def ask(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Send a frame and return the frame that answers it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        data = json.dumps(message).encode()
        self.process.stdin.write(struct.pack(">I", len(data)) + data)
        await self.process.stdin.drain()
        while True:
            (length,) = struct.unpack(">I", await self.process.stdout.readexactly(4))
            header = json.loads(await self.process.stdout.readexactly(length))
            if "opening" not in header:
                return header, await self.process.stdout.readexactly(header["size"])
            self.is_opening = header["opening"]

    @property
    def is_dead(self) -> bool:
        return self.process.returncode is not None

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()


class Pool:
    """Workers that answer queries.

    Parameters
    ----------
    settings : Settings
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers: set[_Worker] = set()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._waiting = 0
        self._is_closed = False
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers.

        Raises
        ------
        StoreError
            If one of them cannot open the store.
        """
        try:
            await asyncio.gather(*(self._add_first() for _ in range(self._settings.workers)))
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End all workers, whatever they are doing; nothing is answered any more."""
        self._is_closed = True
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in self._workers))
        self._workers.clear()

    async def ask(self, query: Query, *, results: str | None, triples: str | None) -> Answer:
        """Answer a query, waiting for a free worker if need be.

        Parameters
        ----------
        query : Query
        results, triples : str or None
            Media type in which the client takes a table, and a graph; None if in no way.

        Returns
        -------
        Answer

        Raises
        ------
        Refusal
            400 if the query is faulty, 406 if the client does not take what it gives, 500 if the engine
            fails, 503 if all workers are busy, 504 at the time limit, 507 at a limit of memory or size.
        """
        job = {**asdict(query), "results": results, "triples": triples}
        for _ in range(_ATTEMPTS):
            header, body = await self._ask(job)
            if "media" in header:
                return Answer(header["media"], body)
            if header["fault"] != "opening":
                raise self._fault(header)
        raise Refusal(503, "the graph is being rebuilt", remedy="try again in some seconds")

    async def _ask(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Give a job to a free worker; the fault "opening" if it died of a build beside it, not of the job."""
        worker = await self._free()
        is_fit = False
        try:
            async with asyncio.timeout(self._settings.timeout):
                answer = await worker.ask(job)
            is_fit = not answer[0]["worn"]
        except TimeoutError:
            if worker.is_opening:
                return {"fault": "opening"}, b""
            message = f"the query took longer than {self._settings.timeout:g} seconds and was stopped"
            raise Refusal(504, message, remedy=_LESS) from None
        except _DEAD:
            code = await worker.process.wait()
            if worker.is_opening and not self._is_closed:
                return {"fault": "opening"}, b""
            raise self._death(code) from None
        finally:
            if is_fit:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)
        return answer

    async def _free(self) -> _Worker:
        """Return a worker that lives; those that died idle are replaced."""
        busy = Refusal(503, "all workers are busy", remedy="try again in some seconds")
        if self._is_closed:
            raise ENDING
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.timeout):
                while (worker := await self._idle.get()).is_dead:
                    self._replace(worker)
                return worker
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1

    async def _add_first(self) -> None:
        for _ in range(_ATTEMPTS - 1):
            with contextlib.suppress(StoreError):
                return await self._add()
        return await self._add()

    async def _add(self) -> None:
        worker = await _Worker.start(self._settings)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        if self._is_closed:
            return
        worker.kill()
        self._workers.discard(worker)
        task = asyncio.create_task(self._add_again(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _add_again(self, old: _Worker) -> None:
        await old.process.wait()
        while True:
            try:
                return await self._add()
            except (StoreError, OSError) as error:
                _log.error("a worker cannot be replaced: %s", error)
                await asyncio.sleep(_PAUSE)

    def _death(self, code: int) -> Refusal:
        if self._is_closed:
            return ENDING
        if code in _OUT_OF_MEMORY:
            return Refusal(507, f"the query needs more than {self._settings.memory_mb} MB of memory", remedy=_LESS)
        return Refusal(500, "the query brought the engine down", remedy="nest it less, or make it shorter")

    def _fault(self, header: dict[str, Any]) -> Refusal:
        message = header.get("message", "")
        faults: dict[str, Callable[[], Refusal]] = {
            "syntax": lambda: Refusal(400, f"the query is faulty: {_short(message)}", remedy="check the SPARQL"),
            "unacceptable": lambda: Refusal(
                406, f"the answer is {message}, which has no format that the client accepts", remedy="change Accept"
            ),
            "limit": lambda: Refusal(507, message, remedy="ask for less, or in pages with LIMIT and OFFSET"),
            "memory": lambda: self._death(-6),
        }
        make = faults.get(header["fault"])
        return make() if make else Refusal(500, f"the engine failed: {_short(message)}", remedy="change the query")


def _short(message: str, longest: int = 160) -> str:
    return message if len(message) <= longest else f"{message[:longest]} ..."
