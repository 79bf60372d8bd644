"""The reader on sentences: who, what, status, source, place; and what must not become an event."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def summary(record):
    return [
        (e.event_class, e.mode, {p.name for p in e.participants}, e.status)
        for e in sorted(record.events, key=lambda e: e.trigger)
    ]


RUBIO, LAVROV, TRUMP, PUTIN = "Marco Rubio", "Sergey Lavrov", "Donald Trump", "Vladimir Putin"

# The six sentences on which subject-verb-object tools fail (met with, reciprocal verb, passive,
# event without agent, negation, coordination).
SIX = [
    ("Marco Rubio met with Sergei Lavrov.", [("CONSULT", "meeting", {RUBIO, LAVROV}, "occurred")]),
    ("Trump and Putin met.", [("CONSULT", "meeting", {TRUMP, PUTIN}, "occurred")]),
    ("Vladimir Putin was called by Donald Trump.", [("CONSULT", "call", {TRUMP, PUTIN}, "occurred")]),
    ("The summit between Trump and Putin was canceled.", [("CONSULT", "summit", {TRUMP, PUTIN}, "cancelled")]),
    ("Donald Trump did not meet Vladimir Putin.", [("CONSULT", "meeting", {TRUMP, PUTIN}, "refused")]),
    (
        "Donald Trump and Mark Rutte urged Vladimir Putin and Sergei Lavrov to stop.",
        [("REQUEST", "urge", {TRUMP, "Mark Rutte", PUTIN, LAVROV}, "occurred")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIX)
def test_six_sentences(read, text, expected):
    assert summary(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks involving Qatar and Iran ended without a deal.", {"Qatar", "Iran"}),
        ("A summit was held in Cairo on Monday involving Qatar and Iran.", {"Qatar", "Iran"}),
        ("A summit attended by Macron was held in Paris.", {"Emmanuel Macron"}),
        ("The two leaders, Xi and Putin, met in Beijing.", {"Xi Jinping", PUTIN}),
        ("Envoys of three countries, Estonia, Latvia and Norway, met in Riga.", {"Estonia", "Latvia", "Norway"}),
        ("The U.S. Treasury Department held talks with Iran.", {"United States", "Iran"}),
    ],
)
def test_who_takes_part(read, text, names):
    assert {p.name for e in read(text).events for p in e.participants if e.event_class == "CONSULT"} == names


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Trump will meet Putin in Budapest.", "planned"),
        ("Macron is due to meet Merz in Berlin on Friday.", "planned"),
        ("The delay came after a scheduled meeting between Marco Rubio and Sergei Lavrov was canceled.", "cancelled"),
        ("However, with the Rubio-Lavrov meeting canceled, hopes faded.", "cancelled"),
        ("Marco Rubio and Sergei Lavrov spoke by phone on Monday.", "occurred"),
        ("Trump refused to cancel the meeting with Putin.", "planned"),
        ("Trump did not rule out a meeting with Putin.", "proposed"),
        ("There are no plans for Trump to meet Putin.", "refused"),
        ("If Trump meets Putin, markets will fall.", "hypothetical"),
        ("Trump had announced that he would meet Putin.", "planned"),
        ("Trump to meet Putin in Budapest", "planned"),
        ("Trump is meeting Putin in Budapest.", "ongoing"),
        ("Plans for a possible Trump-Putin summit have been put on hold.", "postponed"),
        ("No date has been set for the summit between Trump and Putin.", "planned"),
    ],
)
def test_status(read, text, status):
    assert {e.status for e in read(text).events if e.event_class == "CONSULT"} == {status}


def test_status_keeps_the_words_that_decided(read):
    record = read("Plans for a Trump-Putin summit have been put on hold.")
    (event,) = record.events
    assert [record.quote(span) for span in event.status_evidence] == ["Plans", "put on hold"]


def test_moved_to_another_date(read):
    (event,) = read("The summit of Xi Jinping and Narendra Modi was moved from 2 November to 3 December.").events
    assert (event.status, event.was, event.time.value) == ("planned", "2025-11-02", "2025-12-03")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Marco Rubio called Sergei Lavrov, Dmitry Peskov said.", "Dmitry Peskov"),
        ("According to the Kremlin, Trump will meet Putin.", "Russia"),
        ("A Western official said that Rutte will tell Trump that Europe wants Russia to stop.", "Western official"),
        ("Marco Rubio called Sergei Lavrov.", None),
        ('"Trump met Putin in secret last month," said Kaja Kallas.', "Kaja Kallas"),
    ],
)
def test_source(read, text, source):
    sources = {e.source.name if e.source else None for e in read(text).events}
    assert sources == {source}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Trump met Putin in Anchorage.", "Anchorage"),
        ("Zelenskyy met Trump at the White House.", "White House"),
        ("Mark Rutte travelled to Washington.", "Washington"),
        ("The Budapest summit between Trump and Putin was held.", "Budapest"),
        ("Trump met Putin.", None),
    ],
)
def test_place(read, text, place):
    assert {e.place.name if e.place else None for e in read(text).events} == {place}


def test_mentions_of_one_event_share_its_id(read):
    record = read("Trump and Putin will meet in Budapest. The summit was announced on Monday. It worries Kyiv.")
    assert len({e.event for e in record.events}) == 1
    assert {p.name for p in record.events[1].participants} == {TRUMP, PUTIN}
    assert all(p.surface is None for p in record.events[1].participants)


def test_planned_summit_is_not_the_earlier_one(read):
    record = read("Trump will meet Putin in Budapest. Their earlier summit in Alaska failed.")
    assert len({e.event for e in record.events}) == 2


def test_one_verb_two_talks(read):
    record = read("Trump spoke to both Putin and Zelenskyy last week.")
    assert [p for _, _, p, _ in summary(record)] == [{TRUMP, PUTIN}, {TRUMP, "Volodymyr Zelenskyy"}]
    assert len({e.event for e in record.events}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Actress Mira Solen and director Teo Brandt meet fans at the premiere.",
        "The board meeting of the football club lasted until midnight.",
        "The new phone will launch in January with a 108-megapixel camera.",
        "The workers went on strike at the plant.",
        "Heavy rain struck the coast.",
        "He called the plan a disaster.",
        "The visit to the dentist was cancelled.",
    ],
)
def test_no_diplomacy(read, text):
    assert summary(read(text)) == []


def test_events_need_no_parse_of_their_own(nlp):
    import spacy

    from diplograph.errors import MissingLayer

    bare = spacy.blank("en")
    for name in ("diplo_actors", "diplo_times", "diplo_events"):
        bare.add_pipe(name)
    with pytest.raises(MissingLayer, match="no dependency parse"):
        bare("Rubio met Lavrov.")
