"""Subject, relation, object: what each clause states, whatever the ontology knows of it.

The component ``diplo_triples`` writes `TripleMention`s to ``doc._.diplo_triples``: one for each
subject of each clause, with the first object (or prepositional phrase, or complement clause) as
object and the rest as further arguments. Copulas, titles and appositions give "is" triples.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.clauses import SUBJECTS, case_of, expand, first_conjunct, is_negated, is_passive, subjects
from diplograph.extract.layers import TripleArgument, TripleMention, register
from diplograph.extract.quotations import reporting_subject
from diplograph.ontology.attribution import Attribution, load_attribution

__all__ = ["TripleFinder", "make_triple_finder"]

_OBJECTS = ("obj", "iobj")
_PHRASES = {"obl", "obl:arg", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod"}
_CONTENT = {"ccomp", "xcomp"}
_CUT = {"acl:relcl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "case", "mark", "dep", "discourse"}
_MODALS = {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "ought"}


@Language.factory("diplo_triples", requires=["token.dep"], assigns=["doc._.diplo_triples"])
def make_triple_finder(nlp: Language, name: str) -> TripleFinder:
    """Build the component."""
    return TripleFinder(load_attribution())


class TripleFinder:
    """Finds triples (see the module's first lines)."""

    def __init__(self, attribution: Attribution) -> None:
        self.attribution = attribution
        register("diplo_triples")

    def __call__(self, doc: Doc) -> Doc:
        """Find the triples."""
        found: list[TripleMention] = []
        for token in doc:
            if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound", "case"}:
                found += self._verbal(token)
            elif any(c.dep_ == "cop" for c in token.children):
                found += self._copular(token)
            if token.dep_ == "appos" and token.pos_ in {"NOUN", "PROPN"}:
                found += self._apposition(token)
        doc._.diplo_triples = tuple(found)
        return doc

    def _verbal(self, verb: Token) -> Iterator[TripleMention]:
        arguments = [*_arguments(verb)]
        if not arguments:
            return
        first, *rest = arguments
        words = sorted(_verb_group(verb), key=lambda t: t.i)
        lemma = _lemma(verb)
        text = " ".join(t.text for t in words)
        if first.role not in {"object", "content"}:
            text, lemma = f"{text} {first.role}", f"{lemma} {first.role}"
        for subject in subjects(verb):
            span = _span(subject)
            if span != first.tokens:
                yield self._triple(verb, span, text, lemma, first, rest)

    def _copular(self, predicate: Token) -> Iterator[TripleMention]:
        copula = next(c for c in predicate.children if c.dep_ == "cop")
        group = [copula, *(c for c in predicate.children if c.dep_ in {"aux"} or c.lower_ in {"not", "n't"})]
        case = case_of(predicate)
        text = " ".join(t.text for t in sorted(group, key=lambda t: t.i)) + (f" {case}" if case else "")
        target = TripleArgument("object", _span(predicate, without=SUBJECTS | {"cop", "aux"}))
        for subject in subjects(predicate):
            yield self._triple(predicate, _span(subject), text, f"be {case}".strip(), target, [])

    def _apposition(self, token: Token) -> Iterator[TripleMention]:
        name, description = (
            (token, token.head) if token.pos_ == "PROPN" and token.head.pos_ == "NOUN" else (token.head, token)
        )
        if description.pos_ == "NOUN":
            target = TripleArgument("object", _span(description, without={"flat"}))
            yield self._triple(token, _span(name), "is", "be", target, [])

    def _triple(
        self,
        head: Token,
        subject: tuple[int, int],
        text: str,
        lemma: str,
        first: TripleArgument,
        rest: list[TripleArgument],
    ) -> TripleMention:
        modality = next(
            (c.lemma_.lower() for c in head.children if c.dep_ == "aux" and c.lemma_.lower() in _MODALS), None
        )
        return TripleMention(
            head=head.i,
            subject=subject,
            relation=text,
            lemma=lemma,
            object=first.tokens,
            arguments=tuple(rest),
            negated=is_negated(head),
            modality=modality,
            source=self._source(head),
        )

    def _source(self, head: Token) -> tuple[int, int] | None:
        """The subject of the verb of saying right above a clause."""
        clause = first_conjunct(head)
        if clause.dep_ in {"ccomp", "parataxis"} and clause.head != clause:
            speaker = reporting_subject(clause.head, self.attribution)
            return _span(speaker) if speaker is not None else None
        return None


def _arguments(verb: Token) -> Iterator[TripleArgument]:
    """What a verb says beside its subject, objects first; a passive's agent counts as "by"."""
    children = list(verb.children)
    for kind in _OBJECTS:
        for child in children:
            if child.dep_ == kind:
                yield from (TripleArgument("object", _span(t)) for t in expand(child))
    for child in children:
        if child.dep_ in _PHRASES and (role := case_of(child)):
            yield TripleArgument(role, _span(child))
    for child in children:
        if child.dep_ in _CONTENT:
            yield TripleArgument("content", _span(child, without={"punct", "parataxis"}))
    for child in children:
        if child.dep_ in _PHRASES and not case_of(child):
            yield TripleArgument("time", _span(child))


def _verb_group(verb: Token) -> list[Token]:
    """A verb with its auxiliaries, particles and negation."""
    return [
        verb,
        *(
            c
            for c in verb.children
            if c.dep_ in {"aux", "aux:pass", "compound:prt"} or c.lower_ in {"not", "n't", "never"}
        ),
    ]


def _lemma(verb: Token) -> str:
    particles = [c.lower_ for c in verb.children if c.dep_ == "compound:prt"]
    lemma = " ".join([verb.lemma_.lower(), *particles])
    return f"be {verb.lower_}" if is_passive(verb) else lemma


def _span(token: Token, without: set[str] = frozenset()) -> tuple[int, int]:  # type: ignore[assignment]
    """The tokens of a phrase around its head, without clauses and other phrases hung on to it."""
    cut = _CUT | without
    left, right = token.i, token.i
    for child in token.children:
        if child.dep_ not in cut:
            left, right = min(left, child.left_edge.i), max(right, child.right_edge.i)
    doc = token.doc
    while right > token.i and (doc[right].is_punct or doc[right].is_space):
        right -= 1
    return left, right + 1
