"""Tables of coded events in: ICEWS, GDELT, Phoenix, PLOVER, or columns of which a TOML file says what they hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from diplograph.errors import InputError
from diplograph.extract.documents import Refusal
from diplograph.extract.readers.formats import decode
from diplograph.extract.records import Actor, Extraction, Place
from diplograph.graph.imports.making import CodedEvent, Resolver, event_kind, iso_date, known_status, place_of
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.coded import CodedFormat, FieldName

__all__ = ["read_coded"]

_DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";"}
_SOURCE: tuple[FieldName, ...] = ("source_name", "source_country", "source_sector")
_TARGET: tuple[FieldName, ...] = ("target_name", "target_country", "target_sector")
_PLOVER = ("name", "code", "sector")
_NOTHING = frozenset({"NULL", "NaN", "nan", "None", "---"})
_Row = tuple[int, Mapping[str, Any]]


def read_coded(path: Path, format: CodedFormat) -> Iterator[Extraction | Refusal | None]:
    """Yield a record for each row of a table, a refusal for each that cannot be read.

    Parameters
    ----------
    path : file of CSV, TSV or JSON lines (told by its first character)
    format : which column holds what

    Yields
    ------
    Extraction
        Without text; its id is the source of the codes and the id of the row, or file and row.
    Refusal
        With the number of the line.
    None
        For a row that is no event in PLOVER (CAMEO 01, a class mapped to "") or that says what one before said.
    """
    try:
        text = decode(str(path), path.read_bytes())
    except OSError as error:
        yield str(path), InputError(f"{path}: {error.strerror}", remedy="check the path")
        return
    except InputError as error:
        yield str(path), error
        return
    reader = _Reader(path.name, format)
    try:
        for number, row in _rows(str(path), text, format):
            yield reader.read(number, row)
    except (InputError, csv.Error) as error:
        remedy = error.remedy if isinstance(error, InputError) else "check the quoting of the file"
        message = error.message if isinstance(error, InputError) else f"{path}: {error}"
        yield str(path), InputError(message, remedy=remedy)


def _rows(path: str, text: str, format: CodedFormat) -> Iterator[_Row]:
    """Yield the rows with their line numbers; `InputError` if the columns are not those of the format."""
    if text.lstrip()[:1] == "{":
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield number, _object(line)
        return
    first = text.partition("\n")[0]
    delimiter = _DELIMITERS.get(format.delimiter) or max(_DELIMITERS.values(), key=first.count)
    csv.field_size_limit(2**31 - 1)
    stream = io.StringIO(text, newline="")
    unquoted = delimiter == "\t"  # quotation marks in tab-separated files are mostly those of names
    lines = (
        csv.reader(stream, "excel-tab", quoting=csv.QUOTE_NONE) if unquoted else csv.reader(stream, delimiter=delimiter)
    )
    names: list[str] = []
    for cells in lines:
        if not cells:
            continue
        if not names:
            own = format.headers.get(str(len(cells))) if cells[0].strip().isdigit() else None
            names = own.split() if own else [_bare(c) for c in cells]
            _check(path, names, format)
            if not own:
                continue
        if len(cells) != len(names):
            yield lines.line_num, {"": f"{len(cells)} columns where {len(names)} were expected"}
        else:
            yield lines.line_num, {name: _bare(cell) for name, cell in zip(names, cells, strict=True)}


def _bare(cell: str) -> str:
    text = cell.strip()
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text


def _object(line: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"": f"not JSON ({error})"}
    return data if isinstance(data, dict) else {"": f"{type(data).__name__}, not an object"}


def _check(path: str, names: Sequence[str], format: CodedFormat) -> None:
    kind = format.columns("cameo") or format.columns("class")
    for column in (*format.columns("date"), *kind):
        if column not in names:
            found = ", ".join(map(repr, names[:12])) + (" ..." if len(names) > 12 else "")
            raise InputError(
                f"{path}: no column {column!r} among {len(names)} columns: {found}",
                remedy="name the right format, or say in a TOML file which column holds what (docs/formats.md)",
            )


class _Reader:
    """Reads rows of one file; knows which ids it has given."""

    def __init__(self, name: str, format: CodedFormat) -> None:
        self.name, self.format = name, format
        self.find = Resolver(format)
        self.given: dict[str, set[str]] = {}

    def read(self, number: int, row: Mapping[str, Any]) -> Extraction | Refusal | None:
        where = f"{self.name}, line {number}"
        try:
            if "" in row:
                raise InputError(str(row[""]), remedy="write one event a line, as the others are")
            event = self._event(where, row)
        except InputError as error:
            return where, InputError(f"{where}: {error.message}", remedy=error.remedy)
        if event is None:
            return None
        record = event.record(self.format.source)
        hashes = self.given.setdefault(event.id, set())
        if record.text_sha256 in hashes:
            return None
        hashes.add(record.text_sha256)
        if len(hashes) > 1:
            event.id = f"{event.id}/{len(hashes)}"
            record = event.record(self.format.source)
        return record

    def _event(self, where: str, row: Mapping[str, Any]) -> CodedEvent | None:
        code = self._text(row, "cameo")
        entry, kind = None, None
        if code or not self.format.columns("class"):
            entry = load_cameo().find(code)
            if entry is None:
                raise InputError(f"{code!r} is no CAMEO code", remedy="write codes of two to four digits")
            kind = (entry.event_class, entry.mode) if entry.event_class else None
        else:
            kind = event_kind(self._text(row, "class"), self.format)
        if kind is None:
            return None
        event_class, mode = kind
        if own := self._text(row, "mode"):
            mode = self.format.modes.get(own, own.lower().replace(" ", "_")) or None
        status = self._text(row, "status")
        table = load_cameo()
        after = table.target_role(entry) if entry else "counterpart" if event_class in table.symmetric else "target"
        parties = [(entry.source if entry else "agent", actor) for actor in self._actors(row, "actor", _SOURCE)]
        parties += [(after, actor) for actor in self._actors(row, "recipient", _TARGET)]
        if not parties:
            raise InputError("neither source nor target is known", remedy="give a name or a country of one of them")
        date = self._text(row, "date")
        key = "/".join(part for column in self.format.columns("id") if (part := _string(_cell(row, column))))
        return CodedEvent(
            id=f"{self.format.source.lower()}/{key}" if key else where,
            date=iso_date(date) if date else None,
            event_class=event_class,
            mode=mode,
            status=known_status(status) if status else entry.status if entry else "occurred",
            parties=parties,
            place=self._place(row),
            title=self._text(row, "title") or None,
            publisher=self._text(row, "publisher") or None,
            raw={name: value for name in self.format.fields if (value := self._text(row, name))},
        )

    def _actors(self, row: Mapping[str, Any], name: FieldName, fields: Sequence[FieldName]) -> list[Actor]:
        """The actors of one side: those of a list of PLOVER, or the one that name, country and sector tell."""
        given = [_cell(row, column) for column in self.format.columns(name)]
        people = [one for some in given for one in (some if isinstance(some, list) else [some])]
        told = [[_string(p.get(key)) for key in _PLOVER] for p in people if isinstance(p, dict)]
        told.append([self._text(row, key) for key in fields])
        found = (self.find.actor(who, home, re.split(r"[,;]\s*", sector)) for who, home, sector in told)
        return list({actor.id: actor for actor in found if actor}.values())

    def _place(self, row: Mapping[str, Any]) -> Place | None:
        name, home = self._text(row, "place"), self._text(row, "place_country")
        country = self.find.country(home or name.rpartition(",")[2].strip())
        return place_of(name or home, country, self._text(row, "latitude"), self._text(row, "longitude"))

    def _text(self, row: Mapping[str, Any], name: FieldName) -> str:
        return " ".join(part for column in self.format.columns(name) if (part := _string(_cell(row, column))))


def _cell(row: Mapping[str, Any], column: str) -> Any:
    value: Any = row
    for part in [column] if column in row else column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _string(value: Any) -> str:
    """The text of a value; NULL and NaN, which programs write for nothing, are none."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = "" if value is None else str(value).strip()
    return "" if text in _NOTHING else text
