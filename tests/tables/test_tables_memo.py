"""What is remembered of cells is what would be read anew, and long cells are not kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.tables.memo import SHORT, remembered


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=2)), max_size=30))
def test_a_remembered_reading_is_the_reading(cells: list[tuple[str, str]]) -> None:
    def read(one: str, other: str) -> str:
        return f"{one}|{other}"

    again = remembered(read)
    assert [again(*cell) for cell in cells] == [read(*cell) for cell in cells]


@pytest.mark.parametrize(("cell", "times"), [(("a",), 1), (("a" * (SHORT + 1),), 3), (("a", "b" * (SHORT + 1)), 3)])
def test_only_short_cells_are_kept(cell: tuple[str, ...], times: int) -> None:
    asked: list[tuple[str, ...]] = []
    read = remembered(lambda *cells: asked.append(cells))
    for _ in range(3):
        read(*cell)
    assert len(asked) == times


def test_errors_are_not_kept() -> None:
    read = remembered(float)
    for _ in range(2):
        with pytest.raises(ValueError, match="abc"):
            read("abc")
