"""The day of an edition, found in what its rows say of their own last change."""

from kg.fetch.raw import Raw
from kg.tables.dates import date
from kg.tables.orders import Orders, in_order
from kg.tables.sheet import sheets
from kg.tables.source import TableInfo

_COLUMNS = ("last modified", "last modified time")


def last_modified(raw: Raw, _: TableInfo) -> str | None:
    """Return the last day on which a row was changed, None in a table that does not say.

    Raises InputError where its dates have no one order.
    """
    last = ""
    for sheet in sheets(raw):
        place = next((i for i, name in enumerate(sheet.columns) if name.casefold() in _COLUMNS), None)
        if place is None:
            return None
        column = sheet.columns[place]
        day_first = column in sheet.day_first
        orders = Orders(raw.address, sheet.name)
        for number, cells in sheet.rows:
            cell = in_order(cells[place], day_first=day_first)
            orders.note(column, number, cell)
            last = max(last, _day(cell))
        orders.check()
    return last or None


def _day(text: str) -> str:
    try:
        return date(text) or ""
    except ValueError:
        return ""
