"""Submissions: who a filer is, what it was called, and the list of what it filed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.record import listing, mapping, record
from kg.tables.row import Row
from kg.tables.seat import seat
from kg.tables.source import SourceInfo
from kg.tables.table import Item

from .names import cik_of, plain, text

TABLE = "sec-submissions"
FILER = frozenset("cik name tickers exchanges ein lei addresses formerNames filings entityType".split())
IGNORED = frozenset(
    "sic sicDescription ownerOrg insiderTransactionForOwnerExists insiderTransactionForIssuerExists description "
    "website investorWebsite category fiscalYearEnd stateOfIncorporation stateOfIncorporationDescription phone "
    "flags".split()
)
LISTED = ("accessionNumber", "filingDate", "form", "items", "primaryDocument", "reportDate")
FORMS = re.compile(
    r"(?:8-K|10-[KQ]|10-KT|20-F|40-F|6-K|S-[134]|F-[134]|424B\d|425|DEFM14A|SC TO-[TI]|D|13F-HR|"
    r"SC 13[DG]|SCHEDULE 13[DG])(?:12[BG])?(?:ASR|MEF)?(?:/A)?"
)
"""Forms that tell of deals, holdings or the business. Insiders' trades, letters and formal notices are left alone."""

_AT = "addresses.business."
_STREET = ("street1", "street2", "city", "stateOrCountry", "zipCode")
_STATE = "stateOrCountryDescription"
_FILE = re.compile(r"CIK0*(\d{1,10})-submissions-\d+", re.IGNORECASE)


def read(raw: Raw, data: Mapping[str, Any], info: SourceInfo) -> Iterator[Item]:
    """Yield the edition of one filer's record, its claims, and what was left out.

    A continuation (``CIK…-submissions-001.json``) holds further filings; only the name of its file says whose.
    """
    wrapped = "filings" in data
    filings = mapping(data.get("filings"), f"{raw.address}: filings")
    listed = mapping(filings.get("recent"), f"{raw.address}: filings.recent") if wrapped else data
    columns = _columns(raw, listed)
    latest = max((day for day in columns.get("filingDate", ()) if isinstance(day, str)), default=None)
    said = edition(raw, info, TABLE, tuple(data), date_of=lambda *_: latest, whole=False)
    cik, name = _filer(raw, data)
    yield said.document
    yield from (Rejection(raw.address, f"key {key!r} is not known and was not read") for key in _unknown(data, wrapped))
    former = [mapping(item, f"{raw.address}: formerNames") for item in listing(data.get("formerNames"), raw.address)]
    who = EntityName(plain(name), "Company", external_id("cik", cik), _other_names(former, name))
    if wrapped:
        row = record(said, 1, cik, _fields(raw, data, cik))
        yield from _identity(row, who, _symbols(raw, data))
        yield from row.problems
    for fields in former:
        former_cells = {f"formerNames.{key}": text(fields.get(key)) for key in ("name", "from", "to")}
        row = record(said, 1, cik, {"name": name, **former_cells})
        yield from _former(row, who)
        yield from row.problems
    for number, form in enumerate(columns["form"], 1):
        if FORMS.fullmatch(text(form)):
            filed = {name: text(values[number - 1]) for name, values in columns.items()}
            row = record(said, number, f"{cik} {filed['accessionNumber']}", filed)
            yield from _filing(row, who)
            yield from row.problems


def _filer(raw: Raw, data: Mapping[str, Any]) -> tuple[str, str]:
    found = _FILE.search(raw.address)
    cik = cik_of(data.get("cik")) or (cik_of(found[1]) if found else None)
    if cik is None:
        raise InputError(
            f"{raw.address}: filings without a cik; of a continuation keep the name: CIK…-submissions-001.json"
        )
    return cik, text(data.get("name")) or f"CIK {cik}"


def _fields(raw: Raw, data: Mapping[str, Any], cik: str) -> dict[str, str]:
    """Return the record's fields as cells, the lines of the business address by their paths."""
    business = mapping(mapping(data.get("addresses"), f"{raw.address}: addresses").get("business"), raw.address)
    fields = {key: text(data.get(key)) for key in ("name", "ein", "lei")} | {"cik": cik}
    for key in ("tickers", "exchanges"):
        fields[key] = ", ".join(map(text, listing(data.get(key), f"{raw.address}: {key}")))
    return fields | {f"{_AT}{line}": text(business.get(line)) for line in (*_STREET, _STATE, "country")}


def _symbols(raw: Raw, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tickers, each behind its exchange where the list beside it names one."""
    tickers, exchanges = (listing(data.get(key), f"{raw.address}: {key}") for key in ("tickers", "exchanges"))
    for ticker, exchange in zip_longest(map(text, tickers), map(text, exchanges), fillvalue=""):
        if ticker:
            yield f"{exchange}:{ticker}" if exchange else ticker


def _identity(row: Row, who: EntityName, symbols: Iterable[str]) -> Iterator[Claim]:
    yield row.claim(("name", "cik"), who, "same_as", who.id or "", confidence=1.0)
    yield row.claim(("cik", "name"), who, "legal_name", who.name, confidence=1.0)
    yield from _lei(row, who)
    for symbol in symbols:
        yield row.claim(("name", "exchanges", "tickers"), who, "ticker", symbol, confidence=1.0)
    yield from _seat(row, who)


def _lei(row: Row, who: EntityName) -> Iterator[Claim]:
    if not row["lei"]:
        return
    try:
        yield row.claim(("name", "lei"), who, "same_as", external_id("lei", row["lei"]), confidence=1.0)
    except ValueError as error:
        row.reject("lei", str(error))


def _seat(row: Row, who: EntityName) -> Iterator[Claim]:
    state = row[f"{_AT}{_STATE}"] or row[f"{_AT}stateOrCountry"]
    place = seat(row[f"{_AT}city"], state, row[f"{_AT}country"])
    if place:
        yield row.claim(("name", f"{_AT}{_STATE}", f"{_AT}city"), who, "LOCATED_IN", place, confidence=0.97)
    if row[f"{_AT}street1"]:
        street = ", ".join(line for part in _STREET if (line := row[f"{_AT}{part}"]))
        yield row.claim(("name", f"{_AT}city", f"{_AT}street1"), who, "address", street, confidence=1.0)


def _former(row: Row, who: EntityName) -> Iterator[Claim]:
    since, until = row.date_in("formerNames.from"), row.date_in("formerNames.to")
    former = row["formerNames.name"]
    if since and until and since > until:
        row.reject("formerNames.to", f"{until} lies before {since}")
    elif former:
        columns = ("name", "formerNames.from", "formerNames.to", "formerNames.name")
        yield row.claim(columns, who, "former_name", former, confidence=1.0, valid_from=since, valid_to=until)


def _filing(row: Row, who: EntityName) -> Iterator[Claim]:
    items = f" ({row['items'].replace(',', ', ')})" if row["items"] else ""
    said = f"{row['form']} {row['accessionNumber']}{items}"
    columns = tuple(
        name for name in ("filingDate", "items", "primaryDocument", "accessionNumber", "form") if row.has(name)
    )
    yield row.claim(columns, who, "filing", said, confidence=1.0, valid_from=row.date_in("filingDate"))


def _other_names(former: list[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    names = dict.fromkeys(plain(text(item.get("name"))) for item in former)
    return tuple(other for other in names if other and other != plain(name))


def _columns(raw: Raw, listed: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the parallel lists that are read; all must be as long as the first."""
    columns = {name: listed[name] for name in LISTED if isinstance(listed.get(name), list)}
    for name in ("accessionNumber", "form", "filingDate"):
        if name not in columns:
            raise InputError(f"{raw.address}: the list of filings has no {name}")
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise InputError(f"{raw.address}: the lists of filings are not of one length ({told}): the file is damaged")
    return columns


def _unknown(data: Mapping[str, Any], wrapped: bool) -> list[str]:
    return [key for key in data if key not in FILER | IGNORED] if wrapped else []
