"""What others know of events, in: `import` reads records, dumps, RDF and tables of coded events into a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.commands.options import Store, console, count, exit_code, refuse

if TYPE_CHECKING:
    from diplograph.extract.records import Extraction

__all__ = ["import_"]


def import_(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="IN...", help="Records (.jsonl), dumps and other RDF (.nq .trig .ttl .jsonld ...), coded tables."
        ),
    ],
    store: Store,
    coded: Annotated[
        str | None,
        typer.Option(
            "--coded",
            metavar="FORMAT",
            help="How tables are coded: gdelt icews phoenix plover, or a TOML file of yours (docs/formats.md).",
        ),
    ] = None,
    no_triples: Annotated[bool, typer.Option("--no-triples", help="Leave the triples out of the graph.")] = False,
) -> None:
    """Read records, another graph or tables of coded events into a graph.

    Rows that cannot be read are named, and the others go in.
    """
    from diplograph.graph.imports import load_coded, read_import
    from diplograph.graph.store import KnowledgeGraph

    format = load_coded(coded) if coded else None
    with KnowledgeGraph(store) as graph:
        records: list[Extraction] = []
        refused = left_out = 0
        for path in inputs:
            for item in read_import(path, format):
                if item is None:
                    left_out += 1
                elif isinstance(item, tuple):
                    refused += refuse(item)
                else:
                    records.append(item)
        added = graph.add(records, triples=not no_triples)
        no_event = f", {left_out} left out (no event of PLOVER's, or told already)" if left_out else ""
        console.print(
            f"{count(added, 'document')} read{no_event}, {count(len(graph.events()), 'event')} in {store}",
            highlight=False,
            markup=False,
        )
    raise typer.Exit(exit_code(added, refused))
