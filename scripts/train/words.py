"""Learns the weights of the words around candidates: a logistic regression, with a weight a predicate and feature."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

STRENGTH = 0.2
RARE = 3
"""Candidates that a feature needs to be looked at."""
SMALL = 0.1
"""Weights below it are left out."""
SHARE = 0.35
"""Part of the wrong candidates that is learned from; each then counts as many times more."""

Weights = dict[str, dict[str, float]]


class Words:
    """The sparse features of all candidates as a matrix, on which models are fitted to parts of the documents."""

    def __init__(self, features: Sequence[Sequence[str]], right: np.ndarray, weight: np.ndarray) -> None:
        """Index the features, each "PREDICATE|feature"."""
        counts = Counter(f for row in features for f in row)
        self.names = sorted(f for f, n in counts.items() if n >= RARE)
        index = {f: n for n, f in enumerate(self.names)}
        pointers, columns = [0], []
        for row in features:
            columns += sorted(index[f] for f in row if f in index)
            pointers.append(len(columns))
        shape = (len(features), len(self.names))
        self.matrix = csr_matrix((np.ones(len(columns), np.float32), columns, pointers), shape=shape)
        self.right = right
        self._kept = (right > 0) | (np.random.default_rng(0).random(len(right)) < SHARE)
        self._weight = np.where(right > 0, weight, weight / SHARE)

    def fit(self, part: np.ndarray) -> tuple[np.ndarray, float]:
        """Learn from the candidates that a mask selects; return a weight a feature, small ones as 0, and the bias."""
        chosen = self._kept & part
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=100, tol=1e-3, random_state=0)
        model.fit(self.matrix[chosen], self.right[chosen], sample_weight=self._weight[chosen])
        weights = np.round(model.coef_[0], 2)
        weights[np.abs(weights) < SMALL] = 0.0
        return weights, round(float(model.intercept_[0]), 3)

    def scores(self, fitted: tuple[np.ndarray, float]) -> np.ndarray:
        """Return what a fitted model says of every candidate, as log-odds."""
        return self.matrix @ fitted[0] + fitted[1]

    def by_predicate(self, weights: np.ndarray) -> Weights:
        """Return the weights by predicate and feature."""
        found: Weights = {}
        for n in np.nonzero(weights)[0]:
            predicate, _, feature = self.names[n].partition("|")
            found.setdefault(predicate, {})[feature] = float(weights[n])
        return found
