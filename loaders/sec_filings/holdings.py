"""Form 13F in a full submission: whose shares a manager held on the last day of a quarter, and what they were worth."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.measure import quantity
from kg.tables.record import part_of, record
from kg.tables.row import Row
from kg.tables.source import source
from kg.tables.table import Item
from kg.tables.wanted import left_out, wanted
from kg.text.xml import local, parse, text_of

from ..sec_edgar.names import plain
from .submission import Part, Submission

TABLE = "sec-13f-holdings"
TYPE = "INFORMATION TABLE"
"""Type of the part of a submission that lists holdings."""

_IN_DOLLARS = "2023-01-03"
"""Day from which values are filed in dollars; before it they were thousands."""

_LEFT_ALONE = frozenset(
    "figi sshPrnamtType shrsOrPrnAmt investmentDiscretion otherManager votingAuthority Sole Shared None".split()
)
_READ = frozenset("nameOfIssuer titleOfClass cusip value sshPrnamt putCall".split())


def read(raw: Raw, submission: Submission, part: Part, where: str) -> Iterator[Item]:
    """Yield the table as an edition, and a claim for each holding in a company that is wanted.

    Lines of one security are one holding, since a manager lists it once for each of those who decide on it. Options are
    rejected: they are no shares.
    """
    try:
        root = parse(part.text.split("<XML>", 1)[-1].rsplit("</XML>", 1)[0].encode())
    except ValueError as error:
        yield Rejection(where, str(error))
        return
    if submission.name is None or submission.cik is None:
        yield Rejection(where, "holdings without a header that says whose")
        return
    lines = [_fields(line) for line in root if local(line) == "infoTable"]
    said = edition(raw, source("sec-filings"), TABLE, (), date_of=lambda *_: submission.filed, whole=False)
    said = part_of(said, where)
    yield said.document
    yield from (Rejection(where, f"element {name!r} is not known and was not read") for name in _unknown(root))
    holder = EntityName(plain(submission.name), "Company", external_id("cik", str(submission.cik)))
    only = wanted(raw, "cusip")
    holdings = _holdings(lines)
    left = 0
    for number, fields in enumerate(holdings, 1):
        if not only.by_name(fields["nameOfIssuer"]):
            left += 1
            continue
        key = f"{submission.cik} {submission.period or submission.filed} {fields['cusip']} {fields['putCall']}".strip()
        row = record(said, number, key, {"holder": submission.name, "date": submission.period or "", **fields})
        yield from _claims(row, holder, submission)
        yield from row.problems
    if left:
        yield Rejection(where, left_out(left, len(holdings), "holdings"))


def _claims(row: Row, holder: EntityName, submission: Submission) -> Iterator[Claim]:
    issuer = EntityName(plain(row["nameOfIssuer"]), "Company")
    value = row.number_in("value")
    if row["putCall"]:
        row.reject("putCall", f"an option on {issuer.name[:60]} ({row['putCall']}), no holding")
    elif value is not None and value >= 0 and issuer.name != holder.name:
        dollars = value if (submission.filed or "") >= _IN_DOLLARS else value * 1000
        when = {"date": submission.period} if submission.period else {}
        yield row.claim(
            ("holder", "date", "nameOfIssuer", "cusip", "sshPrnamt", "value"),
            holder,
            "HOLDS",
            issuer,
            confidence=0.99,
            qualifiers={"value_usd": dollars, **when},
            quantities={"value_usd": quantity(dollars, "USD", as_of=submission.period)},
            valid_from=submission.period,
        )


def _fields(line: Any) -> dict[str, str]:
    found = {name: text_of(line, name) or "" for name in ("nameOfIssuer", "titleOfClass", "cusip", "value", "putCall")}
    return found | {"sshPrnamt": text_of(line, "shrsOrPrnAmt", "sshPrnamt") or ""}


def _holdings(lines: list[dict[str, str]]) -> list[Mapping[str, str]]:
    """Return the lines, those of one security put together with their numbers added."""
    together: dict[tuple[str, str], dict[str, str]] = {}
    for fields in lines:
        key = (fields["cusip"], fields["putCall"])
        before = together.get(key)
        together[key] = (
            fields
            if before is None
            else before | {name: _sum(before[name], fields[name]) for name in ("value", "sshPrnamt")}
        )
    return list(together.values())


def _sum(one: str, other: str) -> str:
    return str(int(one) + int(other)) if one.isdecimal() and other.isdecimal() else one


def _unknown(root: Any) -> list[str]:
    known = _READ | _LEFT_ALONE | {"infoTable"}
    return list(
        dict.fromkeys(
            local(element) for element in root.iter("*") if element is not root and local(element) not in known
        )
    )
