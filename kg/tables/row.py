"""A row of an edition, and the claims that its cells make, each with its cells as evidence."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kg.core.claim import Claim, EntityName, Evidence, Quantity, Value
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables import dates, numbers
from kg.tables.cells import clean, is_broken, told
from kg.tables.edition import Edition
from kg.tables.orders import in_order

QUOTE = 600
"""Characters of a cell that a claim quotes; the locator leads to the rest."""

EXTRACTOR = "rows"
"""What stands as extractor in a claim that a row makes."""

T = TypeVar("T")

DateReader = Callable[[str], str | None]
"""Reads a date in a cell as ISO text."""

_NONE: Mapping[str, Value] = {}
_NO_QUANTITIES: Mapping[str, Quantity] = {}


class _Cells(dict[str, str]):
    """The cells of a row by column, each cleaned when it is first asked for; ``broken`` are columns of broken ones."""

    __slots__ = ("broken", "cells", "index")

    def __init__(self, cells: Sequence[str], index: Mapping[str, int]) -> None:
        self.cells = cells
        self.index = index
        self.broken: list[str] = []

    def __missing__(self, column: str) -> str:
        place = self.index.get(column)
        text = self.cells[place] if place is not None else ""
        cell = self[column] = told(text) if text else ""
        if not cell and is_broken(text):
            self.broken.append(column)
        return cell


class Row:
    """One row: its number as a spreadsheet shows it, its key, its cells by column.

    ``misread`` gives by column why a cell is no number, date or category; ``slashed`` the dates with slashes that were
    read: all of a column must have the day first, as those of the columns in ``day_first`` have, or none.
    """

    __slots__ = (
        "_cells", "_day_first", "_place", "_problems", "_quoted",
        "edition", "key", "misread", "number", "sheet", "slashed",
    )  # fmt: skip

    def __init__(
        self,
        edition: Edition,
        sheet: str | None,
        number: int,
        cells: Sequence[str],
        index: Mapping[str, int],
        *,
        day_first: frozenset[str] = frozenset(),
    ) -> None:
        self.edition = edition
        self.sheet = sheet
        self.number = number
        self.key = str(number)
        self._problems: list[Rejection] = []
        self.misread: dict[str, str] = {}
        self.slashed: dict[str, str] = {}
        self._day_first = day_first
        self._cells = _Cells(cells, index)
        self._quoted: dict[tuple[str, ...], Evidence] = {}
        self._place = f"sheet {sheet}, row {number}, " if sheet else f"row {number}, "

    # --- cells

    def __getitem__(self, column: str) -> str:
        """Return the cell, cleaned; "" if it says nothing ("None", "n/a") or the column is missing."""
        return self._cells[column]

    def as_is(self, column: str) -> str:
        """Return the cell untouched, with its line ends."""
        cells = self._cells
        place = cells.index.get(column)
        return "" if place is None else cells.cells[place]

    def worded(self, column: str) -> str:
        """Return the cell, cleaned, with the words that mostly say nothing: a list of categories may know "TBD"."""
        return clean(self.as_is(column))

    def has(self, column: str) -> bool:
        """Say whether the table has this column."""
        return column in self._cells.index

    def number_in(self, column: str) -> float | None:
        """Return the number in a cell, None if it is empty; another content becomes a Rejection."""
        cells = self._cells
        place = cells.index.get(column)
        if place is None or not (cell := cells.cells[place]):
            return None
        try:
            return numbers.number(cell)
        except ValueError as error:
            if not self._is_broken(column):
                self._misread(column, str(error))
            return None

    def date_in(self, column: str, read: DateReader = dates.date) -> str | None:
        """Return the date in a cell as ISO text, None if it is empty; another content becomes a Rejection."""
        try:
            return self.dated(column, read)
        except ValueError as error:
            self._misread(column, str(error))
            return None

    def dated(self, column: str, read: DateReader = dates.date) -> str | None:
        """Return the date in a cell as ISO text, None if it is empty; raises ValueError for another content.

        ``read`` says how loosely it may be worded: ``dates.loose`` takes "Q4 2026" for its year.
        """
        cell = self[column]
        if "/" in cell:
            cell = in_order(cell, day_first=column in self._day_first)
            self.slashed[column] = cell
        return read(cell)

    def day_in(self, column: str) -> str:
        """Return the date in a cell as ISO text for a key, however it was saved; the cell itself if it is no date."""
        try:
            return self.dated(column) or ""
        except ValueError:
            return self[column]

    def choice_in(self, column: str, known: Mapping[str, T]) -> T | None:
        """Return what a category stands for, None if the cell is empty; an unknown one becomes a Rejection.

        A word that mostly says nothing ("TBD", "Unknown") is a category where it is known as one.
        """
        cell = self[column] or self.worded(column)
        if cell in known:
            return known[cell]
        if self[column]:
            self._misread(column, f"unknown category {cell[:60]!r} (known: {', '.join(known)})")
        return None

    def _misread(self, column: str, reason: str) -> None:
        self.misread[column] = reason
        self.reject(column, reason)

    def _is_broken(self, column: str) -> bool:
        return not self[column] and column in self._cells.broken

    # --- what is said of them

    @property
    def problems(self) -> list[Rejection]:
        """Return the Rejections for cells that say what nobody knows; whoever reads the table passes them on.

        Cells that a spreadsheet could not compute are among them once they were read, unless more is said of them.
        """
        if not self._cells.broken:
            return self._problems
        broken = [
            self._rejection(
                column, f"{clean(self.as_is(column))}, which the spreadsheet could not compute: mend it there"
            )
            for column in self._cells.broken
        ]
        known = {item.where for item in self._problems}
        return [item for item in broken if item.where not in known] + self._problems

    def reject(self, column: str, reason: str) -> None:
        """Note that a cell was left out, and why."""
        self._problems.append(self._rejection(column, reason))

    def _rejection(self, column: str, reason: str) -> Rejection:
        return Rejection(f"{self.edition.document.address}: {self.place(column)}", reason)

    def place(self, *columns: str) -> str:
        """Return the locator of cells: "row 12, Owner", with the sheet before it where a file has several."""
        return self._place + ", ".join(columns)

    def evidence(self, *columns: str) -> Evidence:
        """Return the cells as evidence: "Name: Colossus 2 | Owner: SpaceXAI #confident"."""
        return self._evidence(columns)

    def _evidence(self, columns: tuple[str, ...]) -> Evidence:
        """Return the evidence of these cells; the names of a list have the same."""
        shown = self._quoted.get(columns)
        if shown is None:
            cells = self._cells
            text = " | ".join([f"{column}: {cell[:QUOTE]}" for column in columns if (cell := cells[column])])
            shown = self._quoted[columns] = Evidence(text, None, None, self._place + ", ".join(columns))
        return shown

    def claim(
        self,
        columns: tuple[str, ...],
        subject: EntityName,
        predicate: str,
        said: EntityName | Value,
        *,
        status: str = "asserted",
        ended_as: str | None = None,
        stage: str | None = None,
        confidence: float = 0.9,
        qualifiers: Mapping[str, Value] = _NONE,
        quantities: Mapping[str, Quantity] = _NO_QUANTITIES,
        valid_from: str | None = None,
        valid_to: str | None = None,
        also: tuple[Evidence, ...] = (),
    ) -> Claim:
        """Return a claim that this row makes.

        ``columns`` are the cells that show it, the last of them the field that says it. ``said`` is the object, or the
        value of an attribute.
        """
        edition = self.edition
        document = edition.document
        is_entity = isinstance(said, EntityName)
        return Claim(  # by place, which is faster by a half
            document.address,
            document.id,
            subject,
            predicate,
            self._evidence(columns),
            said if is_entity else None,  # type: ignore[arg-type]  # an entity, as the line before says
            None if is_entity else said,  # type: ignore[arg-type]  # as above
            qualifiers,
            quantities,
            status,
            ended_as,
            stage,
            confidence,
            document.published,
            valid_from,
            valid_to,
            also,
            EXTRACTOR,
            f"{edition.table.name}|{self.key}|{columns[-1].replace('|', '/')}",
        )

    def unnamed(self, name: str, kind: str) -> EntityName:
        """Return the entity of a row without a name of its own ("Anonymized Chinese System"), merged with no other."""
        return EntityName(name, kind, f"row:{self.edition.table.name}|{self.key}")

    def note(self, column: str, about: str) -> Note | None:
        """Return the prose in a cell as a note for the text extractor, None if the cell is empty."""
        text = self.as_is(column).strip()
        if not text or (text[0] == "#" and self._is_broken(column)):
            return None
        document = self.edition.document
        return Note(document.id, text, self.place(column), self.key_of(column), about, document.published)

    def key_of(self, column: str) -> str:
        """Return the key of the claims that a field of this row makes: "source|row|field"."""
        return f"{self.edition.table.name}|{self.key}|{column.replace('|', '/')}"
