"""Who takes part: by which words a text names those who act, and those to whom it is done."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CONGO, LEVANT = "Democratic Republic of the Congo", "Islamic State"


def sides(record, trigger):
    """Who acts and who does not in the event of a trigger."""
    (event,) = (e for e in record.events if record.text[slice(*e.trigger)] == trigger)
    acting = {p.name for p in event.participants if p.role == "agent"}
    return acting, {p.name for p in event.participants} - acting


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "others"),
    [
        # organs that nobody is said to own are those of the state where the text is
        ("Police arrest an opposition leader in Tunis, Tunisia.", "arrest", {"Tunisia"}, {"opposition"}),
        ("The army kills ten rebels in Kachin State, Myanmar.", "kills", {"Myanmar"}, {"rebels"}),
        ("Security forces open fire on protesters in Lima, Peru.", "open", {"Peru"}, {"protesters"}),
        (
            "Forty people are killed in Zinder, Niger. The Ministry of Defence blames the Islamic State.",
            "blames",
            {"Niger"},
            {LEVANT},
        ),
        ("A court in Accra, Ghana, sentences the minister Ana Bello.", "sentences", {"Ghana"}, {"Ana Bello"}),
        # ... unless a word says that they are somebody else's
        ("Rebel forces attack the army in Goma, Congo.", "attack", {"Rebel forces"}, {CONGO}),
        # people of a body are the body, those of a state that are none of its organs are a group
        ("M23 rebels attack the army in Goma, Congo.", "attack", {"M23"}, {CONGO}),
        ("Islamic State militants attack a village in Borno, Nigeria.", "attack", {LEVANT}, {"Nigeria"}),
        ("Lebanon's Amal forces fire a rocket at Israel.", "fire", {"Amal"}, {"Israel"}),
        ("M23 takes the town of Sake. The rebels attack the army in Goma.", "attack", {"M23"}, {CONGO}),
        ("An Iranian court charges a Dutch couple with espionage.", "charges", {"Iran"}, {"Dutch couple"}),
        ("Turkey arrests a 56-year-old Syrian man.", "arrests", {"Turkey"}, {"Syrian man"}),
        ("Ethiopian forces and Fano militiamen clash in Gondar.", "clash", {"Ethiopia", "Fano"}, set()),
        ("Russian drones wounded 20 people in Odesa.", "wounded", {"Russia"}, {"people"}),
        ("Jihadists killed 50 civilians in Burkina Faso.", "killed", {"Jihadists"}, {"civilians"}),
        ("Israeli jets attacked Kafr Oruna in Syria.", "attacked", {"Israel"}, {"Syria"}),
        # names and owners
        ("Bolivia asks the breakaway region of Transnistria for help.", "asks", {"Bolivia"}, {"Transnistria"}),
        ("The Chilean attorney general's office charges Ana Ruiz.", "charges", {"Chile"}, {"Ana Ruiz"}),
        ("Students protest against the Javier Milei administration.", "protest", {"Students"}, {"Argentina"}),
        ("The opposition party Chadema rejects the offer of Kenya.", "rejects", {"Chadema"}, {"Kenya"}),
        (
            "Clashes between the army and the Free Andes Front went on in Peru.",
            "Clashes",
            {"Peru", "Free Andes Front"},
            set(),
        ),
        # what is struck, and what is but a place
        ("Ukraine strikes three depots in central and southern Russia.", "strikes", {"Ukraine"}, {"Russia"}),
        (
            "Ten people die in a bombing at a Chinese restaurant in Kabul.",
            "bombing",
            set(),
            {"people", "Chinese restaurant"},
        ),
        ("Japan pays Peru US$709 million.", "pays", {"Japan"}, {"Peru"}),
        # who says that it was he
        ("Hamas claims responsibility for a bombing in Haifa.", "bombing", {"Hamas"}, {"Israel"}),
        (
            "Ten soldiers die in a bombing in Kunduz. The Taliban claim responsibility.",
            "claim",
            {"Taliban"},
            {"Afghanistan"},
        ),
        (
            "Ten soldiers die in a bombing in Kunduz. The Taliban claim responsibility.",
            "bombing",
            {"Taliban"},
            {"Afghanistan"},
        ),
    ],
)
def test_sides(read, text, trigger, agents, others):
    assert sides(read(text), trigger) == (agents, others)


def test_one_act_told_by_two_words_is_one_event(read):
    record = read("Thirteen soldiers are killed in a bombing in Kunduz, Afghanistan.")
    assert len(record.events) == 1


@pytest.mark.parametrize(
    ("text", "word", "agents"),
    [
        ("Rwanda denies supporting the M23 rebels.", "supporting", {"Rwanda"}),
        ("Moscow denies having poisoned Ivan Petrov.", "poisoned", {"Russia"}),
        ("Germany regrets having recognised Kosovo.", "recognised", {"Germany"}),
        ("Serbia opposes recognising Kosovo.", "recognising", set()),
    ],
)
def test_who_does_what_a_gerund_tells(read, text, word, agents):
    record = read(text)
    told = [e for e in record.events if text[slice(*e.trigger)] == word]
    assert {p.name for e in told for p in e.participants if p.role == "agent"} == agents
