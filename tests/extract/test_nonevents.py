"""What looks like an event and is none, and what two words of a sentence tell once (nonevents.toml)."""

import pytest

from diplograph.ontology.nonevents import load_nonevents

pytestmark = pytest.mark.model

NONE = [(rule, text) for rule in load_nonevents() for text in rule.none]
STILL = [(rule, text) for rule in load_nonevents() for text in rule.still]


def classes(nlp, text):
    return [e.event_class for e in nlp(text)._.diplo_events]


@pytest.mark.parametrize(("rule", "text"), NONE, ids=[t for _, t in NONE])
def test_is_none(nlp, rule, text):
    assert not rule.classes & set(classes(nlp, text))


@pytest.mark.parametrize(("rule", "text"), STILL, ids=[t for _, t in STILL])
def test_is_one(nlp, rule, text):
    assert rule.classes & set(classes(nlp, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nine Malian soldiers were killed in an attack by jihadists near Mopti.", ["attack"]),
        ("Three Somali soldiers were killed in clashes with Kenyan troops.", ["clashes"]),
        ("Israel killed two commanders of Hezbollah in May.", ["killed"]),
    ],
)
def test_killed_in_an_attack_is_one_event(nlp, text, told):
    doc = nlp(text)
    assert [doc[e.head].text for e in doc._.diplo_events if e.event_class == "ASSAULT"] == told


def test_victims_are_those_of_the_attack(nlp):
    doc = nlp("Two Kenyan soldiers were killed when Al-Shabaab opened fire near Lamu.")
    (event,) = doc._.diplo_events
    names = {doc._.diplo_actors.members[r.member].name for r in event.roles}
    assert names == {"al-Shabaab", "Kenya"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A court in Madrid, Spain, orders the release of the opposition leader Ana Bello.", ["CONCEDE"]),
        ("Mali's president orders the arrest of the opposition leader Ana Bello.", ["COERCE"]),
        ("Israel ordered Lebanon to withdraw its troops.", ["REQUEST", "CONCEDE"]),
    ],
)
def test_who_orders_his_own_people_does_it(nlp, text, told):
    assert classes(nlp, text) == told


def test_dismissed_is_a_minister_or_a_claim(nlp):
    assert classes(nlp, "Kais Saied dismissed the prime minister of Tunisia.") == ["SANCTION"]
    assert "REJECT" in classes(nlp, "Iran dismissed the demand of the United States.")
