"""Records to a graph: RDF, SPARQL, NetworkX, pages (see docs/architecture.md)."""

from diplograph.graph.events import Disagreement, EventLink, MergedEvent, Party, Step
from diplograph.graph.explaining import Explanation, explain
from diplograph.graph.merge import merge_events
from diplograph.graph.query import Table
from diplograph.graph.store import KnowledgeGraph
from diplograph.graph.verdicts import Verdict, Verdicts, read_verdicts

__all__ = [
    "Disagreement",
    "EventLink",
    "Explanation",
    "KnowledgeGraph",
    "MergedEvent",
    "Party",
    "Step",
    "Table",
    "Verdict",
    "Verdicts",
    "explain",
    "merge_events",
    "read_verdicts",
]
