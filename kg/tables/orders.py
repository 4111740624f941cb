"""Whether the slashed dates of a column have the day first or the month: all of them together, never cell by cell."""

from collections.abc import Iterator, Sequence

from kg.exceptions import InputError
from kg.tables.dates import order

_Seen = dict[str, tuple[int, str]]
"""By column the first row with a date of one order, and its cell."""

Place = tuple[str | None, str]
"""A column of a sheet."""


class DayFirstError(InputError):
    """A column that must be read anew with the day first, since a later row shows it: ``column`` says which.

    Whoever can read the file again does so with ``Raw.day_first``; to all others it is bad input like any other.
    """

    def __init__(self, message: str, column: Place) -> None:
        super().__init__(message)
        self.column = column


class Orders:
    """What the slashed dates of one sheet show of their order, column by column."""

    def __init__(self, address: str, sheet: str | None) -> None:
        self._where = f"{address}, sheet {sheet}" if sheet else address
        self._sheet = sheet
        self._seen: dict[str, _Seen] = {"day": {}, "month": {}, "either": {}}

    def note(self, column: str, number: int, cell: str) -> None:
        """Take note of the date in a row."""
        if shown := order(cell):
            self._seen[shown].setdefault(column, (number, cell))

    def check(self) -> None:
        """Raise InputError for a column with both orders, DayFirstError for one that was read month first in part."""
        for column, day in self._seen["day"].items():
            if month := self._seen["month"].get(column):
                raise InputError(self._said(column, day, month, "the month first"))
            if either := self._seen["either"].get(column):
                raise DayFirstError(self._said(column, day, either, "either first"), (self._sheet, column))

    def _said(self, column: str, day: tuple[int, str], other: tuple[int, str], how: str) -> str:
        return (
            f"{self._where}: column {column!r}: row {day[0]} has the day first ({day[1]!r}), row {other[0]} {how} "
            f"({other[1]!r}): save the dates as YYYY-MM-DD. Nothing of the file was loaded"
        )


def day_first(rows: Iterator[tuple[int, Sequence[str]]], places: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows with dots for slashes in the dates at these places: 1.10.2026 has the day first everywhere."""
    for number, cells in rows:
        changed = list(cells)
        for place in places:
            if order(cells[place]):
                changed[place] = cells[place].replace("/", ".", 2)
        yield number, changed
