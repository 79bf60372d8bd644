"""The command line. Results go to standard output (or -o), everything else to standard error.

Exit codes: 0 done; 1 done, but some inputs were refused (each named); 2 wrong usage; 3 nothing done.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import diplograph
from diplograph.commands import actors, asking, importing, reading, reports, serve, validate
from diplograph.commands.options import DONE, NOTHING, console
from diplograph.errors import DiplographError

__all__ = ["app", "main"]

app = typer.Typer(
    name="diplograph",
    help="A knowledge graph of diplomatic events from text: who did what with whom, what became of it, "
    "and which sentence says so.",
    epilog="Exit codes: 0 done; 1 done, but some inputs were refused (each named); 2 wrong usage; 3 nothing done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
actors_app = typer.Typer(help="The actor table: who a name is.", no_args_is_help=True, rich_markup_mode=None)

for command in (
    reading.extract,
    reading.build,
    asking.query,
    reports.report,
    reports.history,
    asking.export,
    asking.view,
    validate.validate,
    serve.serve,
    reading.demo,
):
    app.command()(command)
app.command("import")(importing.import_)
actors_app.command()(actors.lookup)
app.add_typer(actors_app, name="actors")


def _version(value: bool) -> None:
    if value:
        print(f"diplograph {diplograph.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options of the program itself."""


def main() -> None:
    """Run the program: our own errors are one line and exit code 3."""
    try:
        app()
    except DiplographError as error:
        console.print(f"error: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(NOTHING)
    except BrokenPipeError:
        sys.exit(DONE)
