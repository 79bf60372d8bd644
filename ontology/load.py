"""Reading the ontology's data files: TOML checked against a typed schema."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from diplograph.errors import OntologyError

__all__ = ["ROOT", "read_toml"]

ROOT = Path(__file__).parent
"""The folder of the ontology's data."""

T = TypeVar("T")


def read_toml(path: Path, schema: type[T]) -> T:
    """Read a TOML file into `schema`; a fault is reported with file, entry and field.

    Raises
    ------
    OntologyError
        If the file cannot be read, is not TOML, or breaks the schema.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: {error}", remedy="give a readable UTF-8 TOML file") from None
    try:
        return TypeAdapter(schema).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise OntologyError(
            f"{path}: {where}: {first['msg']}", remedy="see ontology/README.md for the fields of each file"
        ) from None
