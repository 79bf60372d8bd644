"""Formats of coded events: which column holds which field, what a code stands for (coded/*.toml, or a user's file)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict

from diplograph.errors import InputError
from diplograph.ontology.load import ROOT, read_toml

__all__ = ["CodedFormat", "FieldName", "coded_formats", "load_coded"]

FieldName = Literal[
    "id", "date", "cameo", "class", "mode", "status", "title", "publisher",
    "source_name", "source_country", "source_sector", "target_name", "target_country", "target_sector",
    "actor", "recipient", "place", "place_country", "latitude", "longitude",
]  # fmt: skip
"""What can be known of an event. `actor` and `recipient` are PLOVER's lists of {"name", "code", "sector"}."""


@dataclass(frozen=True, slots=True)
class CodedFormat:
    """How one kind of table, or of foreign RDF, is read.

    Attributes
    ----------
    source : who coded the events; stands in the records as the name of the extractor
    fields : column of each field; several columns are joined. In JSON lines "a.b" is the key b of the object a
    delimiter : comma, tab, semicolon, or empty: the one that the first line has most of
    headers : names of the columns of files without a header, by their number
    states : sectors of actors that are their state, where the actor table knows no such name
    state_names : names (without what stands in brackets) of actors that are their state
    classes : value of the field `class`, or IRI of a type = "CLASS" or "CLASS/mode"; "" for what is to be left out
    modes : value of the field `mode` = our mode, "" for none
    countries : value of a field of a country = ISO 3166-1 alpha-3
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    source: str = "import"
    fields: dict[FieldName, str | tuple[str, ...]] = field(default_factory=dict)
    delimiter: Literal["", "comma", "tab", "semicolon"] = ""
    headers: dict[str, str] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    state_names: frozenset[str] = frozenset()
    classes: dict[str, str] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)

    def columns(self, name: FieldName) -> tuple[str, ...]:
        """Return the columns of a field; empty if the format has none."""
        found = self.fields.get(name, ())
        return (found,) if isinstance(found, str) else found


def coded_formats() -> list[str]:
    """Return the names of the bundled formats."""
    return sorted(path.stem for path in (ROOT / "coded").glob("*.toml"))


def load_coded(name: str | Path) -> CodedFormat:
    """Return a bundled format by its name, or that of a user's file.

    Raises
    ------
    InputError
        If there is no such format.
    OntologyError
        If the file breaks the schema.

    >>> load_coded("icews").columns("date")
    ('Event Date',)
    """
    if name in coded_formats():
        return read_toml(ROOT / "coded" / f"{name}.toml", CodedFormat)
    path = Path(name)
    if not path.is_file():
        raise InputError(
            f"no format of coded events {str(name)!r}",
            remedy=f"use one of {', '.join(coded_formats())}, or a TOML file of your own (docs/formats.md)",
        )
    return read_toml(path, CodedFormat)
