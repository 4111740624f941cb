"""``kg extract``: claims as JSON Lines."""

import json
import sys

import click

from kg.cli import options
from kg.cli.output import Output
from kg.cli.progress import Progress
from kg.pipeline import Source, default_extractor, extract
from kg.render.terminal import note


@click.command(
    "extract",
    epilog=options.examples("kg extract report.html", "kg extract articles --min-confidence 0.8"),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out claims that are less certain, 0 to 1.",
)
@options.loader
@options.allow_private
@options.output
@options.debug
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    min_confidence: float,
    loader: str | None,
    allow_private: bool,
    output: str | None,
) -> None:
    """Print the claims of documents as JSON Lines, one claim a line; no store is touched.

    PATH is a file, a folder, a quoted pattern, a web address, or - for standard input. Each claim gives its document as
    named here, and its evidence as characters of the document's text.
    """
    extractor = options.extractor(ctx) or default_extractor()
    source = Source(paths, loader, allow_private, sys.stdin.buffer)
    out = Output("jsonl", None if output == "-" else output)
    with out.stream() as stream, Progress() as progress:
        claims = extract(source, extractor, rejected=lambda item: note(f"rejected: {item}"), progress=progress)
        for claim in claims:
            if claim.confidence >= min_confidence:
                stream.write(json.dumps(claim.to_json(), ensure_ascii=False) + "\n")
