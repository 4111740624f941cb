"""Chip types: the kinds of chips that sales are counted by, with their designer, date, price and worth in H100s."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import chip, cited

_NUMBERS = {
    "H100e": ("h100_equivalents", 1.0, "H100 equivalents", 0.7),
    "Memory": ("memory_gb", 1e-9, "GB", 0.9),
    "Cost per chip (approx.)": ("price_usd", 1.0, "USD", 0.6),
    "Unofficial estimated TDP (W)": ("tdp_w", 1.0, "W", 0.5),
}
_LINKED = "TDP (W) (from ML Hardware (linked))"
_POOLED = {"B200", "B300"}
"""Names under which the table gives what it knows of GB200 and GB300: their power and memory are not the chip's."""

_TRUE = {"True": True, "TRUE": True, "true": True}


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    if not row["Name"]:
        row.reject("Name", "a row without a chip")
        return
    thing = chip(row["Name"])
    if not row["Designer"] and not row.number_in("H100e"):
        row.reject("Designer", f"nothing is said of {thing.name!r}: an empty twin of another row")
        return
    if designer := row["Designer"]:
        yield row.claim(("Name", "Designer"), EntityName(designer, "Company"), "DESIGNS", thing)
    if released := row.date_in("Release date"):
        yield row.claim(("Name", "Release date"), thing, "released", released, status=row.edition.status(released))
    for column, (attribute, factor, unit, sure) in _NUMBERS.items():
        value = row.number_in(column)
        if value and not (thing.name in _POOLED and attribute == "memory_gb"):
            value = round(value * factor, 6)
            amount = quantity(value, unit, currency="USD" if unit == "USD" else None)
            yield row.claim(("Name", column), thing, attribute, value, confidence=sure, quantities={attribute: amount})
    power = row.number_in(_LINKED)
    if power and thing.name not in _POOLED:
        yield row.claim(("Name", _LINKED), thing, "tdp_w", power, quantities={"tdp_w": quantity(power, "W")})
    if row.choice_in("Primarily for Chinese market", _TRUE):
        yield row.claim(
            ("Name", "Primarily for Chinese market"), thing, "flag", "made for the Chinese market", confidence=1.0
        )
    yield from cited(row, thing, "Name", "Notes")
    if note := row.note("Notes", thing.name):
        yield note


CHIP_TYPES = Table(
    name="epoch-chip-types",
    marks=("Name",),
    reads={
        "Name": "the chip",
        "Designer": "who designs it",
        "Release date": "when it came out",
        "Primarily for Chinese market": "which chips are made for China",
        "Notes": "notes and sources cited",
        _LINKED: "its power",
        **{column: attribute for column, (attribute, *_) in _NUMBERS.items()},
    },
    ignores=frozenset({"ML Hardware (linked)", "16-bit FLOP/s", "8-bit OP/s", "Memory bandwidth", "Last Modified"}),
    claims=_claims,
)
