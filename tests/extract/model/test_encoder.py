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
    ("text", "words"),
    [
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
    assert sum((BUNDLED / name).stat().st_size for name in FILES) < 30_000_000


def test_model_card_has_the_scores_of_the_weights():
    scores = json.loads((BUNDLED / "scores.json").read_text(encoding="utf-8"))
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    assert str(scores["raw"]["ewt"]["las"]) in card
    assert (ROOT / "training" / "encoder" / "log.jsonl").exists()
