"""Gradient-boosted trees, evaluated in plain Python: the ranker's form of decision, learned elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, TypeAlias

Node: TypeAlias = "float | tuple[int, float, Node, Node]"
"""A leaf's value, or a split: feature, threshold, the branch for values up to the threshold, the branch above it."""

FIRST = 60
HOPELESS = -4.0
"""After how many trees a row is given up, and below which log-odds: the rest could not lift it to a claim."""


@dataclass(frozen=True, slots=True)
class Forest:
    """The sum of many trees, as log-odds."""

    trees: tuple[Node, ...]

    @classmethod
    def from_json(cls, data: Sequence[Mapping[str, Any]]) -> "Forest":
        """Read the trees that ``scripts/train`` wrote: parallel lists, in which a child below 0 is a leaf."""
        return cls(tuple(_node(tree, 0) for tree in data))

    def odds(self, row: Sequence[float]) -> float:
        """Return the log-odds of a row; of one that the first trees think hopeless, those that they give."""
        total = 0.0
        for n, root in enumerate(self.trees):
            node = root
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
            if n == FIRST and total < HOPELESS:
                break
        return total

    def chance(self, row: Sequence[float]) -> float:
        """Return the probability of a row, 0 to 1."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.odds(row)))))


def _node(tree: Mapping[str, Any], n: int) -> Node:
    if n < 0:
        return float(tree["v"][-1 - n])
    return int(tree["f"][n]), float(tree["t"][n]), _node(tree, tree["l"][n]), _node(tree, tree["r"][n])
