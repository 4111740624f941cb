"""Excel workbooks (XLSX): each worksheet a table, its rows read as they come.

The rows are read from the file's XML by ourselves: the usual library keeps something of every row, and tells neither of
merged cells nor of formulas that were never computed.
"""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, BinaryIO

from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.excel_book import Book, Merge, column, inline, read_book, scan, unescaped
from kg.tables.sheet import Sheet, named
from kg.text.office.package import opened

_MOST = 8_000_000_000
"""Bytes that all parts may have together; none but the shared texts is held."""

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LOOKED_AT = 12
"""Rows in which the header is looked for: above it may stand titles and remarks."""

_DIGITS = "0123456789"
_AMOUNT = re.compile(r"[^A-Za-z]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")

Cells = dict[int, str]
"""The cells of a row that hold something, by the number of their column."""


def sheets(raw: Raw) -> Iterator[Sheet]:
    """Yield the worksheets that have two columns or more; raises InputError for a damaged workbook.

    A merged label counts for every row that it spans, a merged number or amount for the first alone: nobody can tell
    whether it was meant for each. Dates are as precise as they are shown; percentages, units and currencies other than
    dollars stand with their numbers.
    """
    with _seekable(raw) as file:
        try:
            with opened(file, _MOST) as archive:
                if "[Content_Types].xml" in archive.namelist() and _is_workbook(archive):
                    yield from _sheets(raw, read_book(archive))
        except ValueError as error:
            raise InputError(f"{raw.address}: {error}") from error


def _seekable(raw: Raw) -> BinaryIO:
    """Return the bytes in a file that can be read from its end, where an archive has its list of parts."""
    stream = raw.open()
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115  closed by the caller
    with stream:
        while piece := stream.read(1 << 20):
            copy.write(piece)
    copy.seek(0)
    return copy  # type: ignore[return-value, unused-ignore]  # a binary file like any other


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    return any(name.startswith("xl/") for name in archive.namelist())


def _sheets(raw: Raw, book: Book) -> Iterator[Sheet]:
    for name, part in book.sheets:
        where = f"{raw.address}: sheet {name}"
        try:
            merges, uncomputed = scan(book.archive, part)
        except (KeyError, zipfile.BadZipFile, OSError, zlib.error, EOFError) as error:
            raise InputError(f"{where}: damaged; fetch or save the file again") from error
        found = _filled(_rows(book, part, where), merges)
        ahead = list(islice(found, _LOOKED_AT))
        head = _header(ahead)
        if head is None:
            continue
        if uncomputed:
            raise InputError(
                f"{where}: {uncomputed} formulas without a stored result; open the file in a spreadsheet and save it"
            )
        columns, below = _columns(ahead, head, merges)
        rest = chain(ahead[below:], found)
        yield Sheet(named(columns), _fitted(rest, len(columns), where), name if len(book.sheets) > 1 else None)


def _fitted(found: Iterator[tuple[int, Cells]], width: int, where: str) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in found:
        if max(cells) > width and any(text.strip() for place, text in cells.items() if place > width):
            raise InputError(f"{where}: row {number}: text to the right of the last column that has a heading")
        yield number, [cells.get(place, "") for place in range(1, width + 1)]


def _header(ahead: list[tuple[int, Cells]]) -> int | None:
    """Return which of the rows is the header: the first that has nearly as many cells as any, most words or years."""
    widest = max((len(cells) for _, cells in ahead), default=0)
    wide = [index for index, (_, cells) in enumerate(ahead) if len(cells) >= max(2, 0.6 * widest)]
    for index in wide:
        texts = ahead[index][1].values()
        if sum(not _AMOUNT.match(text) or bool(_YEAR.fullmatch(text)) for text in texts) > 0.5 * len(texts):
            return index
    return next(iter(wide), None)


def _columns(ahead: list[tuple[int, Cells]], head: int, merges: list[Merge]) -> tuple[list[str], int]:
    """Return the names of the columns and where the rows below them begin; two rows of headings become one."""
    number, cells = ahead[head]
    groups = [merge for merge in merges if merge.top <= number <= merge.bottom and merge.left < merge.right]
    grouped = {place for merge in groups for place in range(merge.left, merge.right + 1)}
    below: Cells = {}
    if groups and head + 1 < len(ahead) and ahead[head + 1][0] == number + 1:
        under = ahead[head + 1][1]
        alone = all(place in grouped or text == cells.get(place) for place, text in under.items())
        below = under if alone and not any(map(_AMOUNT.match, under.values())) else {}
    for merge in groups:
        for place in range(merge.left, merge.right + 1):
            cells.setdefault(place, cells.get(merge.left, ""))
    width = min(max(chain(cells, below)), _LAST_COLUMN)
    names = []
    for place in range(1, width + 1):
        group, name = cells.get(place, ""), below.get(place, "")
        names.append(group if name in ("", group) else f"{group} {name}".strip())
    return names, head + (2 if below else 1)


def _filled(found: Iterator[tuple[int, Cells]], merges: list[Merge]) -> Iterator[tuple[int, Cells]]:
    """Yield the rows with merged labels in each row that they span."""
    waiting = iter(merge for merge in merges if merge.top < merge.bottom)
    following = next(waiting, None)
    open_: list[tuple[Merge, str]] = []
    for number, cells in found:
        for merge, text in open_:
            if number <= merge.bottom:
                cells.setdefault(merge.left, text)
        while following and following.top <= number:
            text = cells.get(following.left, "") if following.top == number else ""
            if text and not _AMOUNT.match(text):
                open_ = [item for item in open_ if item[0].bottom > number]
                open_.append((following, text))
            following = next(waiting, None)
        yield number, cells


def _rows(book: Book, part: str, where: str) -> Iterator[tuple[int, Cells]]:
    """Yield number and cells of each row that holds something."""
    from lxml import etree  # noqa: PLC0415  heavy

    number = 0
    try:
        with book.archive.open(part) as stream:
            for _, row in etree.iterparse(stream, tag="{*}row", resolve_entities=False, no_network=True):
                number = int(row.get("r") or number + 1)
                if not 0 < number <= _LAST_ROW:
                    raise InputError(f"{where}: a row {number}, which no sheet has")
                cells = _cells(book, row, where, number)
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
                if cells:
                    yield number, cells
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, zlib.error, EOFError) as error:
        raise InputError(f"{where}: damaged after row {number}; fetch or save the file again") from error


def _cells(book: Book, row: Any, where: str, number: int) -> Cells:
    cells: Cells = {}
    place = 0
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        place = _place(reference.rstrip(_DIGITS)) if reference else place + 1
        if not 0 < place <= _LAST_COLUMN:
            raise _damaged(where, number, place)
        try:
            text = _text(book, cell)
        except (ValueError, IndexError, OverflowError) as error:
            raise _damaged(where, number, place) from error
        if text:
            cells[place] = text
    return cells


def _damaged(where: str, number: int, place: int) -> InputError:
    return InputError(f"{where}: row {number}, column {place}: a cell that no spreadsheet writes")


_place = lru_cache(maxsize=20_000)(column)


def _text(book: Book, cell: Any) -> str:
    """Return what a cell holds as text; the stored result of a formula, which stands last, is what it holds."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return inline(cell)
    value = cell[-1].text if len(cell) else None
    if not value:
        return ""
    if kind == "n":
        style = int(cell.get("s") or 0)
        return book.forms[style](value, book.from_1904) if book.forms else value
    if kind == "s":
        return book.texts[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value.removesuffix("T00:00:00") if kind in ("e", "d") else unescaped(value)
