"""Level 1, who is who: names, seat and identifier of a legal entity."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.tables.edition import Edition
from kg.tables.record import record
from kg.tables.row import Row
from kg.tables.seat import seat

TABLE = "gleif-level-1"
NAMES = {
    "PREVIOUS_LEGAL_NAME": "former_name",
    "TRADING_OR_OPERATING_NAME": "trading_name",
    "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "alias",
    "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME": "transliterated_name",
    "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME": "transliterated_name",
}
"""Kinds of further names, and the attribute that each gives."""

_CATEGORIES = frozenset(
    "GENERAL FUND SOLE_PROPRIETOR RESIDENT_GOVERNMENT_ENTITY INTERNATIONAL_ORGANIZATION NULL".split()
)
_REGISTRATIONS = frozenset(
    "ISSUED LAPSED RETIRED MERGED TRANSFERRED PENDING_TRANSFER PENDING_ARCHIVAL PENDING_VALIDATION PUBLISHED".split()
)
_VOID = frozenset("DUPLICATE ANNULLED CANCELLED".split())
_CARE_OF = re.compile(r"(?:^|\W)c/o(?:\W|$)|\bcare of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegalEntity:
    """What a record says of one entity, whichever format it stands in; ``others`` are kinds and names."""

    lei: str
    name: str
    others: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    city: str
    region: str
    country: str
    postcode: str
    category: str
    registration: str


def claims(edition: Edition, number: int, entity: LegalEntity) -> Iterator[Claim | Rejection]:
    """Yield what a record says. ``number`` is its place in the file.

    A lapsed registration is paperwork and says nothing of the company. Records that GLEIF has declared void, and
    branches, which are no companies of their own, are rejected.
    """
    row = record(edition, number, entity.lei, _fields(entity))
    if entity.registration in _VOID:
        row.reject("RegistrationStatus", f"{entity.lei} is void: {entity.registration}")
    elif entity.category == "BRANCH":
        row.reject("EntityCategory", f"{entity.lei} is a branch ({entity.name[:80]}), no company of its own")
    else:
        yield from _checked(row, edition, number, entity)
    yield from row.problems


def _fields(entity: LegalEntity) -> Mapping[str, str]:
    return {
        "LEI": entity.lei,
        "LegalName": entity.name,
        "EntityCategory": entity.category,
        "RegistrationStatus": entity.registration,
        "HeadquartersAddress.lines": ", ".join(entity.lines),
        "HeadquartersAddress.City": entity.city,
        "HeadquartersAddress.Region": entity.region,
        "HeadquartersAddress.Country": entity.country,
        "HeadquartersAddress.PostalCode": entity.postcode,
    }


def _checked(row: Row, edition: Edition, number: int, entity: LegalEntity) -> Iterator[Claim | Rejection]:
    try:
        id_ = external_id("lei", entity.lei)
    except ValueError as error:
        row.reject("LEI", str(error))
        return
    if not entity.name:
        row.reject("LegalName", f"{entity.lei} has no name")
        return
    for column, value, known in (
        ("EntityCategory", entity.category, _CATEGORIES),
        ("RegistrationStatus", entity.registration, _REGISTRATIONS),
    ):
        if value and value not in known:
            row.reject(column, f"unknown category {value[:60]!r}")
    aliases = tuple(dict.fromkeys(name for kind, name in entity.others if kind in NAMES and name != entity.name))
    who = EntityName(entity.name, "Company", id_, aliases)
    yield row.claim(("LegalName", "LEI"), who, "same_as", id_, confidence=1.0)
    yield row.claim(("LEI", "LegalName"), who, "legal_name", entity.name, confidence=1.0)
    yield from _seat(row, who, entity)
    for kind, name in entity.others:
        yield from _other(edition, number, who, kind, name)


def _seat(row: Row, who: EntityName, entity: LegalEntity) -> Iterator[Claim]:
    at = "HeadquartersAddress."
    if any(_CARE_OF.search(line) for line in entity.lines):
        row.reject(f"{at}lines", f"the seat of {who.name[:80]} is in care of another: {entity.lines[0][:80]}")
        return
    place = seat(entity.city, entity.region, entity.country)
    if place:
        columns = ("LegalName", f"{at}Region", f"{at}Country", f"{at}City")
        yield row.claim(columns, who, "LOCATED_IN", place, confidence=0.97)
    street = ", ".join(filter(None, (*entity.lines, entity.city, entity.region, entity.postcode, entity.country)))
    if entity.lines:
        yield row.claim(("LegalName", f"{at}City", f"{at}lines"), who, "address", street, confidence=1.0)


def _other(edition: Edition, number: int, who: EntityName, kind: str, name: str) -> Iterator[Claim | Rejection]:
    fields = {"LegalName": who.name, "type": kind, "OtherEntityName": name}
    row = record(edition, number, (who.id or "").removeprefix("lei:"), fields)
    attribute = row.choice_in("type", NAMES)
    if attribute and row["OtherEntityName"]:
        yield row.claim(("LegalName", "type", "OtherEntityName"), who, attribute, name, confidence=1.0)
    yield from row.problems
