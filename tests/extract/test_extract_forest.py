"""Forests: what is read from JSON decides as its splits say."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.forest import NEVER, Forest

values = st.floats(-10, 10, allow_nan=False)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Return a tree of the written form, with at most seven splits over three features."""
    tree: dict[str, list[Any]] = {"f": [], "t": [], "l": [], "r": [], "v": []}

    def grow(depth: int) -> int:
        if depth == 0 or draw(st.booleans()):
            tree["v"].append(draw(values))
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


@given(st.lists(trees(), min_size=1, max_size=4), st.lists(values, min_size=3, max_size=3))
def test_a_forest_is_the_sum_of_its_trees(written: list[dict[str, list[Any]]], row: list[float]) -> None:
    forest = Forest.from_json(written)
    assert abs(forest.odds(row) - sum(walked(tree, row) for tree in written)) < 1e-9
    assert 0 <= forest.chance(row) <= 1


@given(
    st.lists(trees(), min_size=2, max_size=5),
    st.lists(values, min_size=3, max_size=3),
    st.lists(values, min_size=1, max_size=1),
)
def test_a_stop_gives_up_what_has_too_little_by_then(
    written: list[dict[str, list[Any]]], row: list[float], least: list[float]
) -> None:
    forest = Forest.from_json(written, [(1, least[0])])
    if walked(written[0], row) < least[0]:
        assert forest.odds(row) == NEVER
        assert forest.chance(row) == 0
    else:
        assert abs(forest.odds(row) - Forest.from_json(written).odds(row)) < 1e-9
