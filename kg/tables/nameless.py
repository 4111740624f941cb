"""Columns without a name: nothing of them is read, and what stands in them is said once."""

from collections.abc import Iterator, Sequence

from kg.core.rejection import Rejection
from kg.tables.sheet import Sheet, counted


class Nameless:
    """Counts the cells that stand in columns without a name, while the rows of a sheet go by."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._places = [place for place, name in enumerate(sheet.columns) if not name]
        self._count = 0
        self._first = ""

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the rows of the sheet as they are."""
        return self._watched() if self._places else self._sheet.rows

    def said(self, where: str) -> Iterator[Rejection]:
        """Yield a Rejection if there were such cells."""
        if self._count:
            yield Rejection(
                where,
                f"{counted(self._count, 'cell')} in columns without a name not read (the first: {self._first}): "
                "give the column a name",
            )

    def _watched(self) -> Iterator[tuple[int, Sequence[str]]]:
        for number, cells in self._sheet.rows:
            for place in self._places:
                if text := cells[place].strip():
                    self._first = self._first or f"row {number}, column {place + 1}, {text[:60]!r}"
                    self._count += 1
            yield number, cells
