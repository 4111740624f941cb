"""``kg forget``: a document goes, and with it what nothing else supports."""

import click

from kg.cli import options
from kg.pipeline import forget
from kg.render.terminal import note
from kg.store.open import resolve


@click.command("forget", epilog=options.examples("kg forget hyperion.txt", "kg forget --all abilene-blog.md"))
@click.argument("document")
@click.option("--all", "all_", is_flag=True, help="Remove every document of this address or file name.")
@options.store
@options.debug
def command(document: str, *, all_: bool, store: str | None) -> None:
    """Remove a document and what only it supported.

    DOCUMENT is an id, the path or address that it was loaded from, its web address, or its file name.
    To list them: kg ask documents
    """
    note(f"store: {resolve(store).address}")
    found, effect = forget(document, store, several=all_)
    for row in found:
        note(f"forgotten: {row['title'] or row['address']} ({row['id']})")
    note(f"{effect.gone_claims:,} claims gone")
