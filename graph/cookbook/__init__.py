"""Questions that people ask of the graph, in SPARQL: a file each, `*.rq`, headed by what it is for.

The lines at a file's head are data: `id`, `question`, `columns` (names and types of the answer's columns),
`least` (rows that the example story gives at least) and, perhaps, a `note`. What people change (a name, a
day, a box on the map) stands in VALUES at the top.
"""

from diplograph.graph.cookbook.questions import Question, question, questions

__all__ = ["Question", "question", "questions"]
