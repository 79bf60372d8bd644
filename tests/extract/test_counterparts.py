"""Those to whom force, penalties, relief and movements are done: who is one of them, and who only stands beside."""

from __future__ import annotations

import pytest

from diplograph.extract.events.phrases import Phrases
from diplograph.extract.events.standing import is_of_sibling, standing
from diplograph.extract.layers import Role
from diplograph.ontology.actors import load_actors
from diplograph.ontology.titles import load_collectives, load_titles

pytestmark = pytest.mark.model


def sides(record, trigger):
    """Who acts and who does not in the event of a trigger."""
    (event,) = (e for e in record.events if record.text[slice(*e.trigger)] == trigger)
    acting = {p.name for p in event.participants if p.role == "agent"}
    return acting, {p.name for p in event.participants} - acting


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "others"),
    [
        # what is sent is no target, and where somebody is deported to is no party
        ("Norway deploys the Telemark Battalion to Estonia.", "deploys", {"Norway"}, {"Estonia"}),
        ("Peruvian troops were deployed to Haiti.", "deployed", {"Peru"}, {"Haiti"}),
        ("Ana Ruiz was deported to El Salvador by Mexico.", "deported", {"Mexico"}, {"Ana Ruiz"}),
        # who owns a detention undergoes it, unless it is a state or body
        ("Lawyers criticised Ana Ruiz's detention by Chile.", "detention", {"Chile"}, {"Ana Ruiz"}),
        ("Chile's detention of Ana Ruiz was criticised.", "detention", {"Chile"}, {"Ana Ruiz"}),
        # what somebody is kept from is his act
        ("A judge bars the Kenyan government from deporting Ana Ruiz.", "deporting", {"Kenya"}, {"Ana Ruiz"}),
        # who belongs to the other of two verbs
        ("Ghana sends rice to Togo and shares intelligence with Benin.", "shares", {"Ghana"}, {"Benin"}),
        ("Bolivia arrests Ana Ruiz, the lawyer of the leader Carlos Lima.", "arrests", {"Bolivia"}, {"Ana Ruiz"}),
    ],
)
def test_sides(read, text, trigger, agents, others):
    assert sides(read(text), trigger) == (agents, others)


@pytest.fixture
def stands(nlp):
    """How the first of some words stands to a trigger and to the actors that the others name."""

    def ask(text, trigger, *words):
        doc = nlp(text)
        phrases = Phrases(doc, load_actors(()), load_titles(), load_collectives())
        at = {t.text: t for t in doc}
        named = [phrases.actors(at[word])[0] for word in words]
        roles = [Role(n.member, "target", n.tokens) for n in named]
        return set(standing(roles[0], roles, at[trigger], phrases))

    return ask


def test_how_those_beside_an_event_stand_to_it(stands):
    arrest = "Turkey arrests the Norwegian minister Ana Bello in Oslo, Norway."
    assert stands(arrest, "arrests", "Bello") == set()
    assert stands(arrest, "arrests", "Norwegian", "Bello") >= {"home"}
    assert stands("Turkey arrests ten men in Sake, Congo.", "arrests", "Congo") >= {"town"}
    lawyer = "Chile arrests Ana Bello, who wrote to the party of Carlos Lima."
    assert stands(lawyer, "arrests", "Lima", "Bello") >= {"far", "inner"}
    assert stands("Chile arrests Ana Bello and Carlos Lima.", "arrests", "Lima", "Bello") == set()


def test_words_of_a_coordinated_verb(nlp):
    at = {t.text: t for t in nlp("Ten soldiers are killed and five engineers are kidnapped in Mali.")}
    assert is_of_sibling(at["soldiers"], at["kidnapped"])
    assert not is_of_sibling(at["engineers"], at["kidnapped"])
