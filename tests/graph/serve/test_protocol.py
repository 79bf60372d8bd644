"""The SPARQL 1.1 Protocol, case by case as in the query part of its test suite."""

from __future__ import annotations

import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ONE, TWO, THREE = "urn:graph:one", "urn:graph:two", "urn:graph:three"
DEFAULT = "SELECT ?o { ?s <urn:p> ?o } ORDER BY ?o"
NAMED = "SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } } ORDER BY ?g"


def form(endpoint, fields, **headers):
    return endpoint.send("POST", "/sparql", urlencode(fields), Content_Type=FORM, **headers)


def test_query_get(endpoint):
    reply = endpoint.get("ASK {}")
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


def test_query_post_form(endpoint):
    assert json.loads(form(endpoint, {"query": "ASK {}"}).body)["boolean"] is True


def test_query_post_direct(endpoint):
    reply = endpoint.send("POST", "/sparql", "ASK {}", Content_Type=f"{DIRECT}; charset=UTF-8")
    assert json.loads(reply.body)["boolean"] is True


def test_the_root_answers_too(endpoint):
    assert endpoint.post("ASK {}", path="/").status == 200


def test_head_gives_no_body(endpoint):
    reply = endpoint.send("HEAD", f"/sparql?{urlencode({'query': 'ASK {}'})}")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.media == "application/sparql-results+json"


def test_options_names_the_methods(endpoint):
    reply = endpoint.send("OPTIONS", "/sparql")
    assert (reply.status, reply.headers["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")


# -- dataset ------------------------------------------------------------------------------------


def test_dataset_default_graph_get(endpoint):
    assert endpoint.get(DEFAULT, default_graph_uri=[ONE]).rows == [("one",)]


def test_dataset_default_graphs_post_form(endpoint):
    reply = form(endpoint, [("query", DEFAULT), ("default-graph-uri", ONE), ("default-graph-uri", TWO)])
    assert reply.rows == [("one",), ("two",)]


def test_dataset_default_graph_post_direct(endpoint):
    reply = endpoint.post(DEFAULT, path=f"/sparql?{urlencode({'default-graph-uri': ONE})}")
    assert reply.rows == [("one",)]


def test_dataset_named_graphs(endpoint):
    assert endpoint.get(NAMED, named_graph_uri=[ONE, TWO]).rows == [(ONE,), (TWO,)]


def test_dataset_of_a_default_graph_has_no_named_ones(endpoint):
    assert endpoint.get(NAMED, default_graph_uri=[ONE]).rows == []
    assert endpoint.get(DEFAULT, named_graph_uri=[ONE]).rows == []


def test_dataset_full(endpoint):
    query = "SELECT ?o ?g { ?s <urn:p> ?o . GRAPH ?g { ?x <urn:p> ?y } } ORDER BY ?g"
    reply = endpoint.get(query, default_graph_uri=[ONE], named_graph_uri=[TWO, THREE])
    assert reply.rows == [("one", THREE), ("one", TWO)]


def test_dataset_of_the_request_outweighs_that_of_the_query(endpoint):
    query = f"SELECT ?o FROM <{TWO}> {{ ?s <urn:p> ?o }}"
    assert endpoint.get(query).rows == [("two",)]
    assert endpoint.get(query, default_graph_uri=[ONE]).rows == [("one",)]


def test_dataset_of_unknown_or_faulty_graphs(endpoint):
    assert endpoint.get(DEFAULT, default_graph_uri=["urn:none"]).rows == []
    assert endpoint.get(DEFAULT, default_graph_uri=["no iri"]).status == 400


# -- formats ------------------------------------------------------------------------------------

SELECT = 'SELECT * { VALUES (?x ?y) { (1 "a,\\"b\\n") (UNDEF <urn:z>) } }'


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/json", "*/*", None])
def test_select_as_json(endpoint, accept):
    reply = endpoint.get(SELECT, accept)
    assert reply.rows == [("1", 'a,"b\n'), (None, "urn:z")]
    assert reply.media == ("application/json" if accept == "application/json" else "application/sparql-results+json")


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "text/xml", "text/html, application/xml;q=0.9"])
def test_select_as_xml(endpoint, accept):
    root = ElementTree.fromstring(endpoint.get(SELECT, accept).body)
    assert len(root.findall(".//{*}result")) == 2


def test_select_as_csv_and_tsv(endpoint):
    assert endpoint.get(SELECT, "text/csv").body == b'x,y\r\n1,"a,""b\n"\r\n,urn:z\r\n'
    assert endpoint.get(SELECT, "text/tab-separated-values").text.splitlines()[2] == "\t<urn:z>"


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "*/*;q=0.1"]
)
def test_ask_in_each_format(endpoint, accept):
    reply = endpoint.get("ASK {}", accept)
    assert reply.status == 200
    assert b"true" in reply.body


FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("accept", FORMATS)
@pytest.mark.parametrize("query", ["CONSTRUCT { ?e a dg:Event } WHERE { ?e a dg:Event }", "DESCRIBE <urn:node:1>"])
def test_graphs_in_each_format(endpoint, query, accept):
    reply = endpoint.get(query, accept)
    assert (reply.status, reply.media) == (200, accept)
    assert len(list(ox.parse(reply.body, format=FORMATS[accept]))) >= 2


def test_formats_that_do_not_fit_the_answer(endpoint):
    assert endpoint.get("ASK {}", "image/png").status == 406
    assert endpoint.get("ASK {}", "text/turtle").status == 406
    assert endpoint.get("DESCRIBE <urn:node:1>", "text/csv").status == 406


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_bad_method(endpoint, method):
    reply = endpoint.send(method, "/sparql?query=ASK%20%7B%7D")
    assert reply.status == 405
    assert "POST" in reply.headers["Allow"]


def test_bad_multiple_queries(endpoint):
    fields = [("query", "ASK {}"), ("query", "SELECT * {}")]
    assert endpoint.send("GET", f"/sparql?{urlencode(fields)}").status == 400
    assert form(endpoint, fields).status == 400


def test_bad_query_twice_in_body_and_address(endpoint):
    assert endpoint.post("ASK {}", path="/sparql?query=ASK%20%7B%7D").status == 400
    reply = endpoint.send("POST", "/sparql?query=ASK%20%7B%7D", "query=ASK%20%7B%7D", Content_Type=FORM)
    assert reply.status == 400


def test_bad_content_types(endpoint):
    for body in ("ASK {}", urlencode({"query": "ASK {}"})):
        assert endpoint.send("POST", "/sparql", body, Content_Type="text/plain").status == 415
        assert endpoint.send("POST", "/sparql", body).status == 415
    reply = endpoint.send("POST", "/sparql", "ASK {}".encode("utf-16"), Content_Type=f"{DIRECT}; charset=UTF-16")
    assert reply.status == 415


def test_bad_encoding(endpoint):
    assert endpoint.post(b"ASK { ?s ?p '\xff' }").status == 400
    assert endpoint.send("GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20'%FF'%7D").status == 400
    assert endpoint.send("POST", "/sparql", b"query=\xff", Content_Type=FORM).status == 400


def test_bad_syntax_is_located(endpoint):
    reply = endpoint.post("SELECT ?s WHERE {\n  ?s a }")
    assert reply.status == 400
    assert reply.media == "text/plain"
    assert "error at 2:" in reply.text
    assert len(reply.text.splitlines()) == 1


def test_bad_syntax_as_json(endpoint):
    reply = endpoint.post("SELECT", accept="application/json")
    assert (reply.media, json.loads(reply.body)["status"]) == ("application/problem+json", 400)


def test_no_query(endpoint):
    assert form(endpoint, {"q": "ASK {}"}).status == 400
    assert endpoint.get(accept="application/sparql-results+json").status == 400


def test_updates_are_refused(endpoint):
    update = "INSERT DATA { <urn:s> <urn:p> <urn:o> }"
    replies = [
        form(endpoint, {"update": update}),
        endpoint.send("GET", f"/sparql?{urlencode({'update': update})}"),
        endpoint.send("POST", "/sparql", update, Content_Type="application/sparql-update"),
    ]
    assert [r.status for r in replies] == [403, 403, 403]
    assert "updates are not served" in replies[0].text
    assert endpoint.post("ASK { <urn:s> ?p ?o }").text.endswith('"boolean":false}')


# -- what is not a query ------------------------------------------------------------------------


def test_service_description(endpoint):
    reply = endpoint.get(accept="text/turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    described = list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
    address = f"http://127.0.0.1:{endpoint.port}/sparql"
    assert [t.object.value for t in described if t.predicate.value == f"{sd}endpoint"] == [address]
    assert len([t for t in described if t.predicate.value == f"{sd}resultFormat"]) == 8


def test_page_and_its_files(endpoint):
    for path in ("/", "/sparql"):
        reply = endpoint.send("GET", path, Accept="text/html,*/*;q=0.8")
        assert (reply.status, reply.media) == (200, "text/html")
    for name in ("yasgui.min.js", "yasgui.min.css", "page.js", "page.css", "prefixes.json", "examples.json"):
        assert endpoint.send("GET", f"/assets/{name}").status == 200


@pytest.mark.parametrize(
    "path", ["/assets/", "/assets", "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/%2Fetc%2Fpasswd", "/x", "//"]
)
def test_nothing_else_is_there(endpoint, path):
    assert endpoint.send("GET", path).status == 404


def test_headers_of_safety(endpoint):
    for reply in (endpoint.get("ASK {}"), endpoint.get("ASK"), endpoint.send("GET", "/", Accept="text/html")):
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["Server"] is None


def test_other_origins_may_not_read(endpoint):
    reply = endpoint.send("GET", "/sparql?query=ASK%20%7B%7D", Origin="https://example.org")
    assert reply.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost@evil.example:1", "[::1"]
)
def test_other_names_of_the_host_are_refused(endpoint, host):
    assert endpoint.send("GET", "/sparql?query=ASK%20%7B%7D", Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:99", "127.0.0.1:1", "[::1]:8000"])
def test_names_of_this_machine_are_served(endpoint, host):
    assert endpoint.send("GET", "/sparql?query=ASK%20%7B%7D", Host=host).status == 200
