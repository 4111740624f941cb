"""Lazy tables: the rows that a plain table would have, each made once and only when asked for."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.learned import LazyTable, scaled

tables = st.dictionaries(st.text(max_size=3), st.lists(st.integers(-500, 500), min_size=1, max_size=3), max_size=6)


@given(tables, st.text(max_size=3))
def test_a_scaled_table_is_the_table_in_parts_of_its_scale(written: dict[str, list[int]], other: str) -> None:
    table = scaled(written, 100)
    assert dict(table) == {feature: [v / 100 for v in row] for feature, row in written.items()}
    assert table.get(other) == (dict(table)[other] if other in written else None)
    assert len(table) == len(written)


def test_a_row_is_made_once() -> None:
    made: list[str] = []

    def ready(feature: str, value: int) -> int:
        made.append(feature)
        return value

    table = LazyTable({"a": 1, "b": 2}, ready)
    assert (table.get("a"), table["a"], table.get("c", 0)) == (1, 1, 0)
    assert made == ["a"]
