"""Parquet files: one table, its rows read in batches as they come. Needs pyarrow, an extra of 170 MB."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.cells import joined
from kg.tables.sheet import Sheet, named

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_ROWS = 4096
"""Rows that are held at a time."""


def sheets(raw: Raw) -> Iterator[Sheet]:
    """Yield the table; raises InputError for a damaged file, and one line on how to install what reads it.

    Lists become "a, b", records and what is nested deeper JSON, so that nothing of a cell is lost.
    """
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  an extra
    except ImportError:
        raise InputError(
            f"{raw.address}: Parquet needs pyarrow, which is not installed: pip install 'ai-compute-kg[parquet]'"
        ) from None
    with raw.open() as stream:
        try:
            file = parquet.ParquetFile(stream if stream.seekable() else stream.read())
            columns = named(file.schema_arrow.names)
            if len(columns) > 1:
                yield Sheet(columns, _rows(file, raw))
        except (ArrowException, OSError, ValueError) as error:
            raise InputError(f"{raw.address}: a damaged Parquet file; fetch it again") from error


def _rows(file: "ParquetFile", raw: Raw) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows; the first is number 2, as it would be below a header."""
    from pyarrow import ArrowException  # noqa: PLC0415  an extra

    number = 1
    try:
        for batch in file.iter_batches(_ROWS):
            texts = [[_text(value) for value in column.to_pylist()] for column in batch.columns]
            for cells in zip(*texts, strict=True):
                number += 1
                yield number, cells
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputError(f"{raw.address}: damaged after row {number}; fetch the file again") from error


def _text(value: Any) -> str:
    """Return a value as a table in text would show it."""
    if value is None:
        return ""
    reader = _TEXTS.get(type(value))
    if reader:
        return reader(value)
    if isinstance(value, datetime):  # also of kinds that know a time zone or nanoseconds
        return _moment(value)
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return joined(map(_text, value))
    return json.dumps(value, ensure_ascii=False, default=_text) if isinstance(value, (list, dict)) else str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else "" if value != value else repr(value)  # noqa: PLR0124


def _moment(value: datetime) -> str:
    at_midnight = value.time() == time() and value.tzinfo is None
    return value.date().isoformat() if at_midnight else value.isoformat(timespec="seconds")


def _bytes(value: bytes) -> str:
    """Return text that was stored as bytes; raises ValueError for what is none."""
    return value.decode("utf-8")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _number,
    Decimal: lambda value: f"{value:f}",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    bytes: _bytes,
}
