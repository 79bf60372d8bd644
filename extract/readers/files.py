"""Finding input files and choosing the reader of each (see the package's first lines)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from diplograph.errors import InputError
from diplograph.extract.documents import Item
from diplograph.extract.readers.formats import decode, from_csv, from_html, from_jsonl, from_text

__all__ = ["SUFFIXES", "read_inputs"]

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".csv")
"""Kinds of files that a folder is searched for; a file named itself may have any name."""


def read_inputs(inputs: Iterable[str | Path], *, date: str | None = None) -> Iterator[Item]:
    """Yield the documents and records of files and folders, in the order given.

    Parameters
    ----------
    inputs : paths; a folder is searched with its subfolders, "-" is the standard input (JSON lines, if
        its first character is "{", else one text)
    date : ISO date for texts that bring none
    """
    for given in inputs:
        name = str(given)
        if name == "-":
            yield from _read("-", "-", sys.stdin.buffer.read(), ".jsonl?", date)
            continue
        path = Path(given)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            if not files:
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


def _file(path: Path, name: str, date: str | None) -> Iterator[Item]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        yield str(path), InputError(f"{path}: there is no such file", remedy="check the path")
        return
    except OSError as error:
        yield str(path), InputError(f"{path}: {error.strerror or error}", remedy="check that it can be read")
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
        yield from from_jsonl(name, text, date)
    elif suffix == ".csv":
        yield from from_csv(name, text, date)
    elif suffix in {".html", ".htm"}:
        yield from_html(name, text, date)
    else:
        yield from_text(name, text, date)
