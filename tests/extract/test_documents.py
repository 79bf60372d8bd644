from __future__ import annotations

import pytest

from diplograph.errors import InputError
from diplograph.extract.documents import MAX_CHARACTERS, Document, check_english

ENGLISH = (
    "The foreign minister said on Monday that the talks with his counterpart had been useful and would go on. " * 2
)
GERMAN = "Der Außenminister sagte am Montag, dass die Gespräche mit seinem Amtskollegen nützlich gewesen seien. " * 3


def test_line_ends_and_byte_order_mark():
    assert Document("\ufeffa\r\nb\rc").text == "a\nb\nc"


def test_id_is_the_start_of_the_hash():
    assert len(Document("Some text").id) == 16
    assert Document("Some text").id == Document("Some text").id != Document("Other text").id


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_empty_text_is_refused(text):
    with pytest.raises(InputError, match="empty"):
        Document(text, id="x")


def test_too_long_a_text_is_refused():
    with pytest.raises(InputError, match="too many"):
        Document("a" * (MAX_CHARACTERS + 1), id="x")


@pytest.mark.parametrize("date", ["22.10.2025", "2025-13", "2025-02-30", "yesterday"])
def test_faulty_dates_are_refused(date):
    with pytest.raises(InputError, match="no date"):
        Document("text", date=date)


@pytest.mark.parametrize("date", ["2025-10-22", "2025-10", "2025", None])
def test_dates_of_any_precision(date):
    assert Document("text", date=date).date == date


def test_only_english_passes():
    check_english(Document(ENGLISH))
    check_english(Document("Trump, Putin to meet"))
    check_english(Document("Von der Leyen, da Silva and de la Torre to meet"))
    short = "Die Ministerin traf gestern ihren Kollegen in Berlin, und der Gipfel ist nicht abgesagt."
    for text in (GERMAN, short, "Министр иностранных дел встретился с коллегой", "外交部长会见了他的同行"):
        with pytest.raises(InputError, match="English"):
            check_english(Document(text))
