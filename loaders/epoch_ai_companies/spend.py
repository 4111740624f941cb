"""Compute spend: what a company pays for compute in a year, for research, for inference, or altogether."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import DOUBT, cited

_DOUBT = {word.capitalize(): sure for word, sure in DOUBT.items()}
_CATEGORIES = ("R&D cloud compute", "Inference cloud compute", "Data")
_ONE = {"R&D cloud compute": "research_compute_usd", "Inference cloud compute": "inference_compute_usd"}
_PERIODS = {"Year": "year", "Annualized": "year at the rate of the date"}
_TRUE = {"TRUE": True, "True": True, "true": True}


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    company, value = EntityName(row["Company"], "Company"), row.number_in("Amount")
    attribute, period = _attribute(row), row.choice_in("Period type", _PERIODS)
    sure = row.choice_in("Confidence", _DOUBT) if row.has("Confidence") else 0.6
    day = row.date_in("Date")
    reported = row.date_in("Report date")
    if not company.name or not value or attribute is None or period is None or sure is None or day is None:
        if not row.problems:
            row.reject("Company" if not company.name else "Amount", "a row without company, amount, period or date")
        return
    ahead = reported is not None and reported < day
    amount = quantity(value, "USD a year", currency="USD", per=period, as_of=day)
    yield row.claim(
        ("Id", "Company", "Category", "Period type", "Date", "Report date", "Confidence", "Amount"),
        company, attribute, value,
        status="planned" if ahead else row.edition.status(day), confidence=sure,
        quantities={attribute: amount}, valid_from=day,
    )  # fmt: skip
    if row.choice_in("Exclude from graph view", _TRUE):
        words = f"compute spend {row['Id']!r} is also told by another row"
        yield row.claim(("Id", "Company", "Exclude from graph view"), company, "flag", words, confidence=1.0)
    yield from cited(row, company, "Company", "Notes")
    if note := row.note("Notes", company.name):
        yield note


def _attribute(row: Row) -> str | None:
    """Return what the amount is spent on; a category that is not known is rejected."""
    categories = split(row["Category"])
    unknown = [category for category in categories if category not in _CATEGORIES]
    if unknown or not categories:
        row.reject("Category", f"unknown category {', '.join(unknown)[:60]!r} (known: {', '.join(_CATEGORIES)})")
        return None
    return _ONE[categories[0]] if len(categories) == 1 and categories[0] in _ONE else "compute_spend_usd"


SPEND = Table(
    name="epoch-ai-companies-spend",
    marks=("Id", "Company", "Amount"),
    reads={
        "Id": "the row",
        "Company": "who spends",
        "Amount": "how much",
        "Category": "for what",
        "Period type": "for a year, or at its rate",
        "Date": "the end of the year",
        "Report date": "which amounts were expected when they were told",
        "Confidence": "how sure it is",
        "Notes": "notes and sources cited",
        "Exclude from graph view": "which amounts are told twice",
    },
    ignores=frozenset({"Source Type", "Inference compute spend", "R&D compute spend", "Total compute spend"}),
    claims=_claims,
)
