"""The cell magic ``%%sparql`` for IPython and Jupyter; ``%load_ext diplograph`` loads it."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.error import UsageError

from diplograph.errors import DiplographError
from diplograph.graph.store import KnowledgeGraph

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["load_ipython_extension"]


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line in the notebook."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; write {self.format_usage().removeprefix('usage: ').strip()}")


_OPTIONS = _Parser(prog="%%sparql", add_help=False)
_OPTIONS.add_argument("graph", nargs="?", default="kg", metavar="GRAPH")
_OPTIONS.add_argument("-o", "--out", metavar="NAME")
_OPTIONS.add_argument("--frame", action="store_true")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add the cell magic ``%%sparql`` to a notebook (IPython calls this)."""

    def sparql(options: str, query: str) -> Any:
        """Ask a graph in SPARQL: %%sparql [GRAPH] [-o NAME] [--frame].

        GRAPH is the variable that holds the KnowledgeGraph (kg if not given). The answer is shown, or kept in the
        variable NAME; with --frame it is a pandas DataFrame. The prefixes of the project are known.
        """
        return _answer(shell, options, query)

    shell.magics_manager.register_function(sparql, magic_kind="cell", magic_name="sparql")


def _answer(shell: InteractiveShell, options: str, query: str) -> Any:
    try:
        asked = _OPTIONS.parse_args(shlex.split(options))
    except ValueError as error:  # a quotation mark too many
        raise UsageError(f"%%sparql {options}: {error}") from None
    graph = shell.user_ns.get(asked.graph)
    if not isinstance(graph, KnowledgeGraph):
        what = "is no KnowledgeGraph" if asked.graph in shell.user_ns else "does not exist"
        raise UsageError(f"the variable {asked.graph!r} {what}; build a graph, and name its variable: %%sparql GRAPH")
    if asked.out is not None and not asked.out.isidentifier():
        raise UsageError(f"{asked.out!r} cannot be the name of a variable")
    try:
        table = graph.query(query)
        answer = table.to_dataframe() if asked.frame else table
    except DiplographError as error:
        raise UsageError(str(error)) from None
    if asked.out is None:
        return answer
    shell.user_ns[asked.out] = answer
    return None
