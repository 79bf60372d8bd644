"""HTTP connections that are not held open by those who send nothing."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["ImpatientProtocol"]

PATIENCE = 10.0
"""Seconds after which a connection is closed on which no complete head of a request came."""


class ImpatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which by itself waits for ever for the head of a first request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def _wait(self) -> None:
        self.loop.call_later(PATIENCE, self._look, self.cycle)

    def _look(self, seen: object) -> None:
        if self.transport.is_closing():
            return
        is_idle = self.cycle is None or self.cycle.response_complete
        if self.cycle is seen and is_idle:
            self.transport.close()
        else:
            self._wait()
