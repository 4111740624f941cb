"""Chips: who designs and makes each, since when, at which power, on which process, and what was trained on it."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split
from kg.tables.dated import last_modified
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table, columns

from ..epoch import chip, cited

_NAME = "Hardware name"
_NUMBERS = {
    "TDP (W)": ("tdp_w", 1.0, "W"),
    "Process size (nm)": ("process_nm", 1.0, "nm"),
    "Memory size per board (Byte)": ("memory_gb", 1e-9, "GB"),
    "Release price (USD)": ("price_usd", 1.0, "USD"),
}
_DISPUTED = 0.5
"""Confidence of each of several foundries: the table says that one of them makes the chip."""


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    if not row[_NAME]:
        row.reject(_NAME, "a row without a chip")
        return
    thing = chip(row[_NAME])
    if maker := row["Manufacturer"]:
        yield row.claim((_NAME, "Manufacturer"), EntityName(maker, "Company"), "DESIGNS", thing)
    foundries = split(row["Foundry"])
    for foundry in foundries:
        sure = 0.9 if len(foundries) == 1 else _DISPUTED
        yield row.claim((_NAME, "Foundry"), EntityName(foundry, "Company"), "FABRICATES", thing, confidence=sure)
    if released := row.date_in("Release date"):
        yield row.claim((_NAME, "Release date"), thing, "released", released)
    for column, (attribute, factor, unit) in _NUMBERS.items():
        value = row.number_in(column)
        if value:
            value = round(value * factor, 6)
            amount = quantity(value, unit, currency="USD" if unit == "USD" else None)
            yield row.claim((_NAME, column), thing, attribute, value, quantities={attribute: amount})
    for model in split(row["ML models"]):
        yield row.claim((_NAME, "ML models"), EntityName(model, "Model"), "TRAINED_ON", thing)
    yield from cited(row, thing, _NAME, "Link to datasheet", "Source for the price", "Notes")


HARDWARE = Table(
    name="epoch-ml-hardware",
    marks=(_NAME,),
    reads={
        _NAME: "the chip",
        "Manufacturer": "who designs it",
        "Foundry": "who makes it",
        "Release date": "when it came out",
        "ML models": "models trained on it",
        "Link to datasheet": "sources cited",
        "Source for the price": "sources cited",
        "Notes": "sources cited",
        **{column: attribute for column, (attribute, _, _) in _NUMBERS.items()},
    },
    ignores=columns(
        """Type|FP64 (double precision) performance (FLOP/s)|FP32 (single precision) performance (FLOP/s)
        |FP16 (half precision) performance (FLOP/s)|TF32 (TensorFloat-32) performance (FLOP/s)
        |Tensor-FP16/BF16 performance (FLOP/s)|INT16 performance (OP/s)|INT8 performance (OP/s)
        |INT4 performance (OP/s)|FP8 performance (FLOP/s)|FP4 performance (FLOP/s)|Memory bandwidth (byte/s)
        |Intranode bandwidth (byte/s)|Internode bandwidth (bit/s)|Die Size (mm^2)|Base clock (MHz)
        |Boost clock (MHz)|Memory clock (MHz)|Memory bus (bit)|Tensor cores|Transistors (millions)|Last modified
        |Max performance|Energy efficiency|Total processing performance (bit-OP/s)|Price-performance
        |ML OP/s"""
    ),
    claims=_claims,
    date_of=last_modified,
)
