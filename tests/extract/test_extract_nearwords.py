"""Words near values: what they weigh for each value with each entity that may have it, and how that is written."""

import random

import pytest

from kg.extract.facts.attributes import asked_of_value, every
from kg.extract.facts.holders import ATTRIBUTES, held
from kg.extract.facts.nearwords import NearWords, ValueWords
from kg.extract.learned import SCALE, Table
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.contest import NONE
from kg.extract.ranking.lexical import GROUPS, group
from kg.extract.ranking.wordscores import WordWeights
from tests.extract.encoding_small import ROUNDED, heard_by_small
from tests.extract.extract_grammar import read_text

TEXT = (
    "Gorse Field, the 300 MW campus that Tarn Cloud owns, cost $4 billion and will open in 2027. "
    "Sedge Mill has 450 MW, and 64,000 chips are to go there. "
    "Tarn Cloud, a GPU cloud provider, is valued at $9 billion, more than its rival Osprey Group."
)
MORE = 1 + len(GROUPS) + 1
OF_ENCODER = 2
"""What follows: what the encoder makes of a value, and its lead."""


def words_of(proposer: Proposer) -> tuple[ValueWords, dict[str, list[float]]]:
    """Return weights that nobody learned for most features of a text, and the same as a plain table."""
    near, chance = NearWords(proposer), random.Random(0)
    options = [h for i in range(len(proposer.reading.parsed)) for h in held(proposer, i)]
    features = sorted({feature for h in options for feature in near.features(h)})
    weights = {f: [chance.randint(-200, 200) / SCALE for _ in ATTRIBUTES] for f in features if chance.random() < 0.8}
    return ValueWords(WordWeights.of(Table.rounded(weights, len(ATTRIBUTES))), -0.75), weights


def test_a_row_goes_on_with_what_words_and_encoder_weigh_and_with_the_leads() -> None:
    proposer = Proposer(read_text(TEXT))
    words, weights = words_of(proposer)
    near = NearWords(proposer)
    plain = [h for i in range(len(proposer.reading.parsed)) for h in held(proposer, i)]
    heard = heard_by_small(proposer.reading)
    found = every(proposer, words, heard)
    assert {h.name for h in found} == {*ATTRIBUTES}
    for one, h in zip(plain, found, strict=True):
        assert (one.name, one.value, one.argument.entity, one.row) == (
            h.name,
            h.value,
            h.argument.entity,
            h.row[: -MORE - OF_ENCODER],
        )
        *_, answer, _ = h.row
        assert heard.values([(asked_of_value(h), h.name)]) == pytest.approx([answer], abs=ROUNDED)  # of one row or many
        by_words = h.row[-MORE - OF_ENCODER : -OF_ENCODER]
        expected = [0.0] * len(GROUPS)
        for feature in near.features(h):
            if feature in weights:
                expected[group(feature)] += weights[feature][ATTRIBUTES.index(h.name)]
        assert by_words[:-1] == pytest.approx([-0.75 + sum(expected), *expected])
        rivals = [
            other.row
            for other in found
            if (other.segment, other.item, other.name) == (h.segment, h.item, h.name)
            and other.argument.entity != h.argument.entity
        ]
        for at, lead in ((-MORE - OF_ENCODER, by_words[-1]), (-OF_ENCODER, h.row[-1])):
            assert lead == pytest.approx(h.row[at] - max((row[at] for row in rivals), default=NONE))


def test_weights_come_back_as_they_were_written() -> None:
    proposer = Proposer(read_text(TEXT))
    words, _ = words_of(proposer)
    again = ValueWords.of(words.to_arrays())
    assert again.bias == words.bias
    heard = heard_by_small(proposer.reading)
    assert [h.row for h in every(proposer, again, heard)] == [h.row for h in every(proposer, words, heard)]
