from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import networkx as nx
import pytest
from conftest import record

from diplograph.extract.records import Extraction
from diplograph.graph import KnowledgeGraph, merge_events
from diplograph.graph.view.drawing import CLASSES, STATUSES, draw
from diplograph.graph.view.layout import positions
from diplograph.graph.view.page import json_block
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.statuses import STATUSES as ALL_STATUSES


def drawn(*records: Extraction):
    return draw(merge_events(records), records)


def test_parallel_events_are_all_edges_and_bent_apart():
    statuses = [("call", "occurred"), ("meeting", "cancelled"), ("visit", "planned"), ("message", "refused")]
    drawing = drawn(*(record(f"d{i}", f"202{i}-05-01", mode=m, status=s) for i, (m, s) in enumerate(statuses)))
    assert len(drawing.edges) == 4
    assert len({json.dumps(e["smooth"]) for e in drawing.edges}) == 4
    assert len({json.dumps(e["dashes"]) for e in drawing.edges}) == 4


def test_an_event_of_many_is_a_node_of_its_own():
    drawing = drawn(record(people=("A A", "B B", "C C", "D D")))
    (hub,) = (n for n in drawing.nodes if n["kind"] == "event")
    assert sorted(e["from"] for e in drawing.edges) == ["person/a-a", "person/b-b", "person/c-c", "person/d-d"]
    assert {e["to"] for e in drawing.edges} == {hub["id"]}


def test_an_event_of_one_is_kept_apart():
    (hub,) = (n for n in drawn(record(people=("A A",))).nodes if n["kind"] == "event")
    assert hub["single"]


def test_panel_marks_the_trigger_in_the_sentence():
    (panel,) = drawn(record()).events
    (step,) = panel["history"]
    before, trigger, behind = step["quote"]
    assert trigger == "meet"
    assert "".join([before, trigger, behind]) == record().quote(record().events[0].sentence)


def test_every_status_and_class_has_its_look():
    assert tuple(STATUSES) == ALL_STATUSES
    assert len({(s.dashes, s.width) for s in STATUSES.values()}) == len(STATUSES)
    assert {e.family.event_class for e in load_lexicon().entries} == set(CLASSES)


def test_positions_are_repeatable_and_apart():
    edges = list(nx.barabasi_albert_graph(40, 2, seed=3).edges)
    edges = [(str(a), str(b)) for a, b in edges]
    nodes = {n for e in edges for n in e} | {"alone", "alone too"}
    one = positions(nodes, edges)
    assert one == positions(sorted(nodes, reverse=True), edges[::-1])
    assert len(set(one.values())) == len(nodes)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028"])
def test_json_cannot_leave_its_block(text):
    block = json_block({"x": text})
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block) == {"x": text}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def test_page_fetches_nothing():
    graph = KnowledgeGraph()
    graph.add([record()])
    html = graph.page(title="A & B <test>")
    page = Page()
    page.feed(html)
    assert not [a for _, a in page.tags if set(a) & {"src", "href", "action", "srcset"}]
    policy = next(
        a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in re.search(r"script-src[^;]*", policy).group()
    assert "<title>A &amp; B &lt;test&gt;</title>" in html
    assert len(html) < 1_500_000


def test_page_without_events():
    assert "No event matches" in KnowledgeGraph().page()
