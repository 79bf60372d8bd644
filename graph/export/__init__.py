"""The graph in other people's formats, one function each; the entry points ``diplograph.exporters`` list them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from diplograph.errors import InputError

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["Exporter", "export", "formats"]

Exporter = Callable[["KnowledgeGraph"], bytes]
"""Takes a graph, returns the contents of a file."""


def formats() -> list[str]:
    """Return the names of the formats, sorted; packages may add their own by entry point."""
    return sorted({point.name for point in entry_points(group="diplograph.exporters")})


def export(graph: KnowledgeGraph, format: str) -> bytes:
    """Return the graph in a format.

    Raises
    ------
    InputError
        If there is no such format.
    """
    for point in entry_points(group="diplograph.exporters"):
        if point.name == format:
            exporter: Exporter = point.load()
            return exporter(graph)
    raise InputError(f"no format {format!r}", remedy=f"use one of {', '.join(formats())}")
