"""Answers about words, remembered while a Doc is read.

The components ask the same of the same words again and again: what is its preposition, who is its subject? A function
of a token that is `remembered` works out its answer once for each word of the Doc that `remember` was called with,
which is done when its tree is mended and changes no more. One Doc is remembered at a time, and nothing on the Doc
itself, which can be stored as ever; of any other Doc the answers are worked out each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from spacy.tokens import Doc, Token

__all__ = ["remember", "remembered"]

OfToken = TypeVar("OfToken", bound=Callable[[Token], Any])
Answers = dict[int, Any]

_functions: list[Callable[[Token], Any]] = []
_memory: tuple[Doc | None, list[Answers]] = (None, [])
"""The Doc, and what each function said of its words, by their position."""


def remember(doc: Doc | None) -> None:
    """Forget the Doc before, and remember from now on what is said of this one's words; of none if it is None."""
    global _memory  # noqa: PLW0603
    _memory = doc, [{} for _ in _functions]


def remembered(copy: Callable[[Any], Any] | None = None) -> Callable[[OfToken], OfToken]:
    """Let the answers of a function be remembered; who asks gets a copy, if there is a way to make one."""

    def decorate(function: OfToken) -> OfToken:
        number = len(_functions)
        _functions.append(function)

        @wraps(function)
        def ask(token: Token) -> Any:
            doc, answers = _memory
            if token.doc is not doc:
                return function(token)
            known, at = answers[number], token.i
            try:
                answer = known[at]
            except KeyError:
                answer = known[at] = function(token)
            return copy(answer) if copy is not None else answer

        return cast(OfToken, ask)

    return decorate
