"""The rules for what became of an event (data: status.toml).

The design follows ConText (Harkema et al. 2009): a trigger word, a relation in which it must stand,
an effect. Instead of a window of words, the relation is one of grammar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import ConfigDict

from diplograph.errors import OntologyError
from diplograph.ontology.load import ROOT, read_toml

__all__ = [
    "HELD",
    "STATUSES",
    "Effect",
    "Form",
    "FormWords",
    "StatusRule",
    "StatusRules",
    "Tense",
    "load_status_rules",
    "read_status_rules",
]

_STRICT = ConfigDict(extra="forbid")

STATUSES = ("occurred", "ongoing", "planned", "proposed", "postponed", "cancelled", "refused", "hypothetical")

HELD = "held"
"""What was arranged and did occur: its negation is that it was cancelled. In the end it is `occurred`."""

Where = Literal[
    "verb", "subject", "noun", "claim", "modifier", "auxiliary", "negation", "mark", "adverb", "doubt", "case"
]

Tense = Literal["present", "progressive"]

Form = Literal["being_there", "circumstance", "condition", "definite", "denial", "future", "nobody"]

_BY_LAST_WORD = {"modifier", "noun", "adverb"}
"""Relations in which an expression is found by its last word; in the others by its first."""


@dataclass(frozen=True, slots=True)
class StatusRule:
    """Words that apply an operator to events in a certain relation (see the head of status.toml)."""

    __pydantic_config__ = _STRICT
    id: str
    op: str
    where: Where
    words: dict[str, str]
    classes: tuple[str, ...] = ()
    tense: Tense | None = None


@dataclass(frozen=True, slots=True)
class FormWords:
    """Closed words by which a clause itself tells a status; each with an example, whose event has `status`."""

    __pydantic_config__ = _STRICT
    id: Form
    status: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Transparent:
    __pydantic_config__ = _STRICT
    verbs: frozenset[str]
    nouns: frozenset[str]
    stretches: frozenset[str]
    beside: frozenset[str]
    being: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Neutral:
    __pydantic_config__ = _STRICT
    nouns: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Present:
    __pydantic_config__ = _STRICT
    changes: frozenset[str]
    off: frozenset[str]
    own_acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _StatusFile:
    __pydantic_config__ = _STRICT
    compose: dict[str, dict[str, str]]
    rule: tuple[StatusRule, ...]
    form: tuple[FormWords, ...]
    transparent: _Transparent
    present: _Present
    neutral: _Neutral
    claims: frozenset[str]
    complements: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word does: the rule's id (with the word), its operator, the classes it is for (all if empty).

    With a `tense`, it does so in this tense of the verb only, or where the event is dated to what is to come.
    """

    rule: str
    op: str
    classes: tuple[str, ...] = ()
    tense: Tense | None = None


class StatusRules:
    """Looks up words and composes operators."""

    def __init__(self, data: _StatusFile) -> None:
        self.rules, self.forms = data.rule, data.form
        self.form: dict[Form, frozenset[str]] = {form.id: frozenset(form.words) for form in data.form}
        self._compose = data.compose
        self.changes, self.off, self.own_acts = data.present.changes, data.present.off, data.present.own_acts
        self.neutral_nouns, self.neutral_verbs = data.neutral.nouns, data.neutral.verbs
        self.claim_nouns, self.complements = data.claims, data.complements
        self.transparent_verbs, self.transparent_nouns = data.transparent.verbs, data.transparent.nouns
        self.stretches = data.transparent.stretches
        self.beside, self.being = data.transparent.beside, data.transparent.being
        self._effects: dict[tuple[str, str], list[tuple[tuple[str, ...], Effect]]] = {}
        for rule in data.rule:
            for word in rule.words:
                first, *rest = word.split()
                if rule.where in _BY_LAST_WORD and rest:
                    first, rest = rest[-1], [first, *rest[:-1]]  # "on hold": the noun is looked up
                effect = Effect(f"{rule.id}:{word.replace(' ', '_')}", rule.op, rule.classes, rule.tense)
                self._effects.setdefault((rule.where, first), []).append((tuple(rest), effect))
        for entries in self._effects.values():
            entries.sort(key=lambda e: -len(e[0]))

    def effects(self, where: Where, word: str) -> list[tuple[tuple[str, ...], Effect]]:
        """Return the effects of a word: with the further words that each asks for, the longest first."""
        return self._effects.get((where, word), [])

    def compose(self, op: str, status: str) -> str:
        """Return what an operator makes of a status.

        >>> rules = load_status_rules()
        >>> rules.compose("negated", "cancelled"), rules.compose("planned", "occurred")
        ('planned', 'planned')
        """
        return self._compose.get(op, {}).get(status, op if op in STATUSES else status)


def read_status_rules(path: Path) -> StatusRules:
    """Read a file of status rules; `OntologyError` names an operator that does not exist."""
    data = read_toml(path, _StatusFile)
    allowed = {*STATUSES, HELD, "negated", "rescheduled"}
    tables: Mapping[str, Mapping[str, str]] = data.compose
    for op in [r.op for r in data.rule] + list(tables) + [v for t in tables.values() for v in t.values()]:
        if op not in allowed:
            raise OntologyError(
                f"{path}: unknown operator or status {op!r}", remedy=f"use one of {', '.join(sorted(allowed))}"
            )
    if lacking := sorted({*get_args(Form)} - {form.id for form in data.form}):
        raise OntologyError(f"{path}: there is no form {lacking[0]!r}", remedy="see ontology/README.md")
    return StatusRules(data)


@cache
def load_status_rules() -> StatusRules:
    """Return the bundled rules (read once per process)."""
    return read_status_rules(ROOT / "status.toml")
