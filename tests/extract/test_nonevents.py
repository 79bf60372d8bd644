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


@pytest.mark.parametrize(
    ("text", "event_class"),
    [
        ("Ethiopia killed nine soldiers in Asmara after a judge overturned a ban.", "ASSAULT"),
        ("Saboteurs derailed a Belarusian train near Minsk, killing two soldiers.", "ASSAULT"),
        ("Egypt killed five fishermen of Libya when their boat capsized.", "ASSAULT"),
        ("Morocco arrested two girls in a crackdown on the opposition.", "COERCE"),
        ("Taliban detained girls in Herat over their dress.", "COERCE"),
        ("Police in Turkey arrested a Swiss teacher.", "COERCE"),
        ("A Kuwaiti executive was detained in Iraq.", "COERCE"),
        ("Kosovo and Serbia agreed reforms.", "AGREE"),
        ("Moldova ratified a pipeline law with Romania.", "AGREE"),
    ],
)
def test_others_take_part(nlp, text, event_class):
    assert event_class in classes(nlp, text)


@pytest.mark.parametrize(
    ("text", "event_class"),
    [
        ("A court in Kenya jailed a Kenyan teacher for the murder of his wife.", "COERCE"),
        ("Police in Madrid arrested two teenagers.", "COERCE"),
        ("Two minibuses collided in Ghana, killing four people.", "ASSAULT"),
        ("Spain deployed soldiers near Valencia after the floods.", "MOBILIZE"),
        ("The Hungarian parliament approved a bill on Slovakia.", "AGREE"),
        ("Malta adopts a law that limits the powers of the European Commission.", "AGREE"),
    ],
)
def test_nobody_else_takes_part(nlp, text, event_class):
    assert event_class not in classes(nlp, text)
