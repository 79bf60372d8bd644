"""What the graph writes is what the ontology declares, and the other way round."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import defaultdict

import pytest
from conftest import ROOT, record
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection

from diplograph.extract.records import Actor, Extraction, Link, Source
from diplograph.graph import KnowledgeGraph
from diplograph.graph.terms import DG
from diplograph.graph.verdicts import Verdict, Verdicts
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.statuses import STATUSES

NS = Namespace(DG)
SH = Namespace("http://www.w3.org/ns/shacl#")
SCHEMES = {name: NS[name] for name in ("roles", "statuses", "eventClasses", "cameoScheme")}


@pytest.fixture(scope="module")
def ontology():
    return Graph().parse(ROOT / "ontology" / "diplograph.ttl")


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(ROOT / "ontology" / "shapes.ttl")


def changed(one: Extraction, **about: object) -> Extraction:
    return dataclasses.replace(one, events=(dataclasses.replace(one.events[0], **about),))


def everything() -> list[Extraction]:
    """Records in which every class, mode, role, status, kind of actor and field occurs."""
    ontology = Graph().parse(ROOT / "ontology" / "diplograph.ttl")
    names = (str(c).removeprefix(DG).partition("_") for c in ontology.subjects(SKOS.inScheme, NS.eventClasses))
    kinds = [(event_class, mode or None) for event_class, _, mode in names]
    found = [
        changed(record(f"k{n}", people=(f"A{n}", f"B{n}"), status="occurred"), event_class=event_class, mode=mode)
        for n, (event_class, mode) in enumerate(kinds)
    ]
    for n, status in enumerate(STATUSES):
        found.append(
            record(f"s{n}", people=(f"E{n}", f"F{n}"), place="Oslo", when="2025-11", status=status, source="x")
        )
    found.append(record("again", people=("E0", "F0"), place="Oslo", when="2025-11", status="occurred"))
    for n, role in enumerate(("counterpart", "target", "host", "mediator", "co-host (virtual)>")):
        one = record(f"r{n}", people=(f"C{n}", f"D{n}"))
        first, other = one.events[0].participants
        found.append(changed(one, participants=(first, dataclasses.replace(other, role=role))))
    odd = changed(record("odd"), mode="walk in the woods", confidence=0.5, was="2025-11-01", status_evidence=((0, 3),))
    kinds_of_actors = ("state", "territory", "organisation", "group", "region", "guild")
    actors = tuple(Actor(f"{k}/x", k, k, "NOR" if k == "state" else None) for k in kinds_of_actors)
    odd = dataclasses.replace(odd, actors=(*odd.actors, *actors))
    found.append(changed(odd, source=Source("x", "state/x")))
    demand = record("links", people=("Eve Eel", "Fay Fox"))
    content, other = (
        dataclasses.replace(demand.events[0], id=f"m{n}", event=f"e{n}", mode=mode, links=(Link(rel, "m-links"),))
        for n, (mode, rel) in enumerate((("visit", "content_of"), ("call", "said_with")))
    )
    found.append(dataclasses.replace(demand, events=(*demand.events, content, other)))
    (example,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "records.md").read_text(encoding="utf-8"), re.S)
    found.append(Extraction.from_dict(json.loads(example)))
    said, *rest = found[-1].triples
    other = dataclasses.replace(said.object, actor=said.subject.actor)
    found[-1] = dataclasses.replace(
        found[-1], triples=(dataclasses.replace(said, object=other, confidence=0.5), *rest), metadata={}
    )
    return found


@pytest.fixture(scope="module")
def written():
    graph = KnowledgeGraph()
    same = Verdict(("s0", "e-s0"), ("again", "e-again"), True)
    graph.add(everything(), verdicts=Verdicts((same,)))
    return graph


def terms(graph: KnowledgeGraph) -> set[str]:
    found = (t for q in graph._backend.store for t in (q.predicate, q.object) if str(t).startswith(f"<{DG}"))
    return {t.value for t in found}


def own(ontology: Graph, *kinds: URIRef) -> set[URIRef]:
    return {s for kind in kinds for s in ontology.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def test_classes_modes_statuses_and_roles_are_concepts(ontology):
    concepts = {str(c) for c in ontology.subjects(RDF.type, SKOS.Concept)}
    for entry in load_lexicon().entries:
        assert f"{DG}{entry.family.event_class}" in concepts
        assert f"{DG}{entry.family.event_class}_{entry.family.mode}" in concepts
        assert {f"{DG}{role}" for role in entry.frame.roles} <= concepts
    assert {f"{DG}{status}" for status in STATUSES} <= concepts


def test_every_own_term_in_a_graph_is_declared(ontology, written):
    assert terms(written) <= {str(s) for s in ontology.subjects() if isinstance(s, URIRef)}


def test_every_declared_property_is_used(ontology, written):
    properties = own(ontology, OWL.ObjectProperty, OWL.DatatypeProperty) - {NS.directEdge}
    assert {str(p) for p in properties} <= terms(written)


def test_names_of_other_extractors_are_kept_as_texts(written):
    rows = (
        written.query("SELECT DISTINCT ?name WHERE { GRAPH ?g { ?x dg:roleName ?name } } ORDER BY ?name").rows
        + written.query("SELECT DISTINCT ?name WHERE { ?e a dg:Event ; dg:modeName ?name }").rows
    )
    assert rows == [("co-host (virtual)>",), ("walk in the woods",)]
    assert written.query("ASK { ?e dg:modeName ?name ; dg:mode ?mode }").rows == [(False,)]


def test_domains_and_ranges_are_true(ontology, written):
    above = defaultdict(set)
    for one in own(ontology, OWL.Class):
        above[one] = set(ontology.transitive_objects(one, RDFS.subClassOf))
    types = defaultdict(set)
    for quad in written._backend.store:
        if quad.predicate.value == str(RDF.type):
            types[quad.subject] |= above[URIRef(quad.object.value)] | {URIRef(quad.object.value)}

    def allowed(node):
        return set(Collection(ontology, ontology.value(node, OWL.unionOf))) if isinstance(node, BNode) else {node}

    checked = set()
    for quad in written._backend.store:
        name = URIRef(quad.predicate.value)
        domain, range = ontology.value(name, RDFS.domain), ontology.value(name, RDFS.range)
        if domain is not None:
            assert types[quad.subject] & allowed(domain), quad
            checked.add(name)
        if range is None or range == SKOS.Concept:
            continue
        if hasattr(quad.object, "datatype"):
            assert quad.object.datatype.value == str(range), quad
        elif types[quad.object]:
            assert range in types[quad.object], quad
    assert len(checked) > 100


def test_own_terms_have_labels_definitions_examples_and_a_reason(ontology):
    others = set(ontology.subjects(SKOS.inScheme, NS.cameoScheme))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept)
    for subject in own(ontology, *kinds):
        needed = (RDFS.label, SKOS.definition) + (() if subject in others else (SKOS.example, SKOS.scopeNote))
        for text in needed:
            assert len(list(ontology.objects(subject, text))) == 1, (subject, text)


def test_the_schemes_are_well_formed_skos(ontology):
    matches = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    for scheme in SCHEMES.values():
        concepts = set(ontology.subjects(SKOS.inScheme, scheme))
        tops = set(ontology.objects(scheme, SKOS.hasTopConcept))
        assert tops == set(ontology.subjects(SKOS.topConceptOf, scheme))
        notations = [n for c in concepts for n in ontology.objects(c, SKOS.notation)]
        assert len(notations) == len(set(notations))
        for concept in concepts:
            assert list(ontology.objects(concept, SKOS.prefLabel)), concept
            broader = set(ontology.objects(concept, SKOS.broader))
            assert broader <= concepts
            assert bool(broader) != (concept in tops), concept
            assert not {o for match in matches for o in ontology.objects(concept, match)} & concepts
    assert own(ontology, SKOS.Concept) == {c for s in SCHEMES.values() for c in ontology.subjects(SKOS.inScheme, s)}


def test_the_matches_to_cameo_are_those_of_the_table(ontology):
    matches = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    codes = load_cameo().codes
    assert set(ontology.subjects(SKOS.inScheme, NS.cameoScheme)) == {NS[f"CAMEO_{code}"] for code in codes}
    for code, entry in codes.items():
        concept = NS[f"CAMEO_{code}"]
        assert [str(n) for n in ontology.objects(concept, SKOS.notation)] == [code]
        assert str(ontology.value(concept, SKOS.prefLabel)) == entry.says
        kinds = {NS[entry.event_class], NS[f"{entry.event_class}_{entry.mode}"]}
        found = {s for match in matches for s in ontology.subjects(match, concept)}
        assert bool(found & kinds) == bool(entry.event_class), code
        exact = set(ontology.subjects(SKOS.closeMatch, concept))
        assert not exact or entry.status == "occurred", f"{code} puts a status into the code"


def test_statuses_are_matched_to_schema_org(ontology, written):
    asked = "SELECT DISTINCT ?own ?other WHERE { ?e dg:status ?own ; schema:eventStatus ?other }"
    close = {(str(s), str(o)) for m in (SKOS.closeMatch, SKOS.narrowMatch) for s, o in ontology.subject_objects(m)}
    rows = set(written.query(asked).rows)
    assert rows <= close
    assert {other.rpartition("/")[2] for _, other in rows} == {
        "EventCancelled",
        "EventPostponed",
        "EventRescheduled",
        "EventScheduled",
    }


@pytest.mark.parametrize(("path", "scheme"), [("status", "statuses"), ("role", "roles")])
def test_the_lists_of_the_shapes_are_the_schemes(ontology, shapes, path, scheme):
    listed = set(Collection(shapes, shapes.value(NS[f"{path}Shape"], SH["in"])))
    assert listed == set(ontology.subjects(SKOS.inScheme, NS[scheme]))


def test_the_lists_of_classes_modes_and_edges_are_those_of_the_ontology(ontology, shapes):
    tops = set(ontology.objects(NS.eventClasses, SKOS.hasTopConcept))
    modes = set(ontology.subjects(SKOS.inScheme, NS.eventClasses)) - tops
    edges = set(ontology.subjects(RDFS.subPropertyOf, NS.directEdge))
    assert set(Collection(shapes, shapes.value(NS.eventClassShape, SH["in"]))) == tops
    assert set(Collection(shapes, shapes.value(NS.modeShape, SH["in"]))) == modes
    path = shapes.value(shapes.value(NS.edgeToShape, SH.path), SH.alternativePath)
    assert set(Collection(shapes, path)) == edges
    for shape in (NS.edgeToShape, NS.edgeFromShape):
        assert set(shapes.objects(shape, SH.targetSubjectsOf)) == edges


def test_shapes_name_only_declared_terms_and_speak(ontology, shapes):
    declared = {s for s in ontology.subjects() if isinstance(s, URIRef)} | set(shapes.subjects())
    used = {t for triple in shapes for t in triple if isinstance(t, URIRef) and str(t).startswith(DG)}
    assert used <= declared
    for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}:
        assert shapes.value(shape, SH.message), shape
