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
from kg.tables.wanted import left_out, wanted

from .names import cik_of, plain, text

TABLE = "sec-tickers"
_NAMES = {"cik": "cik_str", "name": "title"}
_KNOWN = frozenset(("cik_str", "ticker", "title", "exchange"))


def read(raw: Raw, data: Mapping[str, Any], info: SourceInfo) -> Iterator[Item]:
    """Yield the edition, and for each company that is wanted its number, name and symbols.

    ``data`` is one object a line of the table by its number, or lists of cells under "fields" and "data".
    """
    fields, rows = _table(raw, data)
    only = wanted(raw, "cik")
    said = edition(raw, info, TABLE, fields, whole=only.everything)
    if len(rows) < said.table.least and not raw.excerpt:
        raise InputError(
            f"{raw.address}: {len(rows)} rows, but {TABLE} has at least {said.table.least}: the file is not whole. "
            "Nothing of it was loaded; for a part of the table on purpose: --excerpt"
        )
    yield said.document
    for column in fields:
        if column not in _KNOWN:
            yield Rejection(raw.address, f"column {column!r} is not known and was not read")
    left = 0
    told: set[str] = set()
    for number, row in enumerate(rows, 1):
        cells = _cells(raw, number, row, fields)
        cik, title = cik_of(cells.get("cik_str")), text(cells.get("title"))
        if cik is None or not title:
            raise InputError(f"{raw.address}: row {number}: needs cik_str, a number, and title")
        if not (only.by_id(f"cik:{cik}") or only.by_name(plain(title))):
            left += 1
            continue
        who = EntityName(plain(title), "Company", external_id("cik", cik))
        shown = {key: text(value) for key, value in cells.items()}
        line = record(said, number, cik, shown)
        if cik not in told:
            yield from _identity(line, who)
        told.add(cik)
        line.key = f"{cik} {shown.get('ticker', '')}"
        yield from _ticker(line, who)
    if left:
        yield Rejection(raw.address, left_out(left, len(rows), "rows"))


def _identity(row: Row, who: EntityName) -> Iterator[Claim]:
    yield row.claim(("title", "cik_str"), who, "same_as", who.id or "", confidence=1.0)
    yield row.claim(("cik_str", "title"), who, "legal_name", who.name, confidence=1.0)


def _ticker(row: Row, who: EntityName) -> Iterator[Claim]:
    ticker = row.as_is("ticker")  # a company may trade under NA
    if ticker:
        symbol = f"{row['exchange']}:{ticker}" if row["exchange"] else ticker
        yield row.claim(("title", "ticker"), who, "ticker", symbol, confidence=1.0)


def _table(raw: Raw, data: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
    """Return the columns and the rows of either form."""
    if isinstance(data.get("fields"), list):
        fields = tuple(_NAMES.get(str(name), str(name)) for name in data["fields"])
        return fields, listing(data.get("data"), f"{raw.address}: data")
    rows = list(data.values())
    return tuple(dict.fromkeys(key for row in rows[:100] if isinstance(row, dict) for key in row)), rows


def _cells(raw: Raw, number: int, row: Any, fields: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(row, dict):
        return row
    if isinstance(row, list) and len(row) == len(fields):
        return dict(zip(fields, row, strict=True))
    raise InputError(f"{raw.address}: row {number}: neither an object nor as many cells as there are columns")
