"""Grows forests with LightGBM, in the form in which the package evaluates them."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import lightgbm
import numpy as np

from kg.extract.forest import Forest, Stop

T = TypeVar("T")

_ALWAYS = {
    "objective": "binary",
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
}
Tree = dict[str, list[Any]]
"""Splits ``f`` (feature), ``t`` (threshold), ``l`` and ``r`` (children; below 0: leaf -1 - n), and leaves ``v``."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A forest as it is written, with the stops at which hopeless rows are given up."""

    trees: list[Tree]
    stops: tuple[Stop, ...] = ()

    def forest(self) -> Forest:
        """Return the forest as the package evaluates it."""
        return Forest.from_json(self.trees, self.stops)

    def stopping(self, stops: Sequence[Stop]) -> "Grown":
        """Return the forest with other stops."""
        return replace(self, stops=tuple(stops))

    def predict(self, rows: np.ndarray) -> np.ndarray:
        """Return the chances of many rows at once: 0 for those that are given up."""
        total, going, done = np.zeros(len(rows)), np.arange(len(rows)), 0
        for count, least in (*self.stops, (len(self.trees), -np.inf)):
            total[going] += self.odds(rows[going], done, count)
            going, done = going[total[going] >= least], count
        chances = np.zeros(len(rows))
        chances[going] = 1 / (1 + np.exp(-np.clip(total[going], -30, 30)))
        return chances

    def odds(self, rows: np.ndarray, start: int, end: int) -> np.ndarray:
        """Return what the trees from one to before another add to the log-odds of each row."""
        total = np.zeros(len(rows))
        for tree in self.trees[start:end]:
            features, thresholds = np.array(tree["f"]), np.array(tree["t"])
            low, high, values = np.array(tree["l"]), np.array(tree["r"]), np.array(tree["v"])
            node = np.zeros(len(rows), dtype=int)
            active = np.arange(len(rows))
            while len(active):
                at = node[active]
                after = np.where(rows[active, features[at]] <= thresholds[at], low[at], high[at])
                node[active] = after
                active = active[after >= 0]
            total += values[-1 - node]
        return total


STAGES = (10, 20, 30, 45, 60, 90, 130, 180)
USEFUL = 0.08
"""Chances from which a row is worth looking at to the end."""
LOST = 0.0007
"""Share of the useful rows that each stop may lose."""


def stops(grown: Sequence[tuple[Grown, np.ndarray]]) -> tuple[Stop, ...]:
    """Choose stops from forests without any, each with rows that it did not learn from."""
    ends = (*STAGES, *(len(forest.trees) for forest, _ in grown[:1]))
    table = np.concatenate(
        [
            np.cumsum([forest.odds(rows, a, b) for a, b in zip((0, *ends), ends, strict=False)], axis=0).T
            for forest, rows in grown
        ]
    )
    going = table[:, -1] >= np.log(USEFUL / (1 - USEFUL))
    found: list[Stop] = []
    for n, count in enumerate(STAGES):
        least = round(float(np.quantile(table[going, n], LOST)), 3)
        going &= table[:, n] >= least
        found.append((count, least))
    return tuple(found)


def grow(
    parameters: dict[str, float], trees: int, rows: np.ndarray, right: np.ndarray, weight: np.ndarray | None = None
) -> Grown:
    """Grow a forest."""
    data = lightgbm.Dataset(rows, right, weight=weight, free_raw_data=True)
    booster = lightgbm.train({**_ALWAYS, **parameters}, data, trees)
    return Grown([_flatten(t["tree_structure"]) for t in booster.dump_model()["tree_info"]])


def in_threads(learn: Callable[[int], T], folds: Iterable[int]) -> list[T]:
    """Learn from several folds side by side: the libraries let go of Python's lock, and each learns in one thread."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(learn, folds))


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows to learn from: of each whether it is right, how much it counts, and its fold."""

    rows: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    fold: np.ndarray


def cross_fit(parameters: dict[str, float], trees: int, data: Folded, folds: int) -> tuple[Grown, np.ndarray]:
    """Return a forest grown on all rows, and of each row the chance by one that did not see its fold."""

    def without(k: int) -> Grown:
        part = data.fold != k
        return grow(parameters, trees, data.rows[part], data.right[part], data.weight[part])

    *held, whole = in_threads(without, [*range(folds), folds])
    chances = np.zeros(len(data.rows))
    for k, forest in enumerate(held):
        chances[data.fold == k] = forest.predict(data.rows[data.fold == k])
    return whole, chances


def _flatten(root: dict[str, Any]) -> Tree:
    tree: Tree = {"f": [], "t": [], "l": [], "r": [], "v": []}

    def visit(node: dict[str, Any]) -> int:
        if "split_feature" not in node:
            tree["v"].append(round(float(node["leaf_value"]), 4))
            return -len(tree["v"])
        here = len(tree["f"])
        tree["f"].append(int(node["split_feature"]))
        tree["t"].append(_rounded(float(node["threshold"])))
        tree["l"].append(0)
        tree["r"].append(0)
        tree["l"][here] = visit(node["left_child"])
        tree["r"][here] = visit(node["right_child"])
        return here

    if visit(root) < 0:  # a tree without a split
        tree.update({"f": [0], "t": [0.0], "l": [-1], "r": [-1]})
    return tree


def _rounded(threshold: float) -> float:
    """Return a threshold with few digits; one just below 0, which parts 0 from what is less, stays below it."""
    short = round(threshold, 4)
    return -1e-6 if short == 0 and threshold < 0 else short
