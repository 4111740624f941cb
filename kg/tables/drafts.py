"""Claims that the rows of an unknown table seem to make, by the roles of its columns; as a mapping writes them."""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.core.claim import STATUSES
from kg.schema.ontology import ontology
from kg.tables import numbers
from kg.tables.profile import Column
from kg.tables.units import UNITS

_RELATIONS = (
    ("tenant", "LEASES_FROM", "landlord"),
    ("tenant", "LEASES_FROM", "counterparty"),
    ("company", "LEASES_FROM", "landlord"),
    ("supplier", "SUPPLIES", "buyer"),
    ("supplier", "SUPPLIES", "tenant"),
    ("supplier", "SUPPLIES", "company"),
    ("investor", "INVESTS_IN", "investee"),
    ("investor", "INVESTS_IN", "company"),
    ("lender", "LENDS_TO", "borrower"),
    ("lender", "LENDS_TO", "company"),
    ("acquirer", "ACQUIRES", "target"),
    ("owner", "OWNS", "site"),
    ("operator", "OPERATES", "site"),
    ("builder", "BUILDS", "site"),
    ("power supplier", "POWERS", "site"),
    ("site", "LOCATED_IN", "place"),
    ("site", "HOSTS_CHIP", "chip"),
    ("company", "USES_CHIP", "chip"),
    ("company", "DEVELOPS", "model"),
    ("company", "PARTNERS_WITH", "counterparty"),
)
"""Which two roles of columns make which claim: all that the table has, but of each pair of columns one."""

_ATTRIBUTES = (
    ("site", "capacity_mw", "capacity"),
    ("site", "cost_usd", "cost"),
    ("site", "opens", "opening"),
    ("site", "chip_count", "count"),
    ("company", "valuation_usd", "valuation"),
)
_QUALIFIERS = {
    "capacity": "capacity_mw",
    "value": "value_usd",
    "term": "term_years",
    "stake": "stake_pct",
    "count": "chip_count",
    "site": "facility",
    "chip": "chip",
    "date": "date",
}
_STATUS_WORDS = {
    "asserted": (
        "signed",
        "closed",
        "completed",
        "announced",
        "active",
        "existing",
        "operational",
        "done",
        "confirmed",
    ),
    "reported": ("rumoured", "rumored", "reported", "unconfirmed", "press"),
    "planned": (
        "planned",
        "loi",
        "letter of intent",
        "term sheet",
        "term_sheet",
        "pending",
        "in talks",
        "late discussions",
    ),
    "speculative": ("possible", "speculative", "overlap", "unclear"),
    "ended": ("cancelled", "canceled", "terminated", "ended", "expired", "withdrawn", "decommissioned"),
}
_SURE_WORDS = {
    0.95: ("confirmed", "confident", "high", "certain"),
    0.75: ("likely", "medium", "probable"),
    0.5: ("uncertain", "low", "unclear"),
    0.25: ("unlikely", "speculative"),
}


def claims(by_role: dict[str, Column]) -> Iterator[dict[str, Any]]:
    """Yield what columns of these roles say: relations, each pair of columns once, then attributes."""
    told: set[frozenset[str]] = set()
    for subject, predicate, target in _RELATIONS:
        if subject in by_role and target in by_role:
            pair = frozenset((by_role[subject].name, by_role[target].name))
            if pair not in told:
                told.add(pair)
                yield _relation(predicate, by_role[subject], by_role[target], by_role)
    is_about_deals = any(told)
    for subject, attribute, value in _ATTRIBUTES:
        if subject not in by_role or value not in by_role or (is_about_deals and is_deal(by_role)):
            continue
        if _suits(by_role[value], attribute):
            yield _attribute(attribute, by_role[subject], by_role[value], by_role)


def is_deal(by_role: dict[str, Column]) -> bool:
    """Say whether the numbers of the table are those of deals, not of sites."""
    return any(role in by_role for role in ("tenant", "landlord", "investor", "lender", "supplier", "counterparty"))


def columns_by_role(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the column of each role; a name's own role first, then what its cells name."""
    found: dict[str, Column] = {}
    for column in columns:
        if column.role:
            found.setdefault(column.role, column)
    for kind, role in (("Facility", "site"), ("Chip", "chip"), ("Model", "model"), ("Company", "company")):
        rest = [column for column in columns if column.role is None and kind in column.types]
        if rest and role not in found:
            rest[0].role = role
            found[role] = rest[0]
    return found


def _relation(predicate: str, subject: Column, target: Column, by_role: dict[str, Column]) -> dict[str, Any]:
    allowed = ontology().predicates[predicate].qualifiers
    qualifiers = {
        name: _value(by_role[role], name)
        for role, name in _QUALIFIERS.items()
        if role in by_role
        and name in allowed
        and by_role[role] not in (subject, target)
        and _suits(by_role[role], name)
    }
    kind = {"type": "Facility"} if len(ontology().predicates[predicate].domain) > 1 else {}
    whom = {"column": subject.name, **kind} if kind else _entity(subject)
    claim: dict[str, Any] = {"subject": whom, "predicate": predicate, "object": _entity(target)}
    return claim | ({"qualifiers": qualifiers} if qualifiers else {}) | _doubt(by_role)


def _attribute(attribute: str, subject: Column, value: Column, by_role: dict[str, Column]) -> dict[str, Any]:
    when = {"as_of": by_role["date"].name} if "date" in by_role else {}
    return (
        {"subject": _entity(subject), "attribute": attribute, "value": _value(value, attribute)}
        | when
        | _doubt(by_role)
    )


def _entity(column: Column) -> Any:
    return {"column": column.name, "split": column.separator} if column.separator else column.name


def _suits(column: Column, name: str) -> bool:
    """Say whether a column may hold this qualifier or attribute: a unit that its name says is that of the number."""
    wanted = ontology().valued(name)
    said = {UNITS[column.unit.casefold()].unit if column.unit else "", "USD" if column.currency else ""}
    return wanted.kind != "number" or said <= {"", wanted.unit}


def _value(column: Column, name: str) -> Any:
    if ontology().valued(name).kind != "number":
        return column.name
    more = {"unit": column.unit, "currency": column.currency}
    said = {key: value for key, value in more.items() if value}
    return {"column": column.name, **said} if said else column.name


def _doubt(by_role: dict[str, Column]) -> dict[str, Any]:
    """Return status and confidence by the categories of their columns, as far as the words are known."""
    found: dict[str, Any] = {}
    for role, words in (("status", _STATUS_WORDS), ("confidence", _SURE_WORDS)):
        column = by_role.get(role)
        if column is None or not column.values:
            continue
        known = {word: meaning for meaning, listed in words.items() for word in listed}
        values = {value: known.get(value.casefold()) for value in column.values}
        if role == "confidence":
            values |= {value: share for value in column.values if (share := _share(value)) is not None}
        weakest = STATUSES[3] if role == "status" else 0.5
        found[role] = {"column": column.name, "values": {v: m if m is not None else weakest for v, m in values.items()}}
        found[role] |= {"default": weakest} if column.has_gaps else {}
    return found


def _share(cell: str) -> float | None:
    """Return a number from 0 to 1 as it stands, percents as their share, None for another cell."""
    try:
        found = numbers.amount(cell)
    except ValueError:
        return None
    value = (found.value / 100 if found.unit == "%" else found.value) if found else -1
    return value if 0 <= value <= 1 else None
