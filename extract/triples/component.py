"""Subject, relation, object: what each proposition states, whatever the ontology knows of it.

The component ``diplo_triples`` writes `TripleMention`s to ``doc._.diplo_triples``: one for each subject
and each first object (else content, prepositional phrase, time or clause) of a proposition, with the
rest as further arguments. What is negated, modal, conditional or somebody's claim is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.grammar.relations import case_of, expand, first_conjunct, is_negated
from diplograph.extract.layers import Quotation, TripleArgument, TripleMention, register
from diplograph.extract.quotations import quotations_of, reporting_subject
from diplograph.extract.triples.phrases import clause, core, phrase
from diplograph.extract.triples.propositions import Proposition, lemma_of, propositions
from diplograph.ontology.attribution import Attribution, load_attribution
from diplograph.ontology.triples import TripleWeights, load_triple_weights

__all__ = ["TripleFinder", "make_triple_finder"]

_ORDER = ("object", "content", "", "time", "clause")
"""What is taken for the object of a triple, the first that is there; "" is any prepositional phrase."""
_CONDITIONS = {"if", "unless", "whether", "once", "until", "before", "lest"}
_FAR, _LONG, _LENGTHY = 8, 30, 10


@Language.factory("diplo_triples", requires=["token.dep"], assigns=["doc._.diplo_triples"])
def make_triple_finder(nlp: Language, name: str) -> TripleFinder:
    """Build the component."""
    return TripleFinder(load_attribution(), load_triple_weights())


class TripleFinder:
    """Finds triples (see the module's first lines)."""

    def __init__(self, attribution: Attribution, weights: TripleWeights) -> None:
        self.attribution, self.weights = attribution, weights
        register("diplo_triples")
        register("diplo_quotations")

    def __call__(self, doc: Doc) -> Doc:
        """Find the triples."""
        quotations = quotations_of(doc, self.attribution)
        found: dict[tuple[object, ...], TripleMention] = {}
        for sentence in doc.sents:
            long = len(sentence) > _LONG
            for proposition in (stated for token in sentence for stated in propositions(token)):
                for triple in self._triples(proposition, quotations, long=long):
                    found.setdefault((triple.subject.tokens, triple.lemma, triple.object.tokens), triple)
        doc._.diplo_triples = tuple(found.values())
        return doc

    def _triples(
        self, stated: Proposition, quotations: tuple[Quotation, ...], *, long: bool
    ) -> Iterator[TripleMention]:
        stated.arguments = [a for a in stated.arguments if a[0] not in self.attribution.prepositions]
        if not stated.subjects or not stated.arguments:
            return
        role, *objects = _first(stated)
        rest = [(r, head) for r, head in stated.arguments if head != objects[0]]
        words = " ".join(t.text for t in stated.words)
        lemma = lemma_of(stated)
        if role not in {"object", "content", "time", "clause"}:
            words, lemma = f"{words} {role}".strip(), f"{lemma} {role}"
        owner = stated.subjects[0] if stated.kind == "possession" else None
        targets = [_argument(role, t, predicate=stated.kind == "copula", without=owner) for t in objects]
        if stated.kind == "title" and stated.chain:  # "Secretary General X": two words beside each other
            begin = stated.chain[0].left_edge.i
            targets = [replace(t, tokens=(begin, t.tokens[1]), core=(begin, t.core[1])) for t in targets]
        further = tuple(_argument(r, head, whole=True) for r, head in rest)
        negated = any(is_negated(t) for t in _sharing(stated.head)) or _denied(objects) or _denied(stated.subjects)
        modality, source = self._modality(stated), self._source(stated.head, quotations)
        for subject in _subjects(stated):
            for target in targets:
                if subject.tokens == target.tokens or _is_empty(stated, subject, target):
                    continue
                marks = (stated.kind, *_marks(stated, subject, target, long=long))
                if len(targets) > 1 or len(stated.subjects) > 1:
                    marks += ("coordinated",)
                yield TripleMention(
                    head=stated.head.i,
                    kind=stated.kind,
                    subject=subject,
                    relation=words,
                    lemma=lemma,
                    object=target,
                    arguments=further,
                    implied=stated.implied,
                    negated=negated,
                    modality=modality,
                    source=source,
                    marks=marks,
                    confidence=self.weights.confidence(marks),
                )

    @staticmethod
    def _modality(stated: Proposition) -> str | None:
        """What keeps a clause from being an assertion: a modal verb, "if", an infinitive that nobody carried out."""
        children = [c for t in _sharing(stated.head) for c in t.children]
        modal = next((c.lemma_.lower() for c in children if c.dep_ == "aux" and c.tag_ == "MD"), None)
        condition = next((c.lower_ for c in children if c.dep_ == "mark" and c.lower_ in _CONDITIONS), None)
        return modal or condition or ("to" if stated.kind == "infinitive" else None)

    def _source(self, head: Token, quotations: tuple[Quotation, ...]) -> tuple[int, int] | None:
        """The subject of the verb of saying right above a clause, "according to X", else who is quoted."""
        stated = first_conjunct(head)
        speaker = None
        if stated.dep_ in {"ccomp", "parataxis"} and stated.head != stated:
            speaker = reporting_subject(stated.head, self.attribution)
        if speaker is None:
            speaker = next((c for c in head.children if case_of(c) in self.attribution.prepositions), None)
        if speaker is None:
            quotation = next((q for q in quotations if head.i in q and q.speaker >= 0), None)
            speaker = head.doc[quotation.speaker] if quotation else None
        return phrase(speaker) if speaker is not None else None


def _first(stated: Proposition) -> tuple[str, *tuple[Token, ...]]:
    """The role of the argument that is the object, and its head with those coordinated with it."""
    named = set(_ORDER)
    for wanted in _ORDER:
        for role, head in stated.arguments:
            if role == wanted or (not wanted and role not in named):
                return role, *(expand(head) if role not in {"content", "clause"} else [head])
    raise AssertionError("a proposition has arguments")


def _argument(
    role: str, head: Token, *, whole: bool = False, predicate: bool = False, without: Token | None = None
) -> TripleArgument:
    if role in {"content", "clause"}:
        return TripleArgument(role, clause(head), clause(head))
    kept = ("conj", "cc") if whole else ()
    return TripleArgument(role, phrase(head, keep=kept, predicate=predicate, without=without), core(head, without))


def _subjects(stated: Proposition) -> list[TripleArgument]:
    """The subjects; what a reduced or relative clause is said of does not quote the clause again."""
    own = first_conjunct(stated.head) if stated.kind in {"relative", "reduced", "infinitive"} else None
    if stated.kind == "title":
        own = stated.arguments[0][1]  # the name begins behind its title
    found = []
    for head in stated.subjects:
        if any(c.lower_ == "whose" for c in head.lefts):
            continue  # "whose country": whose it is stands outside the phrase
        if head.pos_ in {"VERB", "AUX"}:
            found.append(TripleArgument("subject", clause(head), clause(head)))
            continue
        beside = any(c.dep_ == "appos" and c.i == head.i + 1 for c in head.children)
        found.append(
            TripleArgument("subject", phrase(head, keep=("appos",) if beside else (), without=own), core(head))
        )
    return found


def _sharing(verb: Token) -> list[Token]:
    """A predicate, and the first conjunct where it shares that one's auxiliaries ("must not meet or talk")."""
    first = first_conjunct(verb)
    own = any(c.dep_ in {"nsubj", "nsubj:pass", "aux", "aux:pass", "cop"} for c in verb.children)
    return [verb] if first == verb or own or verb.tag_ in {"VBD", "VBZ", "VBP"} else [verb, first]


def _is_empty(stated: Proposition, subject: TripleArgument, target: TripleArgument) -> bool:
    """Say whether nothing is told without the text around: "they do it", "she praised them"."""
    doc = stated.head.doc
    bare = [a.tokens[1] - a.tokens[0] == 1 and doc[a.tokens[0]].pos_ in {"PRON", "ADV"} for a in (subject, target)]
    return bare[1] and (bare[0] or stated.head.lemma_ == "do")


def _denied(heads: list[Token]) -> bool:
    """ "Made no progress", "no deaths were reported": the negation stands with an object or subject."""
    return any(c.lower_ == "no" and c.dep_ == "det" for t in heads for c in (*t.children, *first_conjunct(t).children))


def _marks(stated: Proposition, subject: TripleArgument, target: TripleArgument, *, long: bool) -> Iterator[str]:
    head = stated.head
    if min(abs(head.i - subject.tokens[0]), abs(head.i - subject.tokens[1] + 1)) > _FAR:
        yield "far"
    if long:
        yield "long"
    if target.tokens[1] - target.tokens[0] > _LENGTHY:
        yield "lengthy"
    if subject.tokens[1] - subject.tokens[0] == 1 and head.doc[subject.tokens[0]].pos_ == "PRON":
        yield "pronoun"
