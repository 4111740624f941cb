"""Numbers and dates that several claims give for one thing: which agree, and which one leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.core.claim import STATUSES, Quantity, Value
from kg.core.dates import overlap
from kg.graph.resolved import ResolvedClaim
from kg.graph.sources import counted_as

TOLERANCE = 0.05
"""Numbers closer than this share are one number, rounded differently ("$11.9 billion", "nearly $12 billion")."""

NUMBERS = ("capacity_mw", "value_usd", "term_years", "chip_count", "stake_pct")


@dataclass(frozen=True, slots=True)
class Told:
    """One value as one claim gives it."""

    value: Value
    quantity: Quantity | None
    source: ResolvedClaim


def told(claims: Iterable[ResolvedClaim], name: str) -> list[Told]:
    """Return the values of a qualifier, one a claim that gives it."""
    return [
        Told(c.claim.qualifiers[name], c.claim.quantities.get(name), c) for c in claims if name in c.claim.qualifiers
    ]


def agree(one: Told, other: Told) -> bool:
    """Say whether two values can be true of one thing: bounds admit each other, dates can be the same day."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        a, b = str(one.value), str(other.value)
        return overlap(a, b) if a[:4].isdigit() and b[:4].isdigit() else a.casefold() == b.casefold()
    low_a, high_a = _bounds(one)
    low_b, high_b = _bounds(other)
    return low_a <= high_b * (1 + TOLERANCE) and low_b <= high_a * (1 + TOLERANCE)


def _bounds(item: Told) -> tuple[float, float]:
    """Return the interval that the words admit, within a factor of two of the number itself."""
    value = float(item.value)
    bound = item.quantity.bound if item.quantity else None
    if bound == "up to":
        return value / 2, value
    if bound == "at least":
        return value, value * 2
    if bound == "range" and item.quantity and item.quantity.min is not None and item.quantity.max is not None:
        return item.quantity.min, item.quantity.max
    return value, value


def leading(items: list[Told]) -> Told | None:
    """Return the value to show first: most independent sources, strongest status, latest, most confident.

    The others stay with their claims. Ties fall to the smallest claim id, so that the answer depends on nothing but
    what is said.
    """
    if not items:
        return None
    counted = counted_as(item.source for item in items)

    def support(item: Told) -> int:
        return len({counted[other.source.id] for other in items if agree(item, other) and other.source.is_news})

    def rank(item: Told) -> tuple[object, ...]:
        claim = item.source.claim
        return (support(item), -STATUSES.index(claim.status), claim.published or "", claim.confidence)

    best = max(rank(item) for item in items)
    return min((item for item in items if rank(item) == best), key=lambda item: (item.source.id, str(item.value)))


def disputed(items: list[Told]) -> bool:
    """Say whether independent sources give values that cannot both be true.

    Values said to hold at different times (``as_of``) are a history and no dispute.
    """
    for i, one in enumerate(items):
        for other in items[:i]:
            times = {item.quantity.as_of for item in (one, other) if item.quantity and item.quantity.as_of}
            if one.source.origin != other.source.origin and len(times) < 2 and not agree(one, other):
                return True
    return False
