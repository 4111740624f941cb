"""Tables that are set with spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.segment import segments

TABLE = """\
Project           Where                      MW     Cost ($m)     Leased to      Delivery
-----------------------------------------------------------------------------------------
Sandy II          Mesa, Arizona              60         690       Meta             4Q26
Kettle II         Elk Grove Village, Ill.    --          --       --          Cancelled
Lone Hall                                    12                   Acme             2029"""


def rows(text: str) -> list[list[str]]:
    """Return the cells of a text's rows."""
    return [[text[a:z] for a, z in s.cells] for s in segments(text) if s.kind == "row"]


def test_each_cell_stands_under_its_heading_and_empty_ones_stay() -> None:
    assert rows(f"OUR SITES\n\n{TABLE}\n\nGorse is building it.") == [
        ["Project", "Where", "MW", "Cost ($m)", "Leased to", "Delivery"],
        ["Sandy II", "Mesa, Arizona", "60", "690", "Meta", "4Q26"],
        ["Kettle II", "Elk Grove Village, Ill.", "--", "--", "--", "Cancelled"],
        ["Lone Hall", "", "12", "", "Acme", "2029"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "By:   Ines   Farrow   President\n\nTarn Cloud leases Gorse Field.",
        "Tarn Cloud   leases Gorse Field.\nIt has   a hall.",
        "Tarn Cloud leases all of Gorse Field, so it is said.   It has a hall, and a lake beside it.   So be it.\n" * 2,
    ],
)
def test_one_line_or_prose_with_gaps_is_no_table(text: str) -> None:
    assert rows(text) == []


words = st.sampled_from(["Gorse Field", "60", "--", "Mesa, Arizona", "a", "none"])
lines = st.lists(words, min_size=3, max_size=6).filter(lambda row: {*row} != {"--"})  # which would be a rule


@given(st.lists(lines, min_size=2, max_size=5), st.integers(3, 9))
def test_cells_slice_back_in_order_and_none_is_lost(table: list[list[str]], gap: int) -> None:
    text = "\n".join((" " * gap).join(row) for row in table)
    found = [s for s in segments(text) if s.kind == "row"]
    for segment, row in zip(found, table, strict=True):
        assert [text[a:z] for a, z in segment.cells if a < z] == row
        assert [*segment.cells] == sorted(segment.cells)
        assert all(segment.start <= a <= z <= segment.end for a, z in segment.cells)
