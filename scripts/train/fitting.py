"""Learns what says status and what is an attribute, on gold names and gold relations."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from kg.core.claim import STATUSES
from kg.extract.facts.attributes import AttributeModel, every, gather
from kg.extract.facts.cues import cues
from kg.extract.facts.holders import Held
from kg.extract.facts.nearwords import ValueWords
from kg.extract.facts.status import StatusModel
from scripts.train.cases import FOLDS, HeardTold, Told
from scripts.train.forests import Grown, grow
from scripts.train.gold import is_held, statuses

RARE = 4
STRENGTH = 0.1
SMALL = 0.06
HOLDERS = {"num_leaves": 31, "learning_rate": 0.05, "min_data_in_leaf": 12, "feature_fraction": 0.3, "lambda_l2": 5}
HOLDER_TREES = 200
TOTAL = {"num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 25, "feature_fraction": 0.6, "lambda_l2": 10}
TOTAL_TREES = 80


@dataclass(slots=True)
class StatusExamples:
    """The cues of every gold fact, what the encoder makes of each status, and the status as a number."""

    cues: list[frozenset[str]] = field(default_factory=list)
    heard: list[list[float]] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)


@dataclass(slots=True)
class HeldExamples:
    """Every value with every entity that may hold it, by document, and whether the gold has it."""

    held: list[list[Held]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)


def status_examples(told: Sequence[HeardTold]) -> StatusExamples:
    """Return the cues and statuses of all gold relations and attributes."""
    found = StatusExamples()
    for one in told:
        for c, asked, known in statuses(one):
            found.cues.append(cues(c, one.proposer))
            found.heard.append(one.heard.status(asked))
            found.status.append(min(STATUSES.index(s) for s in known))
            found.fold.append(one.fold)
            found.weight.append(one.weight)
    return found


def held_examples(told: Sequence[HeardTold], words: Sequence[ValueWords]) -> HeldExamples:
    """Return the values of all documents with whoever may hold them, by words that did not see their documents."""
    found = HeldExamples()
    for one in told:
        options = every(one.proposer, words[one.fold], one.heard)
        found.held.append(options)
        found.right.append([is_held(one, h) for h in options])
        found.fold.append(one.fold)
    return found


# --- fitting


def fit_status(data: StatusExamples, without: int | None = None) -> StatusModel:
    """Learn what each cue weighs, and what the encoder's answers do, on all folds but one."""
    kept = [n for n, fold in enumerate(data.fold) if fold != without]
    counts = Counter(cue for n in kept for cue in data.cues[n])
    index = {cue: n for n, cue in enumerate(sorted(cue for cue, count in counts.items() if count >= RARE))}
    rows, columns = [], []
    for row, n in enumerate(kept):
        for cue in sorted(data.cues[n]):
            if cue in index:
                rows.append(row)
                columns.append(index[cue])
    matrix = hstack(
        [
            csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(kept), len(index))),
            csr_matrix(np.array([data.heard[n] for n in kept])),
        ]
    ).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=150)
    model.fit(matrix, [data.status[n] for n in kept], sample_weight=[data.weight[n] for n in kept])
    table = np.zeros((len(STATUSES), len(index) + len(STATUSES)))
    bias = np.full(len(STATUSES), -9.0)
    for row, status in enumerate(model.classes_):
        table[status], bias[status] = model.coef_[row], model.intercept_[row]
    weights = {
        cue: tuple(round(float(v), 2) for v in table[:, n]) for cue, n in index.items() if np.ptp(table[:, n]) >= SMALL
    }
    trust = [[round(float(v), 2) for v in row] for row in table[:, len(index) :]]
    return StatusModel(tuple(round(float(v), 2) for v in bias), weights, trust)


@dataclass(slots=True)
class Attributes:
    """The two forests for attributes, and for each fold the models that did not see it."""

    first: Grown
    second: Grown
    models: list[AttributeModel]


def fit_attributes(told: Sequence[Told], data: HeldExamples, words: Sequence[ValueWords]) -> Attributes:
    """Learn both forests; the second from what the first says of documents that it did not see."""
    flat = [
        (n, h, r)
        for n, (hs, rs) in enumerate(zip(data.held, data.right, strict=True))
        for h, r in zip(hs, rs, strict=True)
    ]
    owner = np.array([n for n, _, _ in flat])
    rows, right = np.array([h.row for _, h, _ in flat]), np.array([r for _, _, r in flat], float)
    folds, weight = (np.array([of(told[n]) for n in owner]) for of in (attrgetter("fold"), attrgetter("weight")))

    def first(part: np.ndarray) -> Grown:
        return grow(HOLDERS, HOLDER_TREES, rows[part], right[part], weight[part])

    firsts = [first(folds != k) for k in range(FOLDS)]
    chances = np.zeros(len(rows))
    for k in range(FOLDS):
        if (folds == k).any():
            chances[folds == k] = firsts[k].predict(rows[folds == k])
    scored: dict[int, list[tuple[float, Held]]] = defaultdict(list)
    for (n, h, _), chance in zip(flat, chances, strict=True):
        scored[n].append((float(chance), h))
    said: list[tuple[tuple[float, ...], float, int, float]] = []
    for n, one in enumerate(told):
        found = gather(one.proposer, scored[n])
        said += [(entry.row, float(is_held(one, entry.best)), one.fold, one.weight) for entry in found]
    totals, hits, parts, weights = (np.array(column) for column in zip(*said, strict=True))

    def second(part: np.ndarray) -> Grown:
        return grow(TOTAL, TOTAL_TREES, totals[part], hits[part], weights[part])

    seconds = [second(parts != k) for k in range(FOLDS)]
    models = [
        AttributeModel(known, one.forest(), two.forest())
        for known, one, two in zip(words, firsts, seconds, strict=True)
    ]
    return Attributes(first(folds > -9), second(parts > -9), models)
