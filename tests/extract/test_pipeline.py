from __future__ import annotations

import pytest
import spacy

from diplograph.errors import InputError
from diplograph.extract.documents import Document
from diplograph.extract.pipeline import COMPONENTS, extract, extract_many, load
from diplograph.extract.records import Extraction

pytestmark = pytest.mark.model


def test_components_in_their_order(nlp):
    assert nlp.pipe_names == ["diplo_encoder", *COMPONENTS]


def test_any_spacy_pipeline_is_extended():
    other = load(spacy.blank("en"))
    assert other.pipe_names == ["diplo_ud", *COMPONENTS]


def test_unknown_model_is_named():
    with pytest.raises(InputError, match="no pipeline 'en_core_web_none'"):
        load("en_core_web_none")


def test_refusals_keep_their_place(nlp):
    items = [
        Document("Rubio met Lavrov.", id="a"),
        ("b", InputError("bad", remedy="mend")),
        Document("Modi visited Japan.", id="c"),
    ]
    results = list(extract_many(items, nlp=nlp))
    assert [r.id if isinstance(r, Extraction) else r[0] for r in results] == ["a", "b", "c"]


def test_a_second_text_of_the_same_id_is_refused(nlp):
    results = list(extract_many([Document("Rubio met Lavrov.", id="a"), Document("Modi left.", id="a")], nlp=nlp))
    assert isinstance(results[0], Extraction)
    name, error = results[1]
    assert name == "a"
    assert "second input" in str(error)


def test_foreign_text_is_refused_but_the_batch_goes_on(nlp):
    german = Document(
        "Der Minister sagte am Montag, dass die Gespräche nützlich gewesen seien und man sie fortsetze. " * 3, id="de"
    )
    results = list(extract_many([german, Document("Modi visited Japan.", id="en")], nlp=nlp))
    assert results[0][0] == "de"
    assert results[1].id == "en"


def test_metadata_is_carried_along(nlp):
    record = extract(Document("Modi visited Japan.", id="x", metadata={"desk": "asia"}), nlp=nlp)
    assert record.metadata == {"desk": "asia"}
    assert record.extractor.name == "diplograph"


def test_same_text_same_record(nlp):
    text = "Marco Rubio called Sergei Lavrov on Monday, and they agreed to meet in Geneva."
    assert extract(text, nlp=nlp).to_json() == extract(text, nlp=nlp).to_json()


def test_order_and_batches_change_nothing(nlp):
    documents = [Document(f"Narendra Modi met leader number {i} of Japan in Tokyo.", id=str(i)) for i in range(7)]
    one = [r.to_json() for r in extract_many(documents, nlp=nlp, batch_size=7)]
    two = [r.to_json() for r in extract_many(reversed(documents), nlp=nlp, batch_size=2)]
    assert one == two[::-1]


class Faulty:
    """A component that fails on one text."""

    def __call__(self, doc):
        if "Oman" in doc.text:
            raise ValueError("no such sheikh")
        return doc


@spacy.Language.factory("faulty_for_tests")
def make_faulty(nlp, name):
    return Faulty()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_text_on_which_a_component_fails_does_not_end_the_batch(processes):
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.add_pipe("faulty_for_tests")
    texts = ["Modi visited Japan.", "Iran met Oman.", "Rubio left.", "Oman left."]
    documents = [Document(text, id=str(i)) for i, text in enumerate(texts)]
    register_layers(own)
    results = list(extract_many(documents, nlp=own, processes=processes, batch_size=1))
    assert [r.id if isinstance(r, Extraction) else r[0] for r in results] == ["0", "1", "2", "3"]
    assert [isinstance(r, Extraction) for r in results] == [True, False, True, False]
    assert "1: reading failed" in str(results[1][1])


def register_layers(nlp):
    """A pipeline without our components knows no date of a document."""
    from diplograph.extract.layers import register

    register("diplo_date")
