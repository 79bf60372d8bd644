"""SPARQL 1.1 Query through the endpoint: a small question for each part of the language."""

from __future__ import annotations

import pytest

DATA = """VALUES (?who ?what ?year) {
  ("ann" "call" 2023) ("ann" "visit" 2024) ("bob" "call" 2024) ("cem" UNDEF 2025) }"""

QUERIES = {
    "select": (f"SELECT ?who {{ {DATA} }} ORDER BY ?who ?year LIMIT 2 OFFSET 1", [("ann",), ("bob",)]),
    "distinct": (f"SELECT DISTINCT ?who {{ {DATA} }} ORDER BY DESC(?who)", [("cem",), ("bob",), ("ann",)]),
    "filter": (f"SELECT ?who {{ {DATA} FILTER(?year > 2023 && BOUND(?what)) }} ORDER BY ?who", [("ann",), ("bob",)]),
    "regex": (f"SELECT ?who {{ {DATA} FILTER regex(?what, '^CA', 'i') }} ORDER BY ?who", [("ann",), ("bob",)]),
    "in": (f"SELECT ?who {{ {DATA} FILTER(?year IN (2023, 2025)) }} ORDER BY ?who", [("ann",), ("cem",)]),
    "if and coalesce": (f"SELECT (COALESCE(?what, 'none') AS ?x) {{ {DATA} FILTER(?who = 'cem') }}", [("none",)]),
    "bind": ("SELECT ?y { BIND(20 + 3 AS ?x) BIND(STR(?x * 2) AS ?y) }", [("46",)]),
    "optional": (
        'SELECT ?e ?p { VALUES ?e { "x" } OPTIONAL { ?s <urn:none> ?e . BIND(1 AS ?p) } }',
        [("x", None)],
    ),
    "union": ("SELECT ?x { { BIND(1 AS ?x) } UNION { BIND(2 AS ?x) } } ORDER BY ?x", [("1",), ("2",)]),
    "minus": (f"SELECT ?who {{ {DATA} MINUS {{ VALUES ?year {{ 2023 2024 }} }} }}", [("cem",)]),
    "exists": (
        "SELECT (COUNT(DISTINCT ?g) AS ?n) "
        "{ GRAPH ?g { ?s <urn:p> ?o } FILTER NOT EXISTS { GRAPH ?g { ?s ?p 'one' } } }",
        [("2",)],
    ),
    "subselect": (
        f"SELECT ?who ?n {{ {{ SELECT ?who (COUNT(*) AS ?n) {{ {DATA} }} GROUP BY ?who }} FILTER(?n > 1) }}",
        [("ann", "2")],
    ),
    "aggregates": (
        f"SELECT (COUNT(*) AS ?n) (MIN(?year) AS ?a) (MAX(?year) AS ?b) (AVG(?year) AS ?c) {{ {DATA} }}",
        [("4", "2023", "2025", "2024")],
    ),
    "having": (f"SELECT ?who {{ {DATA} }} GROUP BY ?who HAVING(COUNT(*) > 1)", [("ann",)]),
    "group_concat": (
        "SELECT (GROUP_CONCAT(?w; SEPARATOR='+') AS ?all) "
        f"{{ SELECT DISTINCT (?who AS ?w) {{ {DATA} }} ORDER BY ?who }}",
        [("ann+bob+cem",)],
    ),
    "path sequence": ("SELECT DISTINCT ?s { ?e a dg:Event ; dg:history/dg:status ?s } ORDER BY ?s", None),
    "path alternative": ("ASK { ?e rdfs:label|rdfs:comment ?o }", True),
    "path inverse": ("ASK { dg:Event ^rdf:type ?e }", True),
    "path star": ("SELECT (COUNT(*) AS ?n) { <urn:node:0> <urn:next>* ?x }", [("60",)]),
    "path negated": ("ASK { <urn:node:0> !(<urn:next>) ?x }", False),
    "graph": ("SELECT ?o { GRAPH <urn:graph:two> { ?s ?p ?o } }", [("two",)]),
    "from": ("SELECT ?o FROM <urn:graph:one> { ?s ?p ?o }", [("one",)]),
    "from named": ("SELECT ?g FROM NAMED <urn:graph:one> { GRAPH ?g { ?s ?p ?o } }", [("urn:graph:one",)]),
    "strings": ("SELECT (CONCAT(UCASE('ab'), SUBSTR('xyz', 2), REPLACE('aa', 'a', 'b')) AS ?x) {}", [("AByzbb",)]),
    "dates": ('SELECT (YEAR("2025-10-22T00:00:00Z"^^xsd:dateTime) AS ?y) {}', [("2025",)]),
    "hashes": ("SELECT (SHA256('') AS ?x) {}", [("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",)]),
    "own prefix": ("PREFIX dg: <urn:> SELECT (COUNT(*) AS ?n) { dg:one ?p ?o }", [("0",)]),
    "escape": (r"SELECT ('\u0073ervice' AS ?x) {}", [("service",)]),
    "no variables": ("SELECT * {}", [()]),
    "comment": ("# a question\nSELECT ('#' AS ?x) {} # the end", [("#",)]),
}


@pytest.mark.parametrize("name", QUERIES)
def test_query(endpoint, name):
    query, expected = QUERIES[name]
    reply = endpoint.post(query)
    assert reply.status == 200, reply.text
    if isinstance(expected, bool):
        assert reply.text.endswith(f'"boolean":{str(expected).lower()}}}')
    elif expected is not None:
        assert reply.rows == expected
    else:
        assert ("https://w3id.org/diplograph/ontology#postponed",) in reply.rows


def test_describe_has_what_the_event_has(endpoint):
    (event,) = endpoint.post("SELECT ?e { ?e a dg:Event ; dg:status dg:postponed }").rows
    reply = endpoint.post(f"DESCRIBE <{event[0]}>", accept="text/turtle")
    assert "dg:status dg:postponed" in reply.text


def test_construct_makes_new_triples(endpoint):
    reply = endpoint.post(
        "CONSTRUCT { ?e dct:title ?l } WHERE { ?e a dg:Event ; rdfs:label ?l }", accept="application/n-triples"
    )
    assert len(reply.text.splitlines()) == 2
