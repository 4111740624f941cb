"""Whether the slashed dates of a column have the day first or the month: all of them together, never cell by cell."""

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


def in_order(cell: str, *, day_first: bool) -> str:
    """Return a cell as ``dates.date`` reads it in its column: a date with dots for slashes has the day first."""
    return cell.replace("/", ".", 2) if day_first and order(cell) else cell
