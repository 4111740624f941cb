"""What words weigh: the sum over a candidate's features, in all and by group, whatever is shared on the way."""

import random

import pytest

from kg.extract.learned import SCALE, Table
from kg.extract.proposing.candidates import PREDICATES, Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.lexical import GROUPS, Surroundings, group
from kg.extract.ranking.wordscores import WordScores, WordWeights
from tests.extract.extract_grammar import read_text

TEXT = (
    "Tarn Cloud leases Gorse Field from Osprey Group. It also builds Sedge Mill in Denver, where Ines Farrow leads it. "
    "The company, backed by Moorhen Capital, has ordered H100 chips from Willow Silicon for both of its sites."
)
BIAS = -1.25


def features_of(around: Surroundings, c: Candidate) -> list[str]:
    """Return the features of a candidate of a segment."""
    return [*around.of_trigger(c), *around.of_pair(c.subject, c.object)]


def test_a_row_is_the_sum_over_the_features_of_a_candidate_by_group() -> None:
    proposer = Proposer(read_text(TEXT))
    every = [(i, some, Surroundings(proposer.reading, i)) for i, some in enumerate(proposer.candidates())]
    features = sorted({f for _, some, around in every for c in some for f in features_of(around, c)})
    chance = random.Random(0)
    weights = {f: [chance.randint(-300, 300) / SCALE for _ in PREDICATES] for f in features if chance.random() < 0.8}
    words = WordWeights.of(Table.rounded(weights, len(PREDICATES)))
    seen = 0
    for _, some, around in every:
        scores = WordScores(words, BIAS, around)
        for c in some:
            expected = [0.0] * len(GROUPS)
            for feature in features_of(around, c):
                if feature in weights:
                    expected[group(feature)] += weights[feature][PREDICATES.index(c.predicate)]
            assert scores.row(c) == pytest.approx([BIAS + sum(expected), *expected])
            seen += any(expected)
    assert seen > 50


def test_without_weights_only_the_bias_counts() -> None:
    proposer = Proposer(read_text(TEXT))
    words = WordWeights.of(Table.rounded({}, len(PREDICATES)))
    for i, some in enumerate(proposer.candidates()):
        scores = WordScores(words, BIAS, Surroundings(proposer.reading, i))
        assert all(scores.row(c) == [BIAS, *[0.0] * len(GROUPS)] for c in some)
