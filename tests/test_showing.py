"""How objects look in a notebook: complete, safe, and readable without colour; and the magic ``%%sparql``."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from conftest import record

import diplograph as dg
from diplograph import markup
from diplograph.errors import InputError
from diplograph.extract.marks import Marks
from diplograph.extract.overrules import Overrules
from diplograph.extract.records import Extraction, Reason, Source
from diplograph.graph import Disagreement, Explanation, KnowledgeGraph, Verdict, Verdicts, merge_events

HOSTILE = "</script><img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """Reads HTML: which elements there are, and which text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def hostile() -> Extraction:
    """Return a record in which every text that can be is hostile."""
    text = f"{HOSTILE} and Bob {HOSTILE} meet."
    made = record(f"d{HOSTILE}", people=(f"Ann {HOSTILE}", "Bob"), place=f"P{HOSTILE}", when="2025-11-02", text=text)
    (event,) = made.events
    event = dataclasses.replace(
        event,
        mode=f"m{HOSTILE}",
        source=Source(f"S{HOSTILE}"),
        status_evidence=((0, len(HOSTILE)),),
        confidence=0.5,
        reasons=(Reason("event", f"rule{HOSTILE}", 0, 9), Reason("status", "reader", 0, 9, 0.25)),
    )
    return dataclasses.replace(made, title=f"T{HOSTILE}", source=f"O{HOSTILE}", events=(event,))


def everything(*records: Extraction) -> dict[str, object]:
    """Return one of each object that a notebook shows."""
    kg = KnowledgeGraph()
    kg.add(records)
    event = kg.events()[0]
    refused = dg.Report(1, [(f"file{HOSTILE}", InputError(f"bad{HOSTILE}", remedy=f"mend{HOSTILE}"))])
    return {
        "Extraction": records[0],
        "Event": records[0].events[0],
        "KnowledgeGraph": kg,
        "MergedEvent": event,
        "Explanation": kg.explain(event),
        "Explanation of a mention": dg.explain(records[0].events[0], records[0]),
        "Table": kg.history(event),
        "Tables": kg.tables(),
        "Verdicts": Verdicts((Verdict((f"a{HOSTILE}", "e"), ("b", "e"), True, HOSTILE),)),
        "Report": refused,
        "Marks": Marks().correct(f"d{HOSTILE}", f"m{HOSTILE}", "place", f"P{HOSTILE}", note=HOSTILE),
        "Overrules": Overrules({f"a{HOSTILE}": f"b{HOSTILE}"}, {(f"d{HOSTILE}", "a"): "c"}),
    }


@pytest.mark.parametrize("name", everything(record()))
def test_hostile_text_is_shown_literally(name):
    shown = Reader(everything(hostile())[name]._repr_html_())
    assert not shown.open, "all elements are closed"
    assert shown.tags <= {"div", "span", "b", "p", "table", "thead", "tbody", "tr", "th", "td"}
    assert shown.attributes <= {"style", "class"}
    if name != "Tables":
        assert HOSTILE in shown.words


def test_dollars_are_no_formula():
    for name, value in everything(record()).items():
        assert value._repr_html_().split(">")[0].count("mathjax_ignore"), name


def test_a_disagreement_is_shown():
    steps = (merge_events([record(d, text=f"{HOSTILE} Ann and Bob meet.")])[0].history[0] for d in "ab")
    found = Disagreement("place", (f"X{HOSTILE}", f"Y{HOSTILE}"), tuple(steps))
    shown = Reader(found._repr_html_())
    assert "Sources disagree on the place" in shown.words
    assert f"X{HOSTILE}" in shown.words
    assert f"Y{HOSTILE}" in shown.words
    assert shown.tags <= {"div", "b", "table", "thead", "tbody", "tr", "th", "td"}
    assert repr(found).startswith("<Disagreement on place: ")


def test_decisions_are_shown_as_their_files_have_them():
    marks = Marks().accept("d", "m1").correct("d", "m2", "status", "planned", note="see p. 3").accept("d", "m2")
    shown = Reader(marks._repr_html_()).words
    assert [word for word in ("correct", "status", "planned", "see p. 3") if word not in shown] == []
    assert repr(marks) == "<Marks: 3 on 2 mentions>"
    overrules = Overrules({"person/a": "person/b"}, {("d", "person/c"): "person/d"}, marks=marks)
    shown = Reader(overrules._repr_html_()).words
    assert [word for word in ("person/a", "person/b", "person/c", "person/d", "see p. 3") if word not in shown] == []
    assert repr(overrules) == "<Overrules: 2 over who is who, 3 marks on mentions>"
    assert "actors stay as they were read" in Overrules()._repr_html_()
    assert "mentions stay as they were read" in Marks()._repr_html_()


def test_texts_for_the_terminal_cannot_steer_it():
    steering = "\x1b[2J\nBell\x07"
    made = record("d1", people=(f"Ann{steering}", "Bob"), text=f"Ann{steering} and Bob meet.")
    kg = KnowledgeGraph()
    kg.add([made])
    for text in (str(kg.explain(kg.events()[0])), repr(kg.events()[0]), repr(made), repr(made.events[0])):
        assert "\x1b" not in text
        assert "\x07" not in text


def test_an_event_is_explained_step_by_step():
    plan = record("a", "2025-10-01", when="2025-11-02", place="Oslo", source="Ann Ace")
    kg = KnowledgeGraph()
    kg.add([plan, record("b", "2025-11-03", status="occurred", when="2025-11-02")])
    found = kg.explain("meeting")
    assert isinstance(found, Explanation)
    first, second = found.tellings
    assert first.head == ("2025-10-01", "planned", "for 2025-11-02", "in Oslo", "says Ann Ace")
    assert first.because is None
    assert second.because == kg.events()[0].history[1].because
    text = str(found)
    assert "  1  2025-10-01  planned  for 2025-11-02  in Oslo  says Ann Ace" in text
    assert "     Ann Ace and Bob Bay [event: meet]." in text
    assert f"     same event: {second.because}" in text
    assert f"     b [0, {len('Ann Ace and Bob Bay meet.')}), mention m-b" in text


def test_rules_models_and_marks_are_named():
    made = record()
    reasons = (
        Reason("event", "consult.meet:meet", 20, 24),
        Reason("event", "reader", 20, 24, 0.873),
        Reason("event", "overrule", 20, 24),
    )
    made = dataclasses.replace(made, events=(dataclasses.replace(made.events[0], reasons=reasons, confidence=0.91),))
    (told,) = dg.explain(made.events[0], made).tellings
    assert told.reasons == [
        "event by consult.meet:meet: 'meet'",
        "event by the trained reader (0.87): 'meet'",
        "event by a coder's mark: 'meet'",
        "confidence that the text tells of it: 0.91",
    ]


def test_a_record_without_its_text_is_explained_too():
    kg = KnowledgeGraph()
    kg.add([record().without_text()])
    found = kg.explain(kg.events()[0])
    assert "d1 [0, 25), mention m-d1" in str(found)
    assert "meet." not in str(found)
    assert "[0, 25)" in found._repr_html_()
    assert "[0, 25)" in record().without_text()._repr_html_()


def test_marks_are_told_in_words_and_colours():
    text = "She denied that they had met"
    pieces = markup.cut(text, 100, [(104, 110, "status"), (125, 128, "event"), (124, 128, "status"), (90, 99, "event")])
    assert "".join(piece.words for piece in pieces) == text
    assert [(p.words, p.told, p.ends) for p in pieces if p.told] == [
        ("denied", ("status",), ("status",)),
        (" ", ("status",), ()),
        ("met", ("status", "event"), ("status", "event")),
    ]
    shown = markup.marked(pieces)
    assert "background:rgba" in shown
    assert ">status</span>" in shown
    assert ">status, event</span>" in shown


def test_reprs_are_short():
    for value in everything(record()).values():
        if not isinstance(value, Explanation | Verdicts | dg.Table | dg.Report):
            assert len(repr(value)) < 150
    assert repr(record()) == "<Extraction d1: 2025-10-22, 1 mentions of events, 0 triples>"
    assert repr(record().events[0]) == "<Event m-d1 CONSULT/meeting, planned: Ann Ace – Bob Bay>"


def test_an_event_is_named_by_words():
    kg = KnowledgeGraph()
    kg.add([record("a", mode="call"), record("b", people=("Eve Elm", "Fay Fir"))])
    (call,) = kg.find("call")
    assert kg.history("call").rows == kg.history(call).rows == kg.history(call.id).rows
    with pytest.raises(InputError, match="no event 'visit'"):
        kg.history("visit")
    with pytest.raises(InputError, match=f"2 events fit 'consult': .*{call.id}"):
        kg.explain("consult")


def test_reports_by_name():
    kg = KnowledgeGraph()
    kg.add([record("a", "2025-10-01", when="2025-10-05"), record("b", "2025-10-04", status="cancelled")])
    assert kg.report("never-held").rows
    assert kg.report("open-plans", on="2025-12-01").rows == []
    with pytest.raises(InputError, match="no report 'nothing'"):
        kg.report("nothing")


def test_only_its_own_record_explains_a_mention():
    with pytest.raises(TypeError):
        dg.explain(record().events[0], KnowledgeGraph())


# -- the magic ----------------------------------------------------------------------------------


@pytest.fixture
def shell():
    shells = pytest.importorskip("IPython.core.interactiveshell")
    kg = KnowledgeGraph()
    kg.add([record(mode="call", status="occurred")])
    made = shells.InteractiveShell()
    made.run_line_magic("load_ext", "diplograph")
    made.user_ns.update(kg=kg, other=KnowledgeGraph(), number=7)
    yield made
    shells.InteractiveShell.clear_instance()


CALLS = "SELECT ?a WHERE { ?x dg:call ?y . ?x rdfs:label ?a } ORDER BY ?a"


def test_the_magic_shows_a_table(shell):
    table = shell.run_cell_magic("sparql", "", CALLS)
    assert isinstance(table, dg.Table)
    assert table.rows == [("Ann Ace",), ("Bob Bay",)]
    assert shell.run_cell_magic("sparql", "other", CALLS).rows == []


def test_the_magic_keeps_an_answer(shell):
    assert shell.run_cell_magic("sparql", "kg -o calls", CALLS) is None
    assert shell.user_ns["calls"].rows == [("Ann Ace",), ("Bob Bay",)]
    pytest.importorskip("pandas")
    assert list(shell.run_cell_magic("sparql", "--frame", CALLS)["a"]) == ["Ann Ace", "Bob Bay"]
    shell.run_cell_magic("sparql", "--frame -o frame", CALLS)
    assert shell.user_ns["frame"].shape == (2, 1)


@pytest.mark.parametrize(
    ("options", "query", "message"),
    [
        ("", "SELECT ?a WHERE {", "[D600] the query failed"),
        ("", "DELETE WHERE { ?a ?b ?c }", "[D600] the query failed"),
        ("nothing", CALLS, "the variable 'nothing' does not exist"),
        ("number", CALLS, "the variable 'number' is no KnowledgeGraph"),
        ("kg other", CALLS, "unrecognized arguments: other; write %%sparql"),
        ("-o 1st", CALLS, "'1st' cannot be the name of a variable"),
        ("'kg", CALLS, "No closing quotation"),
    ],
)
def test_a_fault_is_one_message(shell, capsys, options, query, message):
    result = shell.run_cell(f"%%sparql {options}\n{query}")
    assert not result.success, "the rest of the notebook must not go on as if nothing had been"
    out, err = capsys.readouterr()
    assert message in err
    assert "Traceback" not in out + err
    assert len(err.strip().splitlines()) == 1


def test_the_extension_is_loaded_late():
    assert "load_ipython_extension" not in dg.__all__
    assert callable(dg.load_ipython_extension)
