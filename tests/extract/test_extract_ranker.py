"""The ranker: which candidates it looks at at all."""

import numpy as np
import pytest

from kg.extract.encoding.texts import TextEncoder
from kg.extract.forest import Forest
from kg.extract.learned import Table
from kg.extract.proposing.candidates import PREDICATES
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.pairs import PairScorer
from kg.extract.ranking.ranker import Odds, Ranker, rank
from kg.extract.ranking.wordscores import WordWeights
from tests.extract.encoding_small import arrays
from tests.extract.extract_grammar import read_text

TEXT = (
    "Tarn Cloud leases Gorse Field from Osprey Group. It also builds Sedge Mill in Denver, where Ines Farrow leads it."
)
EVEN = Forest.from_json([])
"""It gives every row the chance of one half."""
LET_IN = -9.5
WORDLESS = WordWeights.of(Table.rounded({}, len(PREDICATES)))


def ranker(score: float) -> Ranker:
    """Return a ranker that gives all the same chance, and whose encoder makes the same of every candidate."""
    written = arrays()
    written["pairs.out.weight"] = np.zeros_like(written["pairs.out.weight"])
    written["pairs.out.bias"] = np.full_like(written["pairs.out.bias"], score)
    return Ranker(Odds({}, {}, {}), WORDLESS, 0.0, LET_IN, EVEN, EVEN, scorer=PairScorer.of(written))


@pytest.mark.parametrize(("above", "heard"), [(-1, False), (-0.02, False), (0, True), (0.02, True)])
def test_what_the_encoder_makes_too_little_of_is_not_looked_at(above: float, heard: bool) -> None:
    proposer = Proposer(read_text(TEXT))
    encoded = TextEncoder.of(arrays()).encode(TEXT, proposer.reading.segments)
    found = rank(proposer, encoded, ranker(LET_IN + above))
    triples = {entry.triple for entry in found}
    assert len(triples) == len(found)
    assert bool(found) == heard
