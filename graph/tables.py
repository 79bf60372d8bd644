"""The graph as flat tables: events, participants, statuses, mentions, actors, links, documents.

Each column has one type, and what is not known is null. A date stands three times: as ISO 8601 text as the
source has it ("2025-10", "2025-10-20/2025-10-26"), and as the first and last day that it may mean. The schema is
`TABLES`; docs/tables.md shows it with examples.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from diplograph import markup
from diplograph.errors import MissingExtra
from diplograph.extract.records import Extraction
from diplograph.graph.events import MergedEvent
from diplograph.graph.identity import days_of
from diplograph.graph.query import Table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["TABLES", "Column", "Tables", "make_tables"]

Type = Literal["text", "integer", "number", "date"]

_PANDAS = {"text": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]"}
_REMEDY = "pip install 'diplograph[tables]'"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type, meaning, and the column ("table.column") in which each of its values occurs."""

    name: str
    type: Type
    meaning: str
    of: str | None = None


def _dates(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(name, "text", f"{meaning}, ISO 8601: a day, month, year or begin/end"),
        Column(f"{name}_first", "date", f"first day of {name}"),
        Column(f"{name}_last", "date", f"last day of {name}"),
    )


_EVENT = Column("event", "text", "id of the event", "events.event")
_DOCUMENT = Column("document", "text", "id of the document", "documents.document")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "events": (
        Column("event", "text", "id of the event; the key"),
        Column("label", "text", "participants and kind, for people"),
        Column("class", "text", "PLOVER class"),
        Column("mode", "text", "kind within the class"),
        Column("status", "text", "present status"),
        *_dates("date", "when it happened or is to happen"),
        *_dates("was", "for when it was planned before"),
        Column("day", "date", "the day to count by: date_first, else reported_first"),
        Column("reported_first", "date", "day of the first report"),
        Column("reported_last", "date", "day of the last report"),
        Column("place", "text", "name of the place"),
        Column("place_country", "text", "ISO 3166-1 alpha-3 of the place"),
        Column("latitude", "number", "degrees north (WGS 84)"),
        Column("longitude", "number", "degrees east"),
        Column("reports", "integer", "how many mentions tell of it"),
        Column("documents", "integer", "how many documents do"),
        Column("disagreements", "integer", "on how many points sources contradict each other"),
    ),
    "participants": (
        _EVENT,
        Column("position", "integer", "from 1, in the order of the event"),
        Column("actor", "text", "id of the actor", "actors.actor"),
        Column("name", "text", "name of the actor"),
        Column("role", "text", "agent, counterpart, target, host, mediator ..."),
        Column("kind", "text", "person, state, organisation, group ..."),
        Column("country", "text", "ISO 3166-1 alpha-3 of the state that the actor is or acts for"),
        Column(
            "confidence",
            "number",
            "probability that the actor takes part, the highest of the mentions; null if unknown",
        ),
    ),
    "statuses": (
        _EVENT,
        Column("step", "integer", "from 1, in the order of the history"),
        Column("status", "text", "what the report says became of the event"),
        *_dates("reported", "date of the report"),
        _DOCUMENT,
        Column("mention", "text", "id of the mention, unique within its document", "mentions.mention"),
        *_dates("date", "when the report says the event was or is to be"),
        Column("place", "text", "where the report says it was or is to be"),
        Column("source", "text", "whom the text makes responsible; null where the author asserts it"),
        Column("source_actor", "text", "id of that source, if it is an actor", "actors.actor"),
        Column("confidence", "number", "probability that the text tells of the event"),
        Column("because", "text", "why this report is taken to tell of the same event as those before"),
    ),
    "mentions": (
        _DOCUMENT,
        Column("mention", "text", "id, unique within the document; with it the key"),
        _EVENT,
        Column("class", "text", "PLOVER class"),
        Column("mode", "text", "kind within the class"),
        Column("trigger", "text", "the words that tell of the event; null where the text is not kept"),
        Column("trigger_begin", "integer", "where they begin, in characters of the text"),
        Column("trigger_end", "integer", "where they end"),
        Column("sentence", "text", "the sentence; null where the text is not kept"),
        Column("sentence_begin", "integer", "where it begins"),
        Column("sentence_end", "integer", "where it ends"),
        Column("time_text", "text", "the words that tell the time"),
    ),
    "actors": (
        Column("actor", "text", "id of the actor; the key"),
        Column("name", "text", "fullest name known"),
        Column("kind", "text", "person, state, organisation, group ..."),
        Column("country", "text", "ISO 3166-1 alpha-3 of the state that the actor is or acts for"),
        Column("iri", "text", "IRI in the name space of the actor table; null for others"),
        Column("same_as", "text", "IRI elsewhere (Wikidata)"),
        Column("events", "integer", "in how many events the actor takes part"),
    ),
    "links": (
        _EVENT,
        Column("relation", "text", "content_of: the other event is the demand, threat or offer of this one"),
        Column("other", "text", "id of the other event", "events.event"),
    ),
    "documents": (
        Column("document", "text", "id of the document; the key"),
        *_dates("date", "date of publication"),
        Column("title", "text", "headline"),
        Column("source", "text", "outlet or author"),
        Column("characters", "integer", "length of the text; null where it is not kept"),
        Column("sha256", "text", "hash of the text"),
        Column("extractor", "text", "program and version that read it"),
    ),
}
"""The schema: the columns of each table."""

_Row = tuple[Any, ...]


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a graph, by name; each is made into a DataFrame when it is asked for.

    Examples
    --------
    >>> tables = make_tables([], [])
    >>> list(tables)
    ['events', 'participants', 'statuses', 'mentions', 'actors', 'links', 'documents']
    >>> tables.plain("links").columns
    ('event', 'relation', 'other')
    """

    def __init__(self, rows: Mapping[str, Sequence[_Row]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(f'{len(rows)} {name}' for name, rows in self._rows.items())}>"

    def _repr_html_(self) -> str:
        rows = [(name, len(self._rows[name]), ", ".join(c.name for c in TABLES[name])) for name in self]
        return markup.panel("Tables", markup.table(("table", "rows", "columns"), rows))

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as a pandas DataFrame: string, Int64, Float64 and datetime64 columns, nulls as NA.

        Raises
        ------
        KeyError
            If there is no such table.
        MissingExtra
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtra("pandas is not installed", remedy=_REMEDY) from None
        values = self._columns(name)
        frame = pd.DataFrame({column.name: pd.Series(values[column.name], dtype=object) for column in TABLES[name]})
        return frame.astype({column.name: _PANDAS[column.type] for column in TABLES[name]})

    def plain(self, name: str) -> Table:
        """Return a table as rows of Python objects (str, int, float, datetime.date, None); needs no extra."""
        return Table(tuple(c.name for c in TABLES[name]), list(self._rows[name]))

    def arrow(self, name: str) -> pa.Table:
        """Return a table as a pyarrow Table; its schema carries the meaning of each column.

        Raises
        ------
        KeyError
            If there is no such table.
        MissingExtra
            If pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingExtra("pyarrow is not installed", remedy=_REMEDY) from None
        types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
        schema = pa.schema(
            [pa.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in TABLES[name]],
        )
        return pa.table(self._columns(name), schema=schema)

    def parquet(self, name: str) -> bytes:
        """Return a table as the contents of a Parquet file; the same graph gives the same bytes.

        Raises
        ------
        KeyError
            If there is no such table.
        MissingExtra
            If pyarrow is not installed.
        """
        table = self.arrow(name)
        import pyarrow.parquet as pq

        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd")
        return out.getvalue()

    def _columns(self, name: str) -> dict[str, list[Any]]:
        columns = TABLES[name]
        cells = zip(*self._rows[name], strict=True) if self._rows[name] else ([] for _ in columns)
        return {column.name: list(values) for column, values in zip(columns, cells, strict=True)}


def make_tables(events: Iterable[MergedEvent], records: Iterable[Extraction]) -> Tables:
    """Return the tables of merged events and the records that they were made of; rows are sorted by their keys."""
    events = sorted(events, key=lambda e: e.id)
    records = sorted(records, key=lambda r: r.id)
    homes = {(step.document, step.mention): event.id for event in events for step in event.history}
    return Tables(
        {
            "events": [_event(event) for event in events],
            "participants": [
                (event.id, number, p.actor, p.name, p.role, p.kind, p.country, p.confidence)
                for event in events
                for number, p in enumerate(event.participants, 1)
            ],
            "statuses": [row for event in events for row in _statuses(event)],
            "mentions": [row for record in records for row in _mentions(record, homes)],
            "actors": _actors(events, records),
            "links": sorted((event.id, link.rel, link.event) for event in events for link in event.links),
            "documents": [_document(record) for record in records],
        }
    )


def _days(value: str | None) -> tuple[str | None, date | None, date | None]:
    days = days_of(value) if value else None
    return (value, date.fromordinal(days[0]), date.fromordinal(days[1])) if days else (value, None, None)


def _event(event: MergedEvent) -> _Row:
    place = event.place
    where = (place.name, place.country, place.latitude, place.longitude) if place else (None,) * 4
    reported = [days for step in event.history if step.date and (days := days_of(step.date))]
    first = date.fromordinal(min(d[0] for d in reported)) if reported else None
    last = date.fromordinal(max(d[1] for d in reported)) if reported else None
    what = (event.id, event.label, event.event_class, event.mode, event.status)
    when = _days(event.date)
    counts = (len(event.history), len(event.documents), len(event.disagreements()))
    return (*what, *when, *_days(event.was), when[1] or first, first, last, *where, *counts)


def _statuses(event: MergedEvent) -> Iterator[_Row]:
    for number, s in enumerate(event.history, 1):
        where = (s.document, s.mention, *_days(s.event_date), s.place)
        yield (event.id, number, s.status, *_days(s.date), *where, s.source, s.source_actor, s.confidence, s.because)


def _mentions(record: Extraction, homes: Mapping[tuple[str, str], str]) -> Iterator[_Row]:
    for event in sorted(record.events, key=lambda e: (e.trigger, e.id)):
        what = (record.id, event.id, homes[record.id, event.id], event.event_class, event.mode)
        words = (record.quote(event.trigger), *event.trigger, record.quote(event.sentence), *event.sentence)
        yield (*what, *words, event.time.text if event.time else None)


def _actors(events: Iterable[MergedEvent], records: Iterable[Extraction]) -> list[_Row]:
    """All actors; of one actor, as the first document by id has him."""
    found: dict[str, _Row] = {}
    for record in records:
        for a in record.actors:
            found.setdefault(a.id, (a.id, a.name, a.kind, a.country, a.iri, a.same_as[0] if a.same_as else None))
    parts: dict[str, set[str]] = {}
    for event in events:
        for p in event.participants:
            found.setdefault(p.actor, (p.actor, p.name, p.kind, p.country, None, None))
            parts.setdefault(p.actor, set()).add(event.id)
    return [(*found[key], len(parts.get(key, ()))) for key in sorted(found)]


def _document(record: Extraction) -> _Row:
    length = None if record.text is None else len(record.text)
    about = (record.title, record.source, length, record.text_sha256)
    return (record.id, *_days(record.date), *about, f"{record.extractor.name} {record.extractor.version}")
