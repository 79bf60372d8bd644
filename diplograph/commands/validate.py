"""`validate`: is a graph as it should be?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplograph.commands.options import DONE, NOTHING, PARTLY, print_text

__all__ = ["validate"]


def validate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="RDF file (.ttl .trig .nt .nq .jsonld) in place of a store."),
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="DIR", help="Folder of the graph, or its address.")
    ] = None,
) -> None:
    """Hold a graph against the shapes (SHACL) of a valid one.

    Exit codes: 0 valid; 1 something is at fault, a line each; 3 there was nothing to validate.
    """
    from diplograph.graph.store import KnowledgeGraph
    from diplograph.graph.validate import validate as validated

    if (file is None) == (store is None):
        raise typer.BadParameter("give a file or --store, one of them")
    if file is not None:
        report = validated(file)
    else:
        with KnowledgeGraph(store, read_only=True) as graph:
            report = validated(graph)
    print_text("".join(f"{violation}\n" for violation in report.violations))
    print_text(f"{report}\n")
    raise typer.Exit(DONE if report.conforms else PARTLY if report.violations else NOTHING)
