"""Reading the files of the cookbook, and the page that shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from diplograph.errors import InputError, OntologyError

__all__ = ["TOPICS", "Question", "question", "questions", "to_markdown"]

TOPICS = (
    "Who deals with whom",
    "What became of it",
    "Demands, threats, sanctions",
    "Who says so, and how sure is it",
)
"""What questions are about, in the order in which they are listed."""

_FIELD = re.compile(r"# ([a-z]+): (\S.*)")
_NEEDED = {"id", "topic", "question", "columns", "least"}
_FIELDS = _NEEDED | {"note"}
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the cookbook.

    Attributes
    ----------
    id : its name, that of its file
    topic : one of `TOPICS`
    question : in plain English
    sparql : the query; what people change stands in VALUES with a comment
    columns : names and Python types of the answer's columns; a value may be None
    least : rows that the example story gives at least
    note : what else to know, or None
    """

    id: str
    topic: str
    question: str
    sparql: str
    columns: tuple[tuple[str, type], ...]
    least: int
    note: str | None = None


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, sorted by topic and id.

    Raises
    ------
    OntologyError
        If a file's head is faulty.
    """
    found = (file for file in files("diplograph.graph.cookbook").iterdir() if file.name.endswith(".rq"))
    read = (_read(file.name, file.read_text(encoding="utf-8")) for file in found)
    return tuple(sorted(read, key=lambda q: (TOPICS.index(q.topic), q.id)))


def question(id: str) -> Question:
    """Return one question.

    Raises
    ------
    InputError
        If there is none of this id.

    Examples
    --------
    >>> question("who-called-whom").question
    'Who called whom?'
    """
    known = {q.id: q for q in questions()}
    if id not in known:
        raise InputError(f"no question {id!r} in the cookbook", remedy=f"use one of {', '.join(known)}")
    return known[id]


def to_markdown() -> str:
    """Return all questions with their queries as Markdown, a section a topic (the body of docs/cookbook.md)."""
    lines: list[str] = []
    for topic in TOPICS:
        lines += [f"## {topic}", ""]
        for q in (q for q in questions() if q.topic == topic):
            columns = ", ".join(f"`{name}` ({kind.__name__})" for name, kind in q.columns)
            lines += [f"### {q.id}", "", f"{q.question} {q.note}" if q.note else q.question, ""]
            lines += ["```sparql", q.sparql, "```", "", f"Answer: {columns}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _read(name: str, text: str) -> Question:
    head, _, sparql = text.partition("\n\n")
    fields: dict[str, str] = {}
    for line in head.splitlines():
        match = _FIELD.fullmatch(line)
        if match is None or match[1] not in _FIELDS or match[1] in fields:
            raise _faulty(name, f"not a field, or a field twice: {line!r}")
        fields[match[1]] = match[2]
    if missing := sorted(_NEEDED - fields.keys()):
        raise _faulty(name, f"no {', '.join(missing)}")
    try:
        columns = tuple((column, _TYPES[kind]) for column, kind in (c.split(":") for c in fields["columns"].split()))
        least = int(fields["least"])
    except (KeyError, ValueError) as error:
        raise _faulty(name, f"columns are name:type, least is a number: {error}") from None
    if fields["topic"] not in TOPICS:
        raise _faulty(name, f"unknown topic {fields['topic']!r}")
    if fields["id"] != name.removesuffix(".rq"):
        raise _faulty(name, f"its id is {fields['id']!r}")
    return Question(
        fields["id"], fields["topic"], fields["question"], sparql.strip(), columns, least, fields.get("note")
    )


def _faulty(name: str, fault: str) -> OntologyError:
    return OntologyError(
        f"cookbook/{name}: {fault}",
        remedy=f"give {', '.join(sorted(_FIELDS))} (note may be left out), then an empty line and the query",
    )
