"""The rows of a table on a page as lines of text: cells in their columns, those of several lines made whole."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from kg.text.pdf.lines import Piece, Row, joined
from kg.text.tables import lines as aligned

Span = list[float]
"""Where a column begins and ends."""


def table_lines(rows: Sequence[Row]) -> Iterator[tuple[list[Row], str]]:
    """Yield each row as text with " | " between its cells, and the rows of the page that it is made of."""
    for table in _parted(rows):
        found: list[tuple[list[Row], dict[int, str]]] = []
        spans = _spans(table)
        usual = _usual_step(table, spans)
        for row in table:
            cells = {_column(piece, spans): piece.text for piece in _cells(row, spans)}
            if found and 0 not in cells and _step(found[-1][0][-1], row) < min(0.8 * usual, 1.35 * row[0].size):
                found[-1][0].append(row)
                for place, text in cells.items():
                    found[-1][1][place] = f"{found[-1][1].get(place, '')} {text}".strip()
            else:
                found.append(([row], cells))
        texts = aligned([sorted(cells.items()) for _, cells in found])
        for (parts, _), line in zip(found, texts, strict=True):
            yield parts, " | ".join(line)


def _parted(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the tables among rows: one ends where the next row stands more than twice as low as usual."""
    usual = median(_step(above, below) for above, below in pairwise(rows)) if len(rows) > 2 else float("inf")
    table = [rows[0]]
    for above, below in pairwise(rows):
        if _step(above, below) > 2.2 * usual:
            yield table
            table = []
        table.append(below)
    yield table


def _step(above: Row, below: Row) -> float:
    return above[0].base - below[0].base


def _usual_step(rows: Sequence[Row], spans: list[Span]) -> float:
    """Return how far below each other rows begin that have a cell in the first column."""
    first = [row for row in rows if _column(row[0], spans) == 0]
    return median(_step(above, below) for above, below in pairwise(first)) if len(first) > 1 else 0.0


def _spans(rows: Sequence[Row]) -> list[Span]:
    """Return the columns: where pieces stand above each other; one that spans several counts for none."""
    spans: list[Span] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.right - piece.left):
        over = [span for span in spans if piece.left < span[1] and span[0] < piece.right]
        if not over:
            spans.append([piece.left, piece.right])
        elif len(over) == 1:
            over[0][:] = [min(over[0][0], piece.left), max(over[0][1], piece.right)]
    return sorted(spans)


def _cells(row: Row, spans: list[Span]) -> Iterator[Piece]:
    """Yield the pieces of a row, those of one column put together."""
    open_: list[Piece] = []
    for piece in row:
        if open_ and _column(open_[0], spans) != _column(piece, spans):
            yield joined(open_)
            open_ = []
        open_.append(piece)
    yield joined(open_)


def _column(piece: Piece, spans: list[Span]) -> int:
    """Return the number of a piece's column, the first of several."""
    return next(index for index, span in enumerate(spans) if piece.left < span[1] and span[0] < piece.right)
