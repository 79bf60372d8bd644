"""Marks of a coder on mentions: accepted, rejected, corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import record
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.api import Report, build
from diplograph.errors import InputError
from diplograph.extract.corrections import FIELDS, ROLES
from diplograph.extract.marks import Mark, Marks
from diplograph.extract.overrules import Overrules, read_overrules
from diplograph.extract.records import Extraction, Link, Participant, Reason, Source, Time

HEADER = "document,mention,mark,field,value,note"
BASE = "https://w3id.org/diplograph/actor/"


def three():
    """A record of three mentions: two of one event, and one that is the content of another."""
    given = record("d", place="Oslo", when="2025-11-01", source="Ann Ace")
    (event,) = given.events
    named = replace(event.participants[0], surface="Ann", begin=0, end=3)
    first = replace(event, participants=(named, event.participants[1]), status_evidence=((0, 3),), confidence=0.4)
    again = replace(first, id="m-2", time=Time("Bob", "2025-11", 12, 15))
    other = replace(event, id="m-3", event="e-3", links=(Link("content_of", "m-2"),), place=None, time=None)
    return replace(given, events=(first, again, other))


def mention(done, name="m-d"):
    return next(e for e in done.events if e.id == name)


def correct(field, value, on=None, **more):
    return mention(Marks().correct("d", "m-d", field, value).apply(on or three(), **more))


def valid(done):
    """A record that is read again from its JSON has been checked."""
    return Extraction.from_json(done.to_json()) == done


def test_an_accepted_mention_is_sure_and_says_why():
    done = mention(Marks().accept("d", "m-d").apply(three()))
    before = mention(three())
    assert done == replace(before, confidence=1.0, reasons=(Reason("event", "overrule", *before.trigger),))


def test_a_rejected_mention_goes_and_so_do_links_to_it():
    done = Marks().reject("d", "m-2").apply(three())
    assert [e.id for e in done.events] == ["m-d", "m-3"]
    assert mention(done, "m-3").links == ()
    assert done.actors == three().actors
    assert valid(done)


def test_a_link_to_an_event_stays_while_it_has_a_mention():
    linked = three()
    last = replace(linked.events[2], links=(Link("content_of", "e-d"),))
    linked = replace(linked, events=(*linked.events[:2], last))
    once = Marks().reject("d", "m-2")
    assert mention(once.apply(linked), "m-3").links == last.links
    assert mention(once.reject("d", "m-d").apply(linked), "m-3").links == ()


def test_other_documents_and_mentions_stay_as_they_are():
    assert Marks().accept("d", "m-gone").reject("x", "m-d").apply(three()) == three()


@pytest.mark.parametrize(
    ("field", "value", "attribute", "now"),
    [
        ("mode", "call", "mode", "call"),
        ("mode", "", "mode", None),
        ("status", "cancelled", "status", "cancelled"),
        ("date", "2025-10-20/2025-10-26", "time", Time("2025-10-20/2025-10-26", "2025-10-20/2025-10-26")),
        ("date", "", "time", None),
        ("place", "", "place", None),
        ("participants", "", "participants", ()),
        ("source", "", "source", None),
    ],
)
def test_a_field_is_corrected(field, value, attribute, now):
    done = correct(field, value)
    assert getattr(done, attribute) == now
    assert done.confidence == 1.0
    assert done.reasons == (Reason(field, "overrule", *done.trigger),)


def test_another_class_takes_the_mode_with_it_unless_that_is_said_too():
    assert (correct("class", "AID").event_class, correct("class", "AID").mode) == ("AID", None)
    assert correct("class", "CONSULT").mode == "meeting"
    both = Marks().correct("d", "m-d", "mode", "economic").correct("d", "m-d", "class", "AID").apply(three())
    assert (mention(both).event_class, mention(both).mode) == ("AID", "economic")


def test_words_of_another_status_are_no_evidence():
    assert correct("status", "cancelled").status_evidence == ()
    assert correct("status", "planned").status_evidence == ((0, 3),)


def test_the_words_of_a_time_stay():
    done = Marks().correct("d", "m-2", "date", "2025-12").apply(three())
    assert mention(done, "m-2").time == Time("Bob", "2025-12", 12, 15)


@pytest.mark.parametrize(
    ("value", "name", "country", "located"),
    [
        ("Budapest", "Budapest", "HUN", True),
        ("Tripoli", "Tripoli", "LBY", True),
        ("Tripoli, Lebanon", "Tripoli", "LBN", True),
        ("Tripoli, LBN", "Tripoli", "LBN", True),
        ("Norway", "Norway", "NOR", False),
        ("a hut by the lake, in the woods", "a hut by the lake, in the woods", None, False),
    ],
)
def test_a_place_is_looked_up(value, name, country, located):
    place = correct("place", value).place
    assert (place.name, place.country, place.latitude is not None) == (name, country, located)
    assert (place.iri is not None) == located


def test_participants_that_are_there_keep_their_words():
    done = correct("participants", "Bob Bay (target); Ann Ace (agent)")
    before = mention(three()).participants
    assert done.participants == (replace(before[1], role="target"), before[0])


def test_a_participant_may_be_named_by_id():
    done = correct("participants", "person/ann-ace (host)")
    assert done.participants == (replace(mention(three()).participants[0], role="host"),)


def test_a_participant_comes_from_the_table_with_the_state_of_that_day():
    marks = Marks().correct("d", "m-d", "participants", "Marco Rubio (agent); NATO (counterpart)")
    done = marks.apply(three())
    assert [(p.actor, p.country, p.role) for p in mention(done).participants] == [
        ("person/marco-rubio", "USA", "agent"),
        ("org/NATO", None, "counterpart"),
    ]
    assert [a.iri for a in done.actors[-2:]] == [f"{BASE}person/marco-rubio", f"{BASE}org/NATO"]
    assert valid(done)


def test_users_own_actors_are_found(tmp_path):
    (tmp_path / "own.csv").write_text("name,kind,country\nArnor,state,\nStrider,person,Arnor\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text(f"{HEADER}\nd,m-d,correct,participants,Strider (agent),\n", encoding="utf-8")
    done = read_overrules(tmp_path / "m.csv", actors=[tmp_path / "own.csv"]).apply(three())
    assert mention(done).participants == (
        Participant("person/strider", "Strider", "agent", "person", "ARNOR", f"{BASE}person/strider"),
    )


@pytest.mark.parametrize(
    ("name", "begin", "kind", "shown"),
    [
        ("the farmers", "group/the-farmers-", "group", "the farmers"),
        ("person/Mary Smithson", "person/mary-smithson", "person", "Mary Smithson"),
        ("person/Mary", "person/mary-", "person", "Mary"),
        ("org/Acme Corp", "org/acme-corp", "organisation", "Acme Corp"),
        ("农民", "group/x", "group", "农民"),
    ],
)
def test_who_nobody_knows_becomes_an_actor(name, begin, kind, shown):
    done = Marks().correct("d", "m-d", "participants", f"{name} (agent)").apply(three())
    (party,) = mention(done).participants
    assert party.actor.startswith(begin)
    assert done.actors[-1].id == party.actor
    assert (party.name, party.kind, party.iri, done.actors[-1].kind) == (shown, kind, None, kind)
    assert valid(done)


def test_an_unknown_group_is_one_of_its_document():
    there = replace(record("x"), events=(replace(record("x").events[0], id="m-d"),))
    here = correct("participants", "the farmers (agent)").participants
    marks = Marks().correct("x", "m-d", "participants", "the farmers (agent)")
    assert here[0].actor != mention(marks.apply(there)).participants[0].actor


def test_of_namesakes_the_one_in_the_event_is_meant():
    given = three()
    other = replace(given.actors[0], id="person/ann-ace-2")
    given = replace(given, actors=(other, *given.actors))
    marks = Marks().correct("d", "m-d", "participants", "person/ann-ace-2 (target); Ann Ace (agent)")
    once = marks.apply(given)
    assert [p.actor for p in mention(once).participants] == ["person/ann-ace-2", "person/ann-ace"]
    assert marks.apply(once) == once


def test_what_an_id_says_holds_for_the_name_in_all_mentions():
    marks = Marks().correct("d", "m-d", "source", "Rubio").correct("d", "m-2", "source", "person/Rubio")
    done = marks.apply(three())
    assert mention(done).source == mention(done, "m-2").source
    assert marks.apply(done) == done


@pytest.mark.parametrize(
    ("value", "now"),
    [
        ("Bob Bay", Source("Bob Bay", "person/bob-bay")),
        ("Kremlin", Source("Russia", "state/RUS")),
        ("a Western official", Source("a Western official")),
    ],
)
def test_a_source_is_an_actor_if_it_is_known_as_one(value, now):
    done = Marks().correct("d", "m-d", "source", value).apply(three())
    assert mention(done).source == now
    assert valid(done)


def test_the_words_of_a_source_stay():
    given = three()
    held = Source("Ann Ace", "person/ann-ace", 0, 3)
    given = replace(given, events=(replace(given.events[0], source=held), *given.events[1:]))
    assert correct("source", "person/ann-ace", given).source == held
    assert correct("source", "Ann Ace", given).source == held


# -- files --------------------------------------------------------------------------------


def write(tmp_path, *lines, header=HEADER, name="marks.csv"):
    path = tmp_path / name
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def test_both_kinds_of_files_work_together(tmp_path):
    who = write(tmp_path, "person/ann-ace,state/FRA,", header="actor,is,document", name="who.csv")
    marks = write(tmp_path, 'd,m-d,correct,participants,"France (agent); Bob Bay (target)",checked')
    for paths in ([who, marks], [marks, who]):
        done = mention(read_overrules(paths).apply(three()))
        assert [(p.actor, p.role, p.surface) for p in done.participants] == [
            ("state/FRA", "agent", "Ann"),
            ("person/bob-bay", "target", None),
        ]


def test_who_is_who_holds_for_actors_that_a_mark_brings(tmp_path):
    who = write(tmp_path, "person/marco-rubio,person/ann-ace,", header="actor,is,document", name="who.csv")
    marks = write(tmp_path, "d,m-d,correct,participants,Marco Rubio (agent),")
    done = read_overrules([who, marks]).apply(three())
    assert [p.actor for p in mention(done).participants] == ["person/ann-ace"]
    assert done.actors == three().actors


def test_the_same_mark_twice_is_no_fault(tmp_path):
    path = write(tmp_path, "d,m-d,accept,,,", "d,m-d,accept,,,again", "d,m-d,correct,mode,call,")
    assert mention(read_overrules([path, path]).apply(three())).mode == "call"


def test_an_accept_and_a_correction_go_together():
    done = mention(Marks().accept("d", "m-d").correct("d", "m-d", "mode", "call").apply(three()))
    assert [r.what for r in done.reasons] == ["event", "mode"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["d,m,accept,,,", "d,m,reject,,,"], "line 3: d m: reject contradicts: accept"),
        (["d,m,reject,,,", "d,m,correct,mode,call,"], "line 3: d m: correct mode to call contradicts: reject"),
        (["d,m,correct,mode,call,", "d,m,correct,mode,,"], "line 3: d m: correct mode to nothing contradicts"),
        (["d,m,maybe,,,"], "line 2: 'maybe' is no mark"),
        (["d,m,correct,colour,red,"], "line 2: 'colour' cannot be corrected"),
        (["d,m,correct,,,"], "line 2: '' cannot be corrected"),
        (["d,m,accept,mode,call,"], "line 2: accept with a field or value"),
        (["d,m,correct,class,PARTY,"], "line 2: 'PARTY' is no class"),
        (["d,m,correct,class,,"], "line 2: '' is no class"),
        (["d,m,correct,status,moved,"], "line 2: 'moved' is no status"),
        (["d,m,correct,status,,"], "line 2: '' is no status"),
        (["d,m,correct,date,soon,"], "line 2: 'soon' is no date"),
        (["d,m,correct,date,2025-02-30,"], "line 2: '2025-02-30' is no date"),
        (["d,m,correct,date,2025/2024,"], "line 2: '2025/2024' is no date"),
        (["d,m,correct,participants,Ann,"], "line 2: 'Ann' has no role"),
        (["d,m,correct,participants,Ann (chef),"], r"line 2: 'Ann \(chef\)': 'chef' is no role"),
        ([",m,accept,,,"], "line 2: document or mention is empty"),
        (["d,,accept,,,"], "line 2: document or mention is empty"),
        (["d,m,correct,place,Tripoli, Lebanon,Libya"], "line 2: too many cells"),
    ],
)
def test_faults_are_named(tmp_path, lines, fault):
    with pytest.raises(InputError, match=f"marks.csv, {fault}"):
        read_overrules(write(tmp_path, *lines))


@pytest.mark.parametrize("missing", HEADER.split(",")[:5])
def test_a_column_that_is_missing_is_named(tmp_path, missing):
    header = ",".join(c for c in HEADER.split(",") if c != missing)
    with pytest.raises(InputError, match=f"no column {missing}"):
        read_overrules(write(tmp_path, header=header))


def test_contradictions_of_two_files_are_named(tmp_path):
    one = write(tmp_path, "d,m,accept,,,", name="one.csv")
    two = write(tmp_path, "d,m,reject,,,", name="two.csv")
    with pytest.raises(InputError, match=r"two.csv, line 2: .*contradicts"):
        read_overrules([one, two])


def test_marks_that_find_nothing_are_told(tmp_path):
    overrules = read_overrules(write(tmp_path, "d,m-d,accept,,,", "d,m-gone,reject,,,", "x,m-d,accept,,,"))
    assert overrules.unfound(three()) == (Mark("d", "m-gone", "reject"),)
    assert Overrules().unfound(three()) == ()


@pytest.mark.model
def test_a_build_carries_marks_out_and_reports_those_that_find_nothing(tmp_path, nlp):
    report = Report()
    path = write(tmp_path, "d,m-d,correct,status,cancelled,", "d,m-2,reject,,,", "d,m-gone,reject,,,", "x,m,accept,,,")
    with build(three(), nlp=nlp, overrules=path, report=report) as graph:
        (kept,) = graph.records()
    assert report.unfound == [Mark("d", "m-gone", "reject")]
    assert kept == read_overrules(path).apply(three())
    with build(three(), nlp=nlp, overrules=Overrules(marks=Marks().reject("d", "m-3"))) as graph:
        assert [e.id for e in next(iter(graph.records())).events] == ["m-d", "m-2"]


def test_marks_can_be_taken_back():
    marks = Marks().accept("d", "m").reject("d", "other")
    assert marks.without("d", "m").reject("d", "m").lines == (Mark("d", "other", "reject"), Mark("d", "m", "reject"))


# -- properties ---------------------------------------------------------------------------

NAMES = (
    "Ann Ace", "Bob Bay", "person/bob-bay", "person/marco-rubio", "Marco Rubio", "Rubio", "person/Rubio", "Kremlin",
    "Russia", "state/RUS", "NATO", "the farmers", "farmers", "person/Mary Smithson", "Mary Smithson", "org/x", "农民",
    "Party (of Regions)", "group/the farmers", "AC/DC",
)  # fmt: skip
PARTIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ROLES)), max_size=4).map(
    lambda parties: "; ".join(f"{name} ({role})" for name, role in parties)
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
VALUES = {
    "class": st.sampled_from(("AID", "CONSULT", "ASSAULT")),
    "mode": st.sampled_from(("", "call", "meeting")),
    "status": st.sampled_from(("planned", "cancelled", "occurred")),
    "date": st.sampled_from(("", "2025", "2025-11", "2025-11-01", "2025-10-20/2025-10-26")),
    "place": st.sampled_from(("", "Oslo", "Tripoli, Lebanon", "Georgia")) | WORDS,
    "participants": PARTIES,
    "source": st.sampled_from(("", *NAMES)) | WORDS,
}


@st.composite
def marks(draw):
    done = Marks()
    for name in draw(st.sets(st.sampled_from(("m-d", "m-2", "m-3", "m-4")))):
        kind = draw(st.sampled_from(("accept", "reject", "correct", "correct")))
        if kind != "correct":
            done = Marks((*done.lines, Mark("d", name, kind, note=draw(WORDS))))
            continue
        for field in draw(st.lists(st.sampled_from(FIELDS), unique=True)):
            done = done.correct("d", name, field, draw(VALUES[field]), note=draw(WORDS))
    return done


@settings(deadline=None, max_examples=300)
@given(marks())
def test_marks_leave_a_valid_record_and_applied_twice_are_as_once(said):
    once = said.apply(three())
    assert valid(once)
    assert said.apply(once) == once
    rejected = {m.mention for m in said.lines if m.mark == "reject"}
    assert {e.id for e in once.events} == {"m-d", "m-2", "m-3"} - rejected
    sure = {m.mention for m in said.lines} - rejected
    assert all((e.confidence == 1.0) == (e.id in sure) for e in once.events)


@settings(deadline=None)
@given(said=marks())
def test_what_is_written_is_read_again(tmp_path_factory, said):
    path = tmp_path_factory.mktemp("marks") / "m.csv"
    path.write_text(said.to_csv(), encoding="utf-8", newline="")
    assert read_overrules(path).marks == said
