"""What a sentence states: a predicate with its subjects and arguments, for each construction that states something.

Verbs in the active and passive, with objects, prepositional phrases, content and adverbial clauses;
infinitives joined to the verb that governs them ("wants to visit"); relative clauses and reduced ones
with their antecedents; copulas; appositions and titles ("is"); possessives of names ("has").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import antecedent, case_of, first_conjunct, is_negated, is_passive, relation

__all__ = ["Proposition", "lemma_of", "propositions"]

_OBLIQUE = {"obl", "obl:arg", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod"}
_AUXILIARY = {"aux", "aux:pass", "compound:prt"}
_NEGATION = {"not", "n't", "never"}
_NEVER = frozenset({"DET", "ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "SPACE", "INTJ"})
"""Parts of speech that state nothing."""
_NO_VERB = {"amod", "compound", "case", "fixed"}
_CLAUSE_MARKS = {"to", "that", "when", "while", "after", "before", "if", "because", "as", "since", "although", "though"}
_CIRCUMSTANTIAL = {"when", "while", "after", "before", "because", "as", "since", "although", "though", "until"}
_SAYING = {"say", "add", "tell", "note", "write", "explain"}
_ADDRESS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir"}
_OF_ACTS = ("ion", "ment", "ance", "ence", "ing", "al", "ure")
"""Endings of nouns of acts: "Iran's decision" is something done, not something owned."""


@dataclass(slots=True)
class Proposition:
    """A predicate and what it is said of.

    Attributes
    ----------
    kind : verb, relative, reduced, adverbial, infinitive, copula, apposition, title, possession
    head : the predicate
    words : the words of the relation in the order of the text; none where it is implied
    implied : the lemma that the text leaves out ("be", "have"), or ""
    subjects : heads of the subjects
    arguments : (role, head); role is object, time, a preposition, or content or clause
    chain : verbs joined to the head ("wants [to visit]"), or words of a title in front of its last one
    """

    kind: str
    head: Token
    words: list[Token]
    subjects: list[Token]
    arguments: list[tuple[str, Token]]
    implied: str = ""
    chain: list[Token] = field(default_factory=list)


def propositions(token: Token) -> Iterator[Proposition]:
    """Yield what is stated with a token as predicate, apposition, title or owner."""
    pos = token.pos_
    if pos in _NEVER:
        return
    kind = token.dep_
    if pos == "VERB":
        if kind not in _NO_VERB:
            yield from _verbal(token)
    elif pos == "AUX":
        if kind not in {"aux", "aux:pass", "cop"} and any(c.dep_ in {"nsubj", "expl"} for c in token.children):
            yield from _verbal(token)
    elif token.n_lefts and any(c.dep_ == "cop" for c in token.lefts):
        yield from _copular(token)
    if pos in {"NOUN", "PROPN"}:
        if kind == "appos":
            yield from _apposition(token)
        if pos == "PROPN":
            if token.n_lefts:
                yield from _titles(token)
            if kind == "nmod:poss":
                yield from _possession(token)


def _verbal(verb: Token) -> Iterator[Proposition]:
    kind = verb.dep_
    children = list(verb.children)
    if kind == "xcomp" and verb.head.pos_ == "VERB" and not _has_object(verb.head):
        return  # joined to the verb above
    if kind in {"acl", "advcl"} and any(c.dep_ in {"case", "mark"} and c.lower_ not in _CLAUSE_MARKS for c in children):
        return  # "the routine of yanking the balloon"
    if kind == "advcl" and verb.i > verb.head.i and verb.tag_ == "VBG" and not _names_subject(verb):
        return  # ", allowing both to stop": who or what allows it is seldom the subject
    words, chain, arguments = _group(verb), [], _arguments(verb)
    node = verb
    while not any(role == "object" for role, _ in arguments):
        inner = next((c for c in node.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
        if inner is None:
            break
        words += [c for c in inner.children if c.dep_ == "mark" and c.lower_ == "to"] + _group(inner)
        chain.append(inner)
        arguments = _arguments(inner) + arguments
        node = inner
    for governor in (verb, *chain):
        arguments += [(role, c) for c in governor.children if (role := _clause_role(c, governor, chain))]
    if arguments:
        words.sort(key=lambda t: t.i)
        bare = kind == "acl" and verb.tag_ == "VBN" and not any(w.dep_ == "aux:pass" for w in words)
        yield Proposition(
            _kind(verb, children), verb, words, subjects(verb), arguments, implied="be" if bare else "", chain=chain
        )


def _names_subject(verb: Token) -> bool:
    """Say whether a trailing participle has a subject of its own, or is speech ("..., saying that")."""
    return verb.lemma_ in _SAYING or any(c.dep_ in {"nsubj", "nsubj:pass"} for c in verb.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in {"obj", "iobj"} for c in verb.children)


def _group(verb: Token) -> list[Token]:
    """A verb with its auxiliaries, particles, negation and the adverbs beside it."""
    return [
        verb,
        *(
            c
            for c in verb.children
            if c.dep_ in _AUXILIARY
            or c.lower_ in _NEGATION
            or (c.dep_ == "advmod" and abs(c.i - verb.i) == 1 and c.tag_ == "RB")
        ),
    ]


def _arguments(verb: Token) -> list[tuple[str, Token]]:
    """Objects, then other phrases in the order of the text."""
    objects, others = [], []
    for child in verb.children:
        if child.dep_ == "iobj" or relation(child) == "obj":
            objects.append(("object", antecedent(child, verb)))
        elif child.dep_ in _OBLIQUE:
            others.append((case_of(child) or "time", antecedent(child, verb)))
    return objects + others


def _clause_role(child: Token, verb: Token, chain: list[Token]) -> str | None:
    """Whether a clause is what a verb tells of, or adds when, if or why."""
    kind = child.dep_
    if kind == "parataxis":
        return "content" if verb.lemma_ in _SAYING else None
    if kind == "ccomp" or (kind == "xcomp" and child not in chain):
        marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
        return "clause" if marks & _CIRCUMSTANTIAL else "content"
    if kind == "advcl" and verb not in chain and any(c.dep_ == "mark" for c in child.children):
        return "clause"
    return None


def _kind(verb: Token, children: list[Token]) -> str:
    first = first_conjunct(verb)
    kind = first.dep_
    if first != verb:  # "to visit Kyiv and meet him"
        if any(c.dep_ in {"nsubj", "nsubj:pass"} for c in children) or verb.tag_ in {"VBD", "VBP", "VBZ"}:
            return "verb"
        children = [*children, *first.children]
    if kind == "acl:relcl":
        return "relative"
    if kind == "xcomp" or (kind in {"acl", "advcl"} and any(c.lower_ == "to" and c.dep_ == "mark" for c in children)):
        return "infinitive"
    if kind == "acl":
        return "reduced"
    if kind == "advcl":
        return "adverbial"
    return "verb"


def _copular(predicate: Token) -> Iterator[Proposition]:
    words = [c for c in predicate.children if c.dep_ in {"cop", "aux"} or c.lower_ in _NEGATION]
    preposition = case_of(predicate)
    arguments = [(preposition or "object", predicate)]
    if predicate.pos_ in {"NOUN", "PROPN"}:
        arguments += [(case_of(c) or "time", c) for c in predicate.children if c.dep_ in _OBLIQUE]
    yield Proposition("copula", predicate, words, subjects(predicate), arguments)


def _apposition(token: Token) -> Iterator[Proposition]:
    """ "Ann Ace, the minister" and "the minister, Ann Ace": the name is what the noun says."""
    name, noun = (token, token.head) if token.pos_ == "PROPN" and token.head.pos_ == "NOUN" else (token.head, token)
    if noun.pos_ == "NOUN" and _beside(token):
        yield Proposition("apposition", token, [], [name], [("object", noun)], implied="be")


def _beside(apposed: Token) -> bool:
    """Say whether an apposition stands behind a comma or the like, or right behind its head."""
    begin, doc = apposed.left_edge.i, apposed.doc
    return begin <= apposed.head.i + 1 or doc[begin].is_punct or doc[begin - 1].is_punct


def _titles(name: Token) -> Iterator[Proposition]:
    titles = [c for c in name.lefts if c.dep_ == "nmod:desc" and c.lower_ not in _ADDRESS]
    if titles:
        yield Proposition("title", name, [], [name], [("object", titles[-1])], implied="be", chain=titles[:-1])


def _possession(owner: Token) -> Iterator[Proposition]:
    owned = owner.head
    marked = any(c.dep_ == "case" for c in owner.children)
    if marked and owner.i < owned.i and owned.pos_ == "NOUN" and not owned.lemma_.endswith(_OF_ACTS):
        yield Proposition("possession", owned, [], [owner], [("object", owned)], implied="have")


def lemma_of(proposition: Proposition) -> str:
    """The relation without its preposition, normalised: "want to visit", "be urged", "be"."""
    head = proposition.head
    if proposition.implied and not proposition.words:
        return proposition.implied
    if proposition.kind == "copula":
        return "be"
    lemma = _verb_lemma(head)
    for verb in proposition.chain:
        to = any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)
        own = verb.lower_ if verb.tag_ == "VBG" else _verb_lemma(verb)
        lemma += f"{' not' if is_negated(verb) else ''}{' to' if to else ''} {own}"
    return lemma


def _verb_lemma(verb: Token) -> str:
    particles = [c.lower_ for c in verb.children if c.dep_ == "compound:prt"]
    return " ".join([f"be {verb.lower_}" if is_passive(verb) else verb.lemma_.lower(), *particles])
