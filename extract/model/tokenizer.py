"""Words as Universal Dependencies cut them, on top of spaCy's English rules.

UD splits hyphenated compounds (Trump - Putin, 48 - hour) but keeps prefixes with their word
(non-proliferation, anti-missile) and telephone-like numbers whole; spaCy's rules do the rest
(clitics, abbreviations, URLs). The prefixes are those that EWT and GUM keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.attrs import ORTH
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

__all__ = ["make_tokenizer"]

_PREFIXES = (
    "anti|arch|co|counter|cross|e|ex|inter|intra|mid|mini|multi|neo|non|over|post|pre|pro|re|semi|socio|sub|trans"
)
_KEPT = re.compile(
    rf"(?:(?:{_PREFIXES})-[^\W_]+"  # non-proliferation
    r"|\d+-\d+(?:-\d+)+|\d{3}-\d{4}"  # telephone numbers
    r"|['’]?\d+0['’]s)$",  # the 1990's
    re.IGNORECASE,
)
_RUNS = r"(?:[!?]{2,}|\.{2,}|([=_*<>~^+|#$-])\1+|‘’|''|``)"
"""Signs that are repeated are one word."""
_DASHES = [r"(?<=[^\W_])[-‐‑](?=[^\W_])", r"[–—]", r"--+"]
_BETWEEN = [
    r"(?<=[a-z]{2})/(?=[a-z]{2})",  # and/or
    r"(?<=[a-z])\((?=[a-z])",  # account(s)
    r"(?<=\d),(?=\d{1,2}(?:,|$|\D))",  # [13,14]
]
_UNITS = r"(?<=\d)(?:AM|PM|am|pm|k)"
_ABBREVIATIONS = (
    "al. approx. Art. Arts. Attn. ca. Col. Fri. Ft. Lt. Maj. Mlle. Mon. para. paras. Reps. Sat. Sens. Thur. Thurs. "
    "Tue. Tues. Wed."
)
_WORDS_AFTER_ALL = ("id", "Id", "wed", "Wed", "and/or")
"""Not "i'd" and "we'd" without their apostrophe."""


def _rules() -> dict[str, list[dict[int, str]]]:
    rules = {k: v for k, v in (English.Defaults.tokenizer_exceptions or {}).items() if k not in _WORDS_AFTER_ALL}
    capitals = {k.upper(): [{ORTH: part[ORTH].upper()} for part in v] for k, v in rules.items() if k.endswith("n't")}
    return {**rules, **capitals, **{word: [{ORTH: word}] for word in _ABBREVIATIONS.split()}}


@registry.tokenizers("diplograph.ud_english.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the function that builds the tokenizer of a pipeline."""
    defaults = English.Defaults

    def build(nlp: Language) -> Tokenizer:
        return Tokenizer(
            nlp.vocab,
            rules=_rules(),
            prefix_search=compile_prefix_regex([_RUNS, r"[-–—](?=[^\W\d_])", *(defaults.prefixes or ())]).search,
            suffix_search=compile_suffix_regex([_RUNS, _UNITS, r"(?<=[^\W_])[-–—]", *(defaults.suffixes or ())]).search,
            infix_finditer=compile_infix_regex([_RUNS, *_DASHES, *_BETWEEN, *(defaults.infixes or ())]).finditer,
            token_match=_KEPT.match,
            url_match=defaults.url_match,
        )

    return build
