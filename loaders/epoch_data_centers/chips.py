"""Chip quantities: how many chips of a kind a site has on a day, all told; whose they are, who computes on them."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName, Quantity
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.dated import last_modified
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import cited, names, number_alike

_SOURCES = {
    "Company disclosure": 0.9,
    "Calculations": 0.7,
    "Estimate": 0.6,
    "Esimate": 0.6,  # as the table misspells it
}
"""Confidence by where chip type and number come from."""

_KEY = ("Data center", "Date", "Chip type")


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    chip, day = row["Chip type"], row.date_in("Date")
    count = row.number_in("Number of Units")
    if not chip or day is None:
        row.reject("Chip type" if not chip else "Date", "a row without chip or date")
        return
    site = row["Data center"]
    sure = min(_sure(row, "Chip type source"), _sure(row, "Number of Units source"))
    qualifiers: dict[str, str | float] = {"date": day}
    quantities: dict[str, Quantity] = {}
    if count is not None:
        qualifiers["chip_count"] = count
        quantities["chip_count"] = quantity(count, "chips", as_of=day)
    status = row.edition.status(day)
    thing = EntityName(chip, "Chip")
    if site:
        facility = EntityName(site, "Facility")
        columns = (*_KEY, "Number of Units")
        yield row.claim(
            columns, facility, "HOSTS_CHIP", thing,
            status=status, confidence=sure, qualifiers=qualifiers, quantities=quantities, valid_from=day,
        )  # fmt: skip
        yield from cited(row, facility, "Data center", "Notes")
        qualifiers["facility"] = site
        if note := row.note("Notes", site):
            yield note
    else:
        row.reject("Data center", f"no site for the {chip}: only owner and user are read")
    for column in ("Owner", "User"):
        for company, known in names(row, column, "Company"):
            yield row.claim(
                (*_KEY, "Number of Units", column), company, "USES_CHIP", thing,
                status=status, confidence=min(sure, known), qualifiers=qualifiers, quantities=quantities,
                valid_from=day,
            )  # fmt: skip


def _sure(row: Row, column: str) -> float:
    return row.choice_in(column, _SOURCES) or 0.6


def _key(row: Row) -> str:
    """Return what tells a row apart; a handle without its site needs the number, for two halves have one handle."""
    handle = f"{row['Chip type']} at {row['Data center']} on {row.day_in('Date')}"
    return handle if row["Data center"] else f"{handle}: {number_alike(row['Number of Units'])}"


CHIPS = Table(
    name="epoch-data-center-chips",
    marks=("Date", "Chip type"),
    reads={
        "Data center": "the site",
        "Date": "the day",
        "Chip type": "the chip",
        "Number of Units": "how many there are on that day, all told",
        "Chip type source": "how sure the chip is",
        "Number of Units source": "how sure the number is",
        "Owner": "whose they are",
        "User": "who computes on them",
        "Notes": "notes and cited sources",
    },
    ignores=frozenset({"Handle", "Timeline", "Created By", "Created", "Last Modified By", "Last Modified"}),
    claims=_claims,
    key_of=_key,
    date_of=last_modified,
)
