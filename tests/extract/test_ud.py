"""The same sentences under ClearNLP and UD labels give the same arguments."""

from __future__ import annotations

import pytest
from conftest import parsed

from diplograph.extract.grammar.clauses import arguments
from diplograph.extract.ud import UDConverter

PAIRS = {
    "oblique": (
        "Rubio NNP PROPN 2 nsubj\nspoke VBD VERB 0 ROOT speak\nto IN ADP 2 prep\nLavrov NNP PROPN 3 pobj",
        "Rubio NNP PROPN 2 nsubj\nspoke VBD VERB 0 ROOT speak\nto IN ADP 4 case\nLavrov NNP PROPN 2 obl",
    ),
    "passive": (
        "Putin NNP PROPN 3 nsubjpass\nwas VBD AUX 3 auxpass be\ncalled VBN VERB 0 ROOT call\nby IN ADP 3 agent\n"
        "Trump NNP PROPN 4 pobj",
        "Putin NNP PROPN 3 nsubj:pass\nwas VBD AUX 3 aux:pass be\ncalled VBN VERB 0 ROOT call\nby IN ADP 5 case\n"
        "Trump NNP PROPN 3 obl:agent",
    ),
    "noun": (
        "talks NNS NOUN 0 ROOT talk\nwith IN ADP 1 prep\nIran NNP PROPN 2 pobj",
        "talks NNS NOUN 0 ROOT talk\nwith IN ADP 3 case\nIran NNP PROPN 1 nmod",
    ),
    "object": (
        "Modi NNP PROPN 2 nsubj\nvisited VBD VERB 0 ROOT visit\nJapan NNP PROPN 2 dobj",
        "Modi NNP PROPN 2 nsubj\nvisited VBD VERB 0 ROOT visit\nJapan NNP PROPN 2 obj",
    ),
    "possessive": (
        "Iran NNP PROPN 3 poss\n's POS PART 1 case\ndemand NN NOUN 0 ROOT",
        "Iran NNP PROPN 3 nmod:poss\n's POS PART 1 case\ndemand NN NOUN 0 ROOT",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_same_arguments(name):
    clear, universal = (parsed(rows) for rows in PAIRS[name])
    clear = UDConverter()(clear)
    assert [t.dep_ for t in clear] == [t.dep_ for t in universal]
    assert [t.head.i for t in clear] == [t.head.i for t in universal]
    for a, b in zip(clear, universal, strict=True):
        left = {k: [t.i for t in v] for k, v in arguments(a).items()}
        assert left == {k: [t.i for t in v] for k, v in arguments(b).items()}


def test_copula_hangs_from_its_predicate():
    doc = UDConverter()(parsed("Lavrov NNP PROPN 2 nsubj\nis VBZ AUX 0 ROOT be\nminister NN NOUN 2 attr"))
    assert [(t.dep_, t.head.i) for t in doc] == [("nsubj", 2), ("cop", 2), ("ROOT", 2)]


def test_ud_trees_are_left_alone():
    doc = parsed(PAIRS["oblique"][1])
    before = [(t.dep_, t.head.i) for t in doc]
    assert [(t.dep_, t.head.i) for t in UDConverter()(doc)] == before
