"""Lemmas as edit scripts: what to cut from the end of a word, what to put there, which case to keep.

A script is a short string such as ``l3+y`` (lower-case, cut three, add "y": *Parties* -> *party*),
so that a network can choose among a few hundred of them instead of spelling (Straka 2018, the
UDPipe 2 "lemma rules", in a simpler form: only ends of words change).
"""

from __future__ import annotations

__all__ = ["apply_script", "lemma_of", "make_script"]

_UNINFLECTED = {"NN", "VB"}
"""Fine tags of words that, written small, are their own lemma."""


def make_script(form: str, lemma: str) -> str:
    """Return the script that turns `form` into `lemma`.

    >>> make_script("Parties", "party"), make_script("Moscow", "Moscow"), make_script("was", "be")
    ('l3+y', 'k0+', 'l3+be')
    """
    kept = "k" if _shared(form, lemma) >= _shared(form.lower(), lemma) else "l"
    base = form if kept == "k" else form.lower()
    if base == base.lower():
        kept = "l"
    same = _shared(base, lemma)
    return f"{kept}{len(base) - same}+{lemma[same:]}"


def apply_script(form: str, script: str) -> str:
    """Return the lemma; a script that does not fit the word (cuts too much) leaves the word as it is.

    >>> apply_script("Ministries", "l3+y"), apply_script("is", "l5+be")
    ('ministry', 'is')
    """
    cut, _, added = script[1:].partition("+")
    base = form.lower() if script[0] == "l" else form
    keep = len(base) - int(cut)
    if keep < 0 or not base[:keep] + added:
        return form
    return base[:keep] + added


def lemma_of(form: str, tag: str, script: str) -> str:
    """Return the lemma of a word that no table lists: itself, if it has no ending by its tag, else by its script.

    >>> lemma_of("meeting", "NN", "l1+et"), lemma_of("Ministries", "NNS", "l3+y"), lemma_of("tribesmen", "NNS", "l1+")
    ('meeting', 'ministry', 'tribesman')
    """
    if tag == "NNS" and form.lower().endswith("men"):
        return f"{form.lower()[:-2]}an"
    if tag in _UNINFLECTED and form.isalpha() and form.islower():
        return form
    return apply_script(form, script)


def _shared(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n
