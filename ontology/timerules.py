"""The rules for time expressions (data: times.toml)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import Literal

from pydantic import ConfigDict

from diplograph.errors import OntologyError
from diplograph.ontology.load import ROOT, read_toml

__all__ = [
    "TimeNames",
    "TimeRule",
    "VerbsAhead",
    "load_any_time",
    "load_time_names",
    "load_time_rules",
    "load_verbs_ahead",
]

_BEFORE, _BEHIND = r"(?<![\w-])", r"(?![\w-])"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class TimeNames:
    """What months (also in short, without the point), weekdays and numbers are called, in their order."""

    __pydantic_config__ = _STRICT
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    numbers: tuple[str, ...]

    def parts(self) -> dict[str, str]:
        """Return them as parts of patterns."""
        return {name: "|".join(words) for name, words in asdict(self).items()}

    def number(self, word: str) -> int:
        """Return the number that a word means; 0 if it is none."""
        return self.numbers.index(word) + 1 if word in self.numbers else 0


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One rule (see the head of times.toml); each example is (text, document date, value)."""

    __pydantic_config__ = _STRICT
    id: str
    kind: str
    pattern: str
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class VerbsAhead:
    """Verbs whose dates are to come, `always` or in the `present` tense; each with an example of such a date."""

    __pydantic_config__ = _STRICT
    id: Literal["always", "to_when", "present"]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class _TimeFile:
    __pydantic_config__ = _STRICT
    names: TimeNames
    parts: dict[str, str]
    rule: tuple[TimeRule, ...]
    verbs: tuple[VerbsAhead, ...]


@cache
def _read() -> _TimeFile:
    return read_toml(ROOT / "times.toml", _TimeFile)


def load_time_names() -> TimeNames:
    """Return the names of months, weekdays and numbers."""
    return _read().names


@cache
def load_verbs_ahead() -> dict[str, dict[str, str]]:
    """Return the bundled verbs whose dates are to come, by id: with their examples."""
    return {verbs.id: verbs.words for verbs in _read().verbs}


@cache
def load_time_rules() -> tuple[tuple[TimeRule, re.Pattern[str]], ...]:
    """Return the bundled rules with their compiled patterns, in the order of the file.

    Raises
    ------
    OntologyError
        If a pattern is no regular expression.
    """
    data = _read()
    rules = []
    for rule in data.rule:
        text = rule.pattern
        for name, part in (data.parts | data.names.parts()).items():
            text = text.replace(f"{{{name}}}", part)
        try:
            rules.append((rule, re.compile(f"{_BEFORE}(?:{text}){_BEHIND}", re.IGNORECASE)))
        except re.error as error:
            raise OntologyError(
                f"{ROOT / 'times.toml'}: rule {rule.id!r}: {error}", remedy="mend its pattern"
            ) from None
    return tuple(rules)


@cache
def load_any_time() -> re.Pattern[str]:
    """Return one pattern that matches where any rule does: most texts have no such place, which it tells at once."""
    patterns = (re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for _, pattern in load_time_rules())
    starts = (pattern.removeprefix(_BEFORE).removesuffix(_BEHIND) for pattern in patterns)
    return re.compile(f"{_BEFORE}(?:{'|'.join(starts)}){_BEHIND}", re.IGNORECASE)
