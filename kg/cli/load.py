"""``kg load``: documents into the store."""

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.progress import Progress
from kg.cli.reading import reads
from kg.pipeline import LoadReport, load
from kg.preview import Preview, preview
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.reading import Source
from kg.render.terminal import note
from kg.store.base import Store
from kg.store.open import open_store, resolve

SHOWN = 20
"""Rows and facts of a preview that are named."""

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
    "load",
    epilog=options.examples(
        "kg load articles",
        "kg load 'articles/*.txt' report.html --store trial -f csv",
        "kg load deals.csv --map deals.yml --dry-run",
    ),
)
@reads
@click.option("--dry-run", is_flag=True, help="Say what would be new, changed, disputed or withdrawn; store nothing.")
@options.jobs
@options.rendered
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: Source,
    dry_run: bool,
    jobs: int,
    store: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Load documents into the store: files, folders, quoted patterns, web addresses, - for standard input.

    Loading a document again changes nothing. What was found in a folder and cannot be read is left out and listed with
    the reason. With --format or --output, a row for each document is written.

    A table that a source publishes (kg sources) is known by its columns; any other is read with --map. Each of its rows
    becomes claims; a later edition of it adds what has changed, and marks what is gone.
    """
    out = chosen(format_, output) if format_ or output else None
    with Progress() as progress:
        if dry_run:
            told = preview(source, store, options.extractor(ctx), progress=progress, jobs=jobs)
            report = told.report
        else:
            fresh = resolve(store).is_new
            report = load(
                source, lambda: _opened(store), options.extractor(ctx), progress=progress, jobs=jobs, fresh=fresh
            )
    for rejection in report.rejected:
        note(f"rejected: {rejection}")
    if dry_run:
        _note_preview(told)
    note(f"{'would be: ' if dry_run else ''}{report}")
    if out:
        out.write(_answer(report))
    if report.rejected and not report.documents:
        ctx.exit(1)


def _opened(store: str | None) -> Store:
    note(f"store: {resolve(store).address}")
    return open_store(store, write=True)


def _note_preview(told: Preview) -> None:
    """Say what has changed, what is gone, and what would be disputed."""
    parts = (
        ("row has changed", "rows have changed", told.changed),
        ("row is gone", "rows are gone", told.report.withdrawn),
        ("fact would be disputed", "facts would be disputed", told.disputed),
    )
    for one, many, items in parts:
        for item in items[:SHOWN]:
            note(f"{one}: {item}")
        if len(items) > SHOWN:
            note(f"… {len(items) - SHOWN:,} more")
        note(f"{len(items):,} {one if len(items) == 1 else many}")


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
