"""The graph over HTTP: `serve` answers SPARQL and shows the query page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph.commands.options import Store, console
from diplograph.errors import InputError

__all__ = ["serve"]


def serve(
    store: Store,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Address to listen on; others than this machine reach 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Time that a query may take.")] = 10.0,
    memory_mb: Annotated[int, typer.Option(min=512, metavar="MB", help="Memory that a worker may take.")] = 1024,
    rows: Annotated[int, typer.Option(min=1, help="Rows or triples that an answer may have.")] = 100_000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Queries that are answered at the same time.")] = 2,
    allow_origin: Annotated[
        str | None,
        typer.Option(metavar="ORIGIN", help="Web origin whose pages may read answers (CORS), or *; none otherwise."),
    ] = None,
) -> None:
    """Answer SPARQL over HTTP and show a query page, until Ctrl-C.

    The graph cannot be changed this way. Queries that take too long, need too much memory or give too
    much are stopped with an error; SERVICE, LOAD and updates are refused. A build beside it is seen
    as soon as it pauses.
    """
    from diplograph.graph.serve import Settings
    from diplograph.graph.serve.server import serve as run

    if store.startswith(("http://", "https://")):
        raise InputError(f"{store}: is no folder", remedy="only a folder is served; a SPARQL store serves itself")
    settings = Settings(
        store=Path(store),
        host=host,
        port=port,
        timeout=timeout,
        memory_mb=memory_mb,
        rows=rows,
        workers=workers,
        allow_origin=allow_origin,
    )
    if not settings.is_loopback:
        console.print(
            f"warning: {host} can be reached from other machines; everybody who reaches it can read the whole graph",
            style="yellow",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    run(settings, announce=lambda address: print(f"serving {store} at {address} (SPARQL: {address}sparql)", flush=True))
