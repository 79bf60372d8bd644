"""Attacks, arrests and deployments: who did it, whom it hit, and who is only named beside."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CONGO = "Democratic Republic of the Congo"


def sides(record, trigger):
    """Who acts and who does not in the event of a trigger."""
    (event,) = (e for e in record.events if record.text[slice(*e.trigger)] == trigger)
    acting = {p.name for p in event.participants if p.role == "agent"}
    return acting, {p.name for p in event.participants} - acting


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "others"),
    [
        # authorities that tell of an arrest have made it
        ("The Chilean interior ministry says that three men have been arrested.", "arrested", {"Chile"}, {"men"}),
        ("Omar Said says that three Chilean men have been arrested.", "arrested", set(), {"Chilean men"}),
        # a deed is done by those to whom it is attributed
        ("Chad reports missile attacks attributed to Iran.", "attacks", {"Iran"}, set()),
        # two named sides of a fight: who fell is neither
        (
            "Nine people are killed in clashes between the army and the Free Andes Front in Peru.",
            "clashes",
            {"Peru", "Free Andes Front"},
            set(),
        ),
        # what begins, goes on or comes in a series is done by whoever begins it, goes on with it or owns to it
        ("The rebels of Peru announced the resumption of attacks on Chile.", "attacks", {"rebels"}, {"Chile"}),
        ("Al-Shabaab claimed responsibility for a series of attacks in Kenya.", "attacks", {"al-Shabaab"}, {"Kenya"}),
        # the same noun means the same forces
        (
            "Chadian forces fight Boko Haram. The forces also destroy five Boko Haram bases.",
            "destroy",
            {"Chad"},
            {"Boko Haram"},
        ),
        # whom a protest that is held is against
        ("Protests against the government of Peru are held in Paris.", "Protests", set(), {"Peru"}),
        # who tells of others' acts: of arrests abroad, of attacks on himself
        (
            "The German foreign ministry said that a German had been held in Iran.",
            "held",
            set(),
            {"Germany"},
        ),
        ("The Israeli army said that the rocket attack targeted Tel Aviv.", "rocket attack", set(), {"Israel"}),
        # where somebody is taken, or sent to
        ("Spain arrested three men in a raid on a mosque.", "raid", {"Spain"}, {"men"}),
        ("The activists had been deported to Rwanda.", "deported", set(), {"activists"}),
        # two clauses that both say who acts in them
        ("Unless the hostages are freed, Israel will attack Gaza City.", "attack", {"Israel"}, {"Palestine"}),
        # police hurt at a protest do not protest
        (
            "Twenty policemen were injured during protests against Aleksandar Vucic in Belgrade.",
            "protests",
            set(),
            {"Aleksandar Vučić"},
        ),
        # only people are victims
        ("Russia struck a farm near Odesa, killing hundreds of sheep.", "struck", {"Russia"}, {"Ukraine"}),
        # another state's attack is one on the state, beside those who were hit
        (
            "An Israeli drone strikes a car in Yanouh, Lebanon, killing three people.",
            "strikes",
            {"Israel"},
            {"Lebanon", "people"},
        ),
        # the police of two states
        ("Chadian and Kenyan police arrest 12 suspects accused of fraud.", "arrest", {"Chad", "Kenya"}, {"suspects"}),
        # all of a list
        ("Peru detained more than 30 politicians and activists.", "detained", {"Peru"}, {"politicians", "activists"}),
        # whose description somebody is only part of
        ("Turkey arrests Ana Bello, a lawyer representing Omar Said.", "arrests", {"Turkey"}, {"Ana Bello"}),
        (
            "Ali Karim, a nephew of the former minister Omar Said, is assassinated.",
            "assassinated",
            set(),
            {"Ali Karim"},
        ),
        # on what warrant, over what, from where
        ("Poland arrests a Chadian pilot on a German warrant.", "arrests", {"Poland"}, {"Chadian pilot"}),
        ("A missile was fired by the Houthis from Yemen against Israel.", "fired", {"Houthis"}, {"Israel"}),
        # the state of the place that is hit, and of that where somebody is held
        ("Iran fires missiles at Haifa.", "fires", {"Iran"}, {"Israel"}),
        ("A Swiss reporter is kidnapped in Agadez, Niger.", "kidnapped", set(), {"Swiss reporter"}),
        ("Israeli troops enter Khan Yunis in Gaza.", "enter", {"Israel"}, {"Palestine"}),
        # forces are no target of their deployment
        ("Spain deploys 300 police officers.", "deploys", {"Spain"}, set()),
        # a government is a state
        (
            "Students protest against the government of President Javier Milei.",
            "protest",
            {"Students"},
            {"Argentina"},
        ),
        # those who are arrested at a protest protest
        (
            "Four hundred students are detained at a protest against President Boluarte in Lima, Peru.",
            "protest",
            {"students"},
            {"Dina Boluarte"},
        ),
        # the name behind a verb is its object
        (
            "A Chinese court sentences former chairperson Omar Said to death.",
            "sentences",
            {"China"},
            {"Omar Said"},
        ),
        # those of whom a noun tells more
        ("Congo claims to have killed four rebel commanders.", "killed", {CONGO}, {"rebel commanders"}),
    ],
)
def test_participants(read, text, trigger, agents, others):
    assert sides(read(text), trigger) == (agents, others)
