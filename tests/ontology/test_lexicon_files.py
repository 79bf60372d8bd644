"""A user's own words for events: what a file may hold, and how its faults are told."""

from __future__ import annotations

import os

import pytest

from diplograph.errors import InputError
from diplograph.ontology.lexicon import load_lexicon

FAMILY = """
[[family]]
id = "mine.moot"
class = "CONSULT"
mode = "moot"
pos = "noun"
frame = "reciprocal"
words.moot = "Rohan and Gondor held a moot in Edoras."
"""


def write(tmp_path, text, name="mine.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_own_words_come_beside_ours(tmp_path):
    ours = load_lexicon()
    lexicon = load_lexicon([write(tmp_path, FAMILY)])
    assert list(lexicon.own) == ["mine.moot:moot"]
    assert [e.family.mode for e in lexicon.candidates("noun", "moot")] == ["moot"]
    assert len(lexicon.entries) == len(ours.entries) + 1
    assert not ours.own
    assert load_lexicon() is ours


def test_an_entry_with_an_id_of_ours_takes_its_place(tmp_path):
    ours = load_lexicon()
    text = FAMILY.replace("mine.moot", "consult.meet").replace('"noun"', '"verb"').replace("words.moot", "words.meet")
    lexicon = load_lexicon([write(tmp_path, text)])
    assert len(lexicon.entries) == len(ours.entries)
    (found,) = [e for e in lexicon.entries if e.id == "consult.meet:meet"]
    assert (found.own, found.family.mode) == (True, "moot")
    assert [e.family.mode for e in lexicon.entries if e.id == "consult.meet:huddle"] == ["meeting"]


def test_own_words_are_tried_before_ours_and_the_most_specific_first(tmp_path):
    text = FAMILY.replace('"noun"', '"verb"').replace("words.moot", "words.meet")
    path = write(tmp_path, f'{text}words."meet by pigeon" = "Rohan met by pigeon with Gondor."\n')
    found = load_lexicon([path]).candidates("verb", "meet")
    assert [e.id for e in found if e.own] == ["mine.moot:meet_by_pigeon", "mine.moot:meet"]
    assert [e.own for e in found] == [True, True, *[False] * (len(found) - 2)]
    assert "consult.meet.video:meet_by_video" in [e.id for e in found]


def test_of_two_files_the_later_decides(tmp_path):
    one, two = write(tmp_path, FAMILY), write(tmp_path, FAMILY.replace('mode = "moot"', 'mode = "thing"'), "two.toml")
    assert load_lexicon([one, two]).own["mine.moot:moot"].family.mode == "thing"
    assert load_lexicon([two, one]).own["mine.moot:moot"].family.mode == "moot"


def test_a_file_that_changed_is_read_again(tmp_path):
    path = write(tmp_path, FAMILY)
    assert load_lexicon([path]).own
    write(tmp_path, FAMILY.replace("mine.moot", "mine.other"))
    os.utime(path, (1, 1))
    assert list(load_lexicon([path]).own) == ["mine.other:moot"]


def test_a_hyphen_is_no_obstacle(tmp_path):
    text = FAMILY.replace('"noun"', '"verb"').replace("words.moot", "words.re-meet")
    lexicon = load_lexicon([write(tmp_path, text)])
    (entry,) = lexicon.candidates("verb", "re-meet")
    assert (entry.head, entry.others) == ("re", ("meet",))


@pytest.mark.parametrize(
    ("old", "new", "fault", "remedy"),
    [
        ('"CONSULT"', '"CHAT"', "family mine.moot: 'CHAT' is no class", "write one of ACCUSE, AGREE, AID"),
        ('"reciprocal"', '"mutual"', "family mine.moot: 'mutual' is no frame", "write one of accord, demand"),
        ('mode = "moot"', 'mode = "Great Moot"', "family mine.moot: 'Great Moot' is no mode", "small letters"),
        ('mode = "moot"', 'mode = ""', "family mine.moot: '' is no mode", "small letters"),
        ('mode = "moot"\n', "", "family mine.moot: mode: Field required", "docs/reading.md"),
        ('"noun"', '"adverb"', "family mine.moot: pos: Input should be 'verb' or 'noun'", "docs/reading.md"),
        ("frame =", "fame =", "family mine.moot: ", "docs/reading.md"),
        ('id = "mine.moot"\n', "", "family 1: id: Field required", "docs/reading.md"),
        ('"mine.moot"', '""', "family 1: the id is empty", "docs/reading.md"),
        ("words.moot", "words.Moot", "family mine.moot: 'Moot' is no word to look for", "small letters"),
        ("words.moot", 'words.""', "family mine.moot: '' is no word to look for", "small letters"),
        ('words.moot = "Rohan and Gondor held a moot in Edoras."', "words = {}", "there are no words", "docs/reading"),
        ("[[family]]", "[family]", "there is no family", r"begin each family with \[\[family\]\]"),
        ("[[family]]", "[[families]]", "'families' is no family", r"begin each family with \[\[family\]\]"),
        ("[[family]]", "[[family]", "Expected", "UTF-8 TOML"),
    ],
)
def test_faults_are_named(tmp_path, old, new, fault, remedy):
    path = write(tmp_path, FAMILY.replace(old, new))
    with pytest.raises(InputError, match=rf"mine\.toml.*{fault}.*\(.*{remedy}"):
        load_lexicon([path])


def test_a_family_twice_is_a_fault(tmp_path):
    with pytest.raises(InputError, match=r"family mine\.moot: it is there twice"):
        load_lexicon([write(tmp_path, FAMILY + FAMILY)])


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none.toml: No such file.*\(check the path\)"):
        load_lexicon([tmp_path / "none.toml"])
    with pytest.raises(InputError, match="Is a directory"):
        load_lexicon([tmp_path])
    (tmp_path / "latin.toml").write_bytes(b"# d\xe9marche\n")
    with pytest.raises(InputError, match=r"latin.toml: .*\(save the file as UTF-8 TOML\)"):
        load_lexicon([tmp_path / "latin.toml"])
