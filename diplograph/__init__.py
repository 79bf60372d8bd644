"""diplograph: a knowledge graph of diplomatic events, built from text.

>>> import diplograph as dg
>>> kg = dg.build(["examples/summit.txt"], date="2025-10-22")               # doctest: +SKIP
>>> kg.query("SELECT ?event ?status WHERE { ?event a dg:Event ; dg:status ?status }")  # doctest: +SKIP

The names below, and the packages `extract`, `graph` and `ontology`, are loaded when first used:
asking a graph loads no language model. Records alone are made by `diplograph.extract.extract`. In a
notebook, ``%load_ext diplograph`` adds the cell magic ``%%sparql``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.api import Report, build
    from diplograph.extract.documents import Document
    from diplograph.extract.pipeline import load
    from diplograph.extract.readers import read_inputs
    from diplograph.extract.records import Extraction
    from diplograph.graph.events import MergedEvent
    from diplograph.graph.explaining import explain
    from diplograph.graph.query import Table
    from diplograph.graph.store import KnowledgeGraph

__all__ = [
    "Document",
    "Extraction",
    "KnowledgeGraph",
    "MergedEvent",
    "Report",
    "Table",
    "build",
    "explain",
    "load",
    "read_inputs",
]

try:
    __version__ = version("diplograph")
except PackageNotFoundError:
    __version__ = "0+unknown"

_HOMES = {
    "Document": "extract.documents",
    "Extraction": "extract.records",
    "KnowledgeGraph": "graph.store",
    "MergedEvent": "graph.events",
    "Report": "api",
    "Table": "graph.query",
    "build": "api",
    "explain": "graph.explaining",
    "load": "extract.pipeline",
    "load_ipython_extension": "notebook",
    "read_inputs": "extract.readers",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"diplograph.{_HOMES[name]}"), name)
    if name in ("extract", "graph", "ontology"):
        return import_module(f"diplograph.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
