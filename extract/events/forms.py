"""What the mere form of a word says of the status of its event, and of the clause that it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from diplograph.extract.grammar.relations import VERBAL, case_of, clause_of, first_conjunct, relation, support_verb
from diplograph.extract.layers import TimeMention
from diplograph.ontology.attribution import Attribution
from diplograph.ontology.statuses import StatusRules, Tense, Where

__all__ = [
    "behind",
    "denials",
    "first_status",
    "in_time",
    "is_after",
    "is_arranged",
    "is_asked_about",
    "is_circumstance",
    "is_conditional",
    "is_in_tense",
    "is_past",
    "is_present",
    "is_progressive",
    "is_told",
    "modifiers",
    "shared_predicates",
    "tells_of_another",
]

_AUXILIARIES = {"aux", "aux:pass", "cop"}
_PRESENT = {"VBP", "VBZ"}
_ASKING = {"WRB", "WP", "WP$", "WDT"}
_NEGATIVE = {"advmod", "det", "cc:preconj", "cc"}
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
        if _is_there(token, rules):
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
    if infinitive and token.dep_ == "acl" and token.head.pos_ == "PROPN" and token.head.dep_ != "nmod":
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


def is_past(token: Token) -> bool:
    """Say whether the clause of a word tells what was: "opened the summit", "has met", not "was to open"."""
    verb = clause_of(token)
    perfect = verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return verb.tag_ == "VBD" or perfect


def is_in_tense(verb: Token, tense: Tense | None) -> bool:
    """Say whether a verb is in the tense that a rule is for; any is, if it is for none."""
    return is_progressive(verb) if tense == "progressive" else tense is None or is_present(verb)


def in_time(op: str, verb: Token, *, ahead: bool) -> str:
    """Return what "it takes place" tells: of a day `ahead` a plan; "it is taking place", that it is under way."""
    progressive = is_progressive(verb)
    if op != "occurred" or not (progressive or (ahead and verb.tag_ in _PRESENT)):
        return op
    return "planned" if ahead else "ongoing"


def _is_there(token: Token, rules: StatusRules) -> bool:
    """Say whether somebody is now said to be at an event, at a place or with somebody: "are in session"."""
    there = case_of(token) in rules.form["being_there"]
    return there and any(c.dep_ == "cop" and c.tag_ in _PRESENT for c in token.children)


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


def is_conditional(clause: Token, rules: StatusRules) -> bool:
    """Say whether a clause holds on a condition: "if the talks fail", "should Paris agree", "only once they left"."""
    for child in clause.children:
        if child.dep_ == "advcl":
            marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"} and c.i < child.i}
            if (marks | {child.lower_}) & rules.form["condition"]:
                return True
            subject = next((c for c in child.children if c.dep_ in {"nsubj", "nsubj:pass"}), None)
            inverted = [c for c in child.children if c.dep_ == "aux" and c.lower_ in {"should", "had", "were"}]
            if subject is not None and any(c.i < subject.i for c in inverted):
                return True
    return False


def is_arranged(noun: Token, rules: StatusRules) -> bool:
    """Say whether a noun means an event that is known already: "the summit", "Modi's visit"."""
    definite = rules.form["definite"]
    return any(
        (c.dep_ == "det" and c.lower_ in definite) or (c.dep_ == "nmod:poss" and c.i < noun.i) for c in noun.children
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


def is_circumstance(node: Token, kind: str, rules: StatusRules) -> bool:
    """Say whether an event is when or where something else was said or planned: "his offer at the summit"."""
    if kind == "nmod":
        return case_of(node) in rules.form["circumstance"]
    participle = node.dep_ == "acl" and node.tag_ in {"VBG", "VBN"}
    return participle and not any(c.dep_ in {"mark", "case"} for c in node.children)


def modifiers(node: Token, seen: set[int], rules: StatusRules) -> Iterator[tuple[Where, Token]]:
    """Yield what modifies a word; `seen` are the words that the climb has passed already."""
    things = {node.lemma_.lower(), *(c.lemma_.lower() for c in node.children if c.dep_ == "obj")}
    neutral = node.lemma_.lower() in rules.neutral_verbs or bool(things & rules.neutral_nouns)
    for child in node.children:
        kind = child.dep_
        if kind in {"aux", "aux:pass"}:
            yield "auxiliary", child
        elif kind in _NEGATIVE and child.lower_ in {"not", "n't", "never", "no", "neither", "nor"}:
            if not neutral:
                yield "negation", child
        elif kind == "advmod" or (kind == "advcl" and child.tag_ == "VBN"):
            yield "adverb", child
        elif kind == "mark":
            yield "mark", child
        elif (
            kind == "amod"
            or (kind == "xcomp" and child.i < node.i and child.pos_ == "ADJ")
            or (kind == "compound" and child.tag_ in {"VBN", "VBG"})
            or (kind == "acl" and node.pos_ not in VERBAL and child.tag_ == "VBN")
            or (kind == "nmod" and node.pos_ not in VERBAL and child.tag_ == "NN" and _is_phrase(child))
        ):
            yield "modifier", child
        elif kind in {"nsubj", "nsubj:pass"} and node.pos_ in VERBAL and child.i not in seen:
            if child.lemma_.lower() in rules.neutral_nouns:
                continue
            if child.lower_ in rules.form["nobody"]:
                yield "negation", child
            for grandchild in child.children:
                if grandchild.lower_ in {"neither", "no", "none"} and grandchild.dep_ in _NEGATIVE:
                    yield "negation", grandchild


def _is_phrase(noun: Token) -> bool:
    """Say whether a noun has but its preposition: "a visit in doubt", not "talks on the hoax of a bomb"."""
    return bool(case_of(noun)) and all(c.dep_ in {"case", "fixed"} for c in noun.children)


def is_asked_about(clause: Token) -> bool:
    """Say whether a clause is an indirect question about a fact: "why he met him", "in which city"; not "whether"."""
    opening = clause.doc[clause.left_edge.i : min(clause.i, clause.left_edge.i + 2)]
    return clause.pos_ in VERBAL and any(t.tag_ in _ASKING for t in opening)


def denials(word: Token, rules: StatusRules) -> list[Token]:
    """Return what denies a word that says how sure something is: "not certain", "far from certain", "no guarantee"."""
    below = (c for child in word.children for c in (child, *(child.children if relation(child) == "obl" else ())))
    return [t for t in (*below, word.head) if t.i < word.i and t.lower_ in rules.form["denial"]]
