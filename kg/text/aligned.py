"""Tables that are set with spaces: which lines are their rows, and under which heading each cell stands."""

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_GAP = re.compile(r"[ \t\xa0]{3,}")
_FEWEST = 3
"""Cells of a row at the least: two pieces with a gap between them may be anything."""
_LONGEST = 50
"""Characters of a cell at the most; prose in columns, or with gaps between its sentences, has more."""


def looks_like_row(line: str) -> bool:
    """Say whether a line without white space at its ends may be a row; one alone in its block is none."""
    pieces = _GAP.split(line)
    return len(pieces) >= _FEWEST and max(map(len, pieces)) <= _LONGEST


def cells(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the pieces of a row."""
    found, begin = [], start
    for gap in _GAP.finditer(text, start, end):
        found.append((begin, gap.start()))
        begin = gap.end()
    return [*found, (begin, end)]


def under(text: str, heads: Sequence[Span], row: Sequence[Span]) -> Iterator[Span]:
    """Yield a cell of a row for each heading: that which stands under it, or an empty one.

    A cell belongs to the heading that it is nearest to, as numbers end and words begin where their heading does; of
    several the later ones go to the headings that follow.
    """
    columns = [_in_line(text, head) for head in heads]
    placed: dict[int, Span] = {}
    at = 0
    for n, cell in enumerate(row):
        here, last = _in_line(text, cell), len(columns) - (len(row) - n)  # leaves room for the cells that follow
        missed = {c: _apart(columns[c], here) for c in range(at, last + 1)}
        column = min(missed, key=missed.__getitem__, default=at)
        placed[column] = cell
        at = column + 1
    end = row[0][0]
    for column in range(max(len(columns), at)):
        span = placed.get(column, (end, end))
        yield span
        end = span[1]


def _in_line(text: str, span: Span) -> Span:
    begin = text.rfind("\n", 0, span[0]) + 1
    return span[0] - begin, span[1] - begin


def _apart(one: Span, other: Span) -> int:
    """Return by how many characters two spans miss each other, less than 0 where they overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])
