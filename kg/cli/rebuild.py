"""``kg rebuild``: derive everything again."""

import click

from kg.cli import options
from kg.cli.progress import Progress
from kg.pipeline import rebuild
from kg.render.terminal import note
from kg.store.open import resolve


@click.command("rebuild", epilog=options.examples("kg rebuild", "kg rebuild --store demo"))
@options.store
@options.debug
def command(*, store: str | None) -> None:
    """Derive entities, deals and facts again from the stored claims: after an update of the ontology or the registry.

    Nothing is read from the documents; to extract them again with a newer version, load them again.
    """
    note(f"store: {resolve(store).address}")
    with Progress() as progress:
        count = rebuild(store, progress)
    note(f"derived again from {count:,} {'document' if count == 1 else 'documents'}")
