"""Finding input files and choosing the reader of each (see the package's first lines)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from diplograph.errors import InputError
from diplograph.extract.documents import Item, Refusal
from diplograph.extract.readers.formats import decode, from_csv, from_html, from_jsonl, from_text

__all__ = ["SUFFIXES", "read_inputs"]

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".csv")
"""Kinds of files that a folder is searched for; a file named itself may have any name."""


def read_inputs(inputs: str | Path | Iterable[str | Path], *, date: str | None = None) -> Iterator[Item]:
    """Yield the documents and records of files and folders, in the order given.

    Parameters
    ----------
    inputs : a path or several; a folder is searched with its subfolders, "-" is the standard input (JSON lines, if
        its first character is "{", else one text)
    date : ISO date for texts that bring none
    """
    for given in [inputs] if isinstance(inputs, str | Path) else inputs:
        name = str(given)
        if name == "-":
            yield from _read("", "-", sys.stdin.buffer.read(), ".jsonl?", date)
            continue
        path = Path(given)
        if path.is_dir():
            barred: list[OSError] = []
            files = sorted(_texts_in(path, barred))
            for error in barred:
                yield _unreadable(Path(error.filename), error)
            if not files and not barred:
                yield (
                    name,
                    InputError(
                        f"{name}: no text in the folder", remedy=f"put files in it that end in {', '.join(SUFFIXES)}"
                    ),
                )
            for file in files:
                yield from _file(file, file.relative_to(path).as_posix(), date)
        else:
            yield from _file(path, path.name, date)


def _texts_in(folder: Path, barred: list[OSError]) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders; folders that cannot be opened go to `barred`."""
    for parent, _, names in os.walk(folder, onerror=barred.append):
        yield from (p for name in names if (p := Path(parent, name)).suffix.lower() in SUFFIXES and p.is_file())


def _unreadable(path: Path, error: OSError) -> Refusal:
    return str(path), InputError(f"{path}: {error.strerror or error}", remedy="check that it can be read")


def _file(path: Path, name: str, date: str | None) -> Iterator[Item]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        yield str(path), InputError(f"{path}: there is no such file", remedy="check the path")
        return
    except OSError as error:
        yield _unreadable(path, error)
        return
    yield from _read(name, str(path), data, path.suffix.lower(), date)


def _read(name: str, path: str, data: bytes, suffix: str, date: str | None) -> Iterator[Item]:
    try:
        text = decode(path, data)
    except InputError as error:
        yield path, error
        return
    if suffix == ".jsonl?":
        suffix = ".jsonl" if text.lstrip()[:1] == "{" else ".txt"
    if suffix in {".jsonl", ".ndjson"}:
        yield from from_jsonl(name or path, text, date)
    elif suffix == ".csv":
        yield from from_csv(name, text, date)
    elif suffix in {".html", ".htm"}:
        yield from_html(name, text, date)
    else:
        yield from_text(name, text, date)
