"""Gradient-boosted trees, evaluated for many rows at once: the ranker's form of decision, learned elsewhere.

Most rows are hopeless, and the first trees say so. A forest may have stops: after so many trees, a row that has not
reached so much is given up (a soft cascade: L. Bourdev and J. Brandt, Robust object detection via soft cascade, 2005).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Stop: TypeAlias = tuple[int, float]
"""After how many trees a row is looked at, and the log-odds below which it is given up."""

NEVER = -30.0
"""The log-odds of a row that was given up."""

SCALE = 10_000
"""Leaves are whole parts of it, so that sums are the same on all machines and in any order."""

_TOGETHER = 1 << 18
"""Rows times trees that are looked at together, so that memory is bounded."""


@dataclass(frozen=True, slots=True)
class Forest:
    """The sum of many trees, as log-odds.

    The nodes of all trees stand in one list. A split looks at a ``feature`` of the row: where it is at most
    ``threshold``, it goes on to the second of its two ``children``, else to the first. A leaf goes on to itself, and
    adds ``value`` parts of ``SCALE``.
    """

    feature: "NDArray[np.intp]"
    threshold: "NDArray[np.float64]"
    children: "NDArray[np.intp]"
    value: "NDArray[np.int64]"
    roots: "NDArray[np.intp]"
    depth: int
    """Splits on the longest way to a leaf."""
    stages: tuple[tuple[int, int, float], ...]
    """First tree, tree after the last, and what a row needs then to go on."""

    @classmethod
    def from_json(cls, data: Sequence[Mapping[str, Any]], stops: Sequence[Stop] = ()) -> "Forest":
        """Read the trees that ``scripts/train`` wrote: parallel lists, in which a child below 0 is a leaf."""
        feature: list[int] = []
        threshold: list[float] = []
        children: list[int] = []
        value: list[float] = []
        roots = []
        for tree in data:
            first, splits, leaves = len(feature), len(tree["f"]), len(tree["v"])
            roots.append(first)
            feature += [*tree["f"], *([0] * leaves)]
            threshold += [*tree["t"], *([0.0] * leaves)]
            for high, low in zip(tree["r"], tree["l"], strict=True):
                children += [first + (n if n >= 0 else splits - 1 - n) for n in (high, low)]
            for leaf in range(first + splits, len(feature)):
                children += [leaf, leaf]
            value += [*([0.0] * splits), *tree["v"]]
        ends = [0, *(count for count, _ in stops), len(data)]
        least = [*(odds for _, odds in stops), -float("inf")]
        stages = tuple((a, b, odds) for (a, b), odds in zip(pairwise(ends), least, strict=True))
        parts = np.round(np.array(value) * SCALE).astype(np.int64)
        of_feature, of_children, of_roots = (np.array(n, np.intp) for n in (feature, children, roots))
        depth = _depth(of_children, of_roots)
        return cls(of_feature, np.array(threshold, np.float64), of_children, parts, of_roots, depth, stages)

    def odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the log-odds of each row, or ``NEVER`` where it was given up."""
        if not rows:
            return []
        table = np.array(rows, np.float64)
        total, going = np.zeros(len(table), np.int64), np.arange(len(table))
        for first, end, least in self.stages:
            total[going] += self._sums(table, going, first, end)
            given_up = total[going] < least * SCALE
            total[going[given_up]] = int(NEVER * SCALE)
            going = going[~given_up]
        return [float(odds) for odds in total / SCALE]

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each row, 0 to 1; 0 where it was given up."""
        return [0.0 if odds <= NEVER else float(1 / (1 + np.exp(-min(30.0, odds)))) for odds in self.odds(rows)]

    def _sums(self, table: "NDArray[np.float64]", going: "NDArray[np.intp]", first: int, end: int) -> Any:
        """Return what the trees from one to before another add to some rows."""
        found = np.zeros(len(going), np.int64)
        if end > first:
            size = max(1, _TOGETHER // (end - first))
            for at in range(0, len(going), size):
                found[at : at + size] = self._of_part(table, going[at : at + size], self.roots[first:end])
        return found

    def _of_part(self, table: "NDArray[np.float64]", going: "NDArray[np.intp]", roots: "NDArray[np.intp]") -> Any:
        node = np.tile(roots, len(going))
        row = np.repeat(going * table.shape[1], len(roots))
        values = table.ravel()
        for _ in range(self.depth):
            low = values.take(row + self.feature.take(node)) <= self.threshold.take(node)
            node = self.children.take(2 * node + low)
        return self.value.take(node).reshape(len(going), len(roots)).sum(axis=1)


def _depth(children: "NDArray[np.intp]", roots: "NDArray[np.intp]") -> int:
    depth, level = 0, roots
    while len(level):
        below = np.concatenate([children[2 * level], children[2 * level + 1]])
        level = np.unique(below[children[2 * below] != below])
        depth += 1
    return depth
