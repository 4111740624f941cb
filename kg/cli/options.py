"""Options that commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kg.workers import MOST, usual_jobs

F = TypeVar("F", bound=Callable[..., Any])

store = click.option(
    "--store", metavar="STORE", help="Name, folder or address of the store.  [env var: KG_STORE, NEO4J_URI]"
)
format_ = click.option(
    "-f",
    "--format",
    "format_",
    metavar="FORMAT",
    envvar="KG_FORMAT",
    help="table, csv, tsv, json, jsonl or md; by default a table on a terminal, CSV elsewhere.  [env var: KG_FORMAT]",
)
output = click.option("-o", "--output", metavar="FILE", help="Write to a file; its suffix picks the format.")
to_file = click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
limit = click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    envvar="KG_LIMIT",
    help="Show at most so many rows, 0 for all; by default 50 on a terminal.  [env var: KG_LIMIT]",
)
debug = click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")
fail_empty = click.option("--fail-empty", is_flag=True, help="Exit with 3 if there are no rows.")
evidence = click.option(
    "--evidence", is_flag=True, help="Add the sentences, with document, publisher, date, status, offsets."
)
min_confidence = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Claim what is at least so certain, 0 to 1, in the place of the extractor's own cut.",
)
loader = click.option(
    "--as", "--loader", "loader", metavar="NAME", help="Read everything as this source or format; see: kg sources."
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(1, MOST),
    metavar="N",
    envvar="KG_JOBS",
    default=usual_jobs,
    help="Read so many documents side by side; by default one a core, at most 4.  [env var: KG_JOBS]",
)
allow_private = click.option("--allow-private", is_flag=True, help="Let web addresses lead into private networks.")


def examples(*commands: str) -> str:
    """Return the end of a command's help: commands to try. The tests run them all."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def rendered(function: F) -> F:
    """Add the options of every command that shows rows."""
    for option in (debug, output, format_, store):
        function = option(function)
    return function


def extractor(ctx: click.Context) -> Any:
    """Return the extractor that the caller of the program gave, or None for the package's own."""
    return (ctx.find_root().obj or {}).get("extractor")
