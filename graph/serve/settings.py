"""What is served, where, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings"]

_LOOPBACK = {"localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an endpoint.

    Attributes
    ----------
    store : folder of the graph
    host, port : where to listen; port 0 takes a free one
    timeout : seconds that a query may take, and that it may wait for a worker
    memory_mb : megabytes of address space that a worker may take, where the platform can limit it
    rows : solutions or triples that an answer may have
    answer_bytes : bytes that an answer may have
    query_length : characters that a query may have
    body_bytes : bytes that the body of a request may have
    nesting : brackets that may be open at once in a query
    workers : worker processes, each answering one query at a time
    waiting : requests that may wait for a worker
    connections : connections that may be open at once
    allow_origin : origin whose pages may read answers (CORS), or "*"; none if not given
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 10.0
    memory_mb: int = 1024
    rows: int = 100_000
    answer_bytes: int = 32 * 2**20
    query_length: int = 100_000
    body_bytes: int = 2 * 2**20
    nesting: int = 500
    workers: int = 2
    waiting: int = 16
    connections: int = 100
    allow_origin: str | None = None

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the endpoint."""
        return self.host in _LOOPBACK or self.host.startswith("127.")
