"""One function per file format: decoded text in, documents (or refusals) out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from diplograph.errors import DiplographError, InputError, MissingExtra
from diplograph.extract.documents import Document, Item, Refusal
from diplograph.extract.records import Extraction

__all__ = ["decode", "from_csv", "from_html", "from_jsonl", "from_text"]

_FIELDS = {"id", "text", "date", "title", "source"}
_CONTROL = {*range(9), 11, *range(14, 32)}


def decode(name: str, data: bytes) -> str:
    """Decode a file: UTF-8, UTF-16 with its mark, or a Western 8-bit text; `InputError` if it is no text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    binary = InputError(f"{name}: not a text file", remedy="give plain text, HTML, JSON lines or CSV (UTF-8)")
    if b"\x00" in data[:8192]:
        raise binary
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sample = data[:8192]
        if sum(b in _CONTROL for b in sample) or sum(b > 127 for b in sample) > len(sample) * 0.3:
            raise binary from None
        return data.decode("cp1252", "replace")


def from_text(name: str, text: str, date: str | None) -> Document | Refusal:
    """Plain text or Markdown: one document, as it is; without a name its id is made from the text."""
    return _document(name, {"id": name, "text": text}, date)


def from_html(name: str, text: str, date: str | None) -> Document | Refusal:
    """A web page: its main text, title, date and site, without navigation (needs ``diplograph[html]``)."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        return name, MissingExtra(f"{name}: reading HTML: {error}", remedy="pip install 'diplograph[html]'")
    found = bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    if found is None:
        return name, InputError(
            f"{name}: no article text in the page", remedy="save the article itself, or its plain text"
        )
    page = found if isinstance(found, dict) else found.as_dict()
    fields = {"id": name, "text": page.get("text") or "", "title": page.get("title"), "source": page.get("sitename")}
    return _document(name, {**fields, "date": page.get("date")}, date)


def from_jsonl(name: str, text: str, date: str | None) -> Iterator[Item]:
    """JSON lines: documents {"id", "text", "date"?, "title"?, "source"?, ...} or records of `extract`."""
    if not text.strip():
        yield name, InputError(f"{name}: the file is empty", remedy="give a file with a JSON object a line")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield where, InputError(f"{where}: not JSON ({error})", remedy="write one JSON object a line")
            continue
        if not isinstance(data, dict):
            yield (
                where,
                InputError(f"{where}: {type(data).__name__}, not an object", remedy="write one JSON object a line"),
            )
        elif "schema" in data and "text_sha256" in data:
            try:
                yield Extraction.from_dict(data)
            except DiplographError as error:
                yield where, error
        else:
            yield _document(where, data, date)


def from_csv(name: str, text: str, date: str | None) -> Iterator[Document | Refusal]:
    """CSV with a header: the column "text", and "id", "date", "title", "source" where there are.

    Columns are separated by whichever of comma, semicolon and tab the header has most of.
    """
    csv.field_size_limit(2**31 - 1)
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    columns = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = [c.lower() if c.lower() in _FIELDS else c for c in columns]
    if "text" not in reader.fieldnames:
        found = ", ".join(map(repr, columns)) or "none"
        yield (
            name,
            InputError(
                f"{name}: no column 'text' among the columns {found}",
                remedy="name the columns in the first line; one must be 'text'",
            ),
        )
        return
    try:
        for number, row in enumerate(reader, 2):
            where = f"{name}, row {number}"
            yield _document(where, {"id": where, **{k: v for k, v in row.items() if k and v}}, date)
    except csv.Error as error:
        yield name, InputError(f"{name}: {error}", remedy="check the quoting of the CSV file")


def _document(where: str, data: dict[str, Any], date: str | None) -> Document | Refusal:
    text = data.get("text")
    if not isinstance(text, str):
        return where, InputError(f"{where}: no text", remedy='a line needs "text" with a string in it')
    extra = {k: v for k, v in data.items() if k not in _FIELDS}
    try:
        return Document(
            text,
            id=_string(data.get("id")) or "",
            date=_string(data.get("date")) or date,
            title=_string(data.get("title")),
            source=_string(data.get("source")),
            metadata=extra,
        )
    except InputError as error:
        named = error.message if error.message.startswith(where) else f"{where}: {error.message}"
        return where, InputError(named, remedy=error.remedy)


def _string(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
