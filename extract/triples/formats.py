"""Triples as lines: a table for people and graphs, and the benchmark CaRB's tab format."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph.errors import InputError
from diplograph.extract.records import Extraction, Triple

__all__ = ["to_carb", "to_table"]


def to_table(record: Extraction) -> Iterator[str]:
    """Yield a line a triple, the surest first: confidence, subject, relation, object, how it is said, who says so.

    Subject and object are the actors' names, else the cores of the phrases; the relation is normalised.
    """
    names = {actor.id: actor.name for actor in record.actors}
    for triple in sorted(record.triples, key=lambda t: (-(t.confidence or 0.0), t.sentence)):
        ends = (names.get(a.actor or "") or " ".join(a.short.split()) for a in (triple.subject, triple.object))
        subject, target = ends
        said = ["not"] if triple.negated else []
        said += [triple.modality] if triple.modality else []
        source = " ".join((triple.attributed_to or "").split())
        yield "\t".join(
            (f"{triple.confidence or 0.0:.2f}", subject, triple.relation.lemma, target, " ".join(said), source)
        )


def to_carb(record: Extraction) -> Iterator[str]:
    """Yield a line a triple: sentence, confidence, relation, subject, object, further arguments.

    All are the text's own words; the sentence is the line of the text that holds it. What the text implies is
    written "be" and "has". Further arguments have their preposition.

    Raises
    ------
    InputError
        If the record has no text.
    """
    if record.text is None:
        raise InputError(f"{record.id}: the record has no text", remedy="extract it again, without --no-text")
    for triple in record.triples:
        line = _line(record.text, triple.sentence[0])
        yield "\t".join(
            " ".join(cell.split()) for cell in (line, f"{triple.confidence or 0.0:.3f}", *_cells(record.text, triple))
        )


def _line(text: str, at: int) -> str:
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[begin : len(text) if end < 0 else end]


def _cells(text: str, triple: Triple) -> Iterator[str]:
    implied = {"have": "has"}.get(triple.relation.implied or "", triple.relation.implied or "")
    yield f"{implied} {triple.relation.text}"
    yield triple.subject.text
    yield triple.object.text
    for argument in triple.arguments:
        begin = argument.begin - len(argument.role) - 1
        with_preposition = begin >= 0 and text[begin : argument.begin].lower() == f"{argument.role} "
        yield text[begin if with_preposition else argument.begin : argument.end]
