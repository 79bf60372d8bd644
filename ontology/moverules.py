"""The rules for the old and the new date of what was moved (data: moves.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import ConfigDict

from diplograph.errors import OntologyError
from diplograph.ontology.load import ROOT, read_toml
from diplograph.ontology.timerules import load_time_names

__all__ = ["MoveRule", "MoveRules", "Tells", "load_move_rules"]

_STRICT = ConfigDict(extra="forbid")

Tells = Literal["old", "new", "later", "earlier"]


@dataclass(frozen=True, slots=True)
class MoveRule:
    """Words by which a date is the old or the new one, or that say how far it was moved (see the head of moves.toml).

    A rule that `needs_old` counts only where the sentence has an old date as well. One `by_verb` tells only of what its
    verb moves. Each example is (text, old, new).
    """

    __pydantic_config__ = _STRICT
    id: str
    tells: Tells
    examples: tuple[tuple[str, str, str], ...]
    sure: bool = False
    needs_old: bool = False
    by_verb: bool = False
    before: str = ""
    behind: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class _MoveFile:
    __pydantic_config__ = _STRICT
    parts: dict[str, str]
    rule: tuple[MoveRule, ...]


class MoveRules:
    """Looks up what words tell of a date."""

    def __init__(self, data: _MoveFile) -> None:
        self.rules = data.rule
        self._dates = [
            (
                rule,
                _compiled(rule, rf"(?:(?<![\w-])|(?=,))(?:{rule.before}) $", data),
                _compiled(rule, rule.behind, data),
            )
            for rule in data.rule
            if rule.before
        ]
        self._spans = [(rule, _compiled(rule, rf"(?<![\w-]){rule.span}", data)) for rule in data.rule if rule.span]

    def of_date(self, before: str, behind: str) -> MoveRule | None:
        """Return the rule for a date, by what stands before it and behind it in the sentence.

        >>> load_move_rules().of_date("The talks were put off until ", " .").id
        'new.moved_to'
        """
        fits = (rule for rule, left, right in self._dates if left.search(before) and (right.match(behind.lstrip())))
        return next(fits, None)

    def span(self, sentence: str) -> tuple[MoveRule, re.Match[str]] | None:
        """Return what a sentence says of how far something was moved: the rule and the words."""
        found = ((rule, match) for rule, pattern in self._spans if (match := pattern.search(sentence)))
        return next(found, None)


def _compiled(rule: MoveRule, text: str, data: _MoveFile) -> re.Pattern[str]:
    """Fill in the parts, which may have parts themselves; a group that is there twice counts where it stands first."""
    for _ in range(3):
        for name, part in (data.parts | load_time_names().parts()).items():
            text = text.replace(f"{{{name}}}", part)
    try:
        return re.compile(f"{text}(?![\\w-])" if text and not text.endswith("$") else text, re.IGNORECASE)
    except re.error as error:
        fault = f"{ROOT / 'moves.toml'}: rule {rule.id!r}: {error}"
        raise OntologyError(fault, remedy="mend its pattern") from None


@cache
def load_move_rules() -> MoveRules:
    """Return the bundled rules (read once per process)."""
    return MoveRules(read_toml(ROOT / "moves.toml", _MoveFile))
