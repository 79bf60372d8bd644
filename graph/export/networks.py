"""Networks out: the actor multigraph for Gephi, yEd and the like."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["to_gexf", "to_graphml"]


def to_graphml(graph: KnowledgeGraph) -> bytes:
    """The actor multigraph as GraphML; an edge for each pair in each event."""
    out = io.BytesIO()
    nx.write_graphml(graph.actor_graph(), out, encoding="utf-8")
    return out.getvalue()


def to_gexf(graph: KnowledgeGraph) -> bytes:
    """The actor multigraph as GEXF."""
    out = io.BytesIO()
    nx.write_gexf(graph.actor_graph(), out, encoding="utf-8")
    return out.getvalue()
