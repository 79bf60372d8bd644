"""Who does what to whom, read off a dependency tree (Universal Dependencies).

The functions here answer in grammatical terms only and know no events: `arguments` collects what
depends on a verb or a noun under *slot* names that do not change with the construction. A slot is
"subject" or "object" in the sense of the active clause (the object of "was urged" is its surface
subject), "recipient", "content" (a clause), "possessor", "modifier" (adjective), "compound", or the
preposition of a prepositional phrase ("with", "to", "between" ...). Coordinated phrases are all
listed, relative pronouns stand for their antecedents, and subjects that a clause shares with
another (coordination, control, participles) are found there.

All tokens are spaCy tokens of a parsed Doc with UD labels (see `diplograph.extract.ud` for others).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from diplograph.extract.grammar.memory import remembered
from diplograph.extract.grammar.relations import (
    INCLUDING,
    RELATIVE,
    VERBAL,
    antecedent,
    case_of,
    expand,
    first_conjunct,
    governor,
    is_passive,
    relation,
)
from diplograph.ontology.steering import load_steering

__all__ = ["Slots", "arguments", "subjects", "told_to"]

Slots = dict[str, list[Token]]

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"}
_LIKE_SUBJECTS = ("nsubj", "csubj", "expl")
"""How the relations of subjects begin, an "it" that may be one among them."""
_MAX_DEPTH = 12
_TAKING_PART = {("involve", "VBG"): {"obj"}, ("attend", "VBN"): {"obl:agent", "obl"}}
"""Participles that work like the preposition "among", and the relation of those who take part."""


_BY_WHOM = {"compound", "obl:unmarked", "obl:npmod", "nmod", "nmod:unmarked", "obl"}
"""Relations of whom a participle names in front: "the Iran-backed group"."""


@remembered(list)
def subjects(verb: Token) -> list[Token]:
    """Return the surface subjects of a verb, its own or those it shares with another clause."""
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth > _MAX_DEPTH:
        return []
    own = [c for c in verb.children if c.dep_.startswith(_LIKE_SUBJECTS) and relation(c) in {"nsubj", "csubj"}]
    if own:
        return [t for c in own for t in expand(antecedent(c, verb))]
    head, kind = verb.head, verb.dep_
    if head == verb:
        return []
    if told := told_to(verb):
        return told
    if relation(verb) == "xcomp" or (kind == "ccomp" and _is_gerund(verb)):
        if head.lemma_ in load_steering().anybodys and _is_gerund(verb):
            return []
        kind = "xcomp"
    if kind == "conj":
        return _subjects(head, depth + 1)
    if kind == "xcomp":
        objects = [c for c in head.children if c.dep_ in {"obj", "iobj"}]
        if objects and head.pos_ == "VERB":
            return [t for c in objects for t in expand(c)]
        return _subjects(head, depth + 1) if head.pos_ in {*VERBAL, "ADJ", "NOUN"} else []
    if kind == "advcl":
        return _charged(verb, head) or _subjects(_main_verb(verb, head), depth + 1)
    if kind == "acl":
        if head.lemma_ in load_steering().charges and (charged := _charged(verb, head.head)):
            return charged
        if verb.tag_ in {"VBG", "VBN"} or head.pos_ == "PROPN":
            return expand(head)  # a name with an infinitive is a headline: "Trump to meet Putin"
        return _owner(head, depth)
    return expand(head) if kind == "acl:relcl" or (kind == "amod" and verb.tag_ == "VBN") else []


def _is_gerund(verb: Token) -> bool:
    """Say whether a verb is a gerund: "denies sending arms", "regrets having met him"."""
    helping = [c for c in verb.children if c.dep_ in {"aux", "aux:pass"}]
    return (helping[0] if helping else verb).tag_ == "VBG"


def _main_verb(verb: Token, head: Token) -> Token:
    """Return the verb whose subject a clause in front shares: "after meeting Y, X says that Z ...": says."""
    return head.head if relation(head) == "ccomp" and verb.i < head.head.i < head.i else head


def told_to(verb: Token) -> list[Token]:
    """Who is named with a preposition as the one to do something: "called on X to go", "called for X to go"."""
    marks = {c.lower_: c.i for c in verb.children if c.dep_ == "mark"}
    if "to" not in marks:
        return []
    if "for" in marks:
        around = [*verb.children, *verb.head.children]
        own = [c for c in around if c.dep_ == "obl" and marks["for"] < c.i < marks["to"] and not case_of(c)]
    elif relation(verb) in {"advcl", "xcomp"}:
        asked = load_steering().addressing.get(verb.head.lemma_, ())
        own = [c for c in verb.head.children if c.dep_ == "obl" and case_of(c) in asked]
        own = [c for c in own if c.i < verb.i]
    else:
        own = []
    return [t for c in own for t in expand(c)]


def _charged(verb: Token, head: Token) -> list[Token]:
    """Who does what another does something about: "accuse X of shelling Y", "held X on suspicion of spying"."""
    about = any(c.dep_ in {"mark", "case"} and c.lower_ in {"of", "for", "from"} for c in verb.children)
    objects = [c for c in head.children if c.dep_ in {"obj", "iobj"}] if about and not is_passive(head) else []
    return [t for c in objects for t in expand(c)]


def _owner(noun: Token, depth: int) -> list[Token]:
    """Who is to do what a noun says: whose plan, decision, offer it is, or whom a request is made to.

    The owner is the possessor, else the subject of the verb that governs the noun; the addressee a "to" or "for"
    of the noun or of the verb that it is the subject of.
    """
    if noun.lemma_.lower() in load_steering().requests:
        around = [*noun.children, *(noun.head.children if relation(noun) == "nsubj" else ())]
        return [t for c in around if c.dep_ in {"nmod", "obl"} and case_of(c) in {"to", "for", "on"} for t in expand(c)]
    owners = [c for c in noun.children if c.dep_ == "nmod:poss"] or [
        c for c in noun.children if c.dep_ == "nmod" and case_of(c) in {"for", "by", ""}
    ]
    if owners:
        return [t for c in owners for t in expand(c)]
    if any(c.dep_ == "cop" for c in noun.children):
        return _subjects(noun, depth + 1)  # "they are the first to visit"
    head = governor(noun)
    if head is not None and head.pos_ in VERBAL and relation(first_conjunct(noun)) in {"obj", "xcomp"}:
        return _subjects(head, depth + 1)
    return []


@remembered(lambda slots: {name: [*tokens] for name, tokens in slots.items()})
def arguments(token: Token) -> Slots:
    """Return the arguments of a verb or noun by slot (see the module's first lines)."""
    slots: Slots = {}
    (_verb_slots if token.pos_ in VERBAL else _noun_slots)(token, slots)
    return slots


def _put(slots: Slots, name: str, tokens: list[Token]) -> None:
    held = slots.setdefault(name, [])
    held += [t for t in tokens if t not in held]


def _verb_slots(verb: Token, slots: Slots) -> None:
    surface = subjects(verb)
    passive = is_passive(verb)
    if surface:
        _put(slots, "object" if passive else "subject", surface)
    for child in verb.children:
        kind, mended = child.dep_, relation(child)
        if verb.dep_ == "amod" and passive and kind in _BY_WHOM and child.i < verb.i and not case_of(child):
            _put(slots, "subject", list(_compounds(child)))
        elif mended == "obj":
            _put(slots, "object", list(expand(antecedent(child, verb))))
        elif mended == "xcomp":
            _put(slots, "content", expand(child))
        elif kind == "iobj":
            _put(slots, "recipient", expand(child))
        elif kind in {"obl", "obl:agent", "obl:arg", "nmod", "advcl", "obl:unmarked", "obl:tmod", "obl:npmod"}:
            _oblique(child, passive, slots)
        elif kind == "ccomp":
            _put(slots, "content", expand(child))
        elif kind == "compound:prt":
            _put(slots, "particle", [child])
    if "subject" in slots and "object" in slots and not passive:
        slots.pop("by", None)  # of the thing: "condemned the attack on Chad by rebels"
    if verb.dep_ == "acl:relcl" and "object" not in slots and not passive and _has_own_subject(verb):
        _put(slots, "object", expand(verb.head))
    if verb.dep_ == "conj" and "object" not in slots and not passive:
        first = first_conjunct(verb)
        if first.dep_ == "acl:relcl" and _has_own_subject(first):
            _put(slots, "object", expand(first.head))


def _has_own_subject(verb: Token) -> bool:
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass"}]
    return bool(own) and not (own[0].lower_ in RELATIVE and own[0].pos_ == "PRON")


def _taking_part(clause: Token, slots: Slots) -> None:
    """Read a participle that works like a preposition: talks involving A and B, a summit attended by A."""
    relations = _TAKING_PART.get((clause.lemma_, clause.tag_), set())
    for child in clause.children:
        if child.dep_ in relations and case_of(child) in {"", "by"}:
            _put(slots, "among", expand(child))


def _oblique(child: Token, passive: bool, slots: Slots) -> None:
    name = case_of(child)
    if child.dep_ == "advcl" and not name:
        _taking_part(child, slots)
        return
    if name == "by" and (passive or child.dep_ == "obl:agent"):
        _put(slots, "subject", expand(child))
        return
    _put_by_case(child, slots)


def _put_by_case(phrase: Token, slots: Slots) -> None:
    """Sort a prepositional phrase by preposition; what "including" adds has that of the whole."""
    name = case_of(phrase)
    for token in expand(phrase):
        own = case_of(token)
        _put(slots, (name if own in INCLUDING else own or name) or "bare", [token])


def _noun_slots(noun: Token, slots: Slots) -> None:
    for child in noun.children:
        kind = child.dep_
        if kind == "nmod:poss":
            _put(slots, "possessor", expand(child))
        elif kind in {"compound", "flat", "nmod:desc", "nmod:unmarked"} and child.i < noun.i:
            _put(slots, "compound", list(_compounds(child)))
        elif kind == "amod":
            _put(slots, "modifier", expand(child))
        elif kind in {"nmod", "obl", "nmod:agent"}:
            _put_by_case(child, slots)
        elif kind in {"acl", "ccomp", "xcomp", "acl:relcl"}:
            _put(slots, "content", [child])
            _taking_part(child, slots)
        elif kind in {"nsubj", "nsubj:pass"}:
            _put(slots, "subject", expand(child))
    if noun.dep_ == "nsubj" and any(c.dep_ == "expl" for c in noun.head.children):
        for child in noun.head.children:  # "there was no contact, open or secret, with Ankara"
            if relation(child) == "obl" and child.i > noun.i and case_of(child) not in slots:
                _put(slots, case_of(child) or "bare", expand(child))


def _compounds(token: Token) -> Iterator[Token]:
    """Yield the parts of a compound modifier: of "Trump-Putin" both names."""
    for child in token.children:
        named = child.pos_ in {"PROPN", "NOUN", "ADJ"}
        if named and child.dep_ in {"compound", "flat", "conj", "nmod", "nmod:desc", "dep"}:
            yield from _compounds(child)
    yield token
