"""``kg highlight``: one document as a page, with its names and claims marked in the text."""

import sys
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.output import Output
from kg.exceptions import InputError, UsageError
from kg.extractors import default_extractor
from kg.reading import Reading, Source, read, readings
from kg.render.terminal import is_terminal, note

if TYPE_CHECKING:
    from kg.core.rejection import Rejection


@click.command(
    "highlight",
    epilog=options.examples(
        "kg highlight report.html -o marked.html",
        "kg highlight articles/hyperion.txt --min-confidence 0.2 -o -",
    ),
)
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="PAGE", help="Where to write the page; - for standard output.")
@click.option(
    "--document",
    "number",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Which document of several in FILE.",
)
@options.min_confidence
@options.loader
@options.allow_private
@options.debug
@click.pass_context
def command(
    ctx: click.Context,
    *,
    file: str,
    output: str | None,
    number: int,
    min_confidence: float | None,
    loader: str | None,
    allow_private: bool,
) -> None:
    """Write one HTML page with a document's text, its names marked by type, and its claims beside it.

    FILE is a file, a web address, or - for standard input. Choosing a claim on the page marks its evidence, subject,
    object and trigger, and says how it was read; what was considered and dropped is listed below, with the reason. The
    page needs no network. On a terminal it is written to NAME-highlighted.html unless --output says otherwise.
    """
    from kg.examine import considered, examiner  # noqa: PLC0415  the help reads nothing
    from kg.mentions import mentions  # noqa: PLC0415  as above
    from kg.render.highlight import highlight_page  # noqa: PLC0415  as above

    able = examiner(options.extractor(ctx) or default_extractor(min_confidence))
    reading = _chosen(Source((file,), loader, allow_private, sys.stdin.buffer), file, number)
    document = reading.document
    found = list(considered(reading, able))
    names = mentions(document.text, [item.claim for item in found if item.reason is None])
    path = output or (_beside(file) if is_terminal(sys.stdout) else "-")
    with Output("html", None if path == "-" else path).stream() as stream:
        stream.write(highlight_page(document, found, names))
    if path != "-":
        note(f"{sum(item.reason is None for item in found):,} claims and {len(names):,} names written to {path}")


def _chosen(source: Source, file: str, number: int) -> Reading:
    """Return a document of a file that may hold several; raises UsageError for a table, or if there is none."""
    left_out: list[Rejection] = []
    found = readings(read(source), left_out.append)
    reading = next(islice(found, number - 1, None), None)
    if reading is None and left_out and number == 1:
        raise InputError(str(left_out[0]))
    if reading is None:
        raise UsageError(f"{file} holds fewer than {number:,} {'document' if number == 1 else 'documents'}.")
    if reading.is_table:
        raise UsageError(f"{file} is a table: its rows are claims by themselves. To see them: kg extract {file}")
    if next(found, None) is not None:
        note(f"{file} holds more documents; this is number {number:,}. Another: --document N")
    return replace(reading, said=iter(()))


def _beside(file: str) -> str:
    """Return the name of the page of a file: in the working folder, never that of the file itself."""
    return f"{'document' if file == '-' else PurePath(file).stem or 'document'}-highlighted.html"
