"""Results of SPARQL queries: what a column means is said by the name of its variable."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.dates import is_date
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.tables.edition import Edition
from kg.tables.record import listing, mapping, record
from kg.tables.row import Row

TABLE = "wikidata-results"
SUBJECTS = {
    "company": "Company", "organization": "Company", "organisation": "Company", "business": "Company",
    "firm": "Company",
    "facility": "Facility", "datacenter": "Facility", "site": "Facility", "supercomputer": "Facility",
    "chip": "Chip", "accelerator": "Chip", "gpu": "Chip", "model": "Model", "person": "Person", "place": "Place",
}  # fmt: skip
"""Variables that name what a result is about, and what type of entity that is."""

RELATIONS = {
    "parent": ("SUBSIDIARY_OF", "Company", True, None), "subsidiary": ("SUBSIDIARY_OF", "Company", False, None),
    "owner": ("HOLDS", "Company", False, None), "hq": ("LOCATED_IN", "Place", True, None),
    "headquarters": ("LOCATED_IN", "Place", True, None), "location": ("LOCATED_IN", "Place", True, None),
    "ceo": ("LEADS", "Person", False, "chief executive officer"), "chair": ("LEADS", "Person", False, "chairperson"),
    "chairperson": ("LEADS", "Person", False, "chairperson"), "founder": ("LEADS", "Person", False, "founder"),
    "operator": ("OPERATES", "Company", False, None), "designer": ("DESIGNS", "Company", False, None),
    "manufacturer": ("DESIGNS", "Company", False, None), "developer": ("DEVELOPS", "Company", False, None),
}  # fmt: skip
"""Variables that name another entity: predicate, its type, whether the result is the subject, and an office."""

_DOMAINS = {
    "SUBSIDIARY_OF": ("Company",), "HOLDS": ("Company",), "LEADS": ("Company",), "OPERATES": ("Facility",),
    "DESIGNS": ("Chip",), "DEVELOPS": ("Model",), "LOCATED_IN": ("Company", "Facility"),
}  # fmt: skip
"""Types of entities of which each predicate of a column is told."""

IDS = {"cik": "cik", "lei": "lei"}
VALUES = {
    "ticker": "ticker", "officialname": "legal_name", "legalname": "legal_name", "inception": "founded",
    "founded": "founded",
}  # fmt: skip
"""Variables that hold a value of a company, and the attribute that each gives."""

_ALIASES = re.compile(
    r",\s+(?!(?:inc|ltd|llc|corp|co|l\.?p|plc|s\.?a|n\.?v|a\.?g|gmbh|limited)\b\.?\s*(?:,|$))", re.IGNORECASE
)
"""Commas between aliases; the one before a legal form belongs to the name."""

_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d*)")


def subject_of(columns: list[str]) -> str | None:
    """Return the variable that the results are about: the first that names a type of entity, or ``item``."""
    known = [name for name in columns if name.lower() in SUBJECTS or name.lower() == "item"]
    return known[0] if known else None


def type_of(subject: str, columns: list[str]) -> str | None:
    """Return the type of entity of the results; of ``item`` the other columns tell whether it is a company."""
    told = {name.lower() for name in columns}
    company = {"cik", "lei", "ticker", "ceo", "parent", "subsidiary"}
    return SUBJECTS.get(subject.lower()) or ("Company" if told & company else None)


def unread(subject: str, columns: list[str]) -> list[str]:
    """Return the columns that nobody reads."""
    own = {f"{subject}{end}".lower() for end in ("", "label", "altlabel", "description")}
    read = own | {*IDS, *VALUES, *RELATIONS} | {f"{name}label" for name in RELATIONS}
    return [name for name in columns if name.lower() not in read]


def claims(edition: Edition, number: int, result: Any, subject: str, kind: str) -> Iterator[Claim | Rejection]:
    """Yield what one result says; ``number`` is its place among them."""
    where = f"{edition.document.address}: row {number}"
    cells = {name.lower(): _cell(value, where) for name, value in mapping(result, where).items()}
    item = _ITEM.fullmatch(cells.get(subject.lower(), ""))
    label = cells.get(f"{subject}label".lower()) or (item[1] if item else "")
    row = record(edition, number, item[1] if item else "", cells)
    if item is None:
        row.reject(subject, f"{cells.get(subject.lower(), '')[:60]!r} is no item of Wikidata")
        yield from row.problems
        return
    others = _ALIASES.split(cells.get(f"{subject}altlabel".lower(), ""))
    aliases = tuple(dict.fromkeys(name for name in others if name and name != label))
    who = EntityName(label, kind, external_id("wikidata", item[1]), aliases)
    own, alternative = f"{subject}label".lower(), f"{subject}altlabel".lower()
    yield row.claim((own, subject.lower()), who, "same_as", who.id or "", confidence=0.99)
    for alias in aliases:
        yield row.claim((own, alternative), who, "alias", alias, confidence=0.95)
    yield from _ids(row, who, own)
    yield from _values(row, who, own)
    for name in RELATIONS:
        if row[name]:
            yield from _relation(row, who, own, name)
    yield from row.problems


def _ids(row: Row, who: EntityName, own: str) -> Iterator[Claim]:
    for name, scheme in IDS.items():
        if row[name]:
            try:
                yield row.claim((own, name), who, "same_as", external_id(scheme, row[name]), confidence=0.97)
            except ValueError as error:
                row.reject(name, str(error))


def _values(row: Row, who: EntityName, own: str) -> Iterator[Claim]:
    for name, attribute in VALUES.items():
        said = row.as_is(name)[:10] if attribute == "founded" else row.as_is(name)
        if said and who.type != "Company":
            row.reject(name, f"told of a company, not of a {who.type}")
        elif said and attribute == "founded" and not is_date(said):
            row.reject(name, f"{row[name][:60]!r} is no date")
        elif said:
            yield row.claim((own, name), who, attribute, said, confidence=0.95)


def _relation(row: Row, who: EntityName, own: str, name: str) -> Iterator[Claim]:
    predicate, kind, forward, office = RELATIONS[name]
    found = _ITEM.fullmatch(row[name])
    label = row[f"{name}label"] or (found[1] if found else row[name])
    other = EntityName(label, kind, external_id("wikidata", found[1]) if found else None)
    if who.type not in _DOMAINS[predicate]:
        row.reject(name, f"{predicate} is not told of a {who.type}")
        return
    columns = (own, f"{name}label", name) if row[f"{name}label"] else (own, name)
    subject, target = (who, other) if forward else (other, who)
    yield row.claim(
        columns, subject, predicate, target, confidence=0.95, qualifiers={"title": office} if office else {}
    )


def results(data: Mapping[str, Any], where: str) -> tuple[list[str], list[Any]]:
    """Return the columns of a result and its rows; raises InputError for what is no result."""
    columns = listing(mapping(data.get("head"), f"{where}: head").get("vars"), f"{where}: head.vars")
    rows = listing(mapping(data.get("results"), f"{where}: results").get("bindings"), f"{where}: results.bindings")
    if not all(isinstance(name, str) for name in columns):
        raise InputError(f"{where}: head.vars: not a list of names")
    return columns, rows


def _cell(value: Any, where: str) -> str:
    return " ".join(str(mapping(value, where).get("value") or "").split())
