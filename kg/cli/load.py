"""``kg load``: documents into the store."""

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.progress import Progress
from kg.cli.reading import reads
from kg.pipeline import LoadReport, load
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.reading import Source
from kg.render.terminal import note
from kg.store.base import Store
from kg.store.open import open_store, resolve

_REPORT = (
    Column("document", "text", "the path or address as given"),
    Column("title", "text", "its title"),
    Column("outcome", "text", "new, unchanged, changed or rejected"),
    Column("claims", "integer", "claims that it states"),
    Column("new_claims", "integer", "claims that the store did not have"),
    Column("reason", "text", "why it was rejected"),
    Column("id", "id", "the document's id"),
)


@click.command(
    "load", epilog=options.examples("kg load articles", "kg load 'articles/*.txt' report.html --store trial -f csv")
)
@reads
@options.rendered
@click.pass_context
def command(ctx: click.Context, *, source: Source, store: str | None, format_: str | None, output: str | None) -> None:
    """Load documents into the store: files, folders, quoted patterns, web addresses, - for standard input.

    Loading a document again changes nothing. What was found in a folder and cannot be read is left out and listed with
    the reason. With --format or --output, a row for each document is written.
    """
    out = chosen(format_, output) if format_ or output else None
    with Progress() as progress:
        report = load(source, lambda: _opened(store), options.extractor(ctx), progress=progress)
    for rejection in report.rejected:
        note(f"rejected: {rejection}")
    note(str(report))
    if out:
        out.write(_answer(report))
    if report.rejected and not report.documents:
        ctx.exit(1)


def _opened(store: str | None) -> Store:
    note(f"store: {resolve(store).address}")
    return open_store(store, write=True)


def _answer(report: LoadReport) -> Answer:
    rows = [
        Row(
            {
                "document": document.address,
                "title": document.title,
                "outcome": document.outcome,
                "claims": document.claims,
                "new_claims": document.new_claims,
                "reason": None,
                "id": document.id,
            }
        )
        for document in report.documents
    ]
    empty = dict.fromkeys(column.name for column in _REPORT)
    rows += [
        Row({**empty, "document": rejection.where, "outcome": "rejected", "reason": rejection.reason})
        for rejection in report.rejected
    ]
    return Answer(rows, _REPORT)
