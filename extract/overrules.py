"""Decisions of a user over who is who, replayed on every record.

A file of overrules is CSV with the columns ``actor`` (the id that the reading gave), ``is`` (the id that is
right: one of the actor table, of another document, or a new one) and, if the decision is for one document
only, ``document``. With ``is`` the same person under two ids becomes one; with ``document`` as well,
namesakes are set apart::

    actor,is,document
    person/sergei-v-lavrov,person/sergey-lavrov,
    person/john-smith,person/john-smith-of-leeds,article-7
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from diplograph.errors import InputError
from diplograph.extract.records import Actor, Extraction, Participant
from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE, ActorTable, load_actors

__all__ = ["Overrules", "read_overrules"]


@dataclass(frozen=True, slots=True)
class Overrules:
    """Which actor ids stand for which, everywhere or in one document.

    Attributes
    ----------
    everywhere : id of the reading -> right id
    in_document : (document, id of the reading) -> right id; wins over `everywhere`
    table : where the right ids are looked up
    """

    everywhere: dict[str, str]
    in_document: dict[tuple[str, str], str]
    table: ActorTable

    def apply(self, record: Extraction) -> Extraction:
        """Return the record with the right actors; their mentions are put together."""
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


def read_overrules(path: str | Path, *, actors: Iterable[str | Path] = ()) -> Overrules:
    """Read a file of overrules; `actors` are files of your own actors, as for `load`.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or decides one thing twice.
    """
    everywhere: dict[str, str] = {}
    in_document: dict[tuple[str, str], str] = {}
    for line, row in _rows(Path(path)):
        actor, right, document = (row.get(k, "").strip() for k in ("actor", "is", "document"))
        if not actor or not right:
            raise InputError(f"{path}, line {line}: actor or is is empty", remedy="give both ids")
        earlier = in_document.setdefault((document, actor), right) if document else everywhere.setdefault(actor, right)
        if earlier != right:
            raise InputError(f"{path}, line {line}: {actor} is already {earlier}", remedy="keep one of the two lines")
    return Overrules(everywhere, in_document, load_actors(tuple(actors)))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            if not {"actor", "is"} <= set(reader.fieldnames or ()):
                raise InputError(f"{path}: no column actor or is", remedy="begin with a line 'actor,is,document'")
            return [(reader.line_num, {k: v for k, v in row.items() if k and isinstance(v, str)}) for row in reader]
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
