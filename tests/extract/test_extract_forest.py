"""Forests: what is read from JSON decides as its splits say."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.forest import NEVER, SCALE, Forest

values = st.floats(-10, 10, allow_nan=False)
leaves = st.integers(-100_000, 100_000).map(lambda n: n / SCALE)
rows = st.lists(st.lists(values, min_size=3, max_size=3), max_size=5)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Return a tree of the written form, with at most seven splits over three features."""
    tree: dict[str, list[Any]] = {"f": [], "t": [], "l": [], "r": [], "v": []}

    def grow(depth: int) -> int:
        if depth == 0 or draw(st.booleans()):
            tree["v"].append(draw(leaves))
            return -len(tree["v"])
        here = len(tree["f"])
        tree["f"].append(draw(st.integers(0, 2)))
        tree["t"].append(draw(values))
        tree["l"].append(0)
        tree["r"].append(0)
        tree["l"][here] = grow(depth - 1)
        tree["r"][here] = grow(depth - 1)
        return here

    if grow(3) < 0:
        tree.update({"f": [0], "t": [0.0], "l": [-1], "r": [-1]})
    return tree


def walked(tree: dict[str, list[Any]], row: list[float]) -> float:
    """Return the leaf that a row falls into, by the written form itself."""
    node = 0
    while node >= 0:
        node = tree["l"][node] if row[tree["f"][node]] <= tree["t"][node] else tree["r"][node]
    return float(tree["v"][-1 - node])


@given(st.lists(trees(), min_size=1, max_size=4), rows)
def test_a_forest_is_the_sum_of_its_trees(written: list[dict[str, list[Any]]], rows: list[list[float]]) -> None:
    forest = Forest.from_json(written)
    expected = [sum(walked(tree, row) for tree in written) for row in rows]
    assert forest.odds(rows) == pytest.approx(expected, abs=1e-9)
    assert all(0 <= chance <= 1 for chance in forest.chances(rows))
    assert forest.chances(rows) == pytest.approx([1 / (1 + math.exp(-odds)) for odds in expected], abs=1e-9)


@given(st.lists(trees(), min_size=2, max_size=5), rows, values)
def test_a_stop_gives_up_what_has_too_little_by_then(
    written: list[dict[str, list[Any]]], rows: list[list[float]], least: float
) -> None:
    odds, chances = (getattr(Forest.from_json(written, [(1, least)]), name)(rows) for name in ("odds", "chances"))
    whole = Forest.from_json(written).odds(rows)
    for n, row in enumerate(rows):
        if walked(written[0], row) < least:
            assert odds[n] == NEVER
            assert chances[n] == 0
        else:
            assert odds[n] == whole[n]


@given(st.lists(trees(), min_size=1, max_size=4), rows)
def test_rows_are_judged_each_by_itself(written: list[dict[str, list[Any]]], rows: list[list[float]]) -> None:
    forest = Forest.from_json(written, [(1, 0.0)])
    assert forest.odds(rows) == [odds for row in rows for odds in forest.odds([row])]


def test_more_rows_than_are_looked_at_together_are_all_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = {"f": [0], "t": [0.5], "l": [-1], "r": [-2], "v": [-1.0, 2.0]}
    rows = [[float(n % 2)] for n in range(50)]
    expected = [2.0 * (2.0 if n % 2 else -1.0) for n in range(50)]
    assert Forest.from_json([tree, tree]).odds(rows) == expected
    monkeypatch.setattr("kg.extract.forest._TOGETHER", 7)
    assert Forest.from_json([tree, tree]).odds(rows) == expected


def test_a_forest_of_no_trees_says_nothing_of_any_row() -> None:
    assert Forest.from_json([]).odds([[1.0], [2.0]]) == [0.0, 0.0]
    assert Forest.from_json([]).odds([]) == []
