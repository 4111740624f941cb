"""Funding rounds: equity, debt and valuation on a day. No column names the investors: the notes do."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.measure import quantity
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import DOUBT, cited

_STATUSES = {"Closed": "asserted", "Late discussions": "planned"}
_DOUBT = {word.capitalize(): sure for word, sure in DOUBT.items()}
_TRUE = {"TRUE": True, "True": True, "true": True}
_NUMBERS = {
    "Funding (equity)": "equity_raised_usd",
    "Funding (debt)": "debt_raised_usd",
    "Valuation (post-money)": "valuation_usd",
}


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    name, company = row["Id"], EntityName(row["Company"], "Company")
    status = row.choice_in("Status", _STATUSES) if row.has("Status") else "reported"
    sure = row.choice_in("Confidence", _DOUBT) if row.has("Confidence") else 0.6
    if not company.name or not name or status is None or sure is None:
        if not row.problems:
            row.reject("Company" if not company.name else "Id", "a row without name, company, status or confidence")
        return
    reported = row.date_in("Report date")
    day = row.date_in("Close date") or reported
    told = ("Company", "Status", "Close date", "Report date", "Confidence")
    yield row.claim((*told, "Id"), company, "funding_round", name, status=status, confidence=sure, valid_from=day)
    for column, attribute in _NUMBERS.items():
        value = row.number_in(column)
        if value:
            amount = quantity(value, "USD", currency="USD", as_of=day)
            yield row.claim(
                ("Id", *told, column), company, attribute, value,
                status=status, confidence=sure, quantities={attribute: amount}, valid_from=day,
            )  # fmt: skip
    if row.choice_in("Exclude from graph view", _TRUE):
        words = f"funding round {name!r} is also told by another row"
        yield row.claim(("Id", "Company", "Exclude from graph view"), company, "flag", words, confidence=1.0)
    yield from cited(row, company, "Company", "Notes")
    if note := row.note("Notes", company.name):
        yield note


ROUNDS = Table(
    name="epoch-ai-companies-funding",
    marks=("Id", "Company"),
    reads={
        "Id": "the round",
        "Company": "whose it is",
        "Status": "whether it is closed",
        "Confidence": "how sure it is",
        "Close date": "when",
        "Report date": "when, of a round that is not closed",
        "Notes": "notes and sources cited",
        "Exclude from graph view": "which rounds are told twice",
        **_NUMBERS,
    },
    ignores=frozenset({"Type"}),
    claims=_claims,
)
