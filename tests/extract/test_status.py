"""What became of an event, by the constructions that say so: each cause in several sentences."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CASES = {
    "what is under way": [
        ("ongoing", "Sanna Marin and Jonas Gahr Store are meeting in Tromso tonight."),
        ("ongoing", "S. Jaishankar is at a summit with Sergei Lavrov in Sochi."),
        ("ongoing", "Negotiators of Chile and Bolivia are in talks in Arica."),
        ("ongoing", "Gabriel Boric is on a visit to Paraguay."),
        ("ongoing", "Delegations of Niger and Benin have been negotiating in Malanville since Sunday."),
        ("ongoing", "The talks between Togo and Ghana are in their third day."),
        ("planned", "The talks between Chile and Bolivia resume on Friday."),
        ("planned", "Gabriel Boric is meeting Yamandu Orsi in Montevideo on 2 June."),
    ],
    "a second predicate": [
        ("cancelled", "The summit of Kenya and Somalia was due in June but was called off."),
        ("cancelled", "The visit of Modi to Nepal was announced in May and has now been scrapped."),
        ("cancelled", "The talks between Peru and Chile were to begin on Monday but did not take place."),
        ("postponed", "The meeting of Rubio and Lavrov was set for Friday but has been put off."),
        ("occurred", "The meeting of Rubio and Lavrov had been put off twice and took place on Friday."),
    ],
    "a predicate below another": [
        ("cancelled", "The visit of Modi to Nepal had to be cancelled."),
        ("postponed", "The summit of Kenya and Somalia is expected to be postponed."),
        ("planned", "The talks between Peru and Chile are expected to start in May."),
        ("cancelled", "The talks between Peru and Chile are likely to be called off."),
        ("hypothetical", "The visit of Modi to Nepal remains in doubt."),
        ("postponed", "The talks between Peru and Chile remain on hold."),
    ],
    "a relative clause or a participle": [
        ("cancelled", "Paris regretted the visit of Modi, which was called off on Monday."),
        ("postponed", "The visit of Modi to Nepal, put off in May, was not mentioned."),
        ("occurred", "The summit of Kenya and Somalia, which had been postponed in May, took place on Friday."),
        ("cancelled", "Nairobi regrets the summit with Somalia that was scrapped on Monday."),
    ],
    "what was arranged and is not held": [
        ("cancelled", "The summit of Kenya and Somalia will not take place."),
        ("cancelled", "Modi's visit to Nepal will not go ahead."),
        ("cancelled", "Ruto will not meet Mohamud on Friday as planned."),
        ("cancelled", "Sanchez will not travel to Rabat as scheduled."),
        ("refused", "No summit of Kenya and Somalia took place."),
        ("refused", "Ruto will not meet Mohamud."),
    ],
    "a condition": [
        ("hypothetical", "Tsipras would fly to Brussels, his office said, if the banks agreed."),
        ("hypothetical", "Kenya will meet Egypt if the border is opened."),
        ("hypothetical", "Only if the border is opened will Kenya meet Egypt."),
        (
            "hypothetical",
            "Unless the border is opened, Kenya will not receive Mohamud, but it will meet Egypt if asked.",
        ),
        ("planned", "Tsipras said that he would fly to Brussels."),
    ],
    "a verdict on a report": [
        ("refused", "Reports of talks between Togo and Ghana are baseless."),
        ("refused", "Lome called the talks with Ghana a fabrication."),
        ("refused", '"Pure invention," said a spokesman of a meeting between Rubio and Lavrov.'),
        ("refused", '"Out of the question," the minister said of a visit to Russia.'),
        ("refused", "Lome laughed off the story that Gnassingbe met Mahama."),
        ("refused", "Accra brushed aside a report that Mahama had flown to Niger."),
        ("refused", "The rumour that Mahama met Tiani was invented, Accra said."),
        ("refused", "Niger attacked Benin under the pretext that Benin had attacked Togo."),
    ],
    "idioms with a noun": [
        ("refused", "Peru slammed the door on talks with Chile."),
        ("refused", "Peru turned its back on talks with Chile."),
        ("proposed", "Peru has not said no to talks with Chile."),
        ("proposed", "Peru left the door open to talks with Chile."),
        ("proposed", "Oman paved the way for talks between Peru and Chile."),
        ("hypothetical", "The row cast doubt on the talks between Peru and Chile."),
        ("cancelled", "Peru pulled the plug on the talks with Chile."),
    ],
    "not yet, no longer, nobody": [
        ("planned", "Peru has yet to cancel the talks with Chile."),
        ("refused", "Boric has yet to visit Peru."),
        ("refused", "Boric no longer plans to visit Peru."),
        ("proposed", "Boric is no longer averse to meeting Boluarte."),
        ("refused", "Nobody from Peru will meet Boric."),
        ("refused", "None of them met Boric, Peru said."),
    ],
    "an invitation and other complements": [
        ("proposed", "Lula invited Boric to a summit in Manaus."),
        ("planned", "Peru prepared for talks with Chile."),
        ("proposed", "Boric would like to meet Boluarte."),
        ("proposed", "Boric is prepared to meet Boluarte."),
        ("proposed", "Boric said he would be willing to meet Boluarte."),
    ],
    "what comes with an event or lies beside it": [
        ("planned", "Boric will hold a summit with Lula on 2 June, followed by talks with Petro."),
        ("occurred", "Boric repeated his pledge at the summit with Lula."),
        ("occurred", "The offer that Petro made at the meeting with Lula surprised Boric."),
        ("planned", "The preparations for the summit of Kenya and Somalia began."),
        ("occurred", "The talks between Peru and Chile did not yield a result."),
    ],
    "how sure it is": [
        ("planned", "Lima is certain that Boric will meet Boluarte."),
        ("planned", "Boric is certain to meet Boluarte."),
        ("occurred", "Lima is sure that Chile attacked Bolivia."),
        ("occurred", "Certain talks between Peru and Chile were useful."),
        ("hypothetical", "Lima is not certain that Boric will meet Boluarte."),
        ("hypothetical", "It is far from certain that Boric will meet Boluarte."),
        ("hypothetical", "There is no guarantee that Boric will meet Boluarte."),
    ],
    "a question about a fact": [
        *(("occurred", f"It is not clear {word} Chile attacked Bolivia.") for word in ("why", "when", "where", "how")),
        ("occurred", "It is not clear who attacked Bolivia."),
        ("occurred", "Lima is not sure why Chile attacked Bolivia."),
        ("hypothetical", "It is not clear whether Chile attacked Bolivia."),
        ("hypothetical", "It is not clear if Boric will meet Boluarte."),
        ("hypothetical", "It is not clear that Chile attacked Bolivia."),
        ("planned", "It is not clear when Boric will meet Boluarte."),
    ],
    "what a condition is about": [
        ("hypothetical", "If Chile does not attack Bolivia, Peru will be content."),
        ("refused", "The treaty prevented Chile from attacking Bolivia."),
        ("planned", "Chile was behind a plot to attack Bolivia."),
        ("occurred", "Clashes between Chile and Bolivia left 20 soldiers dead."),
    ],
    "what has to wait": [
        ("postponed", "The visit of Boric to Peru must wait."),
        ("postponed", "The visit of Boric to Peru will have to wait."),
        ("postponed", "The talks between Peru and Chile are on the back burner."),
        ("postponed", "The talks between Peru and Chile were suspended."),
        ("postponed", "Visit of Boric to Peru put on ice"),
        ("planned", "Visit of Boric to Peru NOT cancelled"),
    ],
}


@pytest.mark.parametrize(
    ("text", "status"), [(text, status) for cases in CASES.values() for status, text in cases], ids=lambda x: x[:60]
)
def test_status(read, text, status):
    found = [(e.event_class, e.mode, e.status) for e in read(text).events if e.event_class in {"CONSULT", "ASSAULT"}]
    assert status in {s for *_, s in found}, found


NOTHING = [
    "Egypt's handball federation has postponed the visit of the Tunisian champions, and the clubs will meet in June.",
    "Spain's rugby federation will meet Georgia's in May.",
    "The Danish brewer has broken off talks with its Bangkok rival.",
    "The Oslo pianist and the Lima choir agreed on a joint recital in Rome.",
    "The violinist refused to meet the orchestra from Lyon.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_private_affairs_are_no_diplomacy(read, text):
    assert [(e.event_class, e.mode) for e in read(text).events] == []


def test_the_denial_of_a_report_is_no_rejection(read):
    record = read("Lome laughed off the story that Gnassingbe met Mahama in Accra.")
    assert [(e.event_class, e.status) for e in record.events] == [("CONSULT", "refused")]


def test_two_prepositions_are_two_meetings(read):
    record = read("Erdogan met with Keir Starmer and with Giorgia Meloni.")
    assert [len(e.participants) for e in record.events] == [2, 2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hun Sen flies to Beijing on Monday.", "2025-10-27"),
        ("Hun Sen sees Xi Jinping on Thursday.", "2025-10-23"),
        ("Hun Sen met Xi Jinping on Thursday.", "2025-10-16"),
    ],
)
def test_the_present_of_timetables_looks_ahead(read, text, value):
    (event,) = read(text).events
    assert event.time.value == value


@pytest.mark.parametrize(
    ("text", "event_class", "status"),
    [
        ("Peru has decided to release 20 Chilean fishermen.", "CONCEDE", "planned"),
        ("Chile decided to withdraw its troops from Bolivia.", "CONCEDE", "planned"),
        ("The opposition is organising a march against Maduro.", "PROTEST", "planned"),
        ("The opposition organised a protest against Maduro.", "PROTEST", "occurred"),
        ("Kenya agreed to a request by Somalia.", "REQUEST", "occurred"),
    ],
)
def test_status_of_other_classes(read, text, event_class, status):
    assert status in {e.status for e in read(text).events if e.event_class == event_class}
