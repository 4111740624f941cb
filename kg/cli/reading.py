"""The options of commands that read documents, and the source that they make."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kg.cli import options
from kg.core.dates import is_date
from kg.exceptions import UsageError
from kg.reading import Source

_TABLES = (
    click.option("--map", "mapping", metavar="FILE", help="Read a table as this mapping says; see: kg map suggest."),
    click.option("--vintage", metavar="DATE", help="The day of a table's edition, where its file does not say it."),
    click.option("--excerpt", is_flag=True, help="The table is a part on purpose: fewer rows than usual are no error."),
    click.option(
        "--want", "wanted", multiple=True, metavar="NAME", help="Read this entity too from a large register; * for all."
    ),
    click.option("--read-notes", is_flag=True, help="Read the sentences in a table's cells like any text."),
)


def reads(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command PATH… and the options of reading; it gets them as one ``source``."""

    @wraps(function)
    def command(*args: Any, paths: tuple[str, ...], vintage: str | None, **given: Any) -> Any:
        if vintage is not None and not is_date(vintage):
            raise UsageError(f"--vintage {vintage!r}: a date such as 2026-08-03, 2026-08 or 2026 is needed.")
        names = ("loader", "allow_private", "mapping", "excerpt", "wanted", "read_notes")
        told = {name: given.pop(name) for name in names}
        return function(*args, source=Source(paths, stdin=sys.stdin.buffer, vintage=vintage, **told), **given)

    for option in (*reversed(_TABLES), options.allow_private, options.loader):
        command = option(command)
    return click.argument("paths", nargs=-1, required=True, metavar="PATH…")(command)
