"""Gradient-boosted trees, evaluated in plain Python: the ranker's form of decision, learned elsewhere.

Most rows are hopeless, and the first trees say so. A forest may have stops: after so many trees, a row that has not
reached so much is given up (a soft cascade: L. Bourdev and J. Brandt, Robust object detection via soft cascade, 2005).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import Any, TypeAlias

Node: TypeAlias = "float | tuple[int, float, Node, Node]"
"""A leaf's value, or a split: feature, threshold, the branch for values up to the threshold, the branch above it."""

Stop: TypeAlias = tuple[int, float]
"""After how many trees a row is looked at, and the log-odds below which it is given up."""

NEVER = -30.0
"""The log-odds of a row that was given up."""


@dataclass(frozen=True, slots=True)
class Forest:
    """The sum of many trees, as log-odds; the trees stand in stages, each with what it takes to go on to the next."""

    stages: tuple[tuple[tuple[Node, ...], float], ...]

    @classmethod
    def from_json(cls, data: Sequence[Mapping[str, Any]], stops: Sequence[Stop] = ()) -> "Forest":
        """Read the trees that ``scripts/train`` wrote: parallel lists, in which a child below 0 is a leaf."""
        trees = [_node(tree, 0) for tree in data]
        counts = [0, *(count for count, _ in stops), len(trees)]
        least = [*(odds for _, odds in stops), -float("inf")]
        return cls(tuple((tuple(trees[a:b]), odds) for (a, b), odds in zip(pairwise(counts), least, strict=True)))

    def odds(self, row: Sequence[float]) -> float:
        """Return the log-odds of a row, or ``NEVER`` where it was given up."""
        total = 0.0
        for trees, least in self.stages:
            for root in trees:
                node = root
                while isinstance(node, tuple):
                    feature, threshold, low, high = node
                    node = low if row[feature] <= threshold else high
                total += node
            if total < least:
                return NEVER
        return total

    def chance(self, row: Sequence[float]) -> float:
        """Return the probability of a row, 0 to 1; 0 where it was given up."""
        odds = self.odds(row)
        return 0.0 if odds <= NEVER else 1 / (1 + exp(-min(30.0, odds)))


def _node(tree: Mapping[str, Any], n: int) -> Node:
    if n < 0:
        return float(tree["v"][-1 - n])
    return int(tree["f"][n]), float(tree["t"][n]), _node(tree, tree["l"][n]), _node(tree, tree["r"][n])
