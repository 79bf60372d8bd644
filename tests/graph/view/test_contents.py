"""What goes into the page, without a browser."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser

import networkx as nx
import pytest
from conftest import record
from hypothesis import given
from hypothesis import strategies as st

from diplograph.errors import InputError
from diplograph.extract.records import Place
from diplograph.graph import KnowledgeGraph, merge_events
from diplograph.graph.finding import narrowed
from diplograph.graph.view import draw, pyvis_network
from diplograph.graph.view.contents import contents
from diplograph.graph.view.layout import positions
from diplograph.graph.view.looks import CLASSES, KINDS, QUADS, STATUSES
from diplograph.graph.view.marking import pieces
from diplograph.graph.view.page import json_block
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.places import land, state_middles
from diplograph.ontology.statuses import STATUSES as ALL_STATUSES


def test_parallel_events_are_all_lines_and_bent_apart():
    statuses = [("call", "occurred"), ("meeting", "cancelled"), ("visit", "planned"), ("message", "refused")]
    records = [record(f"d{i}", f"202{i}-05-01", mode=m, status=s) for i, (m, s) in enumerate(statuses)]
    drawing = draw(merge_events(records))
    assert len(drawing.links) == len({link.bend for link in drawing.links}) == 4
    edges = pyvis_network(drawing).edges
    assert len({json.dumps(e["smooth"]) for e in edges}) == 4
    assert len({json.dumps([e["dashes"], e["width"]]) for e in edges}) == 4


def test_an_event_of_many_is_a_node_of_its_own():
    drawing = draw(merge_events([record(people=("A A", "B B", "C C", "D D"))]))
    (hub,) = (n for n in drawing.nodes if n.event)
    assert sorted(link.one for link in drawing.links) == ["person/a-a", "person/b-b", "person/c-c", "person/d-d"]
    assert {link.other for link in drawing.links} == {hub.key}


def test_an_event_of_one_stands_beside_its_party():
    (actor, hub) = draw(merge_events([record(people=("A A",))])).nodes
    assert hub.event is not None
    assert 0 < abs(hub.x - actor.x) + abs(hub.y - actor.y) < 100


def test_the_lightest_actors_are_left_out_of_a_drawing_that_is_too_large():
    records = [record("a"), record("b", people=("Ann Ace", "Cem Cay")), record("c", mode="call")]
    drawing = draw(merge_events(records), most=2)
    assert drawing.left == 1
    assert [n.label for n in drawing.nodes] == ["Ann Ace", "Bob Bay"]


def test_steps_have_their_words_marked():
    (step,) = contents(merge_events([record()]), [record()]).evidence[0]["steps"]
    assert [words for words, *marks in step["quote"] if marks] == ["meet"]
    assert "".join(words for words, *_ in step["quote"]) == record().text


def test_documents_keep_every_character():
    long = record(text="\U0001d518nicode 😀 e\u0301: Ann Ace and Bob Bay meet.")
    (document,) = contents(merge_events([long]), [long]).documents
    assert "".join(words for words, *_ in document["text"]) == long.text
    assert [(words, marks) for words, *marks in document["text"] if marks] == [("meet", [[0]])]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8))
def test_pieces_are_the_text_and_each_mark_its_span(text, spans):
    marks = [(b, e, n) for n, (b, e) in enumerate(spans)]
    cut = pieces(text, marks)
    assert "".join(words for words, *_ in cut) == text
    for begin, end, n in marks:
        assert "".join(w for w, *m in cut if m and n in m[0]) == text[max(begin, 0) : max(end, 0)]


def test_places_without_coordinates_stand_in_their_state():
    given = [
        (Place("Oslo", latitude=59.9, longitude=10.7), True),
        (Place("Kenya", country="KEN"), False),
        (Place("X"), False),
    ]
    for place, exact in given:
        (event,) = record().events
        one = dataclasses.replace(record(), events=(dataclasses.replace(event, place=place),))
        (found,) = contents(merge_events([one]), [one]).places
        assert found["exact"] == (exact or place.name == "X") or not found["at"]
        assert bool(found["at"]) == (place.name != "X")
    assert {"FRA", "XKX", "SGP", "TUV"} <= state_middles().keys()


def test_the_land_lies_on_the_earth():
    world = json.loads(land())
    for line in (*world["land"], *world["borders"]):
        assert all(-1800 <= x <= 1800 for x in line[::2])
        assert all(-900 <= y <= 900 for y in line[1::2])
        assert all(abs(a - b) < 1800 for a, b in zip(line[::2], line[2::2], strict=False)) or min(line[1::2]) == -900


def test_every_status_class_and_quad_has_its_look():
    assert tuple(STATUSES) == ALL_STATUSES
    assert len({(s.dashes, s.width, s.struck) for s in STATUSES.values()}) == len(STATUSES)
    assert {e.family.event_class for e in load_lexicon().entries} == set(CLASSES)
    assert {look.quad for look in CLASSES.values()} == set(QUADS)


def contrast(one, other):
    """The contrast of two colours as WCAG 2 defines it."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05

    low, high = sorted((light(one), light(other)))
    return high / low


@pytest.mark.parametrize("look", [*QUADS.values(), *KINDS.values()], ids=str)
def test_colours_can_be_told_from_the_paper(look):
    assert contrast(look.light, "#ffffff") > 4.5
    assert contrast(look.dark, "#171c24") > 4.5


@pytest.mark.parametrize("size", [40, 300])
def test_positions_are_repeatable_and_apart(size):
    edges = [(str(a), str(b)) for a, b in nx.barabasi_albert_graph(size, 2, seed=3).edges]
    nodes = {n for e in edges for n in e} | {"alone", "alone too"}
    one = positions(nodes, edges)
    assert one == positions(sorted(nodes, reverse=True), edges[::-1])
    spots = sorted(one.values())
    nearest = min(abs(complex(*a) - complex(*b)) for i, a in enumerate(spots) for b in spots[i + 1 :])
    assert nearest > 12


def test_neighbours_are_drawn_near_each_other():
    graph = nx.connected_caveman_graph(12, 10)
    where = positions(map(str, graph), [(str(a), str(b)) for a, b in graph.edges])
    apart = {pair: abs(complex(*where[str(pair[0])]) - complex(*where[str(pair[1])])) for pair in nx.non_edges(graph)}
    near = [abs(complex(*where[str(a)]) - complex(*where[str(b)])) for a, b in graph.edges]
    assert sum(near) / len(near) < 0.5 * sum(apart.values()) / len(apart)


def test_part_of_a_graph():
    graph = KnowledgeGraph()
    records = [
        record("a", "2025-01-05"),
        record("b", "2025-03-05", people=("Bob Bay", "Cem Cay")),
        record("c", None, people=("Cem Cay", "Dan Day")),
    ]
    graph.add(records)
    labels = [e.participants[1].name for e in narrowed(graph.events(), start="2025-02")]
    assert labels == ["Cem Cay"]
    assert len(narrowed(graph.events(), actor="bob bay")) == 2
    assert len(narrowed(graph.events(), end="2025")) == 2
    with pytest.raises(InputError, match=r"did you mean Bob Bay"):
        narrowed(graph.events(), actor="Bob")
    with pytest.raises(InputError, match="no date"):
        narrowed(graph.events(), start="soon")
    html = graph.page(events=narrowed(graph.events(), start="2025-02"))
    assert "Ann Ace" not in html
    with pytest.raises(InputError, match="no renderer"):
        graph.page(renderer="svg")


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
    assert not [
        a for _, a in page.tags if set(a) & {"src", "href", "action", "srcset"} and a.get("href") != "#view-network"
    ]
    policy = next(
        a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in re.search(r"script-src[^;]*", policy).group()
    assert "<title>A &amp; B &lt;test&gt;</title>" in html
    assert len(html) < 1_500_000


def test_page_without_events():
    assert "No event matches" in KnowledgeGraph().page()
