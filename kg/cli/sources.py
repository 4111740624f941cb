"""``kg sources``: what can be read."""

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.exceptions import UsageError, did_you_mean
from kg.plugins import LOADERS
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.tables.source import source

_COLUMNS = (
    Column("source", "text", "its name, for --as"),
    Column("gives", "text", "what is read from it"),
    Column("reads", "text", "the files that it reads"),
    Column("publisher", "text", "who publishes it; empty for a mere format"),
    Column("licence", "text", "under which terms"),
    Column("homepage", "text", "where it is"),
    Column("tables", "list", "its tables, as in the keys of claims"),
)


@click.command("sources", epilog=options.examples("kg sources", "kg sources epoch-data-centers -f json"))
@click.argument("name", required=False, metavar="[NAME]")
@options.output
@options.format_
@options.debug
def command(name: str | None, *, format_: str | None, output: str | None) -> None:
    """List what can be read: formats, and the tables and registers of publishers with their licence.

    No file of a publisher comes with this package; fetch it from its homepage, and load it.
    """
    if name is not None and name not in LOADERS:
        raise UsageError(f"No source {name!r}.{did_you_mean(name, LOADERS)} See: kg sources")
    infos = [source(loader) for loader in LOADERS if name in {None, loader}]
    rows = [
        Row(
            {
                "source": info.name,
                "gives": info.gives,
                "reads": info.reads,
                "publisher": info.publisher or None,
                "licence": info.licence or None,
                "homepage": info.homepage or None,
                "tables": list(info.tables),
            }
        )
        for info in sorted(infos, key=lambda info: (not info.publisher, info.name))
    ]
    chosen(format_, output).write(Answer(rows, _COLUMNS))
