"""Learns the ranker: counts, word weights, two forests and the calibration, each on documents it was not judged by."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from kg.extract.candidates import Candidate
from kg.extract.features import Features
from kg.extract.forest import Forest, Tree
from kg.extract.lexical import lexical_features
from kg.extract.propose import Proposer
from kg.extract.ranker import FIRST_NAMES, SYMMETRIC, Odds, Ranker, Rivals, by_triple, odds_keys
from kg.extract.reading import Reading
from scripts.train.corpus import Annotated, fold_of

FOLDS = 5
FIRST = {"num_leaves": 31, "learning_rate": 0.07, "min_data_in_leaf": 20, "feature_fraction": 0.5, "lambda_l2": 5}
FIRST_TREES = 160
SECOND = {"num_leaves": 15, "learning_rate": 0.06, "min_data_in_leaf": 40, "feature_fraction": 0.6, "lambda_l2": 10}
SECOND_TREES = 100
_ALWAYS = {
    "objective": "binary", "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip


@dataclass(slots=True)
class Example:
    """A candidate of a training document: what the ranker sees of it, and whether it is right."""

    document: int
    candidate: Candidate
    right: bool
    weight: float
    row: list[float]
    keys: tuple[str, str, str]
    words: tuple[str, ...]


@dataclass(slots=True)
class ReadDocument:
    """A training document as it was read: with predicted names, or with the gold ones."""

    annotated: Annotated
    proposer: Proposer
    names: list[str]
    """The gold name of each entity."""


def read_document(annotated: Annotated, reading: Reading) -> ReadDocument:
    """Prepare a document for training."""
    return ReadDocument(annotated, Proposer(reading), annotated.align(reading.entities))


def triple_of(document: ReadDocument, c: Candidate) -> tuple[str, str, str]:
    """Return what a candidate says, in gold names."""
    s, o = document.names[c.subject.entity], document.names[c.object.entity]
    return (min(s, o), c.predicate, max(s, o)) if c.predicate in SYMMETRIC else (s, c.predicate, o)


def examples(documents: Sequence[ReadDocument]) -> list[Example]:
    """Return every candidate of the documents. One that is right, but not where the gold saw it, counts less."""
    found = []
    for number, document in enumerate(documents):
        facts = document.annotated.facts()
        for i, candidates in enumerate(document.proposer.candidates()):
            features = Features(document.proposer, i, candidates) if candidates else None
            parsed = document.proposer.reading.parsed[i]
            for c in candidates:
                assert features is not None
                spans = facts.get(triple_of(document, c))
                there = spans is not None and any(a < parsed.segment.end and b > parsed.segment.start for a, b in spans)
                words = tuple(set(lexical_features(document.proposer.reading, parsed, c)))
                weight = 1.0 if spans is None or there else 0.3
                found.append(Example(number, c, spans is not None, weight, features.row(c), odds_keys(c), words))
    return found


def count_odds(data: Sequence[Example]) -> Odds:
    """Count how often candidates of each kind are right."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    by_predicate: Counter[str] = Counter()
    of_predicate: Counter[str] = Counter()
    for e in data:
        of_predicate[e.candidate.predicate] += e.weight
        by_predicate[e.candidate.predicate] += e.right * e.weight
        for key in e.keys:
            seen[key] += e.weight
            if e.right:
                right[key] += e.weight
    return Odds(right, seen, {p: by_predicate[p] / of_predicate[p] for p in of_predicate})


def learn_words(data: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Return the weights of a logistic regression over the words around candidates; rare ones are left out."""
    counts: Counter[str] = Counter()
    for e in data:
        counts.update(e.words)
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= 4))}
    rows, columns = [], []
    for n, e in enumerate(data):
        for f in e.words:
            if f in index:
                rows.append(n)
                columns.append(index[f])
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(data), len(index)))
    model = LogisticRegression(C=0.2, solver="liblinear", max_iter=300, random_state=0)
    model.fit(matrix, [e.right for e in data], sample_weight=[e.weight for e in data])
    weights = model.coef_[0]
    return {f: round(float(weights[n]), 3) for f, n in index.items() if abs(weights[n]) >= 0.04}, float(
        model.intercept_[0]
    )


def first_rows(data: Sequence[Example], odds: Odds, words: dict[str, float], bias: float) -> np.ndarray:
    """Return the rows of the first forest."""
    rows = []
    for e in data:
        lexical = bias + sum(words.get(f, 0.0) for f in e.words)
        rows.append([*map(float, e.row), *odds.row(e.candidate), lexical])
    return np.array(rows, dtype=np.float64)


def grow(
    parameters: dict[str, float], trees: int, rows: np.ndarray, right: np.ndarray, weight: np.ndarray | None = None
) -> Forest:
    """Grow a forest and return it in the form in which it is evaluated."""
    data = lightgbm.Dataset(rows, right, weight=weight, free_raw_data=True)
    booster = lightgbm.train({**_ALWAYS, **parameters}, data, trees)
    return Forest(tuple(_flatten(t["tree_structure"]) for t in booster.dump_model()["tree_info"]))


def _flatten(root: dict) -> Tree:
    features: list[int] = []
    thresholds: list[float] = []
    left: list[int] = []
    right: list[int] = []
    leaves: list[float] = []

    def visit(node: dict) -> int:
        if "leaf_value" in node and "split_feature" not in node:
            leaves.append(round(float(node["leaf_value"]), 5))
            return -len(leaves)
        here = len(features)
        features.append(int(node["split_feature"]))
        thresholds.append(round(float(node["threshold"]), 6))
        left.append(0)
        right.append(0)
        left[here] = visit(node["left_child"])
        right[here] = visit(node["right_child"])
        return here

    if visit(root) < 0:  # a tree without a split
        return Tree([0], [0.0], [-1], [-1], leaves)
    return Tree(features, thresholds, left, right, leaves)


def predict(forest: Forest, rows: np.ndarray) -> np.ndarray:
    """Return the chances of many rows at once."""
    total = np.zeros(len(rows))
    for tree in forest.trees:
        f, t = np.array(tree.features), np.array(tree.thresholds)
        l, r, v = np.array(tree.left), np.array(tree.right), np.array(tree.leaves)
        node = np.zeros(len(rows), dtype=int)
        active = np.ones(len(rows), dtype=bool)
        while active.any():
            at = node[active]
            goes_left = rows[active, f[at]] <= t[at]
            node[active] = np.where(goes_left, l[at], r[at])
            active = node >= 0
        total += v[-1 - node]
    return 1 / (1 + np.exp(-np.clip(total, -30, 30)))


def cross_fitted(documents: Sequence[ReadDocument], data: list[Example]) -> np.ndarray:
    """Return for each candidate the chance given by forests that saw neither its document nor counts from it."""
    folds = np.array([fold_of(documents[e.document].annotated.name, FOLDS) for e in data])
    right = np.array([e.right for e in data], dtype=float)
    weight = np.array([e.weight for e in data])
    counts: dict[frozenset[int], tuple] = {}

    def fitted(without: frozenset[int]) -> tuple:
        if without not in counts:
            part = [e for e, f in zip(data, folds, strict=True) if f not in without]
            counts[without] = (count_odds(part), *learn_words(part))
        return counts[without]

    chances = np.zeros(len(data))
    for k in range(FOLDS):
        rows = np.zeros((len(data), len(FIRST_NAMES)))
        for j in range(FOLDS):
            here = np.nonzero(folds == j)[0]
            rows[here] = first_rows([data[n] for n in here], *fitted(frozenset((j, k))))
        own = folds == k
        forest = grow(FIRST, FIRST_TREES, rows[~own], right[~own], weight[~own])
        chances[own] = predict(forest, rows[own])
    return chances


def second_rows(
    documents: Sequence[ReadDocument], data: list[Example], chances: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[int], list]:
    """Return the rows of the second forest, whether each triple is right, its document, and the triple in gold names."""
    scored: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    for e, chance in zip(data, chances, strict=True):
        scored[e.document].append((float(chance), e.candidate))
    rows, right, owner, said = [], [], [], []
    for number, pairs in sorted(scored.items()):
        document = documents[number]
        facts = document.annotated.facts()
        triples = by_triple(pairs)
        rivals = Rivals(triples, document.proposer.discourse.frequency)
        for _, entry in sorted(triples.items()):
            rows.append(rivals.row(entry))
            gold = triple_of(document, entry.candidates[0][1])
            right.append(gold in facts)
            owner.append(number)
            said.append(gold)
    return np.array(rows, dtype=float), np.array(right, dtype=float), owner, said


@dataclass(slots=True)
class Trained:
    """The ranker, and what it reached on documents held out: chances, right or wrong, document, triple."""

    ranker: Ranker
    chances: np.ndarray
    right: np.ndarray
    owner: list[int]
    said: list


def train_ranker(documents: Sequence[ReadDocument]) -> Trained:
    """Learn everything; what is reported comes from folds that did not see the document."""
    data = examples(documents)
    chances = cross_fitted(documents, data)
    rows, right, owner, said = second_rows(documents, data, chances)
    folds = np.array([fold_of(documents[n].annotated.name, FOLDS) for n in owner])
    held = np.zeros(len(right))
    for k in range(FOLDS):
        own = folds == k
        held[own] = predict(grow(SECOND, SECOND_TREES, rows[~own], right[~own]), rows[own])
    steps = calibrate(held, right)
    odds = count_odds(data)
    words, bias = learn_words(data)
    # The forests learn from counts that did not see the document, as they will be used.
    first = grow(
        FIRST,
        FIRST_TREES,
        _held_rows(documents, data),
        np.array([e.right for e in data], float),
        np.array([e.weight for e in data]),
    )
    second = grow(SECOND, SECOND_TREES, rows, right)
    ranker = Ranker(odds, words, bias, first, second, steps)
    return Trained(ranker, np.array([ranker.confidence(h) for h in held]), right, owner, said)


def _held_rows(documents: Sequence[ReadDocument], data: list[Example]) -> np.ndarray:
    folds = [fold_of(documents[e.document].annotated.name, FOLDS) for e in data]
    rows = np.zeros((len(data), len(FIRST_NAMES)))
    for k in range(FOLDS):
        here = [n for n, f in enumerate(folds) if f == k]
        part = [e for e, f in zip(data, folds, strict=True) if f != k]
        rows[here] = first_rows([data[n] for n in here], count_odds(part), *learn_words(part))
    return rows


def calibrate(chances: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Return the steps by which a score becomes a confidence."""
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.005, y_max=0.995).fit(chances, right)
    grid = np.concatenate([np.linspace(0, 0.1, 11), np.linspace(0.12, 1, 45)])
    return [(round(float(x), 4), round(float(y), 4)) for x, y in zip(grid, model.predict(grid), strict=True)]


def as_json(ranker: Ranker) -> dict:
    """Return the ranker as it is written."""

    def trees(forest: Forest) -> list[dict]:
        return [{"f": t.features, "t": t.thresholds, "l": t.left, "r": t.right, "v": t.leaves} for t in forest.trees]

    kept = {k: round(v, 2) for k, v in sorted(ranker.odds.seen.items()) if v >= 2}
    return {
        "right": {k: round(v, 2) for k, v in sorted(ranker.odds.right.items()) if k in kept},
        "seen": kept,
        "prior": {k: round(v, 5) for k, v in sorted(ranker.odds.prior.items())},
        "words": dict(sorted(ranker.words.items())),
        "bias": round(ranker.bias, 4),
        "first": trees(ranker.first),
        "second": trees(ranker.second),
        "steps": ranker.steps,
    }
