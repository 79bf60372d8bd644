"""What the graph writes is what the ontology declares."""

from __future__ import annotations

import pytest
from conftest import ROOT, record
from rdflib import OWL, RDF, SKOS, Graph, URIRef

from diplograph.graph import KnowledgeGraph
from diplograph.graph.terms import DG
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.statuses import STATUSES


@pytest.fixture(scope="module")
def ontology():
    return Graph().parse(ROOT / "ontology" / "diplograph.ttl")


def test_classes_modes_statuses_and_roles_are_concepts(ontology):
    concepts = {str(c) for c in ontology.subjects(RDF.type, SKOS.Concept)}
    for entry in load_lexicon().entries:
        assert f"{DG}{entry.family.event_class}" in concepts
        assert f"{DG}{entry.family.event_class}_{entry.family.mode}" in concepts
        assert {f"{DG}{role}" for role in entry.frame.roles} <= concepts
    assert {f"{DG}{status}" for status in STATUSES} <= concepts


def test_every_own_term_in_a_graph_is_declared(ontology):
    graph = KnowledgeGraph()
    graph.add([record(place="Oslo", when="2025-11-01", source="x", status=s, document=s) for s in STATUSES])
    terms = {t for q in graph._backend.store for t in (q.predicate, q.object) if str(t).startswith(f"<{DG}")}
    declared = {str(s) for s in ontology.subjects() if isinstance(s, URIRef)}
    assert {t.value for t in terms} <= declared


def test_own_terms_have_labels(ontology):
    from rdflib import RDFS

    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept):
        for subject in ontology.subjects(RDF.type, kind):
            assert (subject, RDFS.label, None) in ontology, subject
