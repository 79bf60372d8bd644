"""What the mere form of a word says of the status of its event, and of the clause that it stands in."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from diplograph.extract.clauses import VERBAL, case_of, first_conjunct, relation, support_verb
from diplograph.extract.layers import EventMention, TimeMention
from diplograph.ontology.attribution import Attribution
from diplograph.ontology.statuses import StatusRules

__all__ = [
    "behind",
    "first_status",
    "is_arranged",
    "is_circumstance",
    "is_conditional",
    "is_present",
    "is_progressive",
    "is_told",
    "rescheduled",
    "shared_predicates",
    "tells_of_another",
]

_AUXILIARIES = {"aux", "aux:pass", "cop"}
_PRESENT = {"VBP", "VBZ"}
_BEING_THERE = {"in", "at", "on", "with", "inside", "aboard", "across from", "en route"}
_CIRCUMSTANCES = {"at", "during", "after", "since", "following", "amid", "despite", "over", "because of"}
_CONDITIONS = {"if", "unless", "should", "provided", "once", "as long as"}
_DEFINITE = {"the", "this", "that", "these", "those", "their", "his", "her", "its"}
_PREDICATES = {"VERB", "AUX", "ADJ", "ADV", "ADP", "NOUN"}


def first_status(token: Token, time: TimeMention | None, rules: StatusRules, *, stative: bool) -> tuple[str, bool]:
    """Return the status that an event starts from, and whether the grammar alone is sure of it.

    It is sure of what is under way: "are holding talks", "is in Berlin"; not of what a simple form leaves open.
    """
    future = time is not None and is_after(time, token.doc._.diplo_date)
    if token.pos_ not in VERBAL:
        verb = support_verb(token) or _taken_part_in(token)
        if verb is not None and verb.lemma_.lower() in rules.transparent_verbs and is_progressive(verb):
            return ("planned", False) if future else ("ongoing", True)
        if _is_there(token):
            return ("planned", False) if future else ("ongoing", True)
        return ("ongoing" if stative and is_present(first_conjunct(token).head, token) else "occurred"), False
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in _AUXILIARIES}
    first = first_conjunct(token)
    infinitive = _is_infinitive(token)
    if first != token and (infinitive or (token.tag_ == "VB" and not auxiliaries and _is_infinitive(first))):
        auxiliaries |= {c.lower_ for c in first.children if c.dep_ in _AUXILIARIES}
        infinitive = True
    if is_progressive(token):
        return ("planned", False) if future else ("ongoing", True)
    if infinitive and token.dep_ == "acl" and token.head.pos_ == "PROPN":
        return "planned", False  # a headline: "Trump to meet Putin"
    if infinitive and (first.dep_ in {"ROOT", "parataxis", "advcl"} or auxiliaries & {"is", "are", "was", "were"}):
        return "planned", False
    if token.tag_ in _PRESENT and stative:
        return "ongoing", False
    return ("planned" if future and token.tag_ in _PRESENT else "occurred"), False


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children)


def is_progressive(verb: Token) -> bool:
    """Say whether a verb is in the present progressive: "are holding", "have been holding"."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in _PRESENT for c in verb.children)


def is_present(verb: Token, token: Token | None = None) -> bool:
    """Say whether a verb stands in the present tense; a `token` without a verb above it counts as present."""
    auxiliaries = [c for c in verb.children if c.dep_ in _AUXILIARIES]
    if verb.tag_ == "VBG" or verb.pos_ not in VERBAL:
        return verb == token or any(c.tag_ in _PRESENT for c in auxiliaries)
    return verb.tag_ in _PRESENT or verb == token


def _is_there(token: Token) -> bool:
    """Say whether somebody is now said to be at an event, at a place or with somebody: "are in session"."""
    return case_of(token) in _BEING_THERE and any(c.dep_ == "cop" and c.tag_ in _PRESENT for c in token.children)


def _taken_part_in(noun: Token) -> Token | None:
    """The verb of "are taking part in manoeuvres"."""
    head = first_conjunct(noun).head
    parts = any(c.lower_ == "part" and c.dep_ == "obj" for c in head.children) or head.lemma_ == "participate"
    return head if parts and head.pos_ in VERBAL and relation(noun) == "obl" and case_of(noun) == "in" else None


def is_after(time: TimeMention, reference: str | None) -> bool:
    """Say whether a time begins behind the date of the document."""
    return bool(time.value and reference and time.value.split("/")[0] > reference[: len(time.value.split("/")[0])])


def is_told(node: Token, attribution: Attribution) -> bool:
    """Say whether a clause is reported speech in the past: "announced that he would meet"."""
    clause = node
    for _ in range(4):
        head = clause.head
        if head == clause:
            return False
        if clause.dep_ in {"ccomp", "parataxis"} and head.lemma_.lower() in attribution.verbs:
            return head.tag_ in {"VBD", "VBN"} or any(c.lower_ in {"had", "has", "have"} for c in head.children)
        clause = head
    return False


def is_conditional(clause: Token) -> bool:
    """Say whether a clause holds on a condition: "if the talks fail", "should Paris agree", "only once they left"."""
    for child in clause.children:
        if child.dep_ == "advcl":
            marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"} and c.i < child.i}
            if marks & _CONDITIONS:
                return True
            subject = next((c for c in child.children if c.dep_ in {"nsubj", "nsubj:pass"}), None)
            inverted = [c for c in child.children if c.dep_ == "aux" and c.lower_ in {"should", "had", "were"}]
            if subject is not None and any(c.i < subject.i for c in inverted):
                return True
    return False


def is_arranged(noun: Token) -> bool:
    """Say whether a noun means an event that is known already: "the summit", "Modi's visit"."""
    return any(
        (c.dep_ == "det" and c.lower_ in _DEFINITE) or (c.dep_ == "nmod:poss" and c.i < noun.i) for c in noun.children
    )


def shared_predicates(head: Token, subject: Token) -> list[Token]:
    """Return what else is said of the subject of a predicate: "was due on Sunday but did not take place"."""
    found = [c for c in head.children if c.dep_ == "conj" and c.i > subject.i and c.pos_ in _PREDICATES]
    return [c for c in found if not any(g.dep_ in {"nsubj", "nsubj:pass", "expl"} for g in c.children)]


def behind(noun: Token) -> Token | None:
    """Return the predicate right behind a noun to which the parser has not joined it.

    So in headlines ("Visit NOT off") and after prepositions ("after a meeting with Lavrov was canceled").
    """
    end = noun.right_edge.i + 1
    if end >= len(noun.doc) or noun.doc[end].sent.start != noun.sent.start:
        return None
    found = noun.doc[end]
    while found.dep_ in {"aux", "aux:pass", "cop", "advmod"} and found.head.i > found.i:
        found = found.head
    if found.i - end > 4 or found in noun.ancestors or noun in found.ancestors:
        return None
    finite = found.tag_ in {"VBN", "VBD"} or found.pos_ in {"ADJ", "ADV", "ADP"}
    alone = found.dep_ in {"parataxis", "ROOT", "ccomp", "advcl", "dep"}
    subject = any(c.dep_ in {"nsubj", "nsubj:pass", "expl"} for c in found.children)
    return found if finite and alone and not subject else None


def tells_of_another(seen: Token, token: Token) -> bool:
    """Say whether what the trained reader saw is a clause below the trigger: "told him by phone that he would come"."""
    return seen != token and seen.head == token and seen.dep_ in {"ccomp", "advcl"}


def is_circumstance(node: Token, kind: str) -> bool:
    """Say whether an event is when or where something else was said or planned: "his offer at the summit"."""
    if kind == "nmod":
        return case_of(node) in _CIRCUMSTANCES
    participle = node.dep_ == "acl" and node.tag_ in {"VBG", "VBN"}
    return participle and not any(c.dep_ in {"mark", "case"} for c in node.children)


def rescheduled(doc: Doc, event: EventMention) -> EventMention:
    """Split the dates of "moved from 2 May to 3 May" into the old and the new one."""
    sent = doc[event.head].sent
    old: TimeMention | None = None
    new: TimeMention | None = None
    for time in doc._.diplo_times or ():
        if sent.start <= time.start < sent.end:
            before = doc[time.start - 1].lower_ if time.start else ""
            if before == "from":
                old = time
            elif before in {"to", "for", "until", "till"}:
                new = time
    if new is None and old is None:
        return replace(event, status="postponed") if event.time is None else event
    return replace(event, time=new or event.time, was=old.value if old else event.was)
