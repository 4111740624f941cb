"""``kg map``: mappings for tables that no source describes."""

import click

from kg.cli import options
from kg.cli.output import Output
from kg.core.rejection import Rejection
from kg.exceptions import InputError


@click.group("map", epilog=options.examples("kg map suggest deals.csv", "kg map suggest deals.csv -o deals.yml"))
def command() -> None:
    """Propose how to read a table that no source describes."""


@command.command(
    "suggest", epilog=options.examples("kg map suggest deals.csv", "kg map suggest deals.csv -o deals.yml")
)
@click.argument("file", metavar="FILE")
@options.to_file
@options.debug
def suggest(file: str, *, output: str | None) -> None:
    """Print a first draft of a mapping for a table: CSV, TSV, JSON, JSON Lines, Excel or Parquet.

    Check it and correct it, then load the table with it: kg load FILE --map mapping.yml
    """
    from kg.fetch.files import sources  # noqa: PLC0415  the help needs no reader of files
    from kg.tables.suggest import suggest as draft  # noqa: PLC0415  as above

    (raw,) = sources([file])
    if isinstance(raw, Rejection):
        raise InputError(str(raw))
    with Output("yaml", None if output == "-" else output).stream() as stream:
        stream.write(draft(raw))
