"""What others know of events, in: records, dumps of a graph, RDF of SEM or schema.org, tables of coded events.

`read_import` never raises for faulty data: it yields a refusal in its place, as the readers of texts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from diplograph.errors import InputError
from diplograph.extract.documents import Document, Refusal
from diplograph.extract.readers import read_inputs
from diplograph.extract.records import Extraction
from diplograph.graph.imports.rdf import RDF_SUFFIXES, read_rdf
from diplograph.graph.imports.tables import read_coded
from diplograph.ontology.coded import CodedFormat, coded_formats, load_coded

__all__ = ["CodedFormat", "coded_formats", "load_coded", "read_coded", "read_import", "read_rdf"]


def read_import(path: str | Path, coded: CodedFormat | None = None) -> Iterator[Extraction | Refusal | None]:
    """Yield the records of a file, whatever of the kinds above it is.

    Parameters
    ----------
    path : file; RDF is told by its suffix (.nq .nt .trig .ttl .jsonld .rdf .owl)
    coded : how a table of coded events is written, or which types of foreign RDF are which classes;
        without it, other files than RDF are JSON lines of records

    Yields
    ------
    Extraction, Refusal
    None
        For a row or event that was left out on purpose (see `read_coded` and `read_rdf`).
    """
    path = Path(path)
    if path.suffix.lower() in RDF_SUFFIXES:
        yield from read_rdf(path, coded)
    elif coded is not None:
        yield from read_coded(path, coded)
    elif path.suffix.lower() in {".jsonl", ".ndjson"}:
        for item in read_inputs(path):
            if isinstance(item, Document):
                yield (
                    item.id,
                    InputError(f"{item.id}: a text, not a record", remedy="read texts with `diplograph build`"),
                )
            else:
                yield item
    else:
        yield (
            str(path),
            InputError(
                f"{path}: a table of which it is not known what its columns hold",
                remedy=f"say how it is coded: {', '.join(coded_formats())}, or a TOML file (docs/formats.md)",
            ),
        )
