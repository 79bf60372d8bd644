"""A change of the graph as one SPARQL update: what goes, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    new: Iterable[str] = ()

    def to_sparql(self) -> str:
        """Return the update; `new` is gone through once."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        for name in self.documents:
            yield f"CLEAR SILENT GRAPH {iri(document_iri(name))} ;\n"
        if self.gone:
            yield from ("DELETE DATA ", *_pieces(sorted(self.gone)), " ;\n")
        yield "INSERT DATA "
        yield from _pieces(self.new)


def block(lines: Iterable[str]) -> str:
    """Return N-Quads lines as SPARQL writes data; those of named graphs end in the graph's name.

    >>> block(["<s:a> <p:b> <o:c> .", "<s:a> <p:b> <o:c> <g:d> ."])
    '{ <s:a> <p:b> <o:c> . GRAPH <g:d> { <s:a> <p:b> <o:c> . } }'
    """
    return "".join(_pieces(lines))


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a block; neighbouring lines of one graph share its name."""
    within = None
    yield "{ "
    for line in lines:
        body, _, last = line.removesuffix(" .").rpartition(" ")
        graph = (
            last if last.startswith("<") and last.endswith(">") and '"' not in last and body.count(" ") > 1 else None
        )
        if graph != within:
            yield "} " if within else ""
            yield f"GRAPH {graph} {{ " if graph else ""
            within = graph
        yield f"{body} . " if graph else f"{line} "
    yield "} }" if within else "}"
