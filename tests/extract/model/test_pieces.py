from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.extract.model.features import Break, dateline_ends, looks_wrapped
from diplograph.extract.model.lemmas import apply_script, make_script
from diplograph.extract.model.windows import cut_windows


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_scripts_give_the_lemma_back(form, lemma):
    assert apply_script(form, make_script(form, lemma)) == lemma


def test_a_script_that_does_not_fit_leaves_the_word():
    assert apply_script("is", "l4+be") == "is"


@given(st.lists(st.integers(1, 9), min_size=1, max_size=80), st.integers(9, 30))
def test_windows_cover_the_text_and_fit(sizes, room):
    words = ["w"] * len(sizes)
    windows = list(cut_windows(words, [0] * len(words), sizes, room))
    assert [i for w in windows for i in range(w.start, w.stop)] == list(range(len(words)))
    assert all(sum(sizes[w]) <= room for w in windows)


def test_windows_end_at_paragraphs():
    words = list("abcdefgh")
    breaks = [3, 0, 0, 0, 0, Break.PARAGRAPH, 0, 0]
    assert [(w.start, w.stop) for w in cut_windows(words, breaks, [1] * 8, 7)] == [(0, 5), (5, 8)]


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("WASHINGTON, Oct 22 - Trump met Putin.", 21),
        ("GENEVA (Wire) — Talks began.", 16),
        ("ABU DHABI, United Arab Emirates -- Talks began.", 35),
    ],
)
def test_datelines(text, begin):
    assert dateline_ends(text) == {begin}


@pytest.mark.parametrize("text", ["NATO met on Monday - again.", "The U.S. and Iran - both nuclear - met."])
def test_no_dateline(text):
    assert dateline_ends(text) == set()


def test_wrapped_text_is_told_from_paragraphs():
    assert looks_wrapped("The ministers met in\nGeneva and talked about\nthe treaty.")
    assert not looks_wrapped("A headline\nThe ministers met.\nThey talked.")
