"""Flat tables: the schema, the keys, dates, Parquet."""

from __future__ import annotations

import io
import re
import sys
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, record

from diplograph.errors import MissingExtra
from diplograph.extract.records import Extraction
from diplograph.graph import KnowledgeGraph
from diplograph.graph.tables import TABLES, make_tables


@pytest.fixture(scope="module")
def graph():
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", place="Oslo", when="2025-11", source="Reuters"),
            record("b", "2025-10-25", status="cancelled", when="2025-11"),
            record("c", "2019-03-02", people=("Cem Cay", "Dan Day"), status="occurred", when="2019-02-28/2019-03-01"),
            record("d", None, people=("Eve Elm", "Fay Fir"), mode="call", status="occurred"),
            record("e", "2021", people=("Gus Gum", "Hal Hay"), mode="call", status="occurred").without_text(),
        ]
    )
    return graph


@pytest.fixture(scope="module")
def tables(graph):
    return graph.tables()


KINDS = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]"}


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_holds(tables, name):
    frame, arrow = tables[name], tables.arrow(name)
    assert list(frame.columns) == arrow.column_names == [c.name for c in TABLES[name]]
    assert [str(t) for t in frame.dtypes] == [DTYPES[c.type] for c in TABLES[name]]
    assert arrow.schema.types == [KINDS[c.type] for c in TABLES[name]]
    assert all(arrow.schema.field(c.name).metadata[b"meaning"].decode() == c.meaning for c in TABLES[name])
    assert len(frame) == arrow.num_rows == len(tables.plain(name))


@pytest.mark.parametrize("name", TABLES)
def test_empty_tables_have_the_same_columns(name):
    empty = make_tables([], [])
    assert empty.arrow(name).num_rows == len(empty[name]) == 0
    assert [str(t) for t in empty[name].dtypes] == [DTYPES[c.type] for c in TABLES[name]]


def test_keys_join(tables):
    for name, columns in TABLES.items():
        for column in columns:
            if column.of:
                table, key = column.of.split(".")
                assert set(tables[name][column.name].dropna()) <= set(tables[table][key]), (name, column.name)
    for name, key in (("events", "event"), ("actors", "actor"), ("documents", "document")):
        assert tables[name][key].is_unique
    assert not tables["mentions"].duplicated(["document", "mention"]).any()


def test_an_event(tables):
    (row,) = (r for r in tables.plain("events") if r["status"] == "cancelled")
    assert (row["class"], row["mode"], row["reports"], row["documents"]) == ("CONSULT", "meeting", 2, 2)
    assert (row["date"], row["date_first"], row["date_last"]) == ("2025-11", date(2025, 11, 1), date(2025, 11, 30))
    assert (row["reported_first"], row["reported_last"], row["day"]) == (
        date(2025, 10, 22), date(2025, 10, 25), date(2025, 11, 1),
    )  # fmt: skip
    steps = [r for r in tables.plain("statuses") if r["event"] == row["event"]]
    assert [(s["step"], s["status"], s["document"], s["source"]) for s in steps] == [
        (1, "planned", "a", "Reuters"), (2, "cancelled", "b", None),
    ]  # fmt: skip


def test_what_is_not_known_is_null(tables):
    events = tables["events"].set_index("label")
    call = events.loc["Eve Elm – Fay Fir: call"]
    assert call[["date", "date_first", "day", "place", "latitude"]].isna().all()
    (mention,) = (m for m in tables.plain("mentions") if m["document"] == "e")
    assert (mention["sentence"], mention["trigger"], mention["sentence_end"]) == (None, None, 25)
    (document,) = (d for d in tables.plain("documents") if d["document"] == "e")
    assert (document["characters"], document["date"], document["date_last"]) == (None, "2021", date(2021, 12, 31))


def test_a_mention_quotes_its_text(tables):
    (mention,) = (m for m in tables.plain("mentions") if m["document"] == "a")
    assert (mention["trigger"], mention["sentence"]) == ("meet", "Ann Ace and Bob Bay meet.")


def test_the_order_of_documents_does_not_matter(graph):
    other = KnowledgeGraph()
    other.add(reversed([Extraction.from_json(r.to_json()) for r in graph.records()]))
    assert other.export_files("parquet") == graph.export_files("parquet")


def test_parquet_gives_the_same_back(graph, tables):
    files = graph.export_files("parquet")
    assert set(files) == {f"{name}.parquet" for name in TABLES}
    for name in TABLES:
        assert pq.read_table(io.BytesIO(files[f"{name}.parquet"])).equals(tables.arrow(name))


@pytest.mark.parametrize(
    ("package", "ask"), [("pandas", lambda t: t["events"]), ("pyarrow", lambda t: t.parquet("events"))]
)
def test_a_missing_package_is_named(tables, monkeypatch, package, ask):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"{package} is not installed \(pip install 'diplograph\[tables\]'\)"):
        ask(tables)
    assert len(tables.plain("events"))


# -- docs/tables.md --------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
EXPECTED = {(2019, "CONSULT"): 1, (2021, "CONSULT"): 1, (2025, "CONSULT"): 1}


def test_the_page_shows_the_schema():
    told = dict(
        re.findall(r"## `(\w+)`\n\n\| column \| type \| meaning \|\n\| --- \| --- \| --- \|\n((?:\|.*\n)+)", PAGE)
    )
    assert list(told) == list(TABLES)
    for name, columns in TABLES.items():
        rows = [f"| `{c.name}` | {c.type} | {c.meaning}{f' (`{c.of}`)' if c.of else ''} |" for c in columns]
        assert told[name].splitlines() == rows


def test_events_a_year_in_pandas(graph):
    code = re.search(r"```python\n(events = .*?)```", PAGE, re.DOTALL)[1]
    names = {"kg": graph, "pd": pd}
    exec(code, names)
    counts = {key: n for key, n in names["counts"].items() if n}
    assert counts == EXPECTED


def test_events_a_year_in_duckdb(graph, tmp_path, monkeypatch):
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "tables").mkdir()
    for name, data in graph.export_files("parquet").items():
        (tmp_path / "tables" / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    rows = duckdb.sql(sql).fetchall()
    assert {(year, kind): n for year, kind, n in rows} == EXPECTED
