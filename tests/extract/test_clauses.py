"""Grammar on hand-made parses: a failure here is never the parser's."""

from __future__ import annotations

import pytest
from conftest import parsed

from diplograph.extract.grammar.clauses import arguments, subjects
from diplograph.extract.grammar.relations import case_of, expand, is_negated, is_passive, relation, words_near

ACTIVE = """
Trump NNP PROPN 3 nsubj
and   CC  CCONJ 4 cc
urged VBD VERB  0 root urge
Putin NNP PROPN 3 obj
to    TO  PART  6 mark
meet  VB  VERB  3 xcomp
Xi    NNP PROPN 6 obj
"""
PASSIVE = """
Russia  NNP PROPN 3 nsubj:pass
was     VBD AUX   3 aux:pass be
urged   VBN VERB  0 root urge
by      IN  ADP   5 case
leaders NNS NOUN  3 obl:agent leader
"""
RELATIVE = """
a         DT  DET  2 det
condition NN  NOUN 0 root
the       DT  DET  4 det
allies    NNS NOUN 5 nsubj ally
reject    VBP VERB 2 acl:relcl
"""
WHO = """
Lavrov NNP PROPN 4 nsubj
,      ,   PUNCT 1 punct
who    WP  PRON  5 nsubj
left   VBD VERB  0 root leave
met    VBD VERB  1 acl:relcl meet
Rubio  NNP PROPN 5 obj
"""
NOUN = """
talks   NNS NOUN  0 root talk
between IN  ADP   3 case
Iran    NNP PROPN 1 nmod
and     CC  CCONJ 5 cc
Oman    NNP PROPN 3 conj
"""
COMPOUND = """
the    DT  DET   5 det
Trump  NNP PROPN 4 compound
-      HYPH PUNCT 2 punct
Putin  NNP PROPN 5 compound
summit NN  NOUN  0 root
"""
PARTICLE = """
Trump  NNP PROPN 2 nsubj
called VBD VERB  0 root call
off    RP  ADP   5 case
the    DT  DET   5 det
summit NN  NOUN  2 obl
"""
HOLD = """
plans NNS NOUN  4 nsubj:pass plan
have  VBP AUX   4 aux
been  VBN AUX   4 aux:pass be
put   VBN VERB  0 root
on    IN  ADP   6 case
hold  NN  NOUN  4 obl
"""
LIST = """
Britain NNP PROPN 5 nsubj
France  NNP PROPN 1 appos
and     CC  CCONJ 4 cc
Germany NNP PROPN 1 conj
agreed  VBD VERB  0 root agree
"""


def words(tokens):
    return [t.text for t in tokens]


def slots(doc, i):
    return {name: words(tokens) for name, tokens in arguments(doc[i]).items()}


def test_object_control():
    doc = parsed(ACTIVE)
    assert words(subjects(doc[5])) == ["Putin"]
    assert slots(doc, 2)["object"] == ["Putin"]


def test_passive_turns_subject_and_object():
    assert slots(parsed(PASSIVE), 2) == {"object": ["Russia"], "subject": ["leaders"]}
    assert is_passive(parsed(PASSIVE)[2])


def test_relative_clause_without_pronoun_has_its_noun_as_object():
    assert slots(parsed(RELATIVE), 4) == {"subject": ["allies"], "object": ["condition"]}


def test_relative_pronoun_stands_for_its_noun():
    assert slots(parsed(WHO), 4) == {"subject": ["Lavrov"], "object": ["Rubio"]}


def test_coordinated_phrases_are_all_listed():
    assert slots(parsed(NOUN), 0) == {"between": ["Iran", "Oman"]}


def test_compound_of_two_names():
    assert slots(parsed(COMPOUND), 4)["compound"] == ["Trump", "Putin"]


def test_noun_after_a_particle_is_an_object():
    doc = parsed(PARTICLE)
    assert relation(doc[4]) == "obj"
    assert slots(doc, 1)["object"] == ["summit"]


def test_words_of_an_expression():
    doc = parsed(HOLD)
    assert words(words_near(doc[3], ("on", "hold")) or []) == ["on", "hold"]
    assert words_near(doc[3], ("on", "ice")) is None
    assert words_near(doc[3], ()) == []


def test_list_of_names_with_an_apposition():
    assert words(expand(parsed(LIST)[0])) == ["Britain", "France", "Germany"]


@pytest.mark.parametrize(("word", "negated"), [("not", True), ("still", False)])
def test_negation(word, negated):
    doc = parsed(f"Trump NNP PROPN 4 nsubj\ndid VBD AUX 4 aux\n{word} RB PART 4 advmod\nmeet VB VERB 0 root")
    assert is_negated(doc[3]) is negated


def test_case_of_a_fixed_preposition():
    doc = parsed("ahead RB ADV 3 case\nof IN ADP 1 fixed\ntalks NNS NOUN 0 root talk")
    assert case_of(doc[2]) == "ahead of"
