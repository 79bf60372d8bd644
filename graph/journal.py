"""What a build has read so far, beside its store, so that a build that was killed can go on.

The journal is a file of records, one a line, each after the key of what it was read from: document, hash of
the text, date, title, source and the settings of the reading. A line that was cut off is ignored; a record
that was read from something else or with other settings is read anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from diplograph.errors import RecordError, StoreError
from diplograph.extract.records import Extraction, content_id

__all__ = ["Journal"]


class _About(Protocol):
    """What texts and records have in common."""

    @property
    def id(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def metadata(self) -> Mapping[str, Any]: ...


class Journal:
    """The journal of one store's builds.

    Parameters
    ----------
    path : file to keep it in
    settings : whatever else decides how texts are read; of other settings nothing is taken over
    """

    def __init__(self, path: Path, settings: object) -> None:
        self.path = path
        self._settings = settings
        self._known = dict(_lines(path))

    @classmethod
    def beside(cls, store: str | Path, settings: object) -> Journal:
        """Return the journal of a store's folder: a file next to it."""
        return cls(Path(f"{str(store).rstrip('/')}.pending.jsonl"), settings)

    def __len__(self) -> int:
        """Records that an earlier build left."""
        return len(self._known)

    def record_of(self, text: _About, sha256: str) -> Extraction | None:
        """Return the record of a text if it was read already, with the same settings."""
        line = self._known.get(self._key(text, sha256))
        try:
            return Extraction.from_json(line) if line else None
        except RecordError:
            return None

    def add(self, record: Extraction) -> None:
        """Write a record down before the build goes on."""
        key = self._key(record, record.text_sha256)
        if key in self._known:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(f"{key}\t{record.to_json()}\n".encode())
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}", remedy="check the path and its rights") from None

    def close(self) -> None:
        """Forget everything: the records are in the store."""
        self.path.unlink(missing_ok=True)
        self._known = {}

    def _key(self, about: _About, sha256: str) -> str:
        what = (about.id, sha256, about.date, about.title, about.source, dict(about.metadata))
        return content_id("", json.dumps(what, ensure_ascii=False, default=str), self._settings)


def _lines(path: Path) -> list[tuple[str, str]]:
    """The whole lines of a journal: key and record."""
    try:
        *whole, _ = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}", remedy="check the path and its rights") from None
    pairs = (line.decode("utf-8", "replace").partition("\t") for line in whole)
    return [(key, record) for key, tab, record in pairs if tab]
