"""Questions that people ask of the graph, in SPARQL: a file each, `*.rq`, headed by what it is for.

The lines at a file's head are data: `id`, `topic`, `question`, `columns` (names and types of the answer's
columns), `least` (rows that the example story gives at least) and, perhaps, a `note`. What people change (a
name, a day, a box on the map) stands in VALUES at the top. docs/cookbook.md shows them all.
"""

from diplograph.graph.cookbook.questions import TOPICS, Question, question, questions, to_markdown

__all__ = ["TOPICS", "Question", "question", "questions", "to_markdown"]
