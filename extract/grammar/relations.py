"""How words hang together in a dependency tree (Universal Dependencies): relation, preposition, coordination, clause.

All tokens are spaCy tokens of a parsed Doc with UD labels (see `diplograph.extract.ud` for others).
"""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.grammar.memory import remembered
from diplograph.ontology.steering import load_steering

__all__ = [
    "CLAUSES",
    "INCLUDING",
    "OWNING",
    "RELATIVE",
    "VERBAL",
    "antecedent",
    "case_of",
    "clause_of",
    "expand",
    "first_conjunct",
    "governor",
    "is_negated",
    "is_passive",
    "owner_of",
    "relation",
    "support_verb",
    "words_near",
]

VERBAL = {"VERB", "AUX"}
CLAUSES = {"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"}
_CONJUNCTIONS = {"after", "before", "until", "since", "once"}
_MENDED = {"obl", "nsubj", "xcomp", "expl", "advcl"}
"""Relations that may be a fault of the parser's (see `relation`)."""
RELATIVE = {"who", "whom", "which", "that", "whose"}
_MAX_DEPTH = 12
INCLUDING = {"including", "include"}

OWNING = frozenset({"of", "from", "for", "representing", ""})
"""Prepositions of those to whom an organ belongs: "officials from Iraq", not "the mission in Iraq"."""


@remembered()
def relation(token: Token) -> str:
    """Return the dependency relation without its subtype (nsubj:pass -> nsubj), some faults mended.

    The name in "called X" is an object and no complement ("called it Y"). The noun after a particle is
    an object ("called off the summit"). The infinitive of "invited X to come" and the "coming" of "look
    forward to coming" are complements. The "it" of "it is willing" is a subject, and so is the meeting
    in "came after a meeting was cancelled". So it is also where the parser says otherwise.
    """
    kind = str(token.dep_).partition(":")[0]
    if kind not in _MENDED:
        return kind
    if kind == "obl" and any(c.dep_ == "case" and _is_particle(c, token.head) for c in token.children):
        return "obj"
    if kind == "obl" and token.i < token.head.i and _is_subject_after_all(token):
        return "nsubj"
    if kind == "nsubj" and token.i > token.head.i and _is_active_after_all(token.head):
        return "obj"
    if kind == "xcomp" and token.pos_ == "PROPN" and not any(c.dep_ == "obj" for c in token.head.children):
        return "obj"
    if kind == "expl" and token.head.lemma_ in load_steering().minded:
        return "nsubj"
    if kind == "advcl" and any(c.lower_ == "to" and c.dep_ in {"mark", "case"} for c in token.children):
        if token.tag_ == "VBG" or token.head.lemma_ in load_steering().control:
            return "xcomp"
    return kind


def _is_particle(word: Token, verb: Token) -> bool:
    return word.tag_ == "RP" or (word.i == verb.i + 1 and f"{verb.lemma_} {word.lower_}" in load_steering().phrasal)


def _is_subject_after_all(noun: Token) -> bool:
    """What stands between "after" and a passive verb that has no subject is its subject."""
    verb = noun.head
    return (
        verb.dep_ == "advcl"
        and is_passive(verb)
        and case_of(noun) in _CONJUNCTIONS
        and noun.left_edge.i == verb.left_edge.i
        and not any("subj" in c.dep_ for c in verb.children)
    )


def _is_active_after_all(verb: Token) -> bool:
    """A finite form without auxiliary between two "subjects" is active: the one behind it is the object."""
    if verb.tag_ not in {"VBN", "VBD", "VBZ", "VBP"}:
        return False
    before = [c.i < verb.i for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass", "aux", "aux:pass"}]
    return before == [True, False]


@remembered()
def case_of(token: Token) -> str:
    """Return the preposition of a phrase, lower-case, words of a fixed one joined by blanks; "" if none."""
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i:
            if fixed := [c for c in child.children if c.dep_ == "fixed"]:
                return " ".join(t.lower_ for t in sorted([child, *fixed], key=lambda t: t.i))
            return str(child.lower_)
    return ""


def owner_of(noun: Token) -> Token:
    """Whose branch of government a bare noun behind an office tells, else the noun: "(Ministry of) Defence of Peru"."""
    for part in expand(noun):  # "Energy and Mineral Resources of Indonesia"
        if (part.tag_ == "NNS" and part.is_lower) or any(c.dep_ == "det" for c in part.children):
            return noun
        inner = next((c for c in part.children if c.dep_ == "nmod" and case_of(c) in {"of", "for"}), None)
        if inner is not None:
            return owner_of(inner)
    return noun


@remembered(list)
def expand(token: Token) -> list[Token]:
    """Return a phrase's head and the heads of the phrases coordinated with it.

    In a list of names ("Britain, France and Germany") the parser may take the second for an apposition.
    """
    out = [token]
    children = [(c, c.dep_) for c in token.children]
    for child, kind in children:
        if kind in {"nmod", "obl"} and case_of(child) in INCLUDING:
            out += expand(child)
    last = max((c.i for c, kind in children if kind == "conj"), default=-1)
    if last < 0:
        return out
    for child, kind in children:
        listed = kind == "appos" and child.pos_ == token.pos_ == "PROPN" and child.i < last
        if listed or (kind == "conj" and (child.pos_ not in VERBAL or token.pos_ in VERBAL)):
            out += expand(child)
    return out


def first_conjunct(token: Token) -> Token:
    """Return the head of the coordination that a token stands in."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Say whether a verb form is passive (finite, or a past participle after its noun)."""
    if _is_active_after_all(verb):
        return False
    kinds = {c.dep_ for c in verb.children}
    if not kinds.isdisjoint({"nsubj:pass", "aux:pass", "csubj:pass"}):
        return True
    if verb.tag_ != "VBN" or "aux" in kinds or "cop" in kinds:
        return False
    if verb.dep_ in {"acl", "amod", "advcl"}:
        return True
    head = first_conjunct(verb)
    return head != verb and is_passive(head)


def is_negated(token: Token) -> bool:
    """Say whether a word has a negation of its own (not, never, no, neither)."""
    return any(
        c.lower_ in {"not", "n't", "never", "no", "neither", "nor"}
        and c.dep_ in {"advmod", "det", "neg", "cc:preconj", "cc"}
        and not (c.dep_ == "cc" and c.lower_ != "nor")
        for c in token.children
    )


def clause_of(token: Token) -> Token:
    """Return the head of the clause around a token: the nearest verb or predicate above it."""
    for node in (token, *token.ancestors):
        if node.pos_ in VERBAL or relation(node) in CLAUSES or node.dep_ == "ROOT" or node.head == node:
            return node
    return token


def governor(token: Token) -> Token | None:
    """Return the word that a (possibly coordinated) word depends on; None at the root."""
    first = first_conjunct(token)
    return None if first.head == first else first.head


def antecedent(token: Token, verb: Token) -> Token:
    """Replace a relative pronoun by the noun that its clause modifies."""
    if token.lower_ in RELATIVE and token.pos_ == "PRON":
        clause = first_conjunct(verb)
        for _ in range(_MAX_DEPTH):
            if clause.dep_ == "acl:relcl":
                return clause.head
            if relation(clause) not in {"xcomp", "ccomp", "conj"}:
                break
            clause = clause.head
    return token


def support_verb(noun: Token) -> Token | None:
    """Return the verb whose object or passive subject a noun is ("held talks", "talks were held")."""
    first = first_conjunct(noun)
    if (relation(first) == "obj" or first.dep_ == "nsubj:pass") and first.head.pos_ in VERBAL:
        return first.head
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return child
    return None


def words_near(token: Token, words: tuple[str, ...]) -> list[Token] | None:
    """Return further words of an expression near its head: children, their children, or right behind it.

    "put" and ("on", "hold") give the two tokens in "was put on hold"; None if one is missing.
    """
    if not words:
        return []
    behind = {t.lower_: t for t in token.doc[token.i + 1 : token.i + 2 + len(words)]}
    near = _below(token) | behind
    return [near[w] for w in words] if all(w in near for w in words) else None


@remembered()
def _below(token: Token) -> dict[str, Token]:
    """The children of a word and theirs, by how they are written."""
    return {t.lower_: t for child in token.children for t in (child, *child.children)}
