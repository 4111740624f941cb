"""``kg extract``: claims as JSON Lines."""

import json

import click

from kg.cli import options
from kg.cli.output import Output
from kg.cli.progress import Progress
from kg.cli.reading import reads
from kg.pipeline import default_extractor, extract
from kg.reading import Source
from kg.render.terminal import note


@click.command(
    "extract",
    epilog=options.examples("kg extract report.html", "kg extract articles --min-confidence 0.8"),
)
@reads
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out claims that are less certain, 0 to 1.",
)
@options.output
@options.debug
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: Source,
    min_confidence: float,
    output: str | None,
) -> None:
    """Print the claims of documents as JSON Lines, one claim a line; no store is touched.

    PATH is a file, a folder, a quoted pattern, a web address, or - for standard input. Each claim gives its document as
    named here, and its evidence as characters of the document's text.
    """
    extractor = options.extractor(ctx) or default_extractor()
    out = Output("jsonl", None if output == "-" else output)
    with out.stream() as stream, Progress() as progress:
        claims = extract(source, extractor, rejected=lambda item: note(f"rejected: {item}"), progress=progress)
        for claim in claims:
            if claim.confidence >= min_confidence:
                stream.write(json.dumps(claim.to_json(), ensure_ascii=False) + "\n")
