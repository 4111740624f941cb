"""Gradient-boosted trees, evaluated in plain Python: the ranker's form of decision, learned elsewhere.

Ten trees become one expression, which is compiled once: walking them as data takes 1.7 times as long. Most rows are
hopeless, and the first trees say so. A forest may have stops: after so many trees, a row that has not reached so much
is given up (a soft cascade: L. Bourdev and J. Brandt, Robust object detection via soft cascade, 2005).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import Any, TypeAlias, cast

Sum: TypeAlias = Callable[[Sequence[float]], float]
"""What some trees together make of a row."""

Stop: TypeAlias = tuple[int, float]
"""After how many trees a row is looked at, and the log-odds below which it is given up."""

NEVER = -30.0
"""The log-odds of a row that was given up."""

_TOGETHER = 10
"""Trees in one expression."""


@dataclass(frozen=True, slots=True)
class Forest:
    """The sum of many trees, as log-odds; the trees stand in stages, each with what it takes to go on to the next."""

    stages: tuple[tuple[tuple[Sum, ...], float], ...]

    @classmethod
    def from_json(cls, data: Sequence[Mapping[str, Any]], stops: Sequence[Stop] = ()) -> "Forest":
        """Read the trees that ``scripts/train`` wrote: parallel lists, in which a child below 0 is a leaf."""
        ends = [0, *(count for count, _ in stops), len(data)]
        least = [*(odds for _, odds in stops), -float("inf")]
        return cls(tuple((_sums(data[a:b]), odds) for (a, b), odds in zip(pairwise(ends), least, strict=True)))

    def odds(self, row: Sequence[float]) -> float:
        """Return the log-odds of a row, or ``NEVER`` where it was given up."""
        total = 0.0
        for sums, least in self.stages:
            for add in sums:
                total += add(row)
            if total < least:
                return NEVER
        return total

    def chance(self, row: Sequence[float]) -> float:
        """Return the probability of a row, 0 to 1; 0 where it was given up."""
        odds = self.odds(row)
        return 0.0 if odds <= NEVER else 1 / (1 + exp(-min(30.0, odds)))


def _sums(trees: Sequence[Mapping[str, Any]]) -> tuple[Sum, ...]:
    return tuple(
        _compiled(" + ".join(_expression(tree, 0) for tree in trees[at : at + _TOGETHER]))
        for at in range(0, len(trees), _TOGETHER)
    )


def _compiled(expression: str) -> Sum:
    return cast("Sum", eval(f"lambda row: {expression}", {}))  # noqa: S307  numbers and comparisons, written just below


def _expression(tree: Mapping[str, Any], n: int) -> str:
    """Write a node as Python; all that is taken from the file goes in as a number."""
    if n < 0:
        return repr(float(tree["v"][-1 - n]))
    low, high = (_expression(tree, int(tree[side][n])) for side in ("l", "r"))
    return f"({low} if row[{int(tree['f'][n])}] <= {float(tree['t'][n])!r} else {high})"
