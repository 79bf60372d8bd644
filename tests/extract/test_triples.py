"""Triples: what each construction states, what is marked, and the formats they are printed in."""

from __future__ import annotations

import pytest

from diplograph.errors import InputError
from diplograph.extract.triples.formats import to_carb, to_table
from diplograph.ontology.triples import load_triple_weights

pytestmark = pytest.mark.model


def lines(record):
    return {(t.subject.text, t.relation.lemma, t.object.text) for t in record.triples}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Rubio called Lavrov.", ("Rubio", "call", "Lavrov")),
        ("Rubio spoke to Lavrov.", ("Rubio", "speak to", "Lavrov")),
        ("Lavrov was urged by Rubio.", ("Lavrov", "be urged by", "Rubio")),
        ("Modi is the prime minister of India.", ("Modi", "be", "the prime minister of India")),
        ("Trump and Putin met in Alaska.", ("Putin", "meet in", "Alaska")),
        ("Rubio met Lavrov and Wang.", ("Rubio", "meet", "Wang")),
        ("Rubio, who left Rome, visited Paris.", ("Rubio", "leave", "Rome")),
        ("Rutte wants to visit Kyiv.", ("Rutte", "want to visit", "Kyiv")),
        ("Rubio urged Lavrov to visit Kyiv.", ("Lavrov", "visit", "Kyiv")),
        ("The treaty signed by Peru ended the war.", ("The treaty", "be signed by", "Peru")),
        ("Ann Ace, the foreign minister of Peru, left.", ("Ann Ace", "be", "the foreign minister of Peru")),
        ("Foreign Minister Annalena Baerbock left Kyiv.", ("Annalena Baerbock", "be", "Foreign Minister")),
        ("Peru's embassy in Quito was closed by Ecuador.", ("Peru", "have", "embassy in Quito")),
        ("Rutte left Kyiv and returned to Brussels.", ("Rutte", "return to", "Brussels")),
    ],
)  # fmt: skip
def test_triples(read, text, triple):
    assert triple in lines(read(text))


@pytest.mark.parametrize(
    ("text", "lemma", "negated", "modality", "source"),
    [
        ("Peskov said that Putin would not meet Trump.", "meet", True, "would", "Peskov"),
        ('"Putin met Trump in Alaska on Friday," Peskov said.', "meet", False, None, "Peskov"),
        ("Iran made no progress.", "make", True, None, None),
        ("Israel will react if Iran attacks Haifa.", "attack", False, "if", None),
        ("Iran's plan to visit Iraq failed.", "visit", False, "to", None),
    ],
)
def test_what_is_not_simply_asserted(read, text, lemma, negated, modality, source):
    (triple,) = (t for t in read(text).triples if t.relation.lemma == lemma)
    assert (triple.negated, triple.modality, triple.attributed_to) == (negated, modality, source)


def test_arguments_are_linked_to_actors(read):
    (triple,) = read("Donald Trump called Vladimir Putin.").triples
    assert (triple.subject.actor, triple.object.actor) == ("person/donald-trump", "person/vladimir-putin")


def test_further_arguments_have_roles(read):
    (triple,) = read("Rubio met Lavrov on Monday in Geneva.").triples
    assert {(a.role, a.text) for a in triple.arguments} >= {("on", "Monday"), ("in", "Geneva")}


def test_the_core_is_inside_the_phrase(read):
    record = read(
        "The new foreign minister of Peru, who arrived on Monday, met the striking teachers of Lima in a school."
    )
    (triple,) = (t for t in record.triples if t.relation.lemma == "meet")
    assert triple.subject.short == "new foreign minister of Peru"
    assert record.text[slice(*triple.subject.core)] == triple.subject.short
    assert "arrived" not in triple.subject.text


def test_relations_that_the_text_implies_are_marked(read):
    (triple,) = (t for t in read("The treaty signed by Peru ended the war.").triples if t.kind == "reduced")
    assert (triple.relation.text, triple.relation.implied) == ("signed by", "be")


def test_confidence_is_that_of_the_weights_and_filters(read):
    record = read("Peru's embassy in Quito was closed by Ecuador.")
    shares = {t.kind: t.confidence for t in record.triples}
    assert shares["verb"] == pytest.approx(load_triple_weights().confidence(["verb"]), abs=1e-3)
    assert shares["possession"] < shares["verb"]
    assert {t.kind for t in record.with_triples(0.6).triples} == {"verb"}


def test_carb_lines_have_the_words_of_the_text(read):
    record = read("In 1962 , Rutte , the premier , did n't meet Orban in Rome .")
    cells = [line.split("\t") for line in to_carb(record)]
    assert all(c[0] == record.text for c in cells)
    assert ["did n't meet", "Rutte", "Orban", "In 1962", "in Rome"] in [c[2:] for c in cells]
    assert ["be", "Rutte", "the premier"] in [c[2:] for c in cells]


def test_carb_needs_the_text(read):
    with pytest.raises(InputError, match="no text"):
        list(to_carb(read("Rubio called Lavrov.").without_text()))


def test_the_table_names_actors_and_says_how_it_is_said(read):
    record = read("Dmitry Peskov said that Vladimir Putin will meet Donald Trump.")
    (row,) = (r for r in to_table(record) if r.split("\t")[2] == "meet")
    assert row.split("\t")[1:] == ["Vladimir Putin", "meet", "Donald Trump", "will", "Dmitry Peskov"]
