"""Learns which values are attributes of whom, on names as they are found in documents that were not seen.

Two forests, as for relations: the second learns from what the first says of documents that it did not see.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.extract.extractor import ATTRIBUTE_CUT
from kg.extract.facts.attributes import Said, every, gather
from kg.extract.facts.heard import Heard
from kg.extract.facts.nearwords import ValueWords
from kg.extract.learned import as_lines
from scripts.train.cases import FOLDS, REAL, HeardTold, Known
from scripts.train.corpus import fold_of
from scripts.train.forests import Folded, Grown, cross_fit
from scripts.train.gold import is_held
from scripts.train.rank import ReadDocument
from scripts.train.tally import table
from scripts.train.values import same_value
from scripts.train.valuewords import value_words
from scripts.train.written import write_arrays, write_json

FIRST = {"num_leaves": 31, "learning_rate": 0.05, "min_data_in_leaf": 12, "feature_fraction": 0.3, "lambda_l2": 5}
FIRST_TREES = 200
SECOND = {"num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 25, "feature_fraction": 0.6, "lambda_l2": 10}
SECOND_TREES = 80


@dataclass(slots=True)
class Learned:
    """The words' weights, both forests, and of each name what is right, wrong and missed in documents held out."""

    words: ValueWords
    first: Grown
    second: Grown
    counts: Mapping[str, Counter[str]]

    def write(self, encoder: str) -> None:
        """Write the weights beside those of the ranker, with the name of the encoder that they go with."""
        forests = {"first": self.first.trees, "second": self.second.trees}
        write_json("attributes", {**forests, "encoder": encoder})
        write_arrays("attributes", {**self.words.to_arrays(), "encoder": as_lines([encoder])})

    def lines(self) -> Iterator[str]:
        """Yield how good they are, in all and by name."""
        return table("attributes", self.counts)


def learn(
    documents: Sequence[ReadDocument], heard: Sequence[Heard], plain: Sequence[HeardTold], judged: int
) -> Learned:
    """Learn from what documents say of the entities found in them, and from plain sentences with their names given.

    The first ``judged`` documents are texts by others. ``heard`` has what an encoder that did not see a document makes
    of its facts.
    """
    known = [*(_known(document, n < judged) for n, document in enumerate(documents)), *plain]
    answers = [*heard, *(one.heard for one in plain)]
    words = value_words(known)
    options = [every(one.proposer, words.without[one.fold], said) for one, said in zip(known, answers, strict=True)]
    flat = [(n, h) for n, held in enumerate(options) for h in held]
    right = np.array([is_held(known[n], h) for n, h in flat], float)
    rows = np.array([h.row for _, h in flat])
    first, chances = _fit(FIRST, FIRST_TREES, rows, right, [known[n] for n, _ in flat])
    left = iter(chances.tolist())
    scored = [[(next(left), h) for h in held] for held in options]
    found = [(n, said) for n, one in enumerate(known) for said in gather(one.proposer, scored[n])]
    totals = np.array([said.row for _, said in found])
    hits = np.array([is_held(known[n], said.best) for n, said in found], float)
    second, sure = _fit(SECOND, SECOND_TREES, totals, hits, [known[n] for n, _ in found])
    by_document: dict[int, list[tuple[float, Said]]] = defaultdict(list)
    for (n, said), chance in zip(found, sure.tolist(), strict=True):
        by_document[n].append((chance, said))
    return Learned(words.all, first, second, _counted(known[:judged], by_document))


def _known(document: ReadDocument, judged: bool) -> Known:
    fold, weight = fold_of(document.annotated.name, FOLDS, "f"), REAL if judged else 1.0
    return Known(document.annotated, document.proposer, document.names, fold, weight)


def _fit(
    parameters: dict[str, float], trees: int, rows: np.ndarray, right: np.ndarray, owners: Sequence[Known]
) -> tuple[Grown, np.ndarray]:
    """Return a forest learned from all rows, and of each row the chance by one that did not see its fold."""
    folds, weight = np.array([one.fold for one in owners]), np.array([one.weight for one in owners])
    return cross_fit(parameters, trees, Folded(rows, right, weight, folds), FOLDS)


def _counted(known: Sequence[Known], found: Mapping[int, Sequence[tuple[float, Said]]]) -> Mapping[str, Counter[str]]:
    """Return of each name how many would be claimed rightly and wrongly, and how many of the gold's would not."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for n, one in enumerate(known):
        left = [gold[:3] for gold in one.attributes()]
        done: list[tuple[str, str, Any]] = []
        for chance, said in sorted(found.get(n, ()), key=lambda pair: -pair[0]):
            entity, name, value = said.key
            whose = one.names[entity]
            if chance < ATTRIBUTE_CUT or _among(done, whose, name, value):
                continue
            done.append((whose, name, value))
            hit = _among(left, whose, name, value)
            counts[name]["right" if hit else "wrong"] += 1
            if hit:
                left.remove(hit)
        for _, name, _ in left:
            counts[name]["missed"] += 1
    return counts


def _among(said: Sequence[tuple[str, str, Any]], whose: str, name: str, value: Any) -> tuple[str, str, Any] | None:
    return next((one for one in said if one[:2] == (whose, name) and same_value(one[2], value)), None)
