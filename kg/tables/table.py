"""Reading a table strictly: every column is used, ignored by name, or reported; too few rows fail the whole file."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import DateOf, Edition, edition
from kg.tables.nameless import Nameless
from kg.tables.orders import Orders
from kg.tables.row import Row
from kg.tables.sheet import Sheet, counted, headers, is_workbook, sheets
from kg.tables.source import SourceInfo, source

Item = Document | Claim | Note | Rejection
"""What a loader of tables yields: the document of an edition, then its claims, notes and what was left out, in file
order.
"""

Said = Claim | Note | Rejection
"""What a row says."""

RECOGNISED = 0.97
"""How sure a loader is of a table that has all its marks: surer than any reader of mere text."""


NAMED = 6
"""Missing columns that a message names."""

SOME = 2
"""Cells of a column that may be wrong in a table of whatever size; more than half of them say that the column is."""

LEAST = 5
"""Columns of a table that must be there for it to be recognised, if it reads so many."""


def _as_it_is(column: str) -> str:
    return column


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
    spelling: Callable[[str], str] = _as_it_is
    """Gives the name under which a column is known here, where editions call it otherwise."""
    reader: Callable[[], Reader] | None = None
    """Makes what reads an edition whose rows say something only together, in the place of ``claims``."""


def columns(names: str) -> frozenset[str]:
    """Return the names of columns that a text gives with bars between them, over as many lines as it needs."""
    return frozenset(" ".join(name.split()) for name in names.split("|"))


def match(tables: Sequence[Table], columns: Sequence[str]) -> Table | None:
    """Return the table that has most of these columns, None if none has its marks and enough others.

    Editions come with columns more or fewer: half of those that are read must be there, five at least where there are
    so many, and half of all that are there must be known.
    """
    shares = {table.name: _share(table, set(filter(None, columns))) for table in tables}
    best = max(tables, key=lambda table: shares[table.name])
    return best if shares[best.name] > 0 else None


def _share(table: Table, there: set[str]) -> float:
    """Return which part of the columns that a table reads is there; 0 for another table."""
    spelled = {table.spelling(column) for column in there}
    known = spelled & {*table.reads, *table.optional, *table.ignores}
    found = spelled & set(table.reads)
    enough = max(len(table.reads) / 2, min(LEAST, len(table.reads)))
    if not spelled.issuperset(table.marks) or len(found) < enough or len(known) * 2 < len(there):
        return 0.0
    return len(found) / len(table.reads)


def recognise(raw: Raw, tables: Sequence[Table]) -> float:
    """Return how sure it is that the file holds one of the tables, judged by its columns alone."""
    return RECOGNISED if any(match(tables, columns) for columns in headers(raw)) else 0.0


def read(raw: Raw, loader: str, tables: Sequence[Table]) -> Iterator[Item]:
    """Yield the tables of a file: of each its document, then claims, notes and Rejections, row by row.

    Raises InputError, with file, row and column, for a damaged file, and for an edition with fewer rows than
    ``source.yml`` expects: a consumer then keeps nothing of the file. A sheet that is none of the tables is a
    Rejection; several sheets of one table are one edition.
    """
    info = source(loader)
    for number, name in enumerate(_order(raw, tables)):
        reading = _Reading(raw, info)
        for sheet in sheets(raw):
            table = match(tables, sheet.columns)
            if table is not None and name in {None, table.name}:
                columns = tuple(table.spelling(column) for column in sheet.columns)
                yield from reading.sheet(table, replace(sheet, columns=columns))
            elif table is None and not number:
                yield Rejection(place_of(raw, sheet), _unknown(tables, sheet.columns))
        yield from reading.end()


def _order(raw: Raw, tables: Sequence[Table]) -> list[str | None]:
    """Return the tables of a workbook in their order, each once: sheets of one table are one edition together.

    Of any other file, which holds one table, nothing need be known before: [None].
    """
    if not is_workbook(raw):
        return [None]
    found = (match(tables, sheet.columns) for sheet in sheets(raw))
    return list(dict.fromkeys(table.name for table in found if table)) or [None]


class _Reading:
    """One edition being read, from one sheet or several."""

    def __init__(self, raw: Raw, info: SourceInfo) -> None:
        self._raw = raw
        self._info = info
        self._said: Edition | None = None
        self._reader: Reader | None = None
        self._where = ""
        self._count = 0

    def sheet(self, table: Table, sheet: Sheet) -> Iterator[Item]:
        """Yield the document, before the first sheet, and what the rows of this sheet say."""
        if self._said is None:
            said = self._said = edition(self._raw, self._info, table.name, sheet.columns, date_of=table.date_of)
            self._reader = table.reader() if table.reader else None
            self._where = place_of(self._raw, sheet)
            yield said.document
        said = self._said
        yield from check_columns(self._raw, table, sheet)
        if not said.is_dated:
            where = place_of(self._raw, sheet)
            yield from (Rejection(where, f"column {c!r} {why}") for c, why in table.undated.items())
        nameless = Nameless(sheet)
        claims = self._reader.claims if self._reader else table.claims
        for row in rows(said, replace(sheet, rows=nameless.rows()), table.key_of):
            self._count += 1
            if claims:
                yield from claims(row)
            yield from row.problems
        yield from nameless.said(place_of(self._raw, sheet))

    def end(self) -> Iterator[Item]:
        """Yield what the rows say together; raises InputError if there are too few."""
        if self._reader:
            yield from self._reader.end()
        table = self._said.table if self._said else None
        if table and self._count < table.least and not self._raw.excerpt:
            raise InputError(
                f"{self._where}: {counted(self._count, 'row')}, but {table.name} has at least {table.least}: the file "
                "is not whole. Nothing of it was loaded; for a part of the table on purpose: --excerpt"
            )


def rows(said: Edition, sheet: Sheet, key_of: Callable[[Row], str] | None = None) -> Iterator[Row]:
    """Yield the rows of a sheet as rows of an edition.

    Raises InputError after the last of them for a column that is of another kind than known: more than half of its
    cells are no number, no date or no category, although they should be; and for one whose dates have no one order.
    """
    index = {name: place for place, name in reversed(list(enumerate(sheet.columns))) if name}
    keys = [index[column] for column in said.table.row if column in index]
    wrong: Counter[str] = Counter()
    example: dict[str, str] = {}
    orders = Orders(said.document.address, sheet.name)
    count = 0
    for number, cells in sheet.rows:
        row = Row(said, sheet.name, number, cells, index, day_first=sheet.day_first)
        row.key = key_of(row) if key_of else said.row_key([cells[place].strip() for place in keys])
        count += 1
        yield row
        for column in row.misread:
            wrong[column] += 1
            example.setdefault(column, f"row {number}: {row.misread[column]}")
        for column, cell in row.slashed.items():
            orders.note(column, number, cell)
    orders.check()
    for column, times in wrong.items():
        if times > SOME and times * 2 > count:
            raise InputError(
                f"{said.document.address}: column {column!r}: {times} of {count} rows hold something else than is "
                f"known of it ({example[column]}). Nothing of the file was loaded"
            )


def check_columns(raw: Raw, table: Table, sheet: Sheet) -> Iterator[Rejection]:
    """Yield what is to be said of the columns by their names: unknown, missing, or there twice."""
    where, seen = place_of(raw, sheet), set()
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
    """Say which columns are missing for the table that is closest."""
    there = set(columns)
    closest = max(
        tables, key=lambda table: len({table.spelling(c) for c in there} & set(table.reads)) / len(table.reads)
    )
    missing = [repr(column) for column in (*closest.marks, *closest.reads) if column not in there]
    named = ", ".join(list(dict.fromkeys(missing))[:NAMED])
    return f"no table of this source: for {closest.name} it lacks {named}{' …' if len(missing) > NAMED else ''}"


def place_of(raw: Raw, sheet: Sheet) -> str:
    """Return where a sheet stands: its file, and its name where the file has several."""
    return f"{raw.address}, sheet {sheet.name}" if sheet.name else raw.address
