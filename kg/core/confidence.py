"""When a reading is weak, and how sure several together are: the one rule for every table, card, page and filter."""

from collections.abc import Hashable, Iterable
from math import prod

WEAK = 0.5
"""Confidence below which a claim, or a fact with all its claims together, is marked as weak wherever it is shown."""


def is_weak(confidence: float) -> bool:
    """Say whether what has this confidence (0 to 1) is to be marked: it is more likely misread than read right."""
    return confidence < WEAK


def together(told: Iterable[tuple[Hashable, float]]) -> float:
    """Return the chance that at least one independent origin was read right, of (origin, confidence) pairs.

    An origin counts once, by its best claim: copies of one story make nothing surer.
    """
    best: dict[Hashable, float] = {}
    for origin, confidence in told:
        best[origin] = max(best.get(origin, 0.0), confidence)
    return round(1 - prod(1 - confidence for confidence in best.values()), 4)
