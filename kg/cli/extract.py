"""``kg extract``: claims as JSON Lines."""

import json
from collections.abc import Iterator
from typing import Any

import click

from kg.cli import options
from kg.cli.output import Output
from kg.cli.progress import Progress
from kg.cli.reading import reads
from kg.core.rejection import Rejection
from kg.extractors import Extractor, default_extractor
from kg.pipeline import extract
from kg.reading import Source
from kg.render.terminal import note


@click.command(
    "extract",
    epilog=options.examples(
        "kg extract report.html",
        "kg extract articles --min-confidence 0.8",
        "kg extract report.html --explain",
        "kg extract report.html --rejected --min-confidence 0.5",
    ),
)
@reads
@options.min_confidence
@click.option("--explain", is_flag=True, help="Add to each claim how it was read: frame, trigger, arguments, cues.")
@click.option("--rejected", is_flag=True, help="Print what was considered and dropped instead, each with its reason.")
@options.jobs
@options.to_file
@options.debug
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: Source,
    min_confidence: float | None,
    explain: bool,
    rejected: bool,
    jobs: int,
    output: str | None,
) -> None:
    """Print the claims of documents as JSON Lines, one claim a line; no store is touched.

    PATH is a file, a folder, a quoted pattern, a web address, or - for standard input. Each claim gives its document as
    named here, and its evidence as characters of the document's text.

    A claim below 0.5 is a weak one. With --min-confidence 0.1 doubtful claims are printed that are left out otherwise.
    """
    extractor = options.extractor(ctx) or default_extractor(min_confidence)
    out = Output("jsonl", None if output == "-" else output)
    with out.stream() as stream, Progress() as progress:
        if explain or rejected:
            lines = _examined(source, extractor, progress, explain=explain, dropped=rejected, least=min_confidence)
        else:
            lines = _claimed(source, extractor, progress, min_confidence, jobs)
        for line in lines:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _claimed(
    source: Source, extractor: Extractor, progress: Progress, least: float | None, jobs: int
) -> Iterator[dict[str, Any]]:
    for claim in extract(source, extractor, rejected=_note, progress=progress, jobs=jobs):
        if claim.confidence >= (least or 0):
            yield claim.to_json()


def _examined(
    source: Source, extractor: Extractor, progress: Progress, *, explain: bool, dropped: bool, least: float | None
) -> Iterator[dict[str, Any]]:
    """Yield the claims, or what was dropped: by the extractor, by the ontology, or as below what was asked for."""
    from kg.examine import examine  # noqa: PLC0415  only where somebody asks why

    for found in examine(source, extractor, rejected=_note, progress=progress):
        reason = found.reason
        if reason is None and found.claim.confidence < (least or 0):
            reason = f"confidence {found.claim.confidence:.2f} is below {least:.2f}"
        if dropped == (reason is not None):
            line = found.claim.to_json()
            if explain:
                line["explain"] = dict(found.explanation)
            yield {**line, "reason": reason} if dropped else line


def _note(item: Rejection) -> None:
    note(f"rejected: {item}")
