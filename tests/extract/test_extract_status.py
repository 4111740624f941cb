"""Scores of statuses: what cues weigh together, in whatever order they come."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import STATUSES
from kg.extract.facts.status import StatusModel

MANY = len(STATUSES)
hundredths = st.integers(-400, 400).map(lambda n: n / 100)
weights = st.lists(hundredths, min_size=MANY, max_size=MANY)
tables = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), weights, max_size=12)


@given(weights, tables, st.lists(weights, min_size=MANY, max_size=MANY), weights, st.randoms())
def test_cues_and_encoder_add_up_and_the_order_of_cues_does_not_count(
    bias: list[float],
    table: dict[str, list[float]],
    trust: list[list[float]],
    heard: list[float],
    chance: random.Random,
) -> None:
    cues = [*table, "unknown"]
    shuffled = [*cues]
    chance.shuffle(shuffled)
    model = StatusModel(bias, table, trust)
    found = model.scores(cues, heard)
    assert model.scores(shuffled, heard) == found
    for n, score in enumerate(found):
        by_encoder = sum(one * other for one, other in zip(trust[n], heard, strict=True))
        assert score == pytest.approx(bias[n] + sum(row[n] for row in table.values()) + by_encoder, abs=1e-5)


def test_sums_that_only_an_order_parts_are_the_same() -> None:
    rows = {"a": 0.1, "b": 0.2, "c": 0.3}
    nothing = [0.0] * MANY
    model = StatusModel(nothing, {cue: [weight] * MANY for cue, weight in rows.items()}, [nothing] * MANY)
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)
    assert model.scores("abc", nothing) == model.scores("bca", nothing)
