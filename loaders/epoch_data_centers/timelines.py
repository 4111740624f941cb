"""Timelines: power, chips' worth, cost and water of a site on a day, past or planned, and when it opens."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.ids import digest
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.tables.cells import clean
from kg.tables.dates import date
from kg.tables.measure import quantity
from kg.tables.numbers import number
from kg.tables.row import Row
from kg.tables.sheet import sheets
from kg.tables.source import TableInfo
from kg.tables.table import Table

from ..epoch import cited, spelling

_KEY = ("Data center", "Date")
_NUMBERS = {
    "IT power (MW)": ("capacity_mw", 1.0, "MW", "it", None),
    "Power (MW)": ("capacity_mw", 1.0, "MW", "facility_power", None),
    "H100 equivalents": ("h100_equivalents", 1.0, "H100 equivalents", None, None),
    "Buildings operational": ("buildings", 1.0, "buildings", None, None),
    "Total capital cost (2025 USD billions)": ("cost_usd", 1e9, "USD", None, "USD"),
    "Compute cost (2025 USD billions)": ("compute_cost_usd", 1e9, "USD", None, "USD"),
    "Construction cost (2025 USD billions)": ("construction_cost_usd", 1e9, "USD", None, "USD"),
    "Annual operating cost (2025 USD billions)": ("operating_cost_usd", 1e9, "USD a year", None, "USD"),
    "Water use (MGD)": ("water_mgd", 1.0, "million gallons a day", None, None),
}
"""Attribute, factor, unit, basis and currency of each column of numbers."""

LONGEST = 400
"""Characters of a status that are taken over; the cell has the rest."""

_CURRENT = "Current H100 equivalents (from Data center)"
_ESTIMATE = 0.8
"""Confidence of the table's estimates."""


class _Timelines:
    """Reads the rows; remembers for each site the first day with power, to say when it opens."""

    def __init__(self) -> None:
        self._opened: dict[str, tuple[str, Claim]] = {}

    def claims(self, row: Row) -> Iterator[Claim | Note | Rejection]:
        """Yield what one row says of its day."""
        site, day = EntityName(row["Data center"], "Facility"), row.date_in("Date")
        if not site.name or day is None:
            row.reject("Data center" if not site.name else "Date", "a row without site or date")
            return
        status = row.edition.status(day)
        for column, (attribute, factor, unit, basis, currency) in _NUMBERS.items():
            value = row.number_in(column)
            if value is None or (value == 0 and attribute != "capacity_mw"):
                continue  # 0 dollars or chips is how the table says that there is nothing yet
            value = round(value * factor, 3)
            amount = quantity(value, unit, basis=basis, currency=currency, as_of=day)
            yield row.claim(
                (*_KEY, column),
                site,
                attribute,
                value,
                status=status,
                confidence=_ESTIMATE,
                quantities={attribute: amount},
                valid_from=day,
            )
            if attribute == "capacity_mw" and value > 0:
                self._note_opening(site, day, row, column)
        words = _shortened(row["Construction status"])
        if words:
            columns = (*_KEY, "Construction status")
            yield row.claim(columns, site, "construction_status", words, status=status, valid_from=day)
        yield from cited(row, site, "Data center", "Construction status")
        note = row.note("Construction status", site.name)
        if note:
            yield note

    def end(self) -> Iterator[Claim | Note | Rejection]:
        """Yield when each site opens: the first day on which it has power."""
        yield from (claim for _, claim in self._opened.values())

    def _note_opening(self, site: EntityName, day: str, row: Row, column: str) -> None:
        known = self._opened.get(site.name)
        if known is None or day < known[0]:
            status = row.edition.status(day)
            claim = row.claim((*_KEY, column), site, "opens", day, status=status, confidence=_ESTIMATE)
            self._opened[site.name] = day, claim


def _shortened(text: str) -> str:
    """Return a text cut behind a word, if it is long."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def _key(row: Row) -> str:
    return f"{row['Data center']} | {row.day_in('Date')}"


def _date_of(raw: Raw, table: TableInfo) -> str | None:
    """Return the day of the edition: the one known for these rows, else the one that its current values show."""
    sites: dict[str, list[tuple[str, float]]] = {}
    current: dict[str, float] = {}
    for sheet in sheets(raw):
        index = {name: place for place, name in enumerate(sheet.columns)}
        wanted = [index[name] for name in ("Data center", "Date", "H100 equivalents", _CURRENT) if name in index]
        if len(wanted) < 4:
            return None
        site, day, value, now = wanted
        for _, cells in sheet.rows:
            name = clean(cells[site])
            sites.setdefault(name, []).append((_date(cells[day]), _number(cells[value])))
            current[name] = _number(cells[now])
    keys = sorted(f"{site} | {day}" for site, history in sites.items() for day, _ in history)
    return table.editions.get(f"rows {digest(keys)[:12]}") or _last_come(sites, current)


def _last_come(sites: dict[str, list[tuple[str, float]]], current: dict[str, float]) -> str | None:
    """Return the latest day whose values have become current, None if sites contradict each other.

    Of each site the row that equals the current value had come by the day of the edition, the one after it had not.
    """
    come, next_ = "", "9999"
    for name, history in sites.items():
        history.sort()
        reached = [place for place, (_, value) in enumerate(history) if abs(value - current[name]) <= 1e-6 * value]
        if reached:
            come = max(come, history[reached[0]][0])
            next_ = min([next_, *(day for day, _ in history[reached[-1] + 1 : reached[-1] + 2])])
    return come if come and come < next_ else None


def _date(text: str) -> str:
    try:
        return date(text) or ""
    except ValueError:
        return ""


def _number(text: str) -> float:
    try:
        return number(text) or 0.0
    except ValueError:
        return -1.0


TIMELINES = Table(
    name="epoch-data-center-timelines",
    marks=("Data center", "Date"),
    reads={
        "Data center": "the site",
        "Date": "the day",
        "Construction status": "notes and cited sources",
        **{column: f"{attribute} on each day" for column, (attribute, *_) in _NUMBERS.items()},
    },
    ignores=frozenset({"Performance (8-bit OP/s)", _CURRENT}),
    reader=_Timelines,
    spelling=spelling,
    key_of=_key,
    date_of=_date_of,
)
