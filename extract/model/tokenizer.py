"""Words as Universal Dependencies cut them, on top of spaCy's English rules.

UD splits hyphenated compounds (Trump - Putin, 48 - hour) but keeps prefixes with their word
(non-proliferation, anti-missile) and telephone-like numbers whole; spaCy's rules do the rest
(clitics, abbreviations, URLs). The prefixes are those that EWT and GUM keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, registry

__all__ = ["make_tokenizer"]

_PREFIXES = "anti|arch|co|counter|cross|e|ex|intra|mid|mini|multi|non|over|post|pre|pro|re|semi|socio|sub"
_KEPT = re.compile(rf"(?:(?:{_PREFIXES})-[^\W_]+|\d+-\d+(?:-\d+)+)$", re.IGNORECASE)
_SPLIT_DASH = [r"(?<=[^\W_])[-‐‑](?=[^\W_])", r"[–—]", r"--+"]


@registry.tokenizers("diplograph.ud_english.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the function that builds the tokenizer of a pipeline."""

    def build(nlp: Language) -> Tokenizer:
        base = English().tokenizer
        return Tokenizer(
            nlp.vocab,
            rules=base.rules,
            prefix_search=base.prefix_search,
            suffix_search=base.suffix_search,
            infix_finditer=compile_infix_regex([*(English.Defaults.infixes or ()), *_SPLIT_DASH]).finditer,
            token_match=_KEPT.match,
            url_match=base.url_match,
        )

    return build
