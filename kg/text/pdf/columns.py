"""The rows of a page in reading order: columns one after the other, tables row by row."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.text.pdf.lines import Row, joined

_GUTTER = 1.05
"""Least width of the room between two columns, in sizes of the font."""

_CLEAR = 2.0
"""Width, in sizes of the font, from which two rows are enough to show that such room is meant; else it takes three."""

_PROSE = 4.0
"""Words in a line from which it is prose; cells of tables have fewer."""

_MOST_COLUMNS = 20
"""Columns beside or within each other; where there are more, all is one table."""

Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows that are read one after the other: lines of one column, each one piece, or the rows of a table."""

    rows: tuple[Row, ...]
    is_table: bool = False


def flows(rows: Sequence[Row], within: int = 0) -> Iterator[Flow]:
    """Yield a page's flows in the order in which people read them; ``within`` counts the columns around them."""
    for band, gutter in _bands(list(rows)):
        middle = sum(gutter) / 2 if gutter else 0.0
        left = [side for row in band if (side := tuple(piece for piece in row if piece.left < middle))]
        right = [side for row in band if (side := tuple(piece for piece in row if piece.left >= middle))]
        if gutter is None or not left or not right:
            yield Flow(tuple((joined(row),) for row in band))
        elif within >= _MOST_COLUMNS or _is_table(left, right):
            yield Flow(tuple(band), is_table=True)
        else:
            yield from flows(left, within + 1)
            yield from flows(right, within + 1)


def _bands(rows: list[Row]) -> Iterator[tuple[list[Row], Gap | None]]:
    """Yield runs of rows with the room that goes down between their pieces, or None where there is none.

    A run with such room ends with the last row that has text on both sides of it, or goes on evenly on one side.
    """
    plain: list[Row] = []
    start = 0
    while start < len(rows):
        end, gutter = _run(rows, start)
        if gutter is None:
            plain.append(rows[start])
            start += 1
            continue
        if plain:
            yield plain, None
            plain = []
        yield rows[start:end], gutter
        start = end
    if plain:
        yield plain, None


def _run(rows: list[Row], start: int) -> tuple[int, Gap | None]:
    """Return where the run that begins with this row ends, and its room; rows that stand alone begin none."""
    both = len(_gaps(rows[start])[:1])
    gaps = _gaps(rows[start]) or [gap for row in rows[start + 1 : start + 2] for gap in _offset(rows[start], row)]
    end = start + 1
    if not gaps:
        return start, None
    for index in range(start + 1, len(rows)):
        beside = _gaps(rows[index]) or _offset(rows[index - 1], rows[index])
        left = _meet(gaps, _free(rows[index]))
        if not left or _breaks(rows, index):
            break
        gaps = left
        if beside:
            both, end = both + 1, index + 1
    clear = any(right - left >= _CLEAR * rows[start][0].size for left, right in gaps)
    if both < (2 if clear else 3):
        return start, None
    gutter = max(gaps, key=lambda gap: gap[1] - gap[0])
    while end < len(rows) and not _breaks(rows, end) and _is_one_side(rows[end], gutter) and _is_even(rows, end):
        end += 1
    return end, gutter


def _offset(above: Row, below: Row) -> list[Gap]:
    """Return the room between a line and one beside it that stands lower by less than a line."""
    if above[0].base - below[0].base > 0.9 * min(above[0].size, below[0].size):
        return []
    first, second = (above, below) if above[0].left < below[0].left else (below, above)
    room = (first[-1].right, second[0].left)
    return [room] if room[1] - room[0] >= _GUTTER * min(first[-1].size, second[0].size) else []


def _gaps(row: Row) -> list[Gap]:
    """Return the wide rooms between the pieces of a row."""
    return [
        (one.right, other.left)
        for one, other in pairwise(row)
        if other.left - one.right >= _GUTTER * min(one.size, other.size)
    ]


def _free(row: Row) -> list[Gap]:
    return [(float("-inf"), row[0].left), *_gaps(row), (row[-1].right, float("inf"))]


def _meet(some: list[Gap], others: list[Gap]) -> list[Gap]:
    """Return the rooms that two rows have in common, each wide enough for a gutter (5 points)."""
    found = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return [gap for gap in found if gap[1] - gap[0] >= 5]


def _breaks(rows: list[Row], index: int) -> bool:
    """Tell whether the row stands far below the one before it: more than four lines of its type."""
    return rows[index - 1][0].base - rows[index][0].base > 4.5 * max(rows[index][0].size, rows[index - 1][0].size)


def _is_one_side(row: Row, gutter: Gap) -> bool:
    return row[-1].right <= gutter[0] + 1 or row[0].left >= gutter[1] - 1


def _is_even(rows: list[Row], index: int) -> bool:
    return rows[index - 1][0].base - rows[index][0].base < 1.8 * rows[index][0].size


def _is_table(left: list[Row], right: list[Row]) -> bool:
    """Tell a table from columns of prose: lines on one side are short, and most stand level with one beside.

    Where one side has twice as many lines, nearly all of the other must: lines of two columns are level by chance.
    """
    lengths = [median(len(" ".join(piece.text for piece in row).split()) for row in side) for side in (left, right)]
    fewer, more = sorted((left, right), key=len)
    bases = sorted(row[0].base for row in more)
    level = sum(_has_near(bases, row[0].base) for row in fewer)
    return min(lengths) < _PROSE and level >= (0.9 if len(more) > 2 * len(fewer) else 0.7) * len(fewer)


def _has_near(bases: list[float], base: float) -> bool:
    place = bisect_left(bases, base - 1)
    return place < len(bases) and bases[place] <= base + 1
