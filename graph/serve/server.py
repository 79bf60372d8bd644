"""Runs the endpoint until it is interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from diplograph.errors import InputError, MissingExtra
from diplograph.graph.serve.settings import Settings

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

    from diplograph.graph.serve.workers import Pool

__all__ = ["serve"]

_HEAD_BYTES = 64 * 2**10
"""Bytes that the head of a request may have, and with it a query in the address."""
_LEAVE = 2
"""Seconds that requests get to end when the server is interrupted."""


def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serve a graph until SIGINT or SIGTERM comes.

    Parameters
    ----------
    settings : Settings
    announce : callable
        Called with the address as soon as queries are answered.

    Raises
    ------
    StoreError
        If there is no graph in the folder, or no worker can open it.
    InputError
        If host and port cannot be listened on.
    MissingExtra
        If the packages of the extra ``serve`` are not installed.
    """
    from diplograph.graph.store import KnowledgeGraph

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtra("Starlette or uvicorn is not installed", remedy="pip install 'diplograph[serve]'") from None
    KnowledgeGraph(settings.store, read_only=True).close()
    with _listening(settings) as listener, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings, listener, announce))


async def _serve(settings: Settings, listener: socket.socket, announce: Callable[[str], None]) -> None:
    from diplograph.graph.serve.app import make_app
    from diplograph.graph.serve.workers import Pool

    pool = Pool(settings)
    await pool.start()
    try:
        server = _server(settings, make_app(settings, pool), pool)
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        announce(f"http://{host}:{listener.getsockname()[1]}/")
        await server.serve(sockets=[listener])
    finally:
        await pool.close()


def _server(settings: Settings, app: Starlette, pool: Pool) -> uvicorn.Server:
    import uvicorn

    from diplograph.graph.serve.connections import ImpatientProtocol

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await pool.close()  # first, so that nobody waits for an answer any more
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=settings.connections,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_LEAVE,
    )
    return Server(config)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{settings.host}:{settings.port}: cannot be listened on: {reason}",
            remedy="give another --host or --port; --port 0 takes a free one",
        ) from None
