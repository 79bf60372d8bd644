"""Marks on the words that the tables know."""

from __future__ import annotations

import pytest

from diplograph.extract.model.gazetteer import Mark, marks_of


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("Côte d'Ivoire protested", [Mark.STATE, Mark.STATE + 1, 0]),
        ("the Iranian side", [0, Mark.PEOPLE, 0]),
        ("NATO troops", [Mark.ORGANISATION, 0]),
        ("Marco Rubio spoke", [Mark.PERSON, Mark.PERSON + 1, 0]),
        ("Mr Medvedev spoke", [0, Mark.FAMILY, 0]),
        ("near Kharkiv", [0, Mark.PLACE]),
        ("us turkey who", [0, 0, 0]),
    ],
)
def test_marks(words, marks):
    assert marks_of(words.split()) == [int(m) for m in marks]


def test_no_words_no_marks():
    assert marks_of([]) == []
