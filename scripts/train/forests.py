"""Grows forests with LightGBM, in the form in which the package evaluates them."""

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from kg.extract.forest import Forest

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
    """A forest as it is written."""

    trees: list[Tree]

    def forest(self) -> Forest:
        """Return the forest as the package evaluates it."""
        return Forest.from_json(self.trees)

    def predict(self, rows: np.ndarray) -> np.ndarray:
        """Return the chances of many rows at once."""
        total = np.zeros(len(rows))
        for tree in self.trees:
            features, thresholds = np.array(tree["f"]), np.array(tree["t"])
            low, high, values = np.array(tree["l"]), np.array(tree["r"]), np.array(tree["v"])
            node = np.zeros(len(rows), dtype=int)
            active = np.ones(len(rows), dtype=bool)
            while active.any():
                at = node[active]
                goes_low = rows[active, features[at]] <= thresholds[at]
                node[active] = np.where(goes_low, low[at], high[at])
                active = node >= 0
            total += values[-1 - node]
        return 1 / (1 + np.exp(-np.clip(total, -30, 30)))


def grow(
    parameters: dict[str, float], trees: int, rows: np.ndarray, right: np.ndarray, weight: np.ndarray | None = None
) -> Grown:
    """Grow a forest."""
    data = lightgbm.Dataset(rows, right, weight=weight, free_raw_data=True)
    booster = lightgbm.train({**_ALWAYS, **parameters}, data, trees)
    return Grown([_flatten(t["tree_structure"]) for t in booster.dump_model()["tree_info"]])


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
