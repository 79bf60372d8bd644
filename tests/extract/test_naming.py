"""How a mention becomes the name of an actor: numbers, adjectives, descriptions, organs and broken names."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "trigger", "names"),
    [
        # words of number are nobody
        ("Hundreds of Kenyan troops entered the town of Dhobley.", "entered", {"Kenya"}),
        # whom people are against, and whose adjective only tells more of somebody else
        ("Anti-Maduro protests spread to ten cities.", "protests", {"Nicolás Maduro"}),
        (
            "The Syrian government signs a ceasefire with the Kurdish-led Syrian Democratic Forces.",
            "signs",
            {"Syria", "Syrian Democratic Forces"},
        ),
        ("Polish police arrest a Ukrainian diver in Gdynia.", "arrest", {"Poland", "Ukrainian diver"}),
        ("Hungary bans Irish rap trio Kneebone for three years.", "bans", {"Hungary", "Kneebone"}),
        # named forces keep their name; an organ before a noun is its state's
        (
            "Kenyan National Police arrest nine people for spreading rumours.",
            "arrest",
            {"Kenyan National Police", "people"},
        ),
        (
            "Seven gang members are killed during a Jamaican police operation in Kingston.",
            "killed",
            {"gang members", "Jamaica"},
        ),
        # who belongs to a group stands for it
        ("Kenyan police detain four people believed to belong to al-Shabaab.", "detain", {"Kenya", "al-Shabaab"}),
        ("Ten fighters from the Fano armed group were killed by Ethiopian soldiers.", "killed", {"Ethiopia", "Fano"}),
        ("Kuwait detains eight United Nations workers.", "detains", {"Kuwait", "United Nations"}),
        # whose people they are is part of their name
        (
            "Residents of Aruba sue the Netherlands over its climate policy.",
            "sue",
            {"Residents of Aruba", "Netherlands"},
        ),
        # descriptions in front of a name are the person's
        ("Police detain Izmir mayor and opposition candidate Cemil Tugay.", "detain", {"Turkey", "Cemil Tugay"}),
        (
            "Former Chadian prime minister and leader of the Reformers party Ousmane Abba is sentenced to ten years.",
            "sentenced",
            {"Ousmane Abba"},
        ),
        # names that were cut wrongly
        (
            "The 9th March Brigade of the Somali Armed Forces was attacked by al-Shabaab.",
            "attacked",
            {"al-Shabaab", "9th March Brigade"},
        ),
        (
            'Juan "El Rayo" Oseguera, leader of the Sinaloa Cartel, was killed by Mexican soldiers.',
            "killed",
            {"Mexico", "Juan Oseguera"},
        ),
    ],
)
def test_who_is_named(read, text, trigger, names):
    record = read(text)
    (event,) = (e for e in record.events if record.text[slice(*e.trigger)] == trigger)
    assert {p.name for p in event.participants} == names


def test_a_named_force_belongs_to_its_state(read):
    force = next(a for a in read("Kenyan National Police arrest nine people.").actors if a.kind == "organisation")
    assert (force.name, force.country) == ("Kenyan National Police", "KEN")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Israel's Minister of National Security, Itamar Ben-Gvir, threatened Hamas.", "Itamar Ben-Gvir", "ISR"),
        ("The British High Commissioner to India Lindy Cameron met S. Jaishankar.", "Lindy Cameron", "GBR"),
        ("The Ambassador of France to Lebanon, Herve Magro, met Joseph Aoun.", "Herve Magro", "FRA"),
        ("The UN special envoy for Yemen, Hans Grundberg, met Abbas Araghchi.", "Hans Grundberg", None),
        ("The Secretary of the Security Council of Russia, Sergei Shoigu, met Kim Jong Un.", "Sergei Shoigu", "RUS"),
        ("The Security Service of Ukraine arrested a Russian spy.", "Security Service", "UKR"),
    ],
)
def test_whose_somebody_is(read, text, name, country):
    assert {p.country for e in read(text).events for p in e.participants if p.name == name} == {country}


def test_two_offices_are_of_one_person(read):
    (event,) = read("Pakistan's Deputy Prime Minister and Foreign Minister Ishaq Dar visited Kabul.").events
    assert {p.name for p in event.participants if p.role == "agent"} == {"Ishaq Dar"}
