"""Learns the weights of the words around candidates: a logistic regression, with a weight a predicate and feature."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extract.learned import Table
from kg.extract.proposing.candidates import PREDICATES
from kg.extract.ranking.lexical import GROUPS, group

STRENGTH = 0.2
RARE = 3
"""Candidates that a feature needs to be looked at."""
SMALL = 0.12
"""Weights below it are left out."""

Fitted = tuple[np.ndarray, float]
"""A weight for each feature, small ones as 0, and the bias."""


@dataclass(frozen=True, slots=True)
class Learning:
    """What words are learned for: the names of what is said, and from how much."""

    names: Sequence[str]
    share: float = 1.0
    """Part of the wrong candidates that is learned from; each then counts as many times more."""


RELATIONS = Learning(PREDICATES, 0.35)


class Vocabulary:
    """Numbers for features, so that millions of candidates can be held in memory."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def encode(self, features: Iterable[str]) -> np.ndarray:
        """Return the numbers of features, new ones for those not seen before."""
        return np.array([self.numbers.setdefault(f, len(self.numbers)) for f in features], np.int32)


class Words:
    """The sparse features of all candidates as a matrix, on which models are fitted to parts of the documents."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        features: Sequence[np.ndarray],
        columns: np.ndarray,
        right: np.ndarray,
        weight: np.ndarray,
        *,
        learning: Learning,
    ) -> None:
        """Index the features that are not rare, apart for each thing that is said: ``columns`` numbers these."""
        names, self._learning = learning.names, learning
        sizes = [len(row) for row in features]
        flat = np.concatenate(features) * len(names) + np.repeat(columns, sizes).astype(np.int32)
        counts = np.bincount(flat, minlength=len(vocabulary.numbers) * len(names))
        spelt = list(vocabulary.numbers)
        named = {n: (spelt[n // len(names)], n % len(names)) for n in np.nonzero(counts >= RARE)[0].tolist()}
        ordered = sorted(named, key=named.__getitem__)
        self.names = [named[n] for n in ordered]
        column = np.full(len(counts), -1, np.int32)
        column[ordered] = np.arange(len(ordered))
        found = column[flat]
        kept = found >= 0
        lengths = np.bincount(np.repeat(np.arange(len(features)), sizes)[kept], minlength=len(features))
        shape = (len(features), len(self.names))
        pointers = np.concatenate([[0], np.cumsum(lengths)])
        self.matrix = csr_matrix((np.ones(int(kept.sum()), np.float32), found[kept], pointers), shape=shape)
        self.matrix.sort_indices()
        self.right = right
        self._groups = np.array([group(feature) for feature, _ in self.names])
        self._kept = (right > 0) | (np.random.default_rng(0).random(len(right)) < learning.share)
        self._weight = np.where(right > 0, weight, weight / learning.share)

    def fit(self, parts: Sequence[np.ndarray]) -> list[Fitted]:
        """Learn from the candidates that each of several masks selects, side by side."""
        chosen = [self._kept & part for part in parts]
        with ProcessPoolExecutor() as pool:
            tasks = [pool.submit(_solve, self.matrix[c], self.right[c], self._weight[c]) for c in chosen]
            return [task.result() for task in tasks]

    def scores(self, fitted: Fitted, part: np.ndarray) -> np.ndarray:
        """Return what a fitted model says of the candidates of a mask, as log-odds: in all, then by group."""
        weights, bias = fitted
        rows = self.matrix[part]
        groups = np.stack([rows @ np.where(self._groups == n, weights, 0.0) for n in range(len(GROUPS))], axis=1)
        return np.hstack([groups.sum(axis=1, keepdims=True) + bias, groups])

    def by_feature(self, weights: np.ndarray) -> Table:
        """Return the weights, a row for each feature."""
        found: dict[str, list[float]] = {}
        for n in np.nonzero(weights)[0]:
            feature, column = self.names[n]
            found.setdefault(feature, [0.0] * len(self._learning.names))[column] = float(weights[n])
        return Table.rounded(found, len(self._learning.names))


def _solve(matrix: csr_matrix, right: np.ndarray, weight: np.ndarray) -> Fitted:
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=100, tol=1e-3, random_state=0)
    model.fit(matrix, right, sample_weight=weight)
    weights = np.round(model.coef_[0], 2)
    weights[np.abs(weights) < SMALL] = 0.0
    return weights, round(float(model.intercept_[0]), 3)
