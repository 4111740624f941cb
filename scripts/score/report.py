"""The figures as tables for a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from scripts.score.losses import STEPS
from scripts.score.measure import Fault, Measured

ROWS = (
    ("documents", "documents", "{:,}"),
    ("relations", "relations in the gold", "{:,}"),
    ("relations_p", "relations: precision", "{:.3f}"),
    ("relations_r", "relations: recall", "{:.3f}"),
    ("relations_f1", "relations: F1", "{:.3f}"),
    ("recall_at_p90", "recall where precision is .90, of what is claimed", "{:.3f}"),
    ("calibration_error", "calibration error", "{:.3f}"),
    ("attributes_f1", "attributes: F1", "{:.3f}"),
    ("qualifiers_f1", "qualifiers: F1", "{:.3f}"),
    ("status_right", "status right", "{:.3f}"),
    ("evidence_verbatim", "evidence verbatim", "{:.3f}"),
    ("megabytes_a_second", "MB of text a second, one core", "{:.3f}"),
)
"""The figures of a set, in order: name, words, form."""

COMMONEST = 12
"""Errors of one kind that are listed."""


def report(measured: Sequence[Measured], listed: int = 0) -> Iterator[str]:
    """Yield the lines: figures, predicates, curves, losses and the commonest errors; ``listed`` errors one by one."""
    titles = [one.title for one in measured]
    figures = [one.figures() for one in measured]
    yield from grid(["", *titles], ([words, *(form.format(f[name]) for f in figures)] for name, words, form in ROWS))
    yield from ("", "P / R / F1 (number in the gold) of each predicate")
    names = sorted({name for f in figures for name in f["by_predicate"]})
    yield from grid(["", *titles], ([name, *(_cell(f["by_predicate"].get(name)) for f in figures)] for name in names))
    yield from ("", "P / R of the relations that are at least so certain")
    yield from grid(["", *titles], _curves(figures))
    open_ones = [one for one in measured if not one.sealed]
    yield from ("", "Where relations are lost, and the share that is left after each step")
    yield from grid(["", *(one.title for one in open_ones)], _losses(open_ones))
    for one in open_ones:
        yield from ("", f"Commonest errors: {one.title}")
        yield from _commonest(one.faults)
    for one in open_ones if listed else ():
        yield from ("", f"Errors: {one.title}")
        yield from map(_line, one.faults[:listed])


def grid(head: Sequence[str], rows: Any) -> Iterator[str]:
    """Yield a table: the first column to the left, the others to the right."""
    table = [list(head), *map(list, rows)]
    widths = [max(len(row[n]) for row in table) for n in range(len(head))]
    for row in table:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _cell(figures: Sequence[float] | None) -> str:
    return "{:.2f} {:.2f} {:.2f} ({:,})".format(*figures) if figures else ""


def _curves(figures: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    for points in zip(*(f["curve"] for f in figures), strict=True):
        yield [f"{points[0][0]:.2f}", *(f"{p:.2f} {r:.2f}" if r else "–" for _, p, r in points)]


def _losses(measured: Sequence[Measured]) -> Iterator[list[str]]:
    left = [float(one.score.relations.total) for one in measured]
    for step, words in STEPS.items():
        if step == "right":
            return
        cells = []
        for number, one in enumerate(measured):
            total = max(1, one.score.relations.total)
            left[number] -= one.lost[step]
            cells.append(f"{one.lost[step]:,} ({one.lost[step] / total:.1%})  {left[number] / total:6.1%}")
        yield [words, *cells]


def _commonest(faults: Sequence[Fault]) -> Iterator[str]:
    for kind in ("missed", "wrong"):
        counts = Counter((fault.triple[1], fault.why) for fault in faults if fault.kind == kind)
        yield f"  {kind} {sum(counts.values()):,}"
        for (predicate, why), count in counts.most_common(COMMONEST):
            yield f"  {count:6,}  {predicate}: {why}"


def _line(fault: Fault) -> str:
    subject, predicate, target = fault.triple
    said = f"{subject} {predicate} {target}"
    return f"  {fault.kind}  {fault.document}  {said} [{fault.why}]: {' '.join(fault.words.split())}"
