"""Sales of chips by quarter: estimates with an interval, increments that are never totals."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName, Value
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.dated import last_modified
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import chip, cited

_UNITS = "Number of Units"
_LOW = ("Number of Units (5th percentile)", "Number of Units 5th percentile", "Number of Units (5th)")
_HIGH = ("Number of Units (95th percentile)", "Number of Units 95th percentile", "Number of Units (95th)")
_ESTIMATE = 0.6
"""Confidence of an estimate: the table gives an interval that holds the truth nine times in ten."""


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    maker, name = row["Chip manufacturer"], row["Chip type"]
    start, end = row.date_in("Start date"), row.date_in("End date")
    units = row.number_in(_UNITS)
    if not maker or not name or units is None:
        row.reject("Chip type" if not name else "Chip manufacturer", "a row without maker, chip or number")
        return
    low, high = (next((v for c in columns if (v := row.number_in(c)) is not None), None) for columns in (_LOW, _HIGH))
    thing = chip(name)
    qualifiers: dict[str, Value] = {"chip_count": units} | ({"date": end} if end else {})
    amount = quantity(units, "chips", per="period", as_of=end, low=low, high=high)
    yield row.claim(
        ("Name", "Start date", "End date", _UNITS, "Chip manufacturer", "Chip type"),
        EntityName(maker, "Company"), "SHIPS", thing,
        status="planned" if row.edition.status(end) == "planned" else "reported", confidence=_ESTIMATE,
        qualifiers=qualifiers, quantities={"chip_count": amount}, valid_from=start,
    )  # fmt: skip
    yield from cited(row, thing, "Chip type", "Source / Link", "Notes")
    if note := row.note("Notes", name):
        yield note


SALES = Table(
    name="epoch-chip-sales",
    marks=("Chip manufacturer", "Chip type", _UNITS),
    reads={
        "Name": "the row",
        "Chip manufacturer": "who ships",
        "Chip type": "the chip",
        "Start date": "the first day",
        "End date": "the last day",
        _UNITS: "how many",
        "Notes": "notes and sources cited",
        "Source / Link": "sources cited",
    },
    optional=dict.fromkeys((*_LOW, *_HIGH), "the interval"),
    ignores=frozenset({"Incomplete", "Last Modified", "H100e"}),
    claims=_claims,
    date_of=last_modified,
)
