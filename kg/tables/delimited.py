"""Tables as text: comma, semicolon, tab or bar between cells, quotes around those that hold them or line ends."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain

from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.lines import lines
from kg.tables.sheet import Sheet, fitted, named

CELL = 4_000_000
"""Characters of the longest cell that is read."""

_DELIMITERS = ",;\t|"


def sheets(raw: Raw) -> Iterator[Sheet]:
    """Yield the one table of the file, if its first line that is not empty has two columns or more."""
    source = lines(raw)
    above, first = 0, ""
    for first in source:
        if first.strip():
            break
        above += 1
    delimiter = max(_DELIMITERS, key=first.count)
    if not first.strip() or delimiter not in first:
        return
    csv.field_size_limit(CELL)
    reader = csv.reader(chain([first], source), delimiter=delimiter, strict=True)
    header = _next(reader, raw, 1 + above)
    if header is None or len(header) < 2:
        return
    columns = named(header)
    yield Sheet(columns, _rows(reader, columns, raw, above + 1))


def _rows(
    reader: "Iterator[list[str]]", columns: Sequence[str], raw: Raw, number: int
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows; lines without anything in them count, and give none."""
    width = len(columns)
    try:
        for cells in reader:
            number += 1
            if len(cells) == width:
                yield number, cells
            elif any(map(str.strip, cells)):
                yield number, fitted(cells, columns, f"{raw.address}: row {number}")
    except csv.Error as error:
        raise InputError(f"{raw.address}: row {number + 1}: {_reason(error)}") from error


def _next(reader: "Iterator[list[str]]", raw: Raw, number: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise InputError(f"{raw.address}: row {number}: {_reason(error)}") from error


def _reason(error: csv.Error) -> str:
    """Say what is wrong in a user's words."""
    text = str(error)
    if "field larger" in text:
        return f"a cell of more than {CELL // 1_000_000} million characters: a quote is not closed, or this is no table"
    if "unexpected end" in text:
        return "the file ends within a quoted cell: it broke off, or a quote is not closed"
    if "expected after" in text:
        return "text after a closing quote: a quote within a cell must be doubled"
    return text
