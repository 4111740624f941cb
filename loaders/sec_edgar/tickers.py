"""Company tickers: which company trades under which symbols. One company has many."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.record import listing, record
from kg.tables.row import Row
from kg.tables.source import SourceInfo
from kg.tables.table import Item
from kg.tables.wanted import wanted

from .names import cik_of, plain, text

TABLE = "sec-tickers"
_NAMES = {"cik": "cik_str", "name": "title"}
_KNOWN = frozenset(("cik_str", "ticker", "title", "exchange"))


def read(raw: Raw, data: Mapping[str, Any], info: SourceInfo) -> Iterator[Item]:
    """Yield the edition, and for each company that is wanted its number, name and symbols.

    ``data`` is one object a line of the table by its number, or lists of cells under "fields" and "data".
    """
    rows = list(_rows(raw, data))
    columns = tuple(dict.fromkeys(key for row in rows[:100] for key in row))
    only = wanted(raw)
    said = edition(raw, info, TABLE, columns, whole=only.everything)
    if len(rows) < said.table.least and not raw.excerpt:
        raise InputError(
            f"{raw.address}: {len(rows)} rows, but {TABLE} has at least {said.table.least}: the file is not whole. "
            "Nothing of it was loaded; for a part of the table on purpose: --excerpt"
        )
    yield said.document
    for column in columns:
        if column not in _KNOWN:
            yield Rejection(raw.address, f"column {column!r} is not known and was not read")
    left = 0
    told: set[str] = set()
    for number, cells in enumerate(rows, 1):
        cik = cik_of(cells.get("cik_str"))
        if cik is None or not cells.get("title"):
            raise InputError(f"{raw.address}: row {number}: needs cik_str, a number, and title")
        if not (only.by_id(f"cik:{cik}") or only.by_name(plain(cells["title"]))):
            left += 1
            continue
        who = EntityName(plain(cells["title"]), "Company", external_id("cik", cik))
        if cik not in told:
            yield from _identity(record(said, number, cik, cells), who)
        told.add(cik)
        yield from _ticker(record(said, number, f"{cik} {cells.get('ticker', '')}", cells), who)
    if left:
        yield Rejection(raw.address, f"{left} of {len(rows)} rows are of companies that nobody asked for")


def _identity(row: Row, who: EntityName) -> Iterator[Claim]:
    yield row.claim(("title", "cik_str"), who, "same_as", who.id or "", confidence=1.0)
    yield row.claim(("cik_str", "title"), who, "legal_name", who.name, confidence=1.0)


def _ticker(row: Row, who: EntityName) -> Iterator[Claim]:
    ticker = row.as_is("ticker")  # a company may trade under NA
    if ticker:
        symbol = f"{row['exchange']}:{ticker}" if row["exchange"] else ticker
        yield row.claim(("title", "ticker"), who, "ticker", symbol, confidence=1.0)


def _rows(raw: Raw, data: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    fields = data.get("fields")
    rows = listing(data.get("data"), f"{raw.address}: data") if isinstance(fields, list) else list(data.values())
    for number, row in enumerate(rows, 1):
        cells: dict[str, Any] = row if isinstance(row, dict) else {}
        if isinstance(fields, list) and isinstance(row, list) and len(row) == len(fields):
            cells = dict(zip(map(str, fields), row, strict=True))
        if not cells:
            raise InputError(f"{raw.address}: row {number}: neither an object nor as many cells as there are fields")
        yield {_NAMES.get(key, key): text(value) for key, value in cells.items()}
