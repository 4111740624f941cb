"""The feed of latest filings (Atom): one entry for each filing and each role in it."""

import re
from collections.abc import Iterator
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.record import record
from kg.tables.row import Row
from kg.tables.source import SourceInfo
from kg.tables.table import Item
from kg.tables.wanted import left_out, wanted
from kg.text.xml import local, parse, text_of

from .names import plain
from .submissions import FORMS

TABLE = "sec-latest-filings"
_TITLE = re.compile(r"(?P<form>\S.*?) - (?P<name>.+) \((?P<cik>\d{10})\) \((?P<role>[^()]+)\)")
_NUMBER = re.compile(r"accession-number=([\d-]+)")
_FILED = re.compile(r"Filed:</b>\s*(\d{4}-\d\d-\d\d)")
_ITEM = re.compile(r"Item ([\dA-Z.]+):")
_ROLES = frozenset(("Filer", "Issuer", "Subject", "Filed by", "Reporting", "Depositor"))
"""Roles in which a filing is listed; those who report their own holdings are not read."""

_FILERS = frozenset(("Filer", "Subject", "Issuer"))


def read(raw: Raw, info: SourceInfo) -> Iterator[Item]:
    """Yield the edition, and for each filing of a company that is wanted what was filed, and by whom.

    Raises ValueError for a feed that is not well-formed.
    """
    root = parse(raw.data)
    updated = (text_of(root, "updated") or "")[:10] or None
    said = edition(
        raw,
        info,
        TABLE,
        ("title", "link", "summary", "updated", "category", "id"),
        date_of=lambda *_: updated,
        whole=False,
    )
    yield said.document
    only = wanted(raw, "cik")
    left = count = 0
    for number, entry in enumerate((child for child in root if local(child) == "entry"), 1):
        count += 1
        fields = _fields(entry)
        if not (fields["cik"] and fields["accession"]):
            yield Rejection(
                f"{raw.address}: row {number}, title", f"{fields['title'][:80]!r} is no form, name and number"
            )
        elif fields["role"] not in _ROLES:
            yield Rejection(f"{raw.address}: row {number}, title", f"unknown role {fields['role'][:60]!r}")
        elif fields["role"] not in _FILERS:
            continue
        elif not (only.by_id(f"cik:{fields['cik'].lstrip('0')}") or only.by_name(plain(fields["name"]))):
            left += 1
        else:
            row = record(said, number, f"{fields['cik'].lstrip('0')} {fields['accession']}", fields)
            yield from _claims(row)
            yield from row.problems
    if left:
        yield Rejection(raw.address, left_out(left, count, "entries"))


def _fields(entry: Any) -> dict[str, str]:
    title = text_of(entry, "title") or ""
    summary = text_of(entry, "summary") or ""
    found = _TITLE.fullmatch(title)
    number, filed = _NUMBER.search(text_of(entry, "id") or ""), _FILED.search(summary)
    link = next((child.get("href") or "" for child in entry if local(child) == "link"), "")
    return {
        "title": title,
        "form": found["form"] if found else "",
        "name": found["name"] if found else "",
        "cik": found["cik"] if found else "",
        "role": found["role"] if found else "",
        "accession": number[1] if number else "",
        "filed": filed[1] if filed else (text_of(entry, "updated") or "")[:10],
        "items": ", ".join(_ITEM.findall(summary)),
        "link": link,
    }


def _claims(row: Row) -> Iterator[Claim]:
    who = EntityName(plain(row["name"]), "Company", external_id("cik", row["cik"]))
    yield row.claim(("title", "cik"), who, "same_as", who.id or "", confidence=1.0)
    if FORMS.fullmatch(row["form"]):
        items = f" ({row['items']})" if row["items"] else ""
        columns = ("title", "items", "link", "filed", "form")
        said = f"{row['form']} {row['accession']}{items}"
        yield row.claim(columns, who, "filing", said, confidence=1.0, valid_from=row.date_in("filed"))
