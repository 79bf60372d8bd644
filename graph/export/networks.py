"""Networks out: the actor multigraph for Gephi, yEd, Cytoscape and the like."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["to_cytoscape", "to_gexf", "to_graphml"]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')
_CYTOSCAPE = {"format_version": "1.0", "generated_by": "diplograph", "target_cytoscapejs_version": "~2.1"}


def to_graphml(graph: KnowledgeGraph) -> bytes:
    """The actor multigraph as GraphML; an edge for each pair in each event, attributes with their types."""
    out = io.BytesIO()
    nx.write_graphml(_clean(graph.actor_graph()), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def to_gexf(graph: KnowledgeGraph) -> bytes:
    """The actor multigraph as GEXF; edges with a date last from its first to its last day, for Gephi's timeline."""
    network = _clean(graph.actor_graph())
    network.graph["mode"] = "dynamic"
    for _, _, data in network.edges(data=True):
        if "day" in data:
            data["start"] = date.fromordinal(data["day"]).isoformat()
            data["end"] = date.fromordinal(data["last_day"]).isoformat()
    out = io.BytesIO()
    nx.write_gexf(network, out, encoding="utf-8", version="1.2draft")
    return _CLOCK.sub(b"", out.getvalue())


def to_cytoscape(graph: KnowledgeGraph) -> bytes:
    """The actor multigraph as Cytoscape JSON, for cytoscape.js and Cytoscape's desktop program.

    Numbers are numbers; `documents` is a list. The id of an edge is that of its event and a number.
    """
    network = graph.actor_graph()
    nodes = [{"data": {"id": key, "name": data["label"], **data}} for key, data in sorted(network.nodes(data=True))]
    edges: list[dict[str, Any]] = []
    for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda e: (e[2], e[0], e[1])):
        about = {**data, "documents": json.loads(data["documents"])}
        ends = {"id": f"{key}/{len(edges)}", "source": source, "target": target}
        kind = data["mode"] or data["event_class"].lower()
        edges.append({"data": {**ends, "event": key, "name": data["label"], "interaction": kind, **about}})
    whole = {**_CYTOSCAPE, "data": {"name": "diplograph"}, "elements": {"nodes": nodes, "edges": edges}}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _clean(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a copy without the characters that XML forbids (U+FFFD in their place), and without its name."""
    clean = nx.MultiDiGraph()
    clean.add_nodes_from((_xml(key), _plain(data)) for key, data in network.nodes(data=True))
    clean.add_edges_from(
        (_xml(u), _xml(v), _xml(key), _plain(data)) for u, v, key, data in network.edges(keys=True, data=True)
    )
    return clean


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _xml(value) if isinstance(value, str) else value for name, value in data.items()}


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
