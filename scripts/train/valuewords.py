"""Learns what the words near values weigh: as attributes of which entities these count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.facts.holders import ATTRIBUTES, held
from kg.extract.facts.nearwords import NearWords, ValueWords
from kg.extract.ranking.wordscores import WordWeights
from scripts.train.cases import FOLDS, Known
from scripts.train.gold import is_held
from scripts.train.words import Learning, Vocabulary, Words

_NO_FOLD = -9


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights learned from all documents, and for each fold those learned without it."""

    all: ValueWords
    without: list[ValueWords]


def value_words(known: Sequence[Known]) -> Fitted:
    """Learn which words join values to entities that have them."""
    vocabulary = Vocabulary()
    features, columns, right, folds, weight = [], [], [], [], []
    for one in known:
        near = NearWords(one.proposer)
        for i in range(len(one.proposer.reading.parsed)):
            for h in held(one.proposer, i):
                features.append(vocabulary.encode(near.features(h)))
                columns.append(ATTRIBUTES.index(h.name))
                right.append(float(is_held(one, h)))
                folds.append(one.fold)
                weight.append(one.weight)
    columns_of, right_of, weight_of = np.array(columns), np.array(right), np.array(weight)
    words = Words(vocabulary, features, columns_of, right_of, weight_of, learning=Learning(ATTRIBUTES))
    fitted = words.fit([np.array(folds) != k for k in (_NO_FOLD, *range(FOLDS))])
    found = [ValueWords(WordWeights.of(words.by_feature(weights)), bias) for weights, bias in fitted]
    return Fitted(found[0], found[1:])
