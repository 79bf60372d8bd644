"""A change of the graph as one SPARQL update: what goes, what comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from diplograph.graph.terms import document_iri, iri

__all__ = ["Change", "block"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change.

    Attributes
    ----------
    documents : ids of documents whose graphs are to be emptied first
    gone, new : N-Quads lines to delete and to insert, each in its graph
    """

    documents: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    new: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.documents or self.gone or self.new)

    def to_sparql(self) -> str:
        """Return the update."""
        steps = [f"CLEAR SILENT GRAPH {iri(document_iri(name))}" for name in self.documents]
        if self.gone:
            steps.append(f"DELETE DATA {block(sorted(self.gone))}")
        if self.new:
            steps.append(f"INSERT DATA {block(self.new)}")
        return " ;\n".join(steps)


def block(lines: Iterable[str]) -> str:
    """Return N-Quads lines as SPARQL writes data; those of named graphs end in the graph's name.

    >>> block(["<s:a> <p:b> <o:c> .", "<s:a> <p:b> <o:c> <g:d> ."])
    '{ <s:a> <p:b> <o:c> . GRAPH <g:d> { <s:a> <p:b> <o:c> . } }'
    """
    default: list[str] = []
    named: dict[str, list[str]] = {}
    for line in lines:
        body, _, last = line.removesuffix(" .").rpartition(" ")
        if last.startswith("<") and last.endswith(">") and '"' not in last and body.count(" ") > 1:
            named.setdefault(last, []).append(f"{body} .")
        else:
            default.append(line)
    graphs = [f"GRAPH {graph} {{ {' '.join(bodies)} }}" for graph, bodies in named.items()]
    return f"{{ {' '.join([*default, *graphs])} }}"
