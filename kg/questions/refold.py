"""Folds the claims of a question's rows again: under a filter, and where the store keeps no folded form.

A query never adds up claims itself. It gives the claims of each row, and what the store has folded of them; here the
claims that a filter admits take their place, rows without any go, and what only the others named goes from the row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from kg.core.claim import STAGES, STATUSES
from kg.core.confidence import is_weak
from kg.graph.fold import REFUSED, View, combined_confidence, fold, folded_values, reported
from kg.graph.history import present
from kg.graph.records import claim_from, ends_from, resolved_claim
from kg.graph.resolved import ResolvedClaim
from kg.graph.sources import sources
from kg.graph.values import Told, disputed, leading
from kg.schema.ontology import Valued, ontology
from kg.store.base import Row, Store

_COLUMNS = {
    "capacity_mw": ("capacity_mw", "capacity_bound"),
    "chip_count": ("chip_count", "chip_bound"),
    "cost_usd": ("value_usd", "value_bound"),
    "valuation_usd": ("value_usd", "value_bound"),
    "opens": ("date", None),
}
"""In which columns the value of an attribute and its bound stand."""

_USED = "in use"
"""The stage that a query gives to what is used and not leased, which no claim has."""

_FOLDED = {"status", "current", "stage", "confidence", "sources", "claims", "kinds", "first_reported", "last_reported"}
_FOLDED |= {"disputed", "capacity_mw", "capacity_bound", "value_usd", "value_bound", "term_years", "term_bound"}
_FOLDED |= {"chip_count", "chip_bound", "stake_pct", "stake_bound", "date", "title", "basis", "amount", "unit", "words"}
_FOLDED |= {"valid"}
"""Columns that follow from the claims alone."""


def refold(store: Store, rows: list[Row], view: View) -> list[Row]:
    """Return the rows as the claims that ``view`` admits make them.

    Rows of which the store has the folded form (``sources``) stay as they are unless something is filtered. A row
    about an attribute becomes one row for each basis of its numbers. A row that stands for claims which make no edge
    (denials) stays if one of them is admitted.
    """
    stay = [view.is_everything and row["sources"] is not None for row in rows]
    claims = read_claims(
        store, (id_ for row, stays in zip(rows, stay, strict=True) if not stays for id_ in row["claims"])
    )
    names = {} if view.is_everything else _names(store, claims.values())
    result: list[Row] = []
    for row, stays in zip(rows, stay, strict=True):
        if stays:
            result.append(row)
            continue
        mine = [claims[id_] for id_ in row["claims"] if id_ in claims]
        for folded in _folded(mine, view):
            changed = row | {name: folded.get(name) for name in row if name in _FOLDED}
            if "announced" in row:
                changed["announced"] = folded.get("date") or folded.get("first_reported")
            if row.get("why", "denied") != "denied":
                changed["why"] = _weakness(folded)
            if row.get("stage") == _USED:
                changed["stage"] = _USED
            result.append(_without(changed, _lost(mine, folded, names)))
    return result


def read_claims(store: Store, ids: Iterable[str]) -> dict[str, ResolvedClaim]:
    """Return the claims of these ids with what folding needs to know of their documents."""
    rows = store.read(
        "UNWIND $ids AS id MATCH (c:Claim {id: id})-[s:STATED_IN]->(d:Document) "
        "RETURN c {.*} AS c, s {.published, document: d.id, origin: d.origin, kind: d.kind, recorded: d.recorded, "
        "url: d.url, address: d.address} AS s "
        "ORDER BY c.id",
        {"ids": sorted(set(ids))},
    )
    return {id_: _resolved(list(group)) for id_, group in groupby(rows, key=lambda row: str(row["c"]["id"]))}


def _resolved(rows: list[Row]) -> ResolvedClaim:
    """Return the claim of these rows: one for every edition of a table that states it."""
    row = rows[0]["c"]
    found = resolved_claim(claim_from(row), ends_from(row), [item["s"] for item in rows])
    predicate = ontology().predicates.get(found.claim.predicate)
    return found.in_order() if predicate and predicate.symmetric else found


# --- folding one row


def _folded(claims: list[ResolvedClaim], view: View) -> Iterator[dict[str, Any]]:
    attributes = [c for c in claims if c.object is None]
    if attributes:
        for members in _by_basis(attributes):
            if properties := _attribute(members, view):
                yield properties
        return
    merged = _merged(claims, view)
    if merged:
        yield merged
    elif _merged(claims, View()) is None and (not view.statuses or "ended" in view.statuses):
        admitted = [c for c in claims if view.admits(c)]
        if admitted and len(sources(admitted)) >= view.min_sources:
            yield _claims_alone(admitted)


def _by_basis(claims: list[ResolvedClaim]) -> list[list[ResolvedClaim]]:
    """Group claims about one entity by attribute and basis: numbers of unlike basis are never compared."""
    groups: dict[tuple[str, str], list[ResolvedClaim]] = defaultdict(list)
    for item in claims:
        groups[item.claim.predicate, _basis(item) or ""].append(item)
    return [groups[key] for key in sorted(groups)]


def _basis(item: ResolvedClaim) -> str | None:
    quantity = item.claim.quantities.get(item.claim.predicate)
    return quantity.basis if quantity else None


def _attribute(claims: list[ResolvedClaim], view: View) -> dict[str, Any] | None:
    """Return what claims give for one attribute on one basis, the value in the column that measures it."""
    folded = fold(claims, view)
    if folded is None:
        return None
    attribute = ontology().attributes[claims[0].claim.predicate]
    told = _told(present(c for c in claims if view.admits(c) and c.claim.status != "ended"))
    lead = leading(told)
    column, bound = _COLUMNS.get(attribute.name) or _plain_column(attribute)
    properties: dict[str, Any] = {
        **folded,
        "basis": _basis(claims[0]),
        "disputed": folded["disputed"] or (disputed(told) and not attribute.worded),
    }
    if lead:
        properties[column] = lead.value
        properties["valid"] = _valid(lead.source)
        if column == "amount":
            properties["unit"] = attribute.unit
        if bound:
            properties[bound] = lead.quantity.bound if lead.quantity else None
    return properties


def _valid(item: ResolvedClaim) -> str | None:
    """Return from when to when a claim says that it holds: "2004 – 2021-10-28", "2026-07-01 –", "– 2021"."""
    since, until = item.claim.valid_from, item.claim.valid_to
    return f"{since or ''} – {until or ''}".strip() if since or until else None


def _plain_column(attribute: Valued) -> tuple[str, None]:
    """Return where the value of an attribute stands that has no column of its own."""
    return {"number": "amount", "date": "date"}.get(attribute.kind, "words"), None


def _told(claims: list[ResolvedClaim]) -> list[Told]:
    return [
        Told(c.claim.value, c.claim.quantities.get(c.claim.predicate), c) for c in claims if c.claim.value is not None
    ]


def _merged(claims: list[ResolvedClaim], view: View) -> dict[str, Any] | None:
    """Return the properties of the facts that these claims make, as one: those of a deal, if they tell of one."""
    single = View(view.as_of, view.known_by, view.statuses, view.kinds)
    groups: dict[tuple[str, str, str | None], list[ResolvedClaim]] = defaultdict(list)
    for item in claims:
        groups[item.ends].append(item)
    facts = [folded for members in groups.values() if (folded := fold(members, single))]
    if not facts:
        return None
    merged: dict[str, Any] = facts[0] if len(facts) == 1 else _joined(facts, [c for c in claims if view.admits(c)])
    return merged if merged["sources"] >= view.min_sources else None


def _joined(facts: list[dict[str, Any]], admitted: list[ResolvedClaim]) -> dict[str, Any]:
    live = [fact for fact in facts if fact["current"]]
    stages = [fact["stage"] for fact in live or facts if fact["stage"]]
    saying = [c for c in admitted if c.claim.status != "ended"] or admitted
    kept = [c for c in admitted if c.claim.ended_as not in REFUSED]
    return folded_values(saying) | {
        "status": min((fact["status"] for fact in live or facts), key=STATUSES.index),
        "current": bool(live),
        "stage": max(stages, key=STAGES.index, default=None),
        "confidence": combined_confidence(kept),
        "disputed": any(fact["disputed"] for fact in facts),
        "claims": sorted(c.id for c in admitted),
        "kinds": sorted({c.kind for c in kept}),
        "sources": len(sources(kept)),
        **reported(kept),
    }


def _claims_alone(claims: list[ResolvedClaim]) -> dict[str, Any]:
    """Return what can be said of claims that make no fact: that they were made."""
    return {
        "status": "ended",
        "current": False,
        "stage": None,
        "disputed": True,
        "confidence": combined_confidence(claims),
        "claims": sorted(c.id for c in claims),
        "sources": len(sources(claims)),
        **reported(claims),
    }


def _weakness(folded: Mapping[str, Any]) -> str | None:
    """Return the first weakness of a fact that holds, as ``queries/evidence/weak.cypher`` names them."""
    if folded["disputed"]:
        return "disputed"
    if is_weak(folded["confidence"]):
        return "weak"
    return "single source" if folded["sources"] == 1 else None


# --- names that only claims which do not count give


def _names(store: Store, claims: Iterable[ResolvedClaim]) -> dict[str, str]:
    ids = sorted({id_ for item in claims for id_ in _ids(item)})
    rows = store.read("UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id, e.name AS name", {"ids": ids})
    return {row["id"]: row["name"] for row in rows}


def _ids(item: ResolvedClaim) -> list[str]:
    return [id_ for id_ in (item.subject, item.object, item.facility, item.chip) if id_]


def _lost(claims: list[ResolvedClaim], folded: Mapping[str, Any], names: Mapping[str, str]) -> set[str]:
    """Return the names that none of the claims that count gives."""
    counted = set(folded["claims"])
    given = {id_ for item in claims if item.id in counted for id_ in _ids(item)}
    return {names[id_] for item in claims for id_ in _ids(item) if id_ not in given and id_ in names}


def _without(row: Row, lost: set[str]) -> Row:
    """Take names out of a row, also where several stand together."""
    if not lost:
        return row
    return {name: _pruned(value, lost) for name, value in row.items()}


def _pruned(value: Any, lost: set[str]) -> Any:
    if isinstance(value, list):
        return [item for item in value if item.rpartition(" (")[0] not in lost and item not in lost]
    if isinstance(value, str) and ("; " in value or value in lost):
        return "; ".join(part for part in value.split("; ") if part not in lost) or None
    return value
