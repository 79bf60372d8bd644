"""Reading the ontology's data files: TOML checked against a typed schema; and telling when a user's file changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from diplograph.errors import OntologyError

__all__ = ["ROOT", "Version", "read_toml", "versions"]

ROOT = Path(__file__).parent
"""The folder of the ontology's data."""

T = TypeVar("T")

Version = tuple[Path, int]
"""A file, and when it was changed last (0 if it is not there)."""


def versions(files: Iterable[str | Path]) -> tuple[Version, ...]:
    """Return a user's files, each with its last change: what was read of them holds until then."""
    return tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in map(Path, files))


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
