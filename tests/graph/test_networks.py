"""NetworkX: the three graphs, and what people ask of them."""

from __future__ import annotations

import re
import tomllib

import networkx as nx
import pytest
from conftest import ROOT, record

from diplograph.errors import InputError
from diplograph.extract.records import Actor, Event, Extraction, Extractor, Link, Participant, text_hash
from diplograph.graph import KnowledgeGraph
from diplograph.graph.analysis import between, by_country, centrality_table, ego, of_class, of_status, weighted
from diplograph.graph.events import MergedEvent, Party, Step
from diplograph.graph.networks import actor_graph, event_graph, story_graph
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.networks import load_network_rules


def event(key, date, *who, event_class="CONSULT", mode=None, status="occurred", links=()):
    """A merged event; `who` are "id" or "id:role"; "Emma@FRA" is a person of a country."""
    parties = []
    for one in who:
        name, _, role = one.partition(":")
        _, _, country = name.partition("@")
        parties.append(Party(name, name, role or "agent", "person" if country else "state", country or name))
    step = Step(status, date, f"d-{key}", f"m-{key}", (0, 1), None, None, None, (0, 1))
    return MergedEvent(key, event_class, mode, tuple(parties), None, date, None, status, (step,), links)


@pytest.fixture
def events():
    return [
        event("talks", "2024-01-10", "FRA", "DEU", mode="talks"),
        event("visit", "2024-02", "Emma@FRA", "DEU:host", mode="visit"),
        event("deal", "2024-01-20/2024-01-22", "FRA", "DEU", "POL", event_class="AGREE", mode="sign"),
        event("threat", "2024-03-01", "FRA", "MLI:target", event_class="THREATEN"),
        event("sanctions", "2024-03-20", "FRA", "MLI:target", event_class="SANCTION", mode="sanctions"),
        event("plan", "2024-03-21", "POL", "DEU", mode="summit", status="planned"),
        event("undated", None, "POL", "UKR:target", event_class="AID", mode="arms"),
    ]


def test_attributes_are_typed(events):
    graph = actor_graph(events)
    kinds = {"label": str, "event_class": str, "mode": str, "status": str, "date": str, "place": str, "documents": str}
    kinds |= {"day": int, "last_day": int, "reports": int, "weight": float, "directed": bool}
    for *_, key, data in graph.edges(keys=True, data=True):
        expected = {k: v for k, v in kinds.items() if key != "undated" or k not in {"day", "last_day"}}
        assert {name: type(value) for name, value in data.items()} == expected
    deal = graph["FRA"]["DEU"]["deal"]
    assert (deal["day"], deal["last_day"] - deal["day"], deal["date"]) == (738905, 2, "2024-01-20/2024-01-22")


def test_graphs_of_a_store():
    graph = KnowledgeGraph()
    graph.add([record("a"), record("b", people=("Ann Ace", "Bob Bay", "Cem Cay"), mode="call", status="occurred")])
    actors, both = graph.actor_graph(), graph.event_graph()
    assert actors.number_of_edges("person/ann-ace", "person/bob-bay") == 2
    assert nx.is_bipartite(both)
    assert sum(d["bipartite"] for _, d in both.nodes(data=True)) == 2
    assert len(graph.story_graph()) == 2


def test_bipartite(events):
    graph = event_graph(events)
    assert graph["event/visit"]["DEU"]["role"] == "host"
    assert graph.nodes["event/visit"]["event_class"] == "CONSULT"


# -- event and event -------------------------------------------------------------------------------


def edges(graph, relation):
    return {(u, v) for u, v, data in graph.edges(data=True) if data["relation"] == relation}


def test_the_next_event_of_a_pair_follows(events):
    graph = story_graph(events)
    assert edges(graph, "follows") == {("talks", "deal"), ("threat", "sanctions")}
    assert graph["threat"]["sanctions"]["follows"] == {"relation": "follows", "days": 19, "pair": "FRA – MLI"}
    assert ("deal", "plan") in edges(story_graph(events, within=70), "follows")
    assert edges(story_graph(events, within=18), "follows") == {("talks", "deal")}


def test_only_the_next_day_follows():
    days = {"a": "01", "b2": "02", "c2": "02", "d3": "03"}
    graph = story_graph([event(key, f"2024-01-{day}", "x", "y") for key, day in days.items()])
    assert edges(graph, "follows") == {("a", "b2"), ("a", "c2"), ("b2", "d3"), ("c2", "d3")}


def test_a_story_goes_by_class_and_participants(events):
    graph = story_graph(events)
    assert edges(graph, "same_story") == {("talks", "deal"), ("threat", "sanctions")}
    back = [event("1", "2024-01-01", "x", "y", event_class="AGREE"), event("2", "2024-01-02", "x", "y")]
    assert not edges(story_graph(back), "same_story")
    one = [event("1", "2024-01-01", "x", "y"), event("2", "2024-01-02", "x", "z", event_class="AGREE")]
    assert not edges(story_graph(one), "same_story")


def test_a_story_goes_on_from_the_last_event_of_a_class():
    chain = [event(str(day), f"2024-01-0{day}", "x", "y") for day in (1, 2, 3)]
    assert edges(story_graph(chain), "same_story") == {("1", "2"), ("2", "3")}


def test_links_of_records_are_edges():
    text = "France demanded aid."
    sides = (Participant("state/FRA", "France", "agent", "state", "FRA"),)
    graph = KnowledgeGraph()
    graph.add([Extraction(
        id="d", extractor=Extractor("t", "1"), text_sha256=text_hash(text), text=text, date="2024-01-01",
        actors=(Actor("state/FRA", "France", "state", "FRA"),),
        events=(
            Event("m1", "e1", "REQUEST", "demand", (7, 15), (0, 20), sides),
            Event("m2", "e2", "AID", None, (16, 19), (0, 20), sides, links=(Link("content_of", "m1"),)),
        ),
    )])  # fmt: skip
    ((aid, demand),) = edges(graph.story_graph(), "content_of")
    assert (graph.event(aid).event_class, graph.event(demand).event_class) == ("AID", "REQUEST")


# -- parts -----------------------------------------------------------------------------------------


def test_ego_names_who_is_meant(events):
    graph = actor_graph(events)
    assert set(ego(graph, "MLI")) == {"MLI", "FRA"}
    assert set(ego(graph, "MLI", 2)) == {"MLI", "FRA", "DEU", "POL"}
    with pytest.raises(InputError, match=r"no actor 'emma'.*did you mean Emma@FRA"):
        ego(graph, "emma")


@pytest.mark.parametrize("make", [actor_graph, event_graph, story_graph])
def test_parts_of_all_three_graphs(events, make):
    graph = make(events)
    before = nx.to_dict_of_dicts(graph)

    def named(part):
        if make is actor_graph:
            return {key for *_, key in part.edges(keys=True)}
        return {str(n).removeprefix("event/") for n, d in part.nodes(data=True) if "event_class" in d}

    assert named(between(graph, "2024-01-21", "2024-02-05")) == {"deal", "visit"}
    assert named(of_class(graph, "AGREE", "arms")) == {"deal", "undated"}
    assert named(of_status(graph, "planned")) == {"plan"}
    assert nx.to_dict_of_dicts(graph) == before
    with pytest.raises(InputError, match="'May' is no date"):
        between(graph, "2024", "May")


def test_parts_can_be_cut_further(events):
    assert len(between(of_class(actor_graph(events), "CONSULT"), "2024-01", "2024-01").edges) == 1
    assert "MLI" not in of_class(event_graph(events), "CONSULT")


# -- weights ---------------------------------------------------------------------------------------


def test_weights_sum_up_with_their_sign(events):
    graph = weighted(actor_graph(events))
    assert graph["FRA"]["MLI"] == {
        "events": 2, "weight": -14.0, "cooperation": 0.0, "conflict": 14.0,
        "first": "2024-03-01", "last": "2024-03-20", "mean": -7.0,
    }  # fmt: skip
    assert graph["FRA"]["DEU"]["weight"] == 15.0


def test_only_what_is_real_counts(events):
    assert weighted(actor_graph(events))["POL"]["DEU"]["events"] == 1
    assert weighted(actor_graph(events), statuses={"planned"})["POL"]["DEU"]["weight"] == 2.5


def test_directed_weights_keep_who_does_it(events):
    graph = weighted(actor_graph(events), directed=True)
    assert graph.has_edge("FRA", "MLI")
    assert not graph.has_edge("MLI", "FRA")
    assert graph["FRA"]["DEU"]["weight"] == graph["DEU"]["FRA"]["weight"] == 15.0


def test_every_class_and_mode_has_a_weight_of_cameo():
    rules, cameo = load_network_rules(), load_cameo()
    kinds = {(e.family.event_class, e.family.mode) for e in load_lexicon().entries}
    assert {w.event_class for w in rules.weight} == {c for c, _ in kinds}
    for weight in rules.weight:
        assert cameo.find(weight.cameo) is not None
        for mode, own in weight.modes.items():
            assert (weight.event_class, mode) in kinds
            assert cameo.find(own.cameo) is not None
    classes = {w.event_class for w in rules.weight}
    assert set(rules.leads_to) | {c for some in rules.leads_to.values() for c in some} <= classes


# -- countries and centrality ----------------------------------------------------------------------


def test_people_are_drawn_together_into_states(events):
    graph = by_country(actor_graph([*events, event("home", "2024-05-01", "Emma@FRA", "FRA")]))
    assert sorted(graph) == ["DEU", "FRA", "MLI", "POL", "UKR"]
    assert "visit" in graph["FRA"]["DEU"]
    assert not list(nx.selfloop_edges(graph))
    assert graph.nodes["FRA"]["label"] == "France"


def test_an_event_counts_once_between_two_states():
    graph = by_country(actor_graph([event("summit", "2024-01-01", "A@FRA", "B@FRA", "C@DEU", "D@DEU")]))
    assert graph.number_of_edges() == 1
    loops = by_country(actor_graph([event("home", "2024-01-01", "A@FRA", "B@FRA")]), domestic=True)
    assert list(loops.edges(keys=True)) == [("FRA", "FRA", "home")]


def test_centrality_is_sorted_and_deterministic(events):
    table = centrality_table(actor_graph(events))
    rows = list(table)
    assert [(r["actor"], r["events"], r["degree"]) for r in rows] == [
        ("FRA", 4, 3), ("DEU", 3, 3), ("POL", 2, 3), ("MLI", 2, 1), ("Emma@FRA", 1, 1), ("UKR", 1, 1),
    ]  # fmt: skip
    assert rows[0]["weight"] == 15.0 + 8.0 - 14.0
    assert rows[0]["betweenness"] > rows[3]["betweenness"] == 0
    assert sum(r["pagerank"] for r in rows) == pytest.approx(1, abs=1e-5)
    assert table.rows == centrality_table(actor_graph(reversed(events))).rows
    assert list(table.to_dataframe().columns) == list(table.columns)


def test_centrality_of_nothing():
    assert centrality_table(actor_graph([])).rows == []
    assert centrality_table(by_country(actor_graph([event("p", "2024-01-01", "a", "b", status="planned")]))).rows == []


# -- docs/networks.md ------------------------------------------------------------------------------


def test_the_examples_of_the_page_run():
    page = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    kg = KnowledgeGraph()
    kg.add(
        [
            record("a", "2025-03-01", people=("Ann Ace", "Bob Bay"), status="occurred"),
            record("b", "2025-03-20", people=("Ann Ace", "Bob Bay", "Cem Cay"), mode="call", status="occurred"),
        ]
    )
    names = {"kg": kg}
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, names)
    assert names["part"].number_of_edges() == 1
    assert names["table"].rows[0][0] == "person/ann-ace"


def test_the_page_names_the_source_of_the_weights():
    rules = tomllib.loads((ROOT / "ontology" / "networks.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    assert "Goldstein" in page
    for weight in rules["weight"]:
        assert f"| {weight['class']} | {weight['cameo']} | {weight['value']:g} |" in page
