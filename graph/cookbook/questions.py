"""Reading the files of the cookbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from diplograph.errors import InputError, OntologyError

__all__ = ["Question", "question", "questions"]

_FIELD = re.compile(r"# (id|topic|question|columns|least|note): (.+)")
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the cookbook.

    Attributes
    ----------
    id : its name, that of its file
    question : in plain English
    sparql : the query
    columns : names and Python types of the answer's columns; a value may be None
    least : rows that the example story gives at least
    note : what else to know, or None
    """

    id: str
    question: str
    sparql: str
    columns: tuple[tuple[str, type], ...]
    least: int
    note: str | None = None


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, sorted by id.

    Raises
    ------
    OntologyError
        If a file's head is faulty.
    """
    found = (file for file in files("diplograph.graph.cookbook").iterdir() if file.name.endswith(".rq"))
    return tuple(sorted((_read(file.name, file.read_text(encoding="utf-8")) for file in found), key=lambda q: q.id))


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


def _read(name: str, text: str) -> Question:
    head, _, sparql = text.partition("\n\n")
    fields = dict(match.groups() for match in map(_FIELD.fullmatch, head.splitlines()) if match)
    try:
        columns = tuple((column, _TYPES[kind]) for column, kind in (c.split(":") for c in fields["columns"].split()))
        found = Question(
            fields["id"], fields["question"], sparql.strip(), columns, int(fields["least"]), fields.get("note")
        )
    except (KeyError, ValueError) as error:
        raise OntologyError(f"cookbook/{name}: {error}", remedy="give id, question, columns and least") from None
    if found.id != name.removesuffix(".rq"):
        raise OntologyError(f"cookbook/{name}: its id is {found.id!r}", remedy="name the file after it")
    return found
