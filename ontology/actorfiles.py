"""A user's own actors from one file: CSV, JSON or RDF.

An actor is a row (CSV), an object (JSON: a list of them) or a node (RDF) with the fields of `ActorRow`. In
CSV, several values in a field are separated by ";", and an office is given by the columns ``office``,
``begin`` and ``end``; a further row of the same name adds another office. In RDF the terms are those of
schema.org, FOAF, SKOS and RDFS::

    <https://example.org/faramir> a schema:Person ; schema:name "Faramir" ; schema:nationality "Gondor" ;
        schema:hasOccupation [ schema:roleName "defence_minister" ; schema:startDate "3019-05-01" ] .

States may be invented: one without an ISO code is known by its name.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from diplograph.errors import InputError

__all__ = ["ActorRow", "OfficeRow", "read_actor_file"]

_STRICT = ConfigDict(extra="forbid")
_DATE = r"^(\d{4}(-\d\d(-\d\d)?)?)?$"
_KINDS = {"country": "state", "organization": "organisation", "": "person"}
RDF_FORMATS = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld", ".n3": "n3"}
_REMEDY = "see docs/actors.md for the fields of an actor file"


def _split(value: object) -> object:
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


def _kind(value: object) -> object:
    return _KINDS.get(value.strip().lower(), value.strip().lower()) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A time in an office: its code (head_of_state, foreign_minister ...) and ISO dates, empty where unknown."""

    __pydantic_config__ = _STRICT
    office: str
    country: str = ""
    begin: Annotated[str, Field(pattern=_DATE)] = ""
    end: Annotated[str, Field(pattern=_DATE)] = ""


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor of a user's file.

    Attributes
    ----------
    name : the name that is shown
    id : of the table, to change or complete an actor of ours; else made from kind and name
    kind : person (if none is given), state, territory, organisation, group or region
    country : ISO 3166-1 alpha-3, or the name of a state of the file
    wikidata : item, as Q7747
    aliases, acronyms : other names; acronyms must be written as they are listed
    adjectives, people, capitals, seats : of a state: "Gondorian", "Gondorians", "Minas Tirith", "the Citadel"
    offices : times in office
    """

    __pydantic_config__ = _STRICT
    name: Annotated[str, Field(min_length=1)]
    id: str = ""
    kind: Annotated[
        Literal["person", "state", "territory", "organisation", "group", "region"], BeforeValidator(_kind)
    ] = "person"
    country: str = ""
    wikidata: Annotated[str, Field(pattern=r"^(Q\d+)?$")] = ""
    aliases: Names = ()
    acronyms: Names = ()
    adjectives: Names = ()
    people: Names = ()
    capitals: Names = ()
    seats: Names = ()
    offices: tuple[OfficeRow, ...] = ()

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield (name, use) of all names but the main one."""
        uses = {"name": self.aliases, "acronym": self.acronyms, "adjective": self.adjectives, "people": self.people}
        for use, names in (uses | {"capital": self.capitals, "seat": self.seats}).items():
            for name in names:
                yield name, use


def read_actor_file(path: Path) -> list[ActorRow]:
    """Read a user's actors.

    Raises
    ------
    InputError
        If the file cannot be read, or an actor has a field that is unknown or of the wrong form.
    """
    kind = path.suffix.lower()
    try:
        if kind == ".csv":
            given: Iterable[tuple[str, Mapping[str, Any]]] = _from_csv(path)
        elif kind == ".json":
            given = _from_json(path)
        elif kind in RDF_FORMATS:
            given = _from_rdf(path, RDF_FORMATS[kind])
        else:
            raise InputError(f"{path}: not an actor file", remedy=f"give .csv, .json or {' '.join(RDF_FORMATS)}")
        return _joined(_checked(path, where, fields) for where, fields in given)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check the path") from None
    except (UnicodeDecodeError, csv.Error, json.JSONDecodeError) as error:
        raise InputError(f"{path}: {error}", remedy="save the file as UTF-8, in the format its name says") from None


def _checked(path: Path, where: str, fields: Mapping[str, Any]) -> ActorRow:
    try:
        return TypeAdapter(ActorRow).validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}, {where}: {field}: {first['msg']}", remedy=_REMEDY) from None


def _joined(rows: Iterable[ActorRow]) -> list[ActorRow]:
    """Put the offices of several rows of one actor together."""
    found: dict[tuple[str, str, str], ActorRow] = {}
    for row in rows:
        key = row.kind, row.id, row.name
        held = found.get(key)
        found[key] = replace(held, offices=(*held.offices, *row.offices)) if held else row
    return list(found.values())


def _from_csv(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        for row in reader:
            fields: dict[str, Any] = {k.strip().lower(): v.strip() for k, v in row.items() if k and v}
            office = {k: fields.pop(k) for k in ("office", "begin", "end") if k in fields}
            if office:
                fields["offices"] = [office]
            yield f"line {reader.line_num}", fields


def _from_json(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, list):
        raise InputError(f"{path}: not a list of actors", remedy=_REMEDY)
    yield from ((f"actor {number}", fields) for number, fields in enumerate(data, 1))


def _from_rdf(path: Path, syntax: str) -> Iterator[tuple[str, dict[str, Any]]]:
    from rdflib import FOAF, OWL, RDF, RDFS, SDO, SKOS, Graph, Literal, Namespace, Node, URIRef

    from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE

    dg = Namespace("https://w3id.org/diplograph/ontology#")
    http = Namespace("http://schema.org/")
    kinds: dict[Node, str] = {
        **dict.fromkeys((SDO.Person, http.Person, FOAF.Person, dg.Person), "person"),
        **dict.fromkeys((SDO.Country, http.Country, dg.State), "state"),
        **dict.fromkeys((SDO.Organization, http.Organization, FOAF.Organization, dg.Organisation), "organisation"),
        **dict.fromkeys((FOAF.Group, dg.Group), "group"),
    }
    graph = Graph()
    try:
        graph.parse(path.open("rb"), format=syntax)
    except OSError:
        raise
    except Exception as error:
        raise InputError(
            f"{path}: not RDF in {syntax} ({error})", remedy="mend the file, or give CSV or JSON"
        ) from None

    def values(node: Node, *predicates: URIRef) -> list[str]:
        return sorted(str(o) for p in predicates for o in graph.objects(node, p) if isinstance(o, Literal | URIRef))

    def schema(name: str) -> tuple[URIRef, URIRef]:
        return SDO[name], http[name]

    typed = sorted((s, kinds[o]) for s, o in graph.subject_objects(RDF.type) if o in kinds)
    for node, kind in typed:
        names = values(node, SKOS.prefLabel, RDFS.label, *schema("name"), FOAF.name)
        same = [s for s in values(node, OWL.sameAs, *schema("sameAs")) if s.startswith(WIKIDATA_BASE)]
        offices = [
            {
                "office": (values(role, *schema("roleName")) or [""])[0],
                "begin": (values(role, *schema("startDate")) or [""])[0],
                "end": (values(role, *schema("endDate")) or [""])[0],
            }
            for predicate in schema("hasOccupation")
            for role in graph.objects(node, predicate)
        ]
        yield (
            str(node),
            {
                "name": names[0] if names else "",
                "id": str(node).removeprefix(ACTOR_BASE) if str(node).startswith(ACTOR_BASE) else "",
                "kind": kind,
                "country": (values(node, dg.country, *schema("nationality")) or [""])[0],
                "wikidata": re.sub(r"^.*/", "", same[0]) if same else "",
                "aliases": [*names[1:], *values(node, SKOS.altLabel, *schema("alternateName"))],
                "offices": offices,
            },
        )
