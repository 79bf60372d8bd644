"""What the words around an event tell of which event it is."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import record

from diplograph.extract.records import Participant
from diplograph.graph.identity import signs, tellings


def telling(text, trigger, document="a", day="2025-05-01", **fields):
    """What a text tells of the event of a trigger."""
    one = record(document, day, text=text, **fields)
    begin = text.index(trigger)
    event = dataclasses.replace(one.events[0], trigger=(begin, begin + len(trigger)), sentence=(0, len(text)))
    return next(tellings(dataclasses.replace(one, events=(event,))))


def test_numbers_and_telling_words():
    one = telling(
        "Ann Ace and Bob Bay meet 1,200 farmers of Kirkenes on 3 May after May 7 and 40% of two talks.", "meet"
    )
    assert one.wording.numbers == {"1,200", "2"}
    assert "kirkene" in one.wording.words
    assert one.wording.names == {"kirkene"}
    assert not one.wording.words & {"farmers"[:3], "meet", "ann"}


def test_rates_leave_out_the_old_one():
    assert telling("Oslo raises its tariffs from 34% to 84 per cent.", "raises").wording.rates == {"84"}


def test_how_many_of_what():
    counts = telling("They return two hostages and 40 soldiers of the two countries.", "return").wording.counts
    assert counts == {"hostage": {"2"}, "soldier": {"40"}}


@pytest.mark.parametrize(
    ("text", "trigger", "further"),
    [
        ("Another 75 soldiers arrive in Oslo.", "arrive", True),
        ("Hamar returns three more hostages.", "returns", True),
        ("More than 75 soldiers arrive in Oslo.", "arrive", False),
        ("Ann Ace is seized on the old bridge in front of the hall of Oslo, beside more than 10 men.", "seized", False),
        ("The soldiers arrive in Oslo.", "arrive", False),
    ],
)
def test_another_one_by_its_words(text, trigger, further):
    assert telling(text, trigger).wording.is_further is further


@pytest.mark.parametrize(
    ("text", "trigger", "background"),
    [
        ("Thousands march after the arrest of Ann Ace.", "arrest", True),
        ("Oslo shuts its border in response to Finnish strikes.", "strikes", True),
        ("Ann Ace is arrested after a march.", "arrested", False),
        ("After weeks of snow they arrest Ann Ace.", "arrest", False),
    ],
)
def test_told_as_what_something_else_came_after(text, trigger, background):
    assert telling(text, trigger).wording.is_background is background


@pytest.mark.parametrize(
    ("one", "other", "trigger", "sign"),
    [
        ("The 2025 summit is in Oslo.", "The 2026 summit is in Rome.", "summit", "other_edition"),
        ("The 2025 summit is in Oslo.", "The 2025 summit is over.", "summit", "same_edition"),
        ("Tariffs of 25% on fish.", "Tariffs of 50% on fish.", "ariffs", "other_rate"),
        ("They return 200 prisoners.", "They return 300 prisoners.", "return", "other_count"),
        ("They return 200 prisoners.", "They return 200 prisoners.", "return", "same_count"),
        ("He joins Operation Kingfisher.", "They end Operation Kingfisher.", "Operation", "same_name"),
    ],
)
def test_signs(one, other, trigger, sign):
    assert sign in signs(telling(one, trigger, "a"), telling(other, trigger, "b", "2025-05-03"))


def test_steps_of_a_procedure_are_events_of_their_own():
    one, other = telling("He is arrested.", "arrested"), telling("He is sentenced.", "sentenced", "b")
    assert "other_stage" in signs(one, other)


@pytest.mark.parametrize(
    ("text", "trigger", "surface", "name", "kind", "known"),
    [
        ("The Northmen fire.", "fire", "Northmen", "Northmen", "group", True),
        ("The Fjords fire.", "fire", "Fjords", "Fjords", "group", False),
        ("The Norwegian cabinet bans it.", "bans", "The Norwegian cabinet", "Norway", "state", False),
        ("The Norwegian ban holds.", "ban", "Norwegian", "Norway", "state", True),
        ("The Oslo Talks Board meets.", "meets", "Oslo Talks Board", "Oslo Talks Board", "organisation", False),
        ("The Ann Ace talks end.", "talks", "Ann Ace", "Ann Ace", "person", True),
    ],
)
def test_an_article_may_be_of_the_one_who_acts(text, trigger, surface, name, kind, known):
    one = telling(text, trigger)
    begin = text.index(surface)
    actor = Participant("x", name, "agent", kind, surface=surface, begin=begin, end=begin + len(surface))
    event = dataclasses.replace(one.mentions[0], participants=(actor,))
    assert dataclasses.replace(one.wording, mentions=(event,)).points_back is known


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Ann Ace rules out direct talks but is open to indirect ones.", {"direct"}),
        ("They hold indirect talks in Oslo.", {"indirect"}),
        ("Talks go on indirectly.", frozenset()),
    ],
)
def test_direct_and_indirect_talks_are_two(text, forms):
    one = telling(text, "alks", mode="talks")
    assert one.wording.forms == forms
    found = signs(one, telling("The indirect talks go on.", "alks", "b", mode="talks"))
    assert ("other_form" in found) is (forms == {"direct"})


@pytest.mark.parametrize(
    ("status", "who", "words", "vague"),
    [
        ("proposed", ("Ann Ace", "Bob Bay", "Cem Cay"), "A treaty is signed.", True),
        ("proposed", ("Ann Ace", "Bob Bay", "Cem Cay"), "A deal is struck.", False),
        ("proposed", ("Ann Ace", "Bob Bay"), "A treaty is signed.", False),
        ("refused", ("Ann Ace", "Bob Bay"), "A treaty is signed.", True),
        ("refused", ("Ann Ace", "Bob Bay"), "A treaty on herrings is signed.", False),
        ("occurred", ("Ann Ace", "Bob Bay", "Cem Cay"), "A treaty is signed.", False),
    ],
)
def test_an_open_matter_needs_more_than_its_parties_to_be_taken_up(status, who, words, vague):
    one = telling("A deal on herrings is near.", "deal", status=status)
    other = telling(words, words.split()[1], "b", "2025-05-03", people=who, status="occurred")
    assert ("only_sides" in signs(one, other)) is vague


@pytest.mark.parametrize(("day", "old"), [("2025-05-20", False), ("2025-09-20", True)])
def test_talks_planned_months_ago_were_another_round(day, old):
    def of(name, when, status):
        one = record(name, when, mode="talks", status=status)
        sides = tuple(dataclasses.replace(p, kind="state") for p in one.events[0].participants)
        return dataclasses.replace(one, events=(dataclasses.replace(one.events[0], participants=sides),))

    one, other = (next(tellings(r)) for r in (of("a", "2025-05-01", "planned"), of("b", day, "occurred")))
    assert ("old_round" in signs(one, other)) is old
