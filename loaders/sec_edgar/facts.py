"""Company facts: what a filer reported in numbers, of the concepts that tell of compute, by period."""

from collections.abc import Iterator, Mapping
from datetime import date as Day  # noqa: N812  a class beside functions that read dates
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.measure import quantity
from kg.tables.record import listing, mapping, record
from kg.tables.row import Row
from kg.tables.source import SourceInfo
from kg.tables.table import Item

from .names import cik_of, plain, text

TABLE = "sec-company-facts"
CONCEPTS = {
    ("us-gaap", "Revenues"): "revenue_usd",
    ("us-gaap", "RevenueFromContractWithCustomerExcludingAssessedTax"): "revenue_usd",
    ("us-gaap", "RevenueFromContractWithCustomerIncludingAssessedTax"): "revenue_usd",
    ("us-gaap", "SalesRevenueNet"): "revenue_usd",
    ("us-gaap", "PaymentsToAcquirePropertyPlantAndEquipment"): "capital_expenditure_usd",
    ("us-gaap", "PaymentsToAcquireProductiveAssets"): "capital_expenditure_usd",
    ("us-gaap", "PurchaseObligation"): "purchase_obligation_usd",
    ("us-gaap", "UnrecordedUnconditionalPurchaseObligationBalanceSheetAmount"): "purchase_obligation_usd",
    ("us-gaap", "RevenueRemainingPerformanceObligation"): "remaining_performance_obligation_usd",
    ("us-gaap", "GuaranteeObligationsMaximumExposure"): "guarantee_exposure_usd",
    ("us-gaap", "LesseeOperatingLeaseLiabilityPaymentsDue"): "lease_obligation_usd",
    ("us-gaap", "LongTermDebt"): "debt_usd",
    ("ifrs-full", "Revenue"): "revenue_usd",
    ("ifrs-full", "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities"): "capital_expenditure_usd",
}
"""The concepts that are read, and the attribute that each gives; all others are left alone."""

_FIELDS = frozenset("start end val accn fy fp form filed frame".split())
_PERIODS = ((80, 100, "quarter"), (170, 190, "half-year"), (260, 285, "nine months"), (350, 380, "year"))


def read(raw: Raw, data: Mapping[str, Any], info: SourceInfo) -> Iterator[Item]:
    """Yield the edition of one filer's facts, and a claim for each concept and period.

    A period that several filings report is taken from the one filed last.
    """
    cik, name = cik_of(data.get("cik")), text(data.get("entityName"))
    if cik is None or not name:
        raise InputError(f"{raw.address}: company facts need cik and entityName")
    who = EntityName(plain(name), "Company", external_id("cik", cik))
    facts = list(_latest(raw, mapping(data.get("facts"), f"{raw.address}: facts")))
    filed = max((fields["filed"] for _, fields in facts), default=None)
    said = edition(raw, info, TABLE, ("cik", "entityName", "facts"), date_of=lambda *_: filed, whole=False)
    yield said.document
    for number, (concept, fields) in enumerate(facts, 1):
        key = f"{cik} {concept[0]}:{concept[1]} {fields['start']}/{fields['end']} {fields['unit']}"
        row = record(said, number, key, {"entityName": name, "concept": ":".join(concept), **fields})
        yield from _claims(row, who, CONCEPTS[concept])
        yield from row.problems


def _latest(raw: Raw, facts: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Yield the facts that are read, of each concept, unit and period the one filed last."""
    for concept in CONCEPTS:
        where = f"{raw.address}: facts.{concept[0]}.{concept[1]}"
        told = mapping(mapping(facts.get(concept[0]), where).get(concept[1]), where)
        for unit, values in mapping(told.get("units"), where).items():
            latest: dict[tuple[str, str], dict[str, str]] = {}
            for number, value in enumerate(listing(values, where), 1):
                fields = _fields(f"{where}.{unit}[{number}]", value, unit)
                period = (fields["start"], fields["end"])
                if period not in latest or latest[period]["filed"] <= fields["filed"]:
                    latest[period] = fields
            yield from ((concept, fields) for fields in latest.values())


def _fields(where: str, value: Any, unit: str) -> dict[str, str]:
    if not isinstance(value, dict) or not {"end", "val", "filed"} <= value.keys():
        raise InputError(f"{where}: a fact needs end, val and filed")
    if unknown := value.keys() - _FIELDS:
        raise InputError(f"{where}: a fact with keys that nobody knows: {', '.join(sorted(unknown))}")
    return {"start": "", "unit": unit} | {key: text(item) for key, item in value.items()}


def _claims(row: Row, who: EntityName, attribute: str) -> Iterator[Claim]:
    start, end = row.date_in("start"), row.date_in("end")
    value = row.number_in("val")
    if row["unit"] != "USD":
        row.reject("unit", f"{row['concept']} in {row['unit'] or 'no unit'}; only dollars are read")
    elif value is not None and value < 0:
        row.reject("val", f"{row['concept']} of {row['end']} is negative ({row['val']})")
    elif value is not None and end:
        amount = quantity(value, "USD", per=_per(start, end), as_of=end)
        columns = ("entityName", "start", "end", "form", "filed", "accn", "concept", "val")
        yield row.claim(
            tuple(name for name in columns if row.has(name)),
            who,
            attribute,
            value,
            confidence=1.0,
            quantities={attribute: amount},
            valid_from=start or end,
            valid_to=end,
        )


def _per(start: str | None, end: str) -> str | None:
    """Return what the period is called; fiscal years have 52 or 53 weeks and end anywhere."""
    if not start:
        return None
    days = (Day.fromisoformat(end) - Day.fromisoformat(start)).days
    return next((name for least, most, name in _PERIODS if least <= days <= most), f"{days + 1} days")
