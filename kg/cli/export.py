"""``kg export``: the graph as a file for other tools."""

from pathlib import Path

import click

from kg.cli import options
from kg.export.base import TITLE
from kg.export.formats import exporter_for
from kg.questions.graph_source import StoredGraph
from kg.render.terminal import note
from kg.store.open import open_store


@click.command("export", epilog=options.examples("kg export graph.html --with-claims", "kg export - --as graphml"))
@click.argument("file", metavar="FILE")
@click.option("--as", "as_", metavar="FORMAT", help="The format, if the suffix does not say it.")
@click.option("--with-claims", is_flag=True, help="Add claims and documents: the evidence.")
@click.option("--title", default=TITLE, show_default=True, help="Title of the graph, where the format has one.")
@options.store
@options.debug
def command(file: str, *, as_: str | None, with_claims: bool, title: str, store: str | None) -> None:
    """Write the graph to FILE (- for standard output): companies, sites, chips, models, people, places, deals.

    The suffix picks the format: .graphml .gexf .cyjs .ttl .jsonld .jsonl .csv .html. The file appears whole or not at
    all.
    """
    path = Path(file)
    exporter = exporter_for(path, as_)
    with open_store(store, write=False) as opened:
        graph = StoredGraph(opened, with_claims=with_claims)
    with graph:
        counts = exporter.write(graph, path, title=title)
    note(f"{counts} written to {'standard output' if file == '-' else file} ({exporter.name})")
