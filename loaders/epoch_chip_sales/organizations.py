"""Organizations of the chip market: their country, whether they design chips, and which."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split
from kg.tables.places import area
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import chip

_TYPES = {"Chip designer": "chip_designer", "Compute owner": None}
"""Roles by type; an owner of compute may be of any."""


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    name = row["Name"]
    if not row["Type"] or not name:
        row.reject("Name", f"no organization: {name[:60]!r} stands for several or for a kind of them")
        return
    company = EntityName(name, "Company")
    if country := row["Country"]:
        yield row.claim(("Name", "Country"), company, "LOCATED_IN", area(country))
    for kind in split(row["Type"]):
        if kind not in _TYPES:
            row.reject("Type", f"unknown category {kind[:60]!r} (known: {', '.join(_TYPES)})")
        elif role := _TYPES[kind]:
            yield row.claim(("Name", "Type"), company, "role", role)
    for designed in split(row["Chip types"]):
        yield row.claim(("Name", "Chip types"), company, "DESIGNS", chip(designed))


ORGANIZATIONS = Table(
    name="epoch-chip-organizations",
    marks=("Name", "Type"),
    reads={
        "Name": "the organization",
        "Country": "where it is",
        "Type": "its role; rows without one stand for kinds of organizations",
        "Chip types": "the chips that it designs",
    },
    claims=_claims,
)
