"""A table as it stands in a file, whatever the file's format: its columns, and its rows as texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.exceptions import InputError, KGError
from kg.fetch.raw import Raw
from kg.tables.cells import clean


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    ``columns`` are the names in its header, cleaned, in order; a column without a name is "". ``rows`` gives, once, the
    number of each row as a spreadsheet shows it (the header is row 1, unless something stands above it) and its cells,
    one for each column, as texts: a number as digits, a date as ISO text, nothing as "". ``name`` is that of a
    worksheet. The slashed dates of the columns in ``day_first`` have the day first.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]
    name: str | None = None
    day_first: frozenset[str] = frozenset()


_ARCHIVE = b"PK\3\4"
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Bytes that may stand before the first sign of a text: byte order marks, spaces, the other halves of UTF-16 and 32."""

_READERS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("kg.tables.excel", lambda head: head.startswith(_ARCHIVE)),
    ("kg.tables.parquet", lambda head: head.startswith(b"PAR1")),
    ("kg.tables.json_rows", lambda head: head.lstrip(_BEFORE)[:1] in {b"[", b"{"}),
    ("kg.tables.delimited", lambda head: True),  # noqa: ARG005  whatever is left may be a CSV file
)
"""Modules with a function ``sheets(raw)``, by how their files begin; the first that fits is asked."""


def sheets(raw: Raw) -> Iterator[Sheet]:
    """Yield the tables of a file, each to be read to its end before the next.

    Nothing is yielded for what is no table. Raises InputError, with file and row, for a table that is damaged.
    """
    from importlib import import_module  # noqa: PLC0415  only the reader at hand is imported

    head = raw.head
    module = next(name for name, begins in _READERS if begins(head))
    for sheet in import_module(module).sheets(raw):
        yield replace(sheet, day_first=frozenset(column for name, column in raw.day_first if name == sheet.name))


def is_workbook(raw: Raw) -> bool:
    """Say whether the file can hold several tables, on sheets of their own."""
    return raw.head.startswith(_ARCHIVE)


def headers(raw: Raw) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each table of a file; nothing for what is no table, or too damaged to say."""
    return _headers(_ByContent(raw))


def damage(raw: Raw) -> str | None:
    """Return why a workbook or Parquet file has no tables to show, None if it is neither or has none."""
    if not raw.head.startswith((_ARCHIVE, b"PAR1")):
        return None
    try:
        for sheet in sheets(raw):
            for _ in sheet.rows:
                break
    except InputError as error:
        return str(error).removeprefix(f"{raw.address}: ")
    return None


class _ByContent:
    """A file as the key of a cache: equal if the bytes are the same object, so that no file is hashed for it."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def __hash__(self) -> int:
        return id(self.raw.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByContent) and other.raw.data is self.raw.data


@lru_cache(maxsize=1)
def _headers(key: _ByContent) -> tuple[tuple[str, ...], ...]:
    try:
        return tuple(sheet.columns for sheet in sheets(key.raw))
    except KGError:
        return ()


def named(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a header, cleaned."""
    return tuple(clean(column) for column in columns)


def fitted(cells: Sequence[str], columns: Sequence[str], where: str) -> Sequence[str]:
    """Return a row with as many cells as there are columns; empty ones at its end may be too many.

    Raises InputError, with the column, for a row that is torn: one with fewer cells, or with more text than columns.
    """
    width = len(columns)
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    last = columns[min(len(cells), width) - 1] if cells else ""
    raise InputError(
        f"{where}: {counted(len(cells), 'cell')}, but the header has {width} columns: the row is torn at or before "
        f"{last!r}, or a comma is not quoted"
    )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 cell", "16 cells"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
