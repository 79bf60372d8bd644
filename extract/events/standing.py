"""How somebody who may take part in an event stands to it and to the others: marks that the fusion weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.charges import charged_with
from diplograph.extract.grammar.clauses import subjects, told_to
from diplograph.extract.grammar.relations import RELATIVE, case_of, clause_of, first_conjunct, is_passive, relation
from diplograph.extract.layers import ACTING, Role, root_of
from diplograph.ontology.steering import load_steering

__all__ = ["is_of_other", "standing"]

_FAR = 4
"""Steps up from a word that make it far from the event."""
_SAME = {"conj", "appos", "nmod:desc", "nmod:unmarked"}
_NAMING = {"appos", "flat", "nmod:desc"}
_LISTING = {"including", "such as"}
_WHOLE = ["nmod:of"], ["compound"]


def standing(role: Role, others: Iterable[Role], trigger: Token, phrases: Phrases) -> Iterator[str]:
    """Yield how somebody stands to an event and to the others of his side.

    "home" is the state of another, "town" a name behind that of a town, "far" one deep in another
    phrase, "inner" one who only tells who another is ("the lawyer of X", "four men who attacked X").
    """
    others = [r for r in others if r.member != role.member]
    side = [r for r in others if (r.role in ACTING) == (role.role in ACTING)]
    member = phrases.members[role.member]
    homes = {phrases.members[r.member].country for r in side} - {None}
    if member.kind in {"state", "territory"} and member.country in homes:
        yield "home"
    if role.tokens is None:
        return
    token = root_of(phrases.doc, role.tokens)
    if token.sent != trigger.sent:
        return  # whom a noun takes up from the sentence before
    above = {trigger, *trigger.ancestors}
    way = list(_way(token, above))
    if token.dep_ == "nmod:unmarked":
        yield "town"
    if len(way) + (bool(way) and way[-1].head != trigger) >= _FAR:
        yield "far"
    beside, opposite = (
        [r.tokens for r in several if r.tokens] for several in (side, [r for r in others if r not in side])
    )
    links: list[str] = []
    for step in way:
        links.append(_link(step))
        if step.head not in above and any(a <= step.head.i < b for a, b in beside):
            if links not in _WHOLE and not _SAME.issuperset(links):
                yield "inner"
            return
        if links[-1] == "appos" and len(links) > 1 and any(a <= step.head.i < b for a, b in opposite):
            yield "inner"  # "Ann Ace, leader of the Red Front, was killed"
            return


def is_of_other(token: Token, trigger: Token) -> bool:
    """Say whether a word belongs to the verb of another act.

    So it does if that is coordinated with the event ("two are shot and ten are arrested") or in another branch of the
    sentence ("says that it will strike the M23, and asks Chad to go"). Who does it takes no part in what he asks of
    others ("Kenya calls on Chad to go"), what only tells of a thing ("vetoes a UN resolution calling for talks"), what
    is laid to another's charge ("arrests a man over the attack"). Clauses that both name who acts are two stories:
    "When Chad met Niger, Mali agreed", "Chad, which backs Niger, blamed Mali".
    """
    clause, own = clause_of(token), clause_of(trigger)
    if clause.pos_ != "VERB":
        return False
    if any(c.dep_ == "nmod:poss" for c in trigger.children) and token in subjects(clause):
        return True  # "Kenya condemns her attacks"
    if clause == own:
        return False
    if trigger.pos_ == "VERB" and first_conjunct(clause) == first_conjunct(trigger):
        return True
    if _has_own_subject(clause) and _has_own_subject(own):
        return True
    if token in subjects(clause):
        if _tells_of_named(trigger) or _is_asked(own, clause) or _is_told_apart(trigger, token):
            return True
    return not clause.is_ancestor(own) and not own.is_ancestor(clause)


def _tells_of_named(verb: Token) -> bool:
    """Say whether a clause tells of what has a name: not "signs an order imposing ...", which its author does."""
    noun = verb.head
    telling = verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG")
    return telling and any(t.pos_ == "PROPN" for t in (noun, *noun.children) if t.i <= noun.i)


def _has_own_subject(verb: Token) -> bool:
    """Say whether a clause names who acts in it, by no pronoun but a relative one."""
    acting = [c for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass"}]
    return any(c.pos_ != "PRON" or c.lower_ in RELATIVE for c in acting)


def _is_told_apart(trigger: Token, token: Token) -> bool:
    """Say whether the grammar tells that another than a word's bearer has done an act: "on suspicion of spying"."""
    if is_passive(trigger) or trigger.dep_ == "conj":
        return False
    acting = subjects(trigger) if trigger.pos_ == "VERB" else charged_with(trigger)
    return bool(acting) and token not in acting and all(t.pos_ != "PRON" for t in acting)


def _is_asked(verb: Token, clause: Token) -> bool:
    """Say whether a clause asks others to do what a verb says."""
    if verb.head != clause or clause.lemma_ not in load_steering().asking or verb.tag_ != "VB":
        return False
    return bool(told_to(verb)) or any(relation(c) in {"obj", "iobj"} for c in clause.children)


def _way(token: Token, above: Iterable[Token]) -> Iterator[Token]:
    """Yield a word and those above it, up to the first that the event depends on."""
    while token not in above:
        yield token
        if token.head == token:
            return
        token = token.head


def _link(token: Token) -> str:
    """The relation of a word, with its preposition; one of a list is coordinated."""
    if token.dep_ != "nmod":
        return str(token.dep_)
    case = case_of(token)
    return "conj" if case in _LISTING else f"nmod:{case}"
