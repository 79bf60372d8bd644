"""The bundled language model as a spaCy component."""

from __future__ import annotations

import json

import pytest
import spacy
from conftest import ROOT
from spacy.tokens import DocBin

from diplograph.errors import InputError
from diplograph.extract.model.component import BUNDLED
from diplograph.extract.model.network import FILES

pytestmark = pytest.mark.model

TEXT = (
    "Talks resume in Geneva\nMarco Rubio called Sergei Lavrov on Monday. They didn't meet.\n\n“We'll see,” Rubio said."
)


def test_sentences_tags_tree_and_names(annotate):
    doc = annotate(TEXT)
    assert [s.text.strip() for s in doc.sents][:3] == [
        "Talks resume in Geneva",
        "Marco Rubio called Sergei Lavrov on Monday.",
        "They didn't meet.",
    ]
    called = next(t for t in doc if t.text == "called")
    assert (called.pos_, called.tag_, called.lemma_, called.dep_) == ("VERB", "VBD", "call", "ROOT")
    assert {(e.text, e.label_) for e in doc.ents} >= {
        ("Marco Rubio", "PERSON"),
        ("Sergei Lavrov", "PERSON"),
        ("Geneva", "GPE"),
    }
    assert all(sum(t.head == t for t in s) == 1 for s in doc.sents)


@pytest.mark.parametrize(
    "sentences",
    [
        ["GENEVA, May 3 (Wire) -", "Talks between Iran and Oman began on Monday.", "Both sides were upbeat."],
        ["J. D. Vance met U.S. Gen. Mark A. Milley in Washington, D.C. on Tuesday.", "The U.S. Senate voted."],
        ["“It is time to talk.”", "He then left.", "“Why now?” she asked.", "Nobody answered."],
    ],
    ids=["dateline", "initials", "quotations"],
)
def test_sentences_in_one_line(annotate, sentences):
    assert [s.text for s in annotate(" ".join(sentences)).sents] == sentences


@pytest.mark.parametrize(
    "lines",
    [
        ["Rubio and Lavrov call off Budapest meeting", "The two diplomats spoke by phone.", "Talks to resume in June"],
        ["The ministers agreed to:", "- open two border crossings", "- exchange ambassadors by March"],
        ["Outcomes", "• Japan lifts the ban on seafood;", "• Both sides set up a hotline."],
        ["QUESTION: Did you speak to Rubio?", "MR. PRICE: I have nothing to announce."],
    ],
    ids=["headlines", "dashes", "bullets", "speakers"],
)
def test_no_sentence_runs_over_a_line(annotate, lines):
    sentences = [s.text.strip() for s in annotate("\n".join(lines)).sents]
    assert not [s for s in sentences if "\n" in s]
    assert [line for line in lines if any(s and line.startswith(s) for s in sentences)] == lines


def test_lines_broken_at_a_column_go_on(annotate):
    text = "The foreign ministers of Turkey and Armenia met in\nMoscow on Friday. They agreed\nto continue talks."
    assert [s.text.replace("\n", " ") for s in annotate(text).sents] == [
        "The foreign ministers of Turkey and Armenia met in Moscow on Friday.",
        "They agreed to continue talks.",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ambassador Thandeka Mokoena met Gudrun Eyjólfsdóttir.", ["Thandeka Mokoena", "Gudrun Eyjólfsdóttir"]),
        ("It hosted the Munich Security Conference.", ["Munich Security Conference"]),
        ("The Organization for Security and Co-operation in Europe sent monitors.", ["Security and Co-operation"]),
        ("Kenyan officials flew to Juba.", ["Kenyan", "Juba"]),
    ],
)
def test_names_of_this_field(annotate, text, names):
    found = [e.text for e in annotate(text).ents]
    assert all(any(name in entity for entity in found) for name in names), found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see Art. 5 of the Treaty", ["see", "Art.", "5", "of", "the", "Treaty"]),
        ("the Trump-Putin summit", ["the", "Trump", "-", "Putin", "summit"]),
        ("a 48-hour truce", ["a", "48", "-", "hour", "truce"]),
        ("anti-missile non-proliferation", ["anti-missile", "non-proliferation"]),
        ("They don't know the U.S. position", ["They", "do", "n't", "know", "the", "U.S.", "position"]),
        ("Ukraine’s plan—ours", ["Ukraine", "’s", "plan", "—", "ours"]),
    ],
)
def test_words_are_those_of_universal_dependencies(nlp, text, words):
    assert [t.text for t in nlp.make_doc(text)] == words


@pytest.mark.parametrize("text", ["", " \n ", "a" * 5000, "word " * 3000, "…!?", "Привет 你好 🙂"])
def test_any_text_is_read(annotate, text):
    assert annotate(text).text == text


def test_reading_together_changes_nothing(nlp):
    texts = [TEXT, "Modi visited Japan.", "Iran and Oman held talks in Muscat, the agency said. " * 20]
    alone = [nlp(t) for t in texts]
    together = list(nlp.pipe(texts))
    for a, b in zip(alone, together, strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in a] == [(t.tag_, t.dep_, t.head.i) for t in b]


def test_layers_survive_serialisation(nlp, annotate):
    doc = annotate("Marco Rubio met Sergei Lavrov in Geneva on Monday.")
    (back,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert list(back._.diplo_events) == list(doc._.diplo_events)
    assert back._.diplo_actors == doc._.diplo_actors


def test_vectors_come_on_request(nlp):
    own = spacy.blank("en")
    own.add_pipe("diplo_encoder", config={"vectors": True})
    assert own("Modi visited Japan.").tensor.shape == (4, 384)
    assert nlp("Modi visited Japan.").tensor.shape[0] == 0


def test_two_processes_read_the_same(nlp):
    texts = ["Modi visited Japan.", "Rubio called Lavrov.", "Macron met Scholz.", "Iran rejected the offer of Oman."]
    one = [list(d._.diplo_events) for d in nlp.pipe(texts)]
    two = [list(d._.diplo_events) for d in nlp.pipe(texts, n_process=2, batch_size=2)]
    assert one == two


def test_saved_pipeline_reads_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path / "p")
    again = spacy.load(tmp_path / "p")
    text = "Narendra Modi visited Japan in August."
    assert again(text)._.diplo_events == nlp(text)._.diplo_events


def test_a_folder_without_a_model_is_refused(tmp_path):
    blank = spacy.blank("en")
    blank.add_pipe("diplo_encoder", config={"model": str(tmp_path)})
    with pytest.raises(InputError, match=r"network\.onnx"):
        blank("text")


def test_weights_fit_their_budget():
    assert sum((BUNDLED / name).stat().st_size for name in FILES) < 32_000_000


def test_model_card_has_the_scores_of_the_weights():
    scores = json.loads((BUNDLED / "scores.json").read_text(encoding="utf-8"))
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    assert str(scores["raw"]["ewt"]["las"]) in card
    assert (ROOT / "training" / "encoder" / "log.jsonl").exists()


def test_a_sentence_behind_a_quoted_question(annotate):
    text = "“It is time to talk.” He then left. She asked: “Why?” Nobody answered."
    assert [s.text for s in annotate(text).sents][-1] == "Nobody answered."
