"""Reading a table strictly: every column is used, ignored by name, or reported; too few rows fail the whole file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import DateOf, Edition, edition
from kg.tables.row import Row
from kg.tables.sheet import Sheet, headers, sheets
from kg.tables.source import SourceInfo, source

Item = Document | Claim | Note | Rejection
"""What a loader of tables yields: the document of an edition, then its claims, notes and what was left out, in file
order.
"""

Said = Claim | Note | Rejection
"""What a row says."""

RECOGNISED = 0.97
"""How sure a loader is of a table that has all its marks: surer than any reader of mere text."""


class Reader(Protocol):
    """Reads the rows of one edition and keeps what only all of them together say."""

    def claims(self, row: Row) -> Iterator[Said]:
        """Yield what one row says."""

    def end(self) -> Iterator[Said]:
        """Yield what the rows say together."""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table, known by its columns.

    ``name`` is that of a table in ``source.yml``. ``marks`` are the columns by which it is recognised: all must be
    there. ``reads`` says of every column that ``claims`` reads what it gives, for the message when it is missing;
    ``ignores`` names those that are left alone on purpose. ``claims`` is a pure function of one row.
    """

    name: str
    marks: tuple[str, ...]
    reads: Mapping[str, str]
    claims: Callable[[Row], Iterator[Said]] | None = None
    ignores: frozenset[str] = field(default_factory=frozenset)
    optional: Mapping[str, str] = field(default_factory=dict)
    """Columns that are read where an edition has them, and not missed where it has not."""
    date_of: DateOf | None = None
    key_of: Callable[[Row], str] | None = None
    """Gives the key of a row where the columns of ``source.yml`` do not suffice (rows without a name)."""
    undated: Mapping[str, str] = field(default_factory=dict)
    """Columns that are not read of an edition whose date nobody knows, and why."""
    reader: Callable[[], Reader] | None = None
    """Makes what reads an edition whose rows say something only together, in the place of ``claims``."""


def columns(names: str) -> frozenset[str]:
    """Return the names of columns that a text gives with bars between them, over as many lines as it needs."""
    return frozenset(" ".join(name.split()) for name in names.split("|"))


def match(tables: Sequence[Table], columns: Sequence[str]) -> Table | None:
    """Return the table whose marks are all among the columns; of several the one with most marks."""
    there = set(columns)
    fitting = [table for table in tables if there.issuperset(table.marks)]
    return max(fitting, key=lambda table: len(table.marks), default=None)


def recognise(raw: Raw, tables: Sequence[Table]) -> float:
    """Return how sure it is that the file holds one of the tables, judged by its columns alone."""
    return RECOGNISED if any(match(tables, columns) for columns in headers(raw)) else 0.0


def read(raw: Raw, loader: str, tables: Sequence[Table]) -> Iterator[Item]:
    """Yield the tables of a file: of each its document, then claims, notes and Rejections, row by row.

    Raises InputError, with file, row and column, for a damaged file, and for an edition with fewer rows than
    ``source.yml`` expects: a consumer then keeps nothing of the file. A sheet that is none of the tables is a
    Rejection.
    """
    info = source(loader)
    for sheet in sheets(raw):
        table = match(tables, sheet.columns)
        if table is None:
            yield Rejection(_where(raw, sheet), _unknown(tables, sheet.columns))
        else:
            yield from _edition(raw, info, table, sheet)


def _edition(raw: Raw, info: SourceInfo, table: Table, sheet: Sheet) -> Iterator[Item]:
    said = edition(raw, info, table.name, sheet.columns, date_of=table.date_of)
    yield said.document
    yield from check_columns(raw, table, sheet)
    if not said.is_dated:
        yield from (Rejection(_where(raw, sheet), f"column {c!r} {why}") for c, why in table.undated.items())
    count = 0
    reader = table.reader() if table.reader else None
    claims = reader.claims if reader else table.claims
    for row in rows(said, sheet, table.key_of):
        count += 1
        if claims:
            yield from claims(row)
        yield from row.problems
    if reader:
        yield from reader.end()
    least = said.table.least
    if count < least and not raw.excerpt:
        raise InputError(
            f"{_where(raw, sheet)}: {count} rows, but {table.name} has at least {least}: the file is not whole. "
            "Nothing of it was loaded; for a part of the table on purpose: --excerpt"
        )


def rows(said: Edition, sheet: Sheet, key_of: Callable[[Row], str] | None = None) -> Iterator[Row]:
    """Yield the rows of a sheet as rows of an edition."""
    index = {name: place for place, name in reversed(list(enumerate(sheet.columns))) if name}
    keys = [index[column] for column in said.table.row if column in index]
    for number, cells in sheet.rows:
        row = Row(said, sheet.name, number, cells, index)
        row.key = key_of(row) if key_of else said.row_key([cells[place].strip() for place in keys])
        yield row


def check_columns(raw: Raw, table: Table, sheet: Sheet) -> Iterator[Rejection]:
    """Yield what is to be said of the columns: unknown, missing, nameless with content, or there twice."""
    where, seen = _where(raw, sheet), set()
    for column in sheet.columns:
        if column in seen and column:
            yield Rejection(where, f"column {column!r} is there twice; the first is read")
        elif column and not any(column in known for known in (table.reads, table.optional, table.ignores)):
            yield Rejection(where, f"column {column!r} is not known and was not read")
        seen.add(column)
    for column, gives in table.reads.items():
        if column not in seen:
            yield Rejection(where, f"column {column!r} is missing, which gives {gives}; the rest is read")


def _unknown(tables: Sequence[Table], columns: Sequence[str]) -> str:
    """Say which column is missing for the table that is closest."""
    there = set(columns)
    closest = min(tables, key=lambda table: len(set(table.marks) - there) / len(table.marks))
    missing = ", ".join(repr(column) for column in closest.marks if column not in there)
    return f"no table of this source; for {closest.name} it lacks the column {missing}"


def _where(raw: Raw, sheet: Sheet) -> str:
    return f"{raw.address}, sheet {sheet.name}" if sheet.name else raw.address
