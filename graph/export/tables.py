"""Tables out: Parquet files, and CSV files that Neo4j's importer reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from diplograph.graph.events import MergedEvent
from diplograph.graph.tables import TABLES, Tables

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["to_neo4j", "to_parquet"]

_REAL = {"occurred", "ongoing"}
_NODES = (
    "id:ID", "label", "name", "kind", "country", "class", "mode", "status", "date", "day:date", "place",
    "latitude:double", "longitude:double", "reports:int", "title", "source", "iri", ":LABEL",
)  # fmt: skip
_RELATIONSHIPS = (":START_ID", ":END_ID", ":TYPE", "event", "status", "date", "step:int", "sentence", "source")


def to_parquet(graph: KnowledgeGraph) -> dict[str, bytes]:
    """The tables of `diplograph.graph.tables`, a Parquet file each (needs ``diplograph[tables]``)."""
    tables = graph.tables()
    return {f"{name}.parquet": tables.parquet(name) for name in TABLES}


def to_neo4j(graph: KnowledgeGraph) -> dict[str, bytes]:
    """Nodes and relationships as CSV with the headers of ``neo4j-admin database import``.

    Nodes are labelled Actor (and Person, State ...), Event (and its class) and Document. Relationships are an
    actor's role in an event (AGENT, TARGET ...), a link between events (CONTENT_OF), the report of an event in a
    document (REPORTED_IN, with status, date and sentence) and, for events that are real, the direct one between two
    actors, named after its mode (CALL, SANCTIONS).
    """
    tables = graph.tables()
    return {
        "nodes.csv": _csv(_NODES, _nodes(tables)),
        "relationships.csv": _csv(_RELATIONSHIPS, _relationships(tables, graph.events())),
    }


def _nodes(tables: Tables) -> Iterable[dict[str, Any]]:
    for row in tables.plain("actors"):
        labels = f"Actor;{_word(row['kind'].capitalize())}" if row["kind"] else "Actor"
        about = {key: row[key] for key in ("name", "kind", "country", "iri")}
        yield {"id:ID": _id("actor", row["actor"]), "label": row["name"], **about, ":LABEL": labels}
    for row in tables.plain("events"):
        about = {key: row[key] for key in ("label", "class", "mode", "status", "date", "place")}
        where = {"latitude:double": row["latitude"], "longitude:double": row["longitude"]}
        counts = {"day:date": row["day"], "reports:int": row["reports"]}
        labels = f"Event;{_word(row['class'])}"
        yield {"id:ID": _id("event", row["event"]), **about, **where, **counts, ":LABEL": labels}
    for row in tables.plain("documents"):
        about = {key: row[key] for key in ("title", "source", "date")}
        label = row["title"] or row["document"]
        yield {"id:ID": _id("document", row["document"]), "label": label, **about, ":LABEL": "Document"}


def _relationships(tables: Tables, events: Iterable[MergedEvent]) -> Iterable[dict[str, Any]]:
    for row in tables.plain("participants"):
        yield _relationship(_id("actor", row["actor"]), _id("event", row["event"]), row["role"])
    for row in tables.plain("links"):
        yield _relationship(_id("event", row["event"]), _id("event", row["other"]), row["relation"])
    sentences = {(row["document"], row["mention"]): row["sentence"] for row in tables.plain("mentions")}
    for row in tables.plain("statuses"):
        about = {"status": row["status"], "date": row["reported"], "step:int": row["step"], "source": row["source"]}
        about["sentence"] = sentences[row["document"], row["mention"]]
        yield _relationship(_id("event", row["event"]), _id("document", row["document"]), "reported_in", **about)
    for event in sorted(events, key=lambda e: e.id):
        if event.status in _REAL:
            about = {"event": event.id, "status": event.status, "date": event.when}
            for one, other, _ in event.pairs():
                kind = event.mode or event.event_class
                yield _relationship(_id("actor", one.actor), _id("actor", other.actor), kind, **about)


def _relationship(start: str, end: str, kind: str, **about: Any) -> dict[str, Any]:
    return {":START_ID": start, ":END_ID": end, ":TYPE": _word(kind).upper(), **about}


def _id(kind: str, key: str) -> str:
    """An id that is unique among all nodes."""
    return f"{kind}/{key}"


def _word(text: str) -> str:
    """A text as the name of a label or type: letters, digits and underscores."""
    return re.sub(r"\W+", "_", text)


def _csv(header: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> bytes:
    """CSV in which a row is a line; the importer takes an empty cell for a value that is not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        cells = ("" if (value := row.get(name)) is None else value for name in header)
        writer.writerow([" ".join(cell.split()) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8")
