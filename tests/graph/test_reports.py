"""Reports on the life of events, from hand-made histories and from the example story."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from conftest import ROOT, record
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError
from diplograph.graph import KnowledgeGraph, MergedEvent, Party, Step, reports
from diplograph.graph.plans import moves, put_off
from diplograph.graph.reports import REPORTS, find_events, history, report
from diplograph.graph.verdicts import parse_verdicts
from diplograph.listing import history_listing

PARTIES = tuple(Party(f"person/{n.lower()}", n, "agent", "person", None) for n in ("Ann", "Bob"))


def step(day, status, when=None, *, place=None, source=None, document=None, quote=None, number=1):
    day = f"2025-{day}" if day else None
    when = f"2025-{when}" if when else None
    document = document or f"doc-{day}"
    return Step(
        status, day, document, f"m{number}", (0, 9), quote, source, None, (0, 5), when, place, because="same people"
    )


def event(*steps, key="e1", was=None, status=None):
    day = next((s.event_date for s in reversed(steps) if s.event_date), None)
    return MergedEvent(key, "CONSULT", "visit", PARTIES, None, day, was, status or steps[-1].status, steps)


def rows(name, *events, **options):
    table = report(name, events, **options)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


# -- never held, open plans -----------------------------------------------------------------------


def test_never_held_needs_an_announcement_and_no_report_that_it_was():
    off = event(step("03-01", "planned", "05-01"), step("04-01", "postponed"), key="off")
    held = event(step("03-01", "planned"), step("04-01", "occurred"), step("04-02", "refused"), key="held")
    rumour = event(step("03-01", "hypothetical"), step("04-01", "refused"), key="rumour")
    (row,) = rows("never-held", held, rumour, off)
    assert (row["event"], row["status"], row["announced"]) == ("off", "postponed", "2025-03-01")
    assert (row["date"], row["reported"], row["document"]) == ("2025-05-01", "2025-04-01", "doc-2025-04-01")


@pytest.mark.parametrize(("by", "found"), [(None, 0), ("2025-05-31", 0), ("2025-06-01", 1), (date(2026, 1, 1), 1)])
def test_a_plan_is_overdue_when_its_last_possible_day_has_passed(by, found):
    assert len(rows("never-held", event(step("03-01", "planned", "05")), on=by)) == found


def test_open_plans_count_days_from_the_last_possible_one():
    month = event(step("03-01", "planned", "05"), key="month")
    day = event(step("03-01", "planned", "05-31"), key="day")
    off = event(step("03-01", "planned", "05-01"), step("03-02", "cancelled"), key="off")
    found = rows("open-plans", month, off, day, event(step("03-01", "planned"), key="undated"), on="2025-06-10")
    assert [(row["event"], row["days"]) for row in found] == [("month", 10), ("day", 10)]


def test_open_plans_look_back_from_today():
    assert [row["event"] for row in rows("open-plans", event(step("03-01", "planned", "05-01")))] == ["e1"]
    future = MergedEvent("e2", "CONSULT", "call", (), None, "2999-01-01", None, "planned", (step("03-01", "planned"),))
    assert rows("open-plans", future) == []


def test_a_date_that_is_none():
    with pytest.raises(InputError, match="'soon' is no date"):
        report("open-plans", [], on="soon")


# -- put off, moved ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ([("03-01", "planned"), ("03-02", "postponed"), ("03-03", "postponed")], ["03-02"]),
        (
            [("03-01", "planned"), ("03-02", "postponed"), ("03-03", "planned"), ("03-04", "postponed")],
            ["03-02", "03-04"],
        ),
        ([("03-01", "planned", "05-01"), ("03-02", "planned", "06-01")], ["03-02"]),
        ([("03-01", "planned", "05-01"), ("03-02", "planned", "04-01")], []),
        ([("03-01", "planned", "05-01"), ("03-02", "postponed"), ("03-03", "planned", "06-01")], ["03-02"]),
        (
            [("03-01", "planned", "05-01"), ("03-02", "planned", "06-01"), ("03-03", "planned", "07-01")],
            ["03-02", "03-03"],
        ),
        ([("03-01", "planned", "05"), ("03-02", "planned", "05-14")], []),
        ([("03-01", "cancelled"), ("03-02", "refused")], []),
    ],
)
def test_what_counts_as_put_off(steps, days):
    assert put_off(event(*(step(*s) for s in steps))) == [f"2025-{day}" for day in days]


def test_a_report_that_repeats_the_old_plan_beside_the_postponement():
    one = step("03-02", "postponed")
    other = step("03-02", "planned", "05-01", number=2)
    assert put_off(event(step("03-01", "planned"), one, other, step("03-03", "postponed"))) == ["2025-03-02"]


def test_postponed_sorts_the_most_often_put_off_first():
    once = event(step("03-01", "planned"), step("03-02", "postponed"), key="a")
    steps = [step(f"03-0{n}", status) for n, status in enumerate(["postponed", "planned", "postponed"], 1)]
    twice = event(*steps, key="b")
    assert [row["event"] for row in rows("postponed", once, twice, times=1)] == ["b", "a"]
    (row,) = rows("postponed", once, twice)
    assert (row["event"], row["times"], row["reported"]) == ("b", 2, "2025-03-01; 2025-03-03")
    with pytest.raises(InputError, match="0"):
        report("postponed", [], times=0)


def change(*steps, **about):
    return [(m.about, m.old, m.new, m.step.date) for m in moves(event(*steps, **about))]


def test_moves_go_from_report_to_report():
    steps = (step("03-01", "planned", "05-01", place="Rome"), step("04-01", "planned", "06-01", place="Oslo"))
    assert change(*steps) == [
        ("date", "2025-05-01", "2025-06-01", "2025-04-01"),
        ("place", "Rome", "Oslo", "2025-04-01"),
    ]


def test_a_report_may_tell_of_the_move_itself():
    one = step("04-01", "planned", "06-01")
    assert change(one, was="2025-05-01") == [("date", "2025-05-01", "2025-06-01", "2025-04-01")]
    assert len(change(step("03-01", "planned", "05-01"), one, was="2025-05-01")) == 1


@pytest.mark.parametrize(
    "steps",
    [
        (("03-01", "planned", "05"), ("04-01", "planned", "05-14"), ("04-02", "planned", "05")),
        (("03-01", "planned", "05-01"), ("03-01", "planned", "06-01")),
        (("03-01", "occurred", "02-28"), ("03-02", "occurred", "02-27")),
        (("03-01", "planned", "05-01"), ("03-02", "postponed", "06-01")),
        ((None, "planned", "05-01"), ("03-02", "planned", "06-01")),
    ],
    ids=["more exact", "same day", "held", "postponed", "undated"],
)
def test_what_is_no_move_of_a_date(steps):
    assert change(*(step(*s, document=f"d{n}") for n, s in enumerate(steps))) == []


@pytest.mark.parametrize(
    ("places", "found"), [(("Norway", "Oslo"), 0), (("Oslo", "Norway"), 0), (("Norway", "Rome"), 1)]
)
def test_a_city_is_no_other_place_than_its_country(places, found):
    steps = [step(f"03-0{n}", "planned", place=place) for n, place in enumerate(places, 1)]
    assert len(change(*steps)) == found


def test_the_more_exact_place_is_kept():
    steps = [
        step(f"03-0{n}", "planned", place=place) for n, place in enumerate(("Norway", "Oslo", "Norway", "Bergen"), 1)
    ]
    assert [m[1:3] for m in change(*steps)] == [("Oslo", "Bergen")]


# -- sources -------------------------------------------------------------------------------------


def test_announced_first_takes_the_first_dated_report_of_a_plan():
    steps = (step("03-01", "hypothetical"), step("03-02", "planned", source="Oslo", document="a"))
    one = event(*steps, step("03-02", "planned", document="b"), step(None, "planned"), key="one")
    late = event(step("03-01", "occurred"), step("03-02", "planned"), key="late")
    (row,) = rows("announced-first", late, one)
    assert (row["event"], row["reported"], row["speaker"], row["document"]) == ("one", "2025-03-02", "Oslo", "a")
    assert row["others"] == 1


def test_disagreements_have_a_row_for_each_side():
    one = event(step("03-01", "occurred", source="Oslo"), step("03-02", "refused", source="an official"))
    found = [(row["about"], row["value"], row["speaker"]) for row in rows("disagreements", one)]
    assert found == [("status", "occurred", "Oslo"), ("status", "refused", "an official")]


@pytest.mark.parametrize(("one", "other", "apart"), [("Oslo", "Norway", False), ("Oslo", "Bergen", True)])
def test_a_town_and_its_country_are_no_contradiction(one, other, apart):
    told = event(step("03-01", "occurred", place=one), step("03-02", "occurred", place=other))
    assert bool(told.disagreements()) is apart


@pytest.mark.parametrize(
    ("second", "basis"),
    [
        ({"document": "a"}, "document"),
        ({"document": "b", "quote": "They met."}, "words"),
        ({"document": "b", "source": "Oslo"}, "speaker"),
        ({"document": "b", "source": "Rome"}, None),
    ],
)
def test_what_rests_on_one_source(second, basis):
    first = step("03-01", "occurred", source="Oslo", document="a", quote="They met." if "quote" in second else None)
    found = rows("one-source", event(first, step("03-02", "occurred", **second)))
    assert [row["basis"] for row in found] == ([basis] if basis else [])


def test_one_speaker_is_named_whatever_the_basis():
    (row,) = rows("one-source", event(step("03-01", "occurred", source="Oslo")))
    assert (row["speaker"], row["documents"]) == ("Oslo", 1)


# -- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_rows_do_not_depend_on_the_order_of_events(name):
    histories = {
        "moved": (step("03-01", "planned", "05-01"), step("03-02", "postponed"), step("03-03", "planned", "06-01")),
        "contested": (step("03-01", "occurred", "02-01"), step("03-02", "occurred", "02-02")),
        "off": (step("03-01", "planned"), step("03-02", "cancelled")),
        "single": (step("03-01", "planned"),),
    }
    made = [event(*steps, key=f"{key}-{n}") for key, steps in histories.items() for n in range(3)]
    there, back = (report(name, order, on="2025-09-01", times=1) for order in (made, made[::-1]))
    assert there.rows
    assert there == back
    assert report(name, []).columns == there.columns


def test_unknown_report():
    with pytest.raises(InputError, match="never-held"):
        report("gossip", [])


def test_find_events():
    one = event(step("03-01", "planned", "05-01"), key="e1")
    other = event(step("02-01", "occurred"), key="e2")
    assert find_events([one, other], " e1 ") == [one]
    assert find_events([one, other], "ÁNN visit") == [other, one]
    assert find_events([one, other], "bob planned 2025-05") == [one]
    assert find_events([one, other], "isit") == find_events([one, other], "...") == []


def test_a_history_cannot_steer_the_terminal():
    text = history_listing(event(step("03-01", "planned", source="\x1b[2Jx", document="d\x07", quote="a\x1b]0;b\nc")))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


# -- the command line ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "kg"
    with KnowledgeGraph(path) as graph:
        graph.add(
            [
                record("a", "2025-10-01", when="2025-10-20", source="Oslo"),
                record("b", "2025-10-10", status="cancelled", when="2025-10-20"),
                record("c", "2025-09-01", people=("Cem Cay", "Dan Day"), when="2025-09-09"),
            ],
            verdicts=parse_verdicts("document,event,same,other_document,other_event\na,e-a,yes,b,e-b\n", "by hand"),
        )
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, arguments)


def test_report_on_the_command_line(folder):
    (row,) = json.loads(run("report", "never-held", "--store", folder, "--format", "json").stdout)
    assert (row["label"], row["announced"]) == ("Ann Ace – Bob Bay: meeting", "2025-10-01")
    both = run("report", "never-held", "--store", folder, "--on", "2025-12-01", "--format", "csv").stdout
    assert len(both.splitlines()) == 3
    assert "Ann Ace" in run("report", "one-source", "--store", folder, "--times", "1").stdout + both


@pytest.mark.parametrize("wrong", [["gossip"], ["postponed", "--times", "0"], ["open-plans", "--on", "soon"]])
def test_wrong_usage_of_report(folder, wrong):
    assert run("report", *wrong, "--store", folder).exit_code == 2


def test_history_on_the_command_line(folder):
    lines = run("history", "Ann", "meeting", "--store", folder).stdout.splitlines()
    assert lines[0].startswith("Ann Ace – Bob Bay: meeting  (")
    assert "  1  2025-10-01  planned  for 2025-10-20  says Oslo" in lines
    assert "     a [0, 25)" in lines
    assert any(line.startswith("     same event: ") for line in lines)
    rows = json.loads(run("history", "Ann", "--store", folder, "--format", "json").stdout)
    assert [row["status"] for row in rows] == ["planned", "cancelled"]


def test_several_events_are_listed(folder):
    found = json.loads(run("history", "meeting", "--store", folder, "--format", "json").stdout)
    assert [row["label"] for row in found] == ["Cem Cay – Dan Day: meeting", "Ann Ace – Bob Bay: meeting"]
    (only,) = json.loads(run("history", found[0]["event"], "--store", folder, "--format", "json").stdout)
    assert only["document"] == "c"


def test_no_event_found(folder):
    assert isinstance(run("history", "Zed", "--store", folder).exception, InputError)


# -- docs/lifecycle.md -----------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8")


def test_every_report_and_column_is_on_the_page():
    for name in REPORTS:
        (line,) = [line for line in PAGE.partition("## Reports")[2].splitlines() if line.startswith(f"| `{name}` |")]
        shown = set(re.findall(r"`([a-z_]+)`", line.split("|")[3]))
        columns = set(report(name, []).columns)
        assert shown == columns - {"event", "label", "status"}
        assert callable(getattr(reports, name.replace("-", "_")))
        assert REPORTS[name] in line


@pytest.mark.model
def test_the_worked_example_is_what_the_program_does(read, capsys):
    lines = (ROOT / "examples" / "story.jsonl").read_text(encoding="utf-8").splitlines()
    kg = KnowledgeGraph()
    kg.add([read(d.pop("text"), d.pop("date"), **d) for d in map(json.loads, lines)])
    code = re.search(r"```python\n([^`]*)```\n\n((?:    .*\n)+)", PAGE)
    exec(code[1].replace('kg = dg.build(["examples/story.jsonl"])', ""), {"kg": kg})
    assert capsys.readouterr().out == re.sub(r"^    ", "", code[2], flags=re.MULTILINE)


def test_history_is_a_table():
    table = history(event(step("03-01", "planned"), step("03-02", "occurred")))
    assert [row["step"] for row in table] == [1, 2]
    assert table.columns[-1] == "because"
