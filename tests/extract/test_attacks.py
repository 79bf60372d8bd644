"""Who takes part in an attack: victims and attackers, not places, parts of a whole or those who report it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def attack(record):
    """Who acts, and who is hit, in the one attack that a text tells of."""
    (event,) = (e for e in record.events if e.event_class == "ASSAULT")
    agents = {p.name for p in event.participants if p.role == "agent"}
    return agents, {p.name for p in event.participants} - agents


@pytest.mark.parametrize(
    ("text", "agents", "others"),
    [
        # the state of a place takes no part beside those who were hit there
        ("An Israeli airstrike on a car in Marjayoun, Lebanon, kills two farmers.", {"Israel"}, {"farmers"}),
        ("Chadian jets bomb Boko Haram camps in Borno State, Nigeria.", {"Chad"}, {"Boko Haram"}),
        # ... but if it is what the attack was directed at, or nobody else is known
        ("Hezbollah fires rockets at Israel, killing two farmers.", {"Hezbollah"}, {"Israel", "farmers"}),
        ("An Israeli airstrike on a bridge in Marjayoun, Lebanon, is reported.", {"Israel"}, {"Lebanon"}),
        # parts of those hit stand for nobody else
        (
            "Seven civilians, including a nurse and two teachers, are killed in an Israeli strike on Gaza City.",
            {"Israel"},
            {"civilians"},
        ),
        # whom nobody knows is no party
        ("Unidentified gunmen kill four Kenyan soldiers near Garissa.", set(), {"Kenya"}),
        # the fighters of a group are the group
        (
            "Turkish airstrikes on PKK camps in northern Iraq kill nine fighters.",
            {"Turkey"},
            {"Kurdistan Workers' Party"},
        ),
    ],
)
def test_beside_an_attack_nobody_takes_part(read, text, agents, others):
    assert attack(read(text)) == (agents, others)


@pytest.mark.parametrize(
    ("text", "agents", "others"),
    [
        ("Hamas launches dozens of rockets and missiles at Israel, wounding four soldiers.", {"Hamas"}, {"Israel"}),
        ("Eritrean forces shell Ethiopia, killing ten villagers.", {"Eritrea"}, {"Ethiopia", "villagers"}),
        (
            "Nine villagers are killed when Houthis attack Saudi Arabia.",
            {"Houthis"},
            {"Saudi Arabia", "villagers"},
        ),
        ("Twelve rebels are killed in a police raid in Bijapur, India.", {"India"}, {"rebels"}),
    ],
)
def test_what_an_attack_did_is_part_of_it(read, text, agents, others):
    assert attack(read(text)) == (agents, others)


@pytest.mark.parametrize(
    ("text", "agents", "others"),
    [
        # forces that tell of their enemies' dead
        ("The Malian army says that forty jihadists were killed near Gao.", {"Mali"}, {"jihadists"}),
        # ... not of civilians
        ("The Malian army says that forty activists were killed near Gao in an attack.", set(), {"activists"}),
        # those held for it
        ("Ukraine accuses Russia of attacking Poland.", {"Russia"}, {"Poland"}),
        ("The Lebanese army arrests five men on suspicion of attacking UN peacekeepers.", {"men"}, {"United Nations"}),
    ],
)
def test_whose_attack_it_was(read, text, agents, others):
    assert attack(read(text)) == (agents, others)


def test_what_unknown_people_do_to_private_ones_is_no_event(read):
    assert not read("Gunmen kill four villagers near a well in Ghana. The president of Ghana is told.").events
    (event,) = read("Gunmen kill four policemen near a well in Ghana.").events
    assert {p.role for p in event.participants} == {"agent", "target"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Six people are killed by Israeli airstrikes in Lebanon.", "LBN"),
        ("Turkish drones killed four civilians in the Syrian city of Kobanir.", "SYR"),
        ("A Ukrainian drone strike killed two people in Belgorovo, Russia.", "RUS"),
        ("Kenyan soldiers killed four civilians in Kenya.", None),  # at home nothing follows from the place
        ("Turkish drones killed four tourists in the Syrian city of Kobanir.", None),
    ],
)
def test_people_hit_from_abroad_are_those_of_the_place(read, text, country):
    (event,) = read(text).events
    assert [p.country for p in event.participants if p.kind == "group"] == [country]
