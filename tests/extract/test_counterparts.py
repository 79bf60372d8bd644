"""Who is asked, who made what another rejects, who is named only to tell of what kind others are."""

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
        # who is asked to act does it, not who asks
        ("Kenya calls on Chad and Niger to release the hostages.", "release", {"Chad", "Niger"}, {"hostages"}),
        ("Kenya appeals to Chad to withdraw the troops.", "withdraw", {"Chad"}, set()),
        # a noun takes up what somebody said before
        ("Chad accuses Niger of fraud. Niger rejects the accusations.", "rejects", {"Niger"}, {"Chad"}),
        ("Kenya urges Chad to withdraw. Chad dismisses the demand.", "dismisses", {"Chad"}, {"Kenya"}),
        ("A Kenyan proposal for talks is sent to Peru. Peru rejects the proposal.", "rejects", {"Peru"}, {"Kenya"}),
        # the state of a post that somebody leaves
        ("Ann Ace resigns as the Vice President of India citing health reasons.", "resigns", {"Ann Ace"}, set()),
        # an expression stays whole, words of amount are left out
        ("Peru frees all remaining prisoners of war.", "frees", {"Peru"}, {"prisoners of war"}),
        # a seat behind a court tells whose it is; whose office a long title has
        ("The Kenyan Attorney General's Office arrests three executives.", "arrests", {"Kenya"}, {"executives"}),
        (
            "Chad Office of Trade and Budget acting director Matthew Vale orders Kenya to stop.",
            "orders",
            {"Matthew Vale"},
            {"Kenya"},
        ),
    ],
)
def test_sides(read, text, trigger, agents, others):
    assert sides(read(text), trigger) == (agents, others)


def names(record):
    """Whom the events of a text name."""
    return {p.name for e in record.events for p in e.participants}


def test_creeds_tell_of_what_kind_others_are(read):
    assert "Shia" not in names(read("Chad accuses four men of bombing the Shia mosque in Niamey."))


def test_a_body_is_taken_up_by_its_noun(read):
    record = read("Judge Ann Ace sues the Department of Public Order. Peru condemns the department.")
    assert sides(record, "condemns") == ({"Peru"}, {"Department of Public Order"})


def test_objects_of_coordinated_verbs_are_parallel(read):
    record = read("Kenyan police detain Paul Ace, a lawyer representing Omar Bell, and later praise him.")
    assert not any(p.name == "Omar Bell" for e in record.events for p in e.participants)


@pytest.mark.parametrize(
    ("text", "trigger", "agents", "others"),
    [
        # what somebody is judged for is his
        ("Kenya condemns Ann Ace for her attacks on the rebels.", "attacks", "Ann Ace", "Kenya"),
        # for whom an infinitive is, who asks for it
        ("President Ann Ace calls for Kenya to end its support for M23.", "end", "Kenya", "Ann Ace"),
        ("European leaders urge Kenya to hold talks with Chad.", "talks", "Kenya", "European leaders"),
        ("The United States vetoes a United Nations resolution calling for talks.", "calling", "UN", "US"),
        ("Experts from the United Nations condemn Chad.", "condemn", "UN", "Experts"),
    ],
)
def test_who_acts_and_who_does_not(read, text, trigger, agents, others):
    short = {"UN": "United Nations", "US": "United States"}
    acting = sides(read(text), trigger)[0]
    assert short.get(agents, agents) in acting
    assert short.get(others, others) not in acting


def test_a_counterpart_is_not_of_those_who_have_one(read):
    record = read("The ministers of Chad and Kenya discuss the war in Sudan with their Egyptian counterpart in Cairo.")
    assert "Egypt" in names(record)
