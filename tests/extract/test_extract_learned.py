"""Tables: rows by feature that come back as they were written, each made ready once and only when asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.learned import LazyWeights, Table, as_lines, lines_of

words = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=3)
tables = st.dictionaries(words, st.lists(st.integers(-500, 500), min_size=2, max_size=2), max_size=6)


@given(tables, words)
def test_a_table_comes_back_as_it_was_written(written: dict[str, list[int]], other: str) -> None:
    weights = {feature: [v / 100 for v in row] for feature, row in written.items()}
    found = LazyWeights(Table.of(Table.rounded(weights, 2).to_arrays("some."), "some."))
    assert dict(found) == weights
    assert found.get(other) == weights.get(other)
    assert len(found) == len(written)


@given(st.lists(words, min_size=1, max_size=5))
def test_lines_come_back_as_they_were_written(written: list[str]) -> None:
    assert lines_of(as_lines(written)) == written


def test_a_word_that_holds_the_end_of_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="end of a line"):
        as_lines(["one", "two\nthree"])


def test_weights_are_rounded_to_parts_of_the_scale() -> None:
    assert Table.rounded({"a": [0.126, -1.0], "b": [0.0, 2.344]}, 2).rows.tolist() == [[13, -100], [0, 234]]
    assert Table.rounded({}, 3).rows.shape == (0, 3)
    assert Table.rounded({"a": [1.0]}, 1).rows.dtype == np.int16


def test_a_row_is_made_once_and_only_when_asked_for() -> None:
    made: list[str] = []

    class Numbers(dict[str, int]):
        """Takes down which features are looked up."""

        def __getitem__(self, feature: str) -> int:
            made.append(feature)
            return super().__getitem__(feature)

    table = Table.rounded({"a": [0.1], "b": [0.2]}, 1)
    rows = LazyWeights(Table(Numbers(table.numbers), table.rows))
    assert (rows.get("a"), rows["a"], rows.get("c", 0)) == ([0.1], [0.1], 0)
    assert made == ["a"]
