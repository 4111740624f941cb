"""Scores of statuses: what cues weigh together, in whatever order they come."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import STATUSES
from kg.extract.facts.status import StatusModel

weights = st.lists(st.integers(-400, 400).map(lambda n: n / 100), min_size=len(STATUSES), max_size=len(STATUSES))
tables = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), weights, max_size=12)


@given(weights, tables, st.randoms())
def test_the_order_of_cues_does_not_count(
    bias: list[float], table: dict[str, list[float]], chance: random.Random
) -> None:
    cues = [*table, "unknown"]
    shuffled = [*cues]
    chance.shuffle(shuffled)
    model = StatusModel(bias, table)
    assert model.scores(shuffled) == model.scores(cues)
    for n, score in enumerate(model.scores(cues)):
        assert score == pytest.approx(bias[n] + sum(row[n] for row in table.values()), abs=1e-6)


def test_sums_that_only_an_order_parts_are_the_same() -> None:
    rows = {"a": 0.1, "b": 0.2, "c": 0.3}
    model = StatusModel([0.0] * len(STATUSES), {cue: [weight] * len(STATUSES) for cue, weight in rows.items()})
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)
    assert model.scores("abc") == model.scores("bca")
