"""``kg demo``: a first sourced answer, without anything to prepare."""

import sys
from importlib.resources import as_file, files
from typing import Any

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.progress import Progress
from kg.pipeline import load
from kg.questions.answer import Row
from kg.questions.filters import Filters
from kg.questions.run import ask
from kg.reading import Source
from kg.render.terminal import note
from kg.store.open import open_store, resolve
from kg.workers import usual_jobs

STORE = "demo"
_ROWS = 8
_SOURCES = 2
_NEXT = (
    f"kg ask leases --min-sources {_SOURCES} --store demo",
    "kg ask leases --tenant Anthropic --evidence --store demo",
    'kg ask "what stands at Colossus 1" --store demo',
    "kg show Anthropic --store demo",
)


@click.command("demo", epilog=options.examples("kg demo", "kg demo -f json"))
@options.format_
@options.output
@options.debug
@click.pass_context
def command(ctx: click.Context, *, format_: str | None, output: str | None) -> None:
    """Load a small sample into a store of its own (--store demo) and show who leases from whom, with a sentence each.

    The sample is 19 short documents in the manner of news, filings and posts. Running it again changes nothing.
    """
    out = chosen(format_, output)
    with as_file(files("kg") / "sample") as folder, Progress() as progress:
        paths = sorted(str(path) for path in folder.iterdir() if path.name != "README.md" and path.is_file())
        report = load(
            Source(tuple(paths), base=folder.parent),
            lambda: open_store(STORE, write=True),
            options.extractor(ctx),
            progress=progress,
            jobs=usual_jobs(),
            fresh=resolve(STORE).is_new,
        )
    note(f"store: {resolve(STORE).address}")
    note(f"{report}\n")
    with open_store(STORE, write=False) as store:
        answer = ask(store, "leases", filters=Filters(min_sources=_SOURCES), evidence=True, limit=_ROWS)
    for row in answer:
        row.evidence = _best(row)
    answer.total = len(answer)
    out.write(answer)
    sys.stdout.flush()
    note("\nTry next:\n" + "\n".join(f"  {line}" for line in _NEXT))


def _best(row: Row) -> list[dict[str, Any]]:
    """Return the one quote that says most of what the row says: a demonstration has room for no more."""
    entries = row.evidence or []
    return sorted(entries, key=lambda entry: (entry["status"] == row["status"], len(entry["quote"])))[-1:]
