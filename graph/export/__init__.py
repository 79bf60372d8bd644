"""The graph in other people's formats, one function each; entry points list them.

``diplograph.exporters`` are functions that return the contents of one file, ``diplograph.folder_exporters``
functions that return those of several.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from diplograph.errors import InputError

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["Exporter", "FolderExporter", "export", "export_files", "folder_formats", "formats"]

Exporter = Callable[["KnowledgeGraph"], bytes]
"""Takes a graph, returns the contents of a file."""

FolderExporter = Callable[["KnowledgeGraph"], dict[str, bytes]]
"""Takes a graph, returns the contents of several files by their names."""

_FILE, _FOLDER = "diplograph.exporters", "diplograph.folder_exporters"


def formats() -> list[str]:
    """Return the names of the formats of one file, sorted; packages may add their own by entry point."""
    return sorted({point.name for point in entry_points(group=_FILE)})


def folder_formats() -> list[str]:
    """Return the names of the formats of several files, sorted."""
    return sorted({point.name for point in entry_points(group=_FOLDER)})


def export(graph: KnowledgeGraph, format: str) -> bytes:
    """Return the graph in a format of one file.

    Raises
    ------
    InputError
        If there is no such format, or it is one of several files.
    """
    exporter: Exporter = _found(format, _FILE).load()
    return exporter(graph)


def export_files(graph: KnowledgeGraph, format: str) -> dict[str, bytes]:
    """Return the graph in a format of several files: contents by file name.

    Raises
    ------
    InputError
        If there is no such format, or it is one of one file.
    """
    exporter: FolderExporter = _found(format, _FOLDER).load()
    return exporter(graph)


def _found(format: str, group: str) -> EntryPoint:
    for point in entry_points(group=group):
        if point.name == format:
            return point
    if format in folder_formats():
        raise InputError(
            f"format {format!r} is written as several files", remedy="give a folder: -o FOLDER, or use export_files"
        )
    if format in formats():
        raise InputError(f"format {format!r} is written as one file", remedy="use export")
    raise InputError(f"no format {format!r}", remedy=f"use one of {', '.join([*formats(), *folder_formats()])}")
