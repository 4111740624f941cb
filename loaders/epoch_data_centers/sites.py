"""Sites: who owns, uses, builds, powers and pays for each, where it stands, with which chips."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split
from kg.tables.measure import quantity
from kg.tables.places import place_in
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import cited, names, spelling

_COMPANIES = {
    "Owner": "OWNS",
    "Users": "USES",
    "Construction companies": "BUILDS",
    "Energy companies": "POWERS",
    "Investors": "FUNDS",
}
"""Columns that list companies, and what each company is to the site."""

_NUMBERS = {
    "Current H100 equivalents": ("h100_equivalents", 1.0, "H100 equivalents", None),
    "Current total capital cost (2025 USD billions)": ("cost_usd", 1e9, "USD", "USD"),
}
_POWER = "Current power (MW)"
_POWER_IS_IT = "2026"
"""Editions of earlier years give the power of the whole site in this column, later ones that of the equipment."""


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    site = EntityName(row["Name"], "Facility")
    if not site.name:
        row.reject("Name", "a row without a site")
        return
    yield from _parties(row, site)
    yield from _chips(row, site)
    yield from _numbers(row, site)
    yield from _where(row, site)
    for project, sure in names(row, "Project", "Facility"):
        yield row.claim(("Name", "Project"), site, "PART_OF", project, confidence=sure)
    yield from cited(row, site, "Name", "Selected Sources")


def _parties(row: Row, site: EntityName) -> Iterator[Claim]:
    for column, predicate in _COMPANIES.items():
        for company, sure in names(row, column, "Company"):
            yield row.claim(("Name", column), company, predicate, site, confidence=sure)


def _chips(row: Row, site: EntityName) -> Iterator[Claim]:
    """Yield the chips there now, and as planned those that stand only among all."""
    now = split(row["Current chip types"])
    for chip in now:
        yield row.claim(("Name", "Current chip types"), site, "HOSTS_CHIP", EntityName(chip, "Chip"))
    for chip in split(row["All chip types"]):
        if chip not in now:
            chip_name = EntityName(chip, "Chip")
            yield row.claim(("Name", "All chip types"), site, "HOSTS_CHIP", chip_name, status="planned")


def _numbers(row: Row, site: EntityName) -> Iterator[Claim]:
    """Yield the current numbers, as of no day of their own: one that a later edition repeats is the same claim."""
    day = row.edition.day
    for column, (attribute, factor, unit, currency) in _NUMBERS.items():
        value = row.number_in(column)
        if value:  # 0 is how the table says that there is nothing yet
            value = round(value * factor, 3)
            amount = quantity(value, unit, currency=currency)
            yield row.claim(("Name", column), site, attribute, value, quantities={attribute: amount}, confidence=0.8)
    power = row.number_in(_POWER) if row.edition.is_dated else None
    if power is not None:
        basis = "it" if day >= _POWER_IS_IT else "facility_power"
        amount = quantity(power, "MW", basis=basis)
        yield row.claim(("Name", _POWER), site, "capacity_mw", power, quantities={"capacity_mw": amount})


def _where(row: Row, site: EntityName) -> Iterator[Claim]:
    address, country = row["Address"], row["Country"]
    place = place_in(address, country)
    if place is not None:
        columns = ("Name", "Country") if place.name == country else ("Name", "Country", "Address")
        yield row.claim(columns, site, "LOCATED_IN", place)
    if address:
        yield row.claim(("Name", "Address"), site, "address", address)


SITES = Table(
    name="epoch-data-centers",
    marks=("Name",),
    reads={
        "Name": "the site",
        "Owner": "who owns the compute",
        "Users": "who computes there",
        "Project": "the programme that it is part of",
        "Current chip types": "the chips there now",
        "All chip types": "planned chips",
        "Investors": "who pays for it",
        "Construction companies": "who builds it",
        "Energy companies": "who powers it",
        "Country": "the country",
        "Address": "town and address",
        "Selected Sources": "the sources cited",
        _POWER: "its power on the day of the edition",
        **dict.fromkeys(_NUMBERS, "numbers on the day of the edition"),
    },
    ignores=frozenset({"Calculations sheet", "Current chip types source", "Notes"}),
    claims=_claims,
    spelling=spelling,
    undated={
        _POWER: "not read: it meant the power of the whole site before 2026, that of the equipment since, and the date "
        "of this edition is not known. The timelines give both; or say the date with --vintage"
    },
)
