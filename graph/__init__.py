"""Records to a graph: RDF, SPARQL, NetworkX, pages (see docs/architecture.md)."""

from diplograph.graph.merge import MergedEvent, merge_events
from diplograph.graph.query import Table
from diplograph.graph.store import KnowledgeGraph

__all__ = ["KnowledgeGraph", "MergedEvent", "Table", "merge_events"]
