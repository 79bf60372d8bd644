"""Decisions of a user over what was read, replayed on every record: who is who, and marks on mentions.

Who is who is CSV with the columns ``actor`` (the id that the reading gave), ``is`` (the id that is
right: one of the actor table, of another document, or a new one) and, if the decision is for one document
only, ``document``. With ``is`` the same person under two ids becomes one; with ``document`` as well,
namesakes are set apart::

    actor,is,document
    person/sergei-v-lavrov,person/sergey-lavrov,
    person/john-smith,person/john-smith-of-leeds,article-7

Marks accept, reject or correct single mentions of events; their columns are those of `marks`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diplograph.errors import InputError
from diplograph.extract.marks import COLUMNS, Mark, Marks, parse_marks
from diplograph.extract.records import Actor, Extraction, Participant
from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE, ActorTable, load_actors

__all__ = ["Overrules", "read_overrules"]


@dataclass(frozen=True, slots=True)
class Overrules:
    """Which actor ids stand for which, everywhere or in one document, and what a coder said of mentions.

    Attributes
    ----------
    everywhere : id of the reading -> right id
    in_document : (document, id of the reading) -> right id; wins over `everywhere`
    table : where ids and names are looked up
    marks : what was accepted, rejected and corrected

    Examples
    --------
    >>> overrules = Overrules(marks=Marks().reject("wire-1", "m77be003"))
    >>> records = [overrules.apply(record) for record in kg.records()]  # doctest: +SKIP
    """

    everywhere: dict[str, str] = field(default_factory=dict)
    in_document: dict[tuple[str, str], str] = field(default_factory=dict)
    table: ActorTable = field(default_factory=load_actors, repr=False)
    marks: Marks = field(default_factory=Marks)

    def __repr__(self) -> str:
        actors = len(self.everywhere) + len(self.in_document)
        return f"<Overrules: {actors} over who is who, {len(self.marks.lines)} marks on mentions>"

    def _repr_html_(self) -> str:
        from diplograph.extract.showing import overrules_html

        return overrules_html(self)

    def apply(self, record: Extraction) -> Extraction:
        """Return the record with the right actors, then as its marks say."""

        def renamed(actor: Actor) -> Actor:
            return self._renamed(actor, self._right(record.id, actor.id))

        return self.marks.apply(self._with_right_actors(record), self.table, renamed=renamed)

    def unfound(self, record: Extraction) -> tuple[Mark, ...]:
        """Return the marks of a document whose mention its record, as it was read, does not have."""
        return self.marks.unfound(record)

    def _with_right_actors(self, record: Extraction) -> Extraction:
        """Mentions of actors that turned out to be one are put together."""
        chosen = {a.id: self._right(record.id, a.id) for a in record.actors}
        if all(key == right for key, right in chosen.items()):
            return record
        actors: dict[str, Actor] = {}
        for actor in record.actors:
            new = self._renamed(actor, chosen[actor.id])
            held = actors.get(new.id)
            mentions = (*held.mentions, *new.mentions) if held else new.mentions
            actors[new.id] = replace(new, mentions=tuple(sorted(set(mentions))))

        def party(p: Participant) -> Participant:
            new = actors.get(chosen.get(p.actor or "", ""))
            if new is None:
                return p
            return replace(p, actor=new.id, name=new.name, kind=new.kind, country=new.country, iri=new.iri)

        def named(thing: Any) -> Any:
            return replace(thing, actor=chosen[thing.actor]) if thing is not None and thing.actor in chosen else thing

        events = (
            replace(e, participants=_once(map(party, e.participants)), source=named(e.source)) for e in record.events
        )
        triples = (
            replace(t, subject=named(t.subject), object=named(t.object), arguments=tuple(map(named, t.arguments)))
            for t in record.triples
        )
        return replace(record, actors=tuple(actors.values()), events=tuple(events), triples=tuple(triples))

    def _right(self, document: str, key: str) -> str:
        return self.in_document.get((document, key)) or self.everywhere.get(key, key)

    def _renamed(self, actor: Actor, key: str) -> Actor:
        if key == actor.id:
            return actor
        entry = self.table.actors.get(key)
        if entry is None:
            return replace(actor, id=key, iri=f"{ACTOR_BASE}{key}", same_as=())
        same = (f"{WIKIDATA_BASE}{entry.wikidata}",) if entry.wikidata else ()
        country = actor.country or entry.country
        return Actor(key, entry.name, entry.kind, country, f"{ACTOR_BASE}{key}", same, actor.mentions)


def read_overrules(paths: str | Path | Iterable[str | Path], *, actors: Iterable[str | Path] = ()) -> Overrules:
    """Read files of overrules: who is who, and marks; the header tells which.

    Parameters
    ----------
    paths : path or paths
    actors : files of your own actors, as for `load`

    Raises
    ------
    InputError
        If a file cannot be read, lacks a column, says what cannot be, or decides one thing twice.
    """
    everywhere: dict[str, str] = {}
    in_document: dict[tuple[str, str], str] = {}
    marked: list[tuple[str, dict[str, str]]] = []
    for path in [paths] if isinstance(paths, str | Path) else paths:
        columns, rows = _rows(Path(path))
        if _kind(columns, path) == "marks":
            marked += rows
            continue
        for where, row in rows:
            actor, right, document = (row.get(k, "") for k in ("actor", "is", "document"))
            if not actor or not right:
                raise InputError(f"{where}: actor or is is empty", remedy="give both ids")
            earlier = (
                in_document.setdefault((document, actor), right) if document else everywhere.setdefault(actor, right)
            )
            if earlier != right:
                raise InputError(f"{where}: {actor} is already {earlier}", remedy="keep one of the two lines")
    return Overrules(everywhere, in_document, load_actors(tuple(actors)), parse_marks(marked))


def _kind(columns: set[str], path: str | Path) -> str:
    """Which kind of overrules has these columns."""
    if columns & {"mention", "mark"}:
        if missing := [c for c in COLUMNS[:-1] if c not in columns]:
            raise InputError(f"{path}: no column {missing[0]}", remedy=f"begin with a line '{','.join(COLUMNS)}'")
        return "marks"
    if not {"actor", "is"} <= columns:
        remedy = f"begin with a line 'actor,is,document' (who is who) or '{','.join(COLUMNS)}' (marks)"
        raise InputError(f"{path}: no column actor or is", remedy=remedy)
    return "who is who"


def _rows(path: Path) -> tuple[set[str], list[tuple[str, dict[str, str]]]]:
    """The columns of a file, and its rows, each with where it stands."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            columns = {name.strip() for name in reader.fieldnames or ()}
            rows = []
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if any(row.pop(None, ())):
                    raise InputError(f"{where}: too many cells", remedy="put quotes around a value with a comma")
                rows.append((where, {key.strip(): value.strip() for key, value in row.items()}))
            return columns, rows
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check the path") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: {error}", remedy="save the file as UTF-8 CSV") from None


def _once(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    """Two participants that turned out to be one are listed once."""
    found: dict[object, Participant] = {}
    for p in parties:
        found.setdefault(p.actor or p, p)
    return tuple(found.values())
