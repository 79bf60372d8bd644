"""Events by a user's own words: from the pipeline to the graph."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import spacy

import diplograph as dg
from diplograph.errors import InputError
from diplograph.extract import extract, extract_many, load
from diplograph.extract.layers import Proposal
from diplograph.extract.plover import to_plover

pytestmark = pytest.mark.model

WORDS = """
[[family]]
id = "mine.vaccines"
class = "COOPERATE"
mode = "vaccine_diplomacy"
pos = "verb"
frame = "directed"
object = ["vaccine", "dose"]
words.donate = "China donated vaccines to Kenya."

[[family]]
id = "mine.demarche.verb"
class = "REQUEST"
mode = "demarche"
pos = "verb"
frame = "message"
object = ["demarche", "démarche"]
words.deliver = "France delivered a demarche to Russia."

[[family]]
id = "mine.demarche"
class = "REQUEST"
mode = "demarche"
pos = "noun"
frame = "message"
words.demarche = "The French demarche to Russia was ignored."

[[family]]
id = "mine.loan"
class = "COOPERATE"
mode = "panda_diplomacy"
pos = "noun"
frame = "directed_noun"
words."panda loan" = "China's panda loan to Malaysia was renewed."

[[family]]
id = "mine.hail"
class = "SUPPORT"
mode = "homage"
pos = "verb"
frame = "directed"
stative = true
words.hallow = "Norway hallowed Latvia."
"""


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "mine.toml"
    path.write_text(WORDS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own(words):
    return load(lexicon=words)


def told(text, nlp):
    """The events of a text: class, mode, status, and who takes part."""
    found = extract(dg.Document(text, date="2025-10-22"), nlp=nlp, check_language=False).events
    return [(e.event_class, e.mode, e.status, {(p.name, p.role) for p in e.participants}) for e in found]


@pytest.mark.parametrize(
    ("text", "event_class", "mode", "status", "parties"),
    [
        ("China donated vaccines to Kenya.", "COOPERATE", "vaccine_diplomacy", "occurred", "China Kenya"),
        ("Vaccines were donated to Nepal by India.", "COOPERATE", "vaccine_diplomacy", "occurred", "India Nepal"),
        ("Cuba plans to donate 2 million doses to Haiti.", "COOPERATE", "vaccine_diplomacy", "planned", "Cuba Haiti"),
        ("France delivered a demarche to Russia.", "REQUEST", "demarche", "occurred", "France Russia"),
        ("France will not deliver a démarche to Russia.", "REQUEST", "demarche", "refused", "France Russia"),
        ("A demarche was delivered to Russia by France.", "REQUEST", "demarche", "occurred", "France Russia"),
        ("China's panda loan to Malaysia was renewed.", "COOPERATE", "panda_diplomacy", "occurred", "China Malaysia"),
        ("Norway hallowed Latvia.", "SUPPORT", "homage", "occurred", "Latvia Norway"),
    ],
)
def test_own_words_win_against_ours_and_the_trained_reader(own, nlp, text, event_class, mode, status, parties):
    ((found_class, found_mode, found_status, found),) = told(text, own)
    assert (found_class, found_mode, found_status) == (event_class, mode, status)
    assert sorted(name for name, _ in found) == parties.split()
    assert mode not in {kind for _, kind, _, _ in told(text, nlp)}


def test_roles_are_those_of_the_frame(own):
    ((_, _, _, found),) = told("China donated vaccines to Kenya.", own)
    assert found == {("China", "agent"), ("Kenya", "target")}


def test_words_whose_conditions_are_not_met_are_ours(own, nlp):
    text = "Qatar donated fuel to Lebanon. Vietnam delivered a protest to China."
    assert told(text, own) == told(text, nlp)
    assert {mode for _, mode, _, _ in told(text, own)} == {"humanitarian", "criticise"}


def test_what_becomes_of_it_is_an_event_of_its_own(own):
    found = told("Russia rejected the French demarche to NATO.", own)
    assert ("REJECT", "reject") in {(event_class, mode) for event_class, mode, _, _ in found}


def test_texts_without_own_words_read_as_before(own, nlp):
    text = (
        "Marco Rubio called Sergei Lavrov on Monday, and they agreed to meet in Geneva. Germany imposed sanctions on "
        "Iran. The planned visit of Emmanuel Macron to Oslo was put off."
    )
    assert told(text, own) == told(text, nlp)
    assert len(told(text, nlp)) > 3


def test_the_entry_and_the_trained_reader_are_named_as_reasons(own):
    (event,) = extract("China donated vaccines to Kenya.", nlp=own, check_language=False).events
    rule, reader = event.reasons
    assert (rule.by, rule.probability) == ("mine.vaccines:donate", None)
    assert reader.by == "reader"
    assert reader.probability > 0.5, "of an event at all; that it is a COOPERATE it does not think"
    assert event.confidence > 0.7


def test_without_anybody_in_it_a_word_is_weighed(own):
    assert told("They hallowed.", own) == []


@pytest.fixture
def seen(own):
    """Return a function that reads a text in which the trained reader sees these classes at these words."""

    def run(text, **classes):
        doc = own.make_doc(text)
        for name, component in own.pipeline:
            if name == "diplo_reader":
                at = {token.text: token.i for token in doc}
                doc._.diplo_proposals = tuple(
                    Proposal(at[word], {kind: 0.97, "CONSULT": 0.01}, {"occurred": 1.0}, None, ())
                    for word, kind in classes.items()
                )
            doc = component(doc)
        return [(doc[e.head].text, e.mode or e.event_class) for e in doc._.diplo_events]

    return run


def test_what_the_trained_reader_does_not_see_stands(seen):
    assert seen("Norway hallowed the day.") == [("hallowed", "homage")]
    assert seen("They hallowed.") == []


def test_the_words_of_an_event_tell_of_no_other(seen):
    text = "Norway delivered a demarche to Latvia and upholstered Chad."
    found = seen(text, delivered="AID", demarche="ACCUSE", upholstered="AID")
    assert found == [("delivered", "demarche"), ("upholstered", "AID")]
    text = "Norway made a panda loan to Latvia."
    assert seen(text, made="AID", panda="AID", loan="AID") == [("loan", "panda_diplomacy")]
    text = "Norway ignored Latvia's demarche."
    assert seen(text, ignored="REJECT") == [("ignored", "REJECT"), ("demarche", "demarche")]


def test_rules_alone_go_by_own_words_too(words):
    nlp = load(lexicon=[words])
    nlp.remove_pipe("diplo_reader")
    text = "China donated vaccines to Kenya. Norway hallows Latvia. Norway hallowed Latvia."
    assert [(mode, status) for _, mode, status, _ in told(text, nlp)] == [
        ("vaccine_diplomacy", "occurred"),
        ("homage", "ongoing"),  # the family is stative
        ("homage", "occurred"),
    ]


# -- how it travels ---------------------------------------------------------------------------


def test_a_saved_pipeline_keeps_its_words(own, words, tmp_path):
    own.to_disk(tmp_path / "model")
    config = (tmp_path / "model" / "config.cfg").read_text(encoding="utf-8")
    assert config.count(json.dumps([str(words)])) == 4
    text = "China donated vaccines to Kenya. France delivered a demarche to Russia. Norway hallows Latvia."
    assert told(text, spacy.load(tmp_path / "model")) == told(text, own)
    assert told(text, load(str(tmp_path / "model"))) == told(text, own)


def test_files_for_a_pipeline_that_has_other_ones_are_refused(own, words, tmp_path):
    assert load(own, lexicon=words) is own
    other = tmp_path / "other.toml"
    other.write_text(WORDS, encoding="utf-8")
    with pytest.raises(InputError, match=r"other.toml: the pipeline has its component diplo_events already"):
        load(own, lexicon=other)


SPAWN = """
import multiprocessing, sys
from diplograph.extract import Document, extract_many, load

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[2])
    texts = ["China donated vaccines to Kenya.", "France delivered a demarche to Russia."]
    documents = [Document(text, id=str(n)) for n, text in enumerate(texts)]
    for record in extract_many(documents, nlp=load(lexicon=sys.argv[1]), processes=2, batch_size=1):
        print(record.id, *(event.mode for event in record.events))
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_know_the_words(words, tmp_path, method):
    script = tmp_path / "read.py"
    script.write_text(SPAWN, encoding="utf-8")
    command = [sys.executable, str(script), str(words), method]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout.splitlines() == ["0 vaccine_diplomacy", "1 demarche"], done.stderr


# -- where it goes ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(words):
    text = "China donated vaccines to Kenya. France delivered a demarche to Russia on 3 October 2025."
    return dg.build(dg.Document(text, id="d", date="2025-10-22"), lexicon=words)


def test_a_graph_has_the_mode_by_its_name(graph):
    found = graph.query(
        "SELECT ?mode ?class { ?e a dg:Event ; dg:modeName ?mode ; dg:eventClass ?class } ORDER BY ?mode"
    )
    assert [(mode, kind.rpartition("#")[2]) for mode, kind in found.rows] == [
        ("demarche", "REQUEST"),
        ("vaccine_diplomacy", "COOPERATE"),
    ]
    assert graph.query("ASK { ?china dg:cooperate ?kenya . ?kenya rdfs:label 'Kenya' }")
    assert "China – Kenya: vaccine diplomacy" in [event.label for event in graph.events()]


def test_a_graph_with_own_modes_is_valid(graph):
    pytest.importorskip("pyshacl")
    from diplograph.graph.validate import validate

    found = validate(graph)
    assert found.conforms, str(found)
    assert found.targets["modeName"] == 4, "two events and two mentions"


def test_plover_goes_by_the_class(own):
    record = extract("China donated vaccines to Kenya.", nlp=own, check_language=False)
    (line,) = map(json.loads, to_plover(record))
    assert (line["event"], line["mode"]) == ("COOPERATE", None)


def test_networks_weigh_it_by_the_class(graph):
    ((_, _, edge),) = [e for e in graph.actor_graph().edges(data=True) if e[2]["mode"] == "vaccine_diplomacy"]
    assert edge["weight"] > 0


def test_a_build_reads_several_files(words, tmp_path):
    more = tmp_path / "more.toml"
    more.write_text(WORDS.partition("\n\n")[0].replace("vaccine_diplomacy", "gift"), encoding="utf-8")
    with dg.build(dg.Document("China donated vaccines to Kenya.", id="d"), lexicon=[words, more]) as graph:
        assert [event.mode for event in graph.events()] == ["gift"]


def test_a_fault_is_told_when_the_pipeline_is_made(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(WORDS.replace('"SUPPORT"', '"PRAISE"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.toml, family mine\.hail: 'PRAISE' is no class"):
        load(lexicon=path)


# -- a pipeline is made where there is something to be read -----------------------------------


def test_a_pipeline_is_made_at_the_first_text(own, read):
    record, made = read("Modi visited Japan.", id="r"), []

    def make():
        made.append("pipeline")
        return own

    bad = ("x", InputError("bad", remedy="mend"))
    assert list(extract_many([record, bad], nlp=make)) == [record, bad]
    assert not made
    given = [record, dg.Document("China donated vaccines to Kenya.", id="d"), bad]
    first, second, third = extract_many(given, nlp=make, check_language=False)
    assert (first, second.events[0].mode, third) == (record, "vaccine_diplomacy", bad)
    assert made == ["pipeline"]
    assert list(extract_many([record, record], nlp=make))[1][0] == "r"
