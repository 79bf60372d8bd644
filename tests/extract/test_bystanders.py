"""Third parties: who is named near an event and takes no part in it, and who takes part though named elsewhere."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def sides(record, trigger):
    """Who acts and who does not in the event of a trigger."""
    (event,) = (e for e in record.events if record.text[slice(*e.trigger)] == trigger)
    acting = {p.name for p in event.participants if p.role == "agent"}
    return acting, {p.name for p in event.participants} - acting


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "others"),
    [
        # who backs whom stands at the participle, and is no party to what else is told
        ("Chile condemns the Iran-backed group Kataib.", "condemns", {"Chile"}, {"Kataib"}),
        ("Chile condemns the Iran-backed group Kataib.", "backed", {"Iran"}, {"Kataib"}),
        # a state behind its town is but the place
        ("Kenya and Chad hold talks in Geneva, Switzerland.", "talks", {"Kenya", "Chad"}, set()),
        # where that happened which somebody speaks of, and what he speaks of
        ("Kuwait condemned the terrorist attack in Chad.", "condemned", {"Kuwait"}, set()),
        ("Turkey condemned the attack on a mosque in Chad.", "condemned", {"Turkey"}, set()),
        ("Russia rejected claims about Moldova.", "rejected", {"Russia"}, set()),
        ("Ghana spoke with Niger about Chad.", "spoke", {"Ghana"}, {"Niger"}),
        # who speaks against an act does not do it, and who does it does not speak
        ("Japan condemned the incursion by Chad.", "incursion", {"Chad"}, set()),
        ("Romania denounced the violation of its airspace by a Russian drone.", "denounced", {"Romania"}, {"Russia"}),
        ("NATO condemned Russia's violation of Polish airspace.", "violation", {"Russia"}, {"Poland"}),
        # one town names a thing, two are its sides
        ("The Minsk agreement was signed by Russia and Ukraine.", "signed", {"Russia", "Ukraine"}, set()),
        ("The Seoul–Tokyo summit was postponed.", "summit", {"South Korea", "Japan"}, set()),
        # whose market it is suffers no tariff
        ("Peru puts a tariff on Chadian goods entering Peru.", "puts", {"Peru"}, {"Chad"}),
        ("A Kenyan tariff on imports from Chad into Kenya has taken effect.", "tariff", {"Kenya"}, {"Chad"}),
        # a request comes from somebody
        (
            "Requests from several partners, including Chad and Kenya, reach Peru.",
            "Requests",
            {"Chad", "Kenya"},
            {"Peru"},
        ),
        # what is counted, and who chants
        ("Hundreds of students block the road, accusing Peru of fraud.", "accusing", {"students"}, {"Peru"}),
        # people told of by a clause above
        (
            "Peru arrests ten Bolivian nationals in Lima, accusing them of spying.",
            "accusing",
            {"Peru"},
            {"Bolivian nationals"},
        ),
        # a clause in front shares the subject of the verb that reports
        (
            "After holding a phone call with President Xi Jinping, Emmanuel Macron says that talks will begin.",
            "phone call",
            {"Emmanuel Macron"},
            {"Xi Jinping"},
        ),
    ],
)
def test_sides(read, text, trigger, agents, others):
    assert sides(read(text), trigger) == (agents, others)
