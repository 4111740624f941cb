"""Histories: of what a table says of several days, only the latest state is compared with what others say."""

from collections import defaultdict
from collections.abc import Iterable

from kg.core.dates import latest
from kg.graph.resolved import ResolvedClaim


def present(claims: Iterable[ResolvedClaim]) -> list[ResolvedClaim]:
    """Return the claims without those rows that a later row of the same origin has overtaken, in their order.

    The claims must be about one thing: an edge, or an attribute on one basis. A row is of the day that its number, or
    else its date, has; rows without a day and sentences stay. Plans overtake nothing: of an origin that tells of
    nothing but plans, the first one stays.
    """
    ordered = list(claims)
    series: dict[str, list[ResolvedClaim]] = defaultdict(list)
    for item in ordered:
        if item.claim.key and _day(item):
            series[item.origin].append(item)
    gone = {item.id for told in series.values() if len(told) > 1 for item in _overtaken(told)}
    return [item for item in ordered if item.id not in gone] if gone else ordered


def _overtaken(told: list[ResolvedClaim]) -> list[ResolvedClaim]:
    come = [item for item in told if item.claim.status != "planned"]
    day = max(map(_last, come)) if come else min(map(_last, told))
    return [item for item in told if _last(item) != day or (come and item.claim.status == "planned")]


def _last(item: ResolvedClaim) -> str:
    return latest(_day(item) or "")


def _day(item: ResolvedClaim) -> str | None:
    for quantity in item.claim.quantities.values():
        if quantity.as_of:
            return quantity.as_of
    date = item.claim.qualifiers.get("date") or item.claim.valid_from
    return str(date) if date else None
