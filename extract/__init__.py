"""Text to records: the reader (see docs/architecture.md).

The names below are loaded when first used, so that whoever only needs the records does not load a
language model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.extract.documents import Document
    from diplograph.extract.marks import Mark, Marks
    from diplograph.extract.overrules import Overrules, read_overrules
    from diplograph.extract.pipeline import extract, extract_many, load
    from diplograph.extract.readers import read_inputs
    from diplograph.extract.records import Extraction

__all__ = [
    "Document",
    "Extraction",
    "Mark",
    "Marks",
    "Overrules",
    "extract",
    "extract_many",
    "load",
    "read_inputs",
    "read_overrules",
]

_HOMES = {
    "Document": "documents",
    "Extraction": "records",
    "Mark": "marks",
    "Marks": "marks",
    "Overrules": "overrules",
    "extract": "pipeline",
    "extract_many": "pipeline",
    "load": "pipeline",
    "read_inputs": "readers",
    "read_overrules": "overrules",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"diplograph.extract.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
