"""Companies: when each was founded, what it builds, and which lab of it does the work."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.row import Row
from kg.tables.table import Table

from ..epoch import cited

_LAB = "Organization (from Organizations)"
_TYPES = {"Foundation": "ai_lab"}
"""Roles by type of company: Foundation is who trains models of its own."""


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    if not row["Name"]:
        row.reject("Name", "a row without a company")
        return
    company = EntityName(row["Name"], "Company")
    if founded := row.date_in("Founding date"):
        yield row.claim(("Name", "Founding date"), company, "founded", founded)
    if role := row.choice_in("Company type", _TYPES):
        yield row.claim(("Name", "Company type"), company, "role", role)
    lab = EntityName(row[_LAB], "Company")
    if lab.name and lab.name != company.name:
        yield row.claim(("Name", _LAB), lab, "SUBSIDIARY_OF", company, confidence=0.8)
    yield from cited(row, company, "Name", "Founding source/notes")


COMPANIES = Table(
    name="epoch-ai-companies",
    marks=("Name",),
    reads={
        "Name": "the company",
        "Founding date": "when it was founded",
        "Company type": "its role",
        _LAB: "its lab",
        "Founding source/notes": "sources cited",
    },
    ignores=frozenset({"Product Domain(s)"}),
    claims=_claims,
)
