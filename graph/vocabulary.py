"""Which names the ontology declares, so that no graph uses others (ontology/diplograph.ttl)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from diplograph.graph.terms import DG, PREFIXES
from diplograph.ontology.load import ROOT

__all__ = ["Vocabulary", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names without the prefix ``dg:``: all that are declared, and those of event classes with modes, and of roles."""

    names: frozenset[str]
    kinds: frozenset[str]
    roles: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return what the ontology declares (read once per process).

    >>> "CONSULT_call" in vocabulary().kinds, "host" in vocabulary().roles, "status" in vocabulary().roles
    (True, True, False)
    """
    names, schemes = set(), {f"{DG}eventClasses": set[str](), f"{DG}roles": set[str]()}
    for quad in ox.parse(path=str(ROOT / "diplograph.ttl"), format=ox.RdfFormat.TURTLE):
        if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(DG):
            continue
        name = quad.subject.value.removeprefix(DG)
        names.add(name)
        if quad.predicate.value == f"{PREFIXES['skos']}inScheme" and isinstance(quad.object, ox.NamedNode):
            schemes.get(quad.object.value, set()).add(name)
    kinds, roles = map(frozenset, schemes.values())
    return Vocabulary(frozenset(names), kinds, roles)
