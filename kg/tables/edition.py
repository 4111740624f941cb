"""An edition: one file of a table as a document, with the date on which its publisher said so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.core.dates import earliest, latest
from kg.core.document import Document
from kg.core.ids import digest
from kg.fetch.raw import Raw
from kg.tables.source import SourceInfo, TableInfo

DateOf = Callable[[Raw, TableInfo], str | None]
"""Finds the date of an edition in what the file says; None where it says none."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a table: its document, the table, and the day of the edition: what is dated later is a plan.

    ``is_dated`` is False where nobody knows the day, and that of retrieval stands for it.
    """

    document: Document
    table: TableInfo
    day: str
    is_dated: bool = True

    def status(self, date: str | None) -> str:
        """Return "planned" for a date after the edition's day, else "asserted"."""
        return "planned" if date and earliest(date) > latest(self.day) else "asserted"

    def row_key(self, cells: Iterator[str] | list[str]) -> str:
        """Return what tells a row apart in every edition, of the cells in the columns that ``source.yml`` names."""
        return " | ".join(cells)


def edition(
    raw: Raw,
    info: SourceInfo,
    table: str,
    columns: tuple[str, ...],
    *,
    date_of: DateOf | None = None,
    whole: bool = True,
) -> Edition:
    """Return the edition that a file is.

    Its date is what the user said (``--vintage``), else the one that ``source.yml`` knows for this very file, else what
    ``date_of`` finds in it, else the day on which it was retrieved. ``whole`` is False for a file that by its nature
    lists only some rows; an excerpt (``--excerpt``) never is whole.
    """
    known = info.tables[table]
    sha256 = raw.sha256
    told = raw.vintage or known.editions.get(sha256[:12]) or (date_of(raw, known) if date_of else None)
    day = told or raw.retrieved[:10]
    document = raw.document(
        f"{info.publisher}: {known.title}. Columns: {', '.join(filter(None, columns))}. Licence: {info.licence}. "
        f"Content: {digest(table, sha256)}.\n",
        kind="table",
        title=f"{info.publisher}: {known.title}",
        publisher=info.publisher,
        published=day,
        url=None if raw.final_url else info.homepage,
        source=table,
        whole=whole and not raw.excerpt,
        sha256=sha256,
    )
    return Edition(document, known, day, is_dated=told is not None)
