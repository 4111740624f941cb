"""Level 2, who owns whom: direct and ultimate parents, and the reasons for naming none."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.core.claim import Claim, EntityName, Value
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.tables.edition import Edition
from kg.tables.record import record
from kg.tables.row import Row

TABLE = "gleif-level-2"
EXCEPTIONS = "gleif-exceptions"

PREDICATES = {
    "IS_DIRECTLY_CONSOLIDATED_BY": "SUBSIDIARY_OF",
    "IS_ULTIMATELY_CONSOLIDATED_BY": "HAS_ULTIMATE_PARENT",
    "IS_FUND-MANAGED_BY": None,
    "IS_SUBFUND_OF": None,
    "IS_FEEDER_TO": None,
    "IS_INTERNATIONAL_BRANCH_OF": None,
}
"""What the kinds of relations say; those of funds and branches are left alone."""

_ENDED = {"ACTIVE": False, "INACTIVE": True, "NULL": False}
_VOID = frozenset("DUPLICATE ANNULLED CANCELLED".split())
_PARENTS = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "direct parent",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "ultimate parent",
}
_REASONS = {
    "NON_CONSOLIDATING": "its owners do not consolidate it",
    "NO_KNOWN_PERSON": "no known person controls it",
    "NATURAL_PERSONS": "natural persons own it",
    "NO_LEI": "the parent has no LEI",
    "NON_PUBLIC": "not public",
    "BINDING_LEGAL_COMMITMENTS": "legal commitments forbid to name it",
    "LEGAL_OBSTACLES": "law forbids to name it",
    "DISCLOSURE_DETRIMENTAL": "naming it would do harm",
    "DETRIMENT_NOT_EXCLUDED": "naming it might do harm",
    "CONSENT_NOT_OBTAINED": "the parent has not consented",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One record: the child ``start`` and the parent ``end`` as LEIs, since when, until when, and how much."""

    start: str
    end: str
    kind: str
    status: str
    registration: str
    since: str
    until: str
    percent: str


@dataclass(frozen=True, slots=True)
class NotReported:
    """One reporting exception: whose, of which parent, and the reasons."""

    lei: str
    category: str
    reasons: tuple[str, ...]


def claims(edition: Edition, number: int, told: Relation) -> Iterator[Claim | Rejection]:
    """Yield the claim of one relation: the start is the child, the end its parent."""
    fields = {
        "StartNode": told.start,
        "RelationshipType": told.kind,
        "EndNode": told.end,
        "RelationshipStatus": told.status,
        "RegistrationStatus": told.registration,
        "StartDate": told.since,
        "EndDate": told.until,
        "QuantifierAmount": told.percent,
    }
    row = record(edition, number, f"{told.start} {told.kind} {told.end}", fields)
    predicate = row.choice_in("RelationshipType", PREDICATES)
    if predicate and told.registration in _VOID:
        row.reject("RegistrationStatus", f"the relation is void: {told.registration}")
    elif predicate:
        yield from _relation(row, predicate)
    yield from row.problems


def _relation(row: Row, predicate: str) -> Iterator[Claim]:
    child, parent = (_named(row, column) for column in ("StartNode", "EndNode"))
    since, until = row.date_in("StartDate"), row.date_in("EndDate")
    ended = row.choice_in("RelationshipStatus", _ENDED)
    if child is None or parent is None or child == parent:
        return
    if since and until and since > until:
        row.reject("EndDate", f"{until} lies before {since}")
        return
    percent = row.number_in("QuantifierAmount")
    qualifiers: dict[str, Value] = {} if percent is None or not 0 <= percent <= 100 else {"stake_pct": percent}
    yield row.claim(
        ("StartNode", "EndNode", "RelationshipStatus", "RelationshipType"),
        child,
        predicate,
        parent,
        status="ended" if ended else "asserted",
        ended_as="former" if ended else None,
        confidence=1.0,
        qualifiers=qualifiers,
        valid_from=since,
        valid_to=until,
    )


def exceptions(edition: Edition, number: int, told: NotReported) -> Iterator[Claim | Rejection]:
    """Yield the claim of one reporting exception, which says why no parent is named, not that there is none."""
    for reason in told.reasons:
        fields = {"LEI": told.lei, "ExceptionCategory": told.category, "ExceptionReason": reason}
        row = record(edition, number, f"{told.lei} {told.category}", fields)
        who = _named(row, "LEI")
        parent = row.choice_in("ExceptionCategory", _PARENTS)
        why = row.choice_in("ExceptionReason", _REASONS)
        if who and parent and why:
            columns = ("LEI", "ExceptionCategory", "ExceptionReason")
            yield row.claim(columns, who, "parent_exception", f"{parent}: {why}", confidence=1.0)
        yield from row.problems


def _named(row: Row, column: str) -> EntityName | None:
    """Return the entity of an LEI, which is all the name that these records give it."""
    try:
        id_ = external_id("lei", row[column])
    except ValueError as error:
        row.reject(column, str(error))
        return None
    return EntityName(row[column], "Company", id_)
