from __future__ import annotations

import pytest

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
        ("Rubio, who left Rome, visited Paris.", ("Rubio", "leave", "Rome")),
        ("Rutte wants to visit Kyiv.", ("Rutte", "visit", "Kyiv")),
    ],
)
def test_triples(read, text, triple):
    assert triple in lines(read(text))


def test_negation_modality_and_source(read):
    (triple,) = (t for t in read("Peskov said that Putin would not meet Trump.").triples if t.relation.lemma == "meet")
    assert (triple.negated, triple.modality, triple.attributed_to) == (True, "would", "Peskov")


def test_arguments_are_linked_to_actors(read):
    (triple,) = read("Donald Trump called Vladimir Putin.").triples
    assert (triple.subject.actor, triple.object.actor) == ("person/donald-trump", "person/vladimir-putin")


def test_further_arguments_have_roles(read):
    (triple,) = read("Rubio met Lavrov on Monday in Geneva.").triples
    assert {(a.role, a.text) for a in triple.arguments} >= {("on", "Monday"), ("in", "Geneva")}
