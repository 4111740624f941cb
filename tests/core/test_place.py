"""Where text stands on pages: locators name the lines that a slice touches, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence
from kg.core.place import Area, areas_from, boxes, locate, on_pages, shown

TWO_COLUMNS = (
    Area(0, 20, 1, (72, 700, 290, 712)),
    Area(20, 40, 1, (72, 688, 290, 700)),
    Area(40, 60, 1, (310, 700, 520, 712)),
    Area(62, 80, 2, (72, 730, 290, 742)),
)


@pytest.mark.parametrize(
    ("start", "end", "locator"),
    [
        (0, 5, "p. 1 [72,700,290,712]"),
        (5, 30, "p. 1 [72,688,290,712]"),
        (25, 50, "p. 1 [72,688,290,700]; p. 1 [310,700,520,712]"),
        (41, 70, "p. 1 [310,700,520,712]; p. 2 [72,730,290,742]"),
        (60, 62, None),
        (90, 95, None),
    ],
)
def test_lines_of_one_column_share_a_box(start: int, end: int, locator: str | None) -> None:
    assert locate(TWO_COLUMNS, start, end) == locator


lines = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 3), st.integers(1, 3), st.tuples(*[st.integers(-99, 999)] * 4)),
    max_size=12,
)


@given(lines, st.integers(0, 120), st.integers(1, 60))
def test_every_touched_line_lies_within_a_box_of_its_page(
    drawn: list[tuple[int, int, int, tuple[int, int, int, int]]], start: int, length: int
) -> None:
    areas, position = [], 0
    for size, gap, page, (left, bottom, right, top) in drawn:
        box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        areas.append(Area(position + gap, position + gap + size, page, box))
        position += gap + size
    locator = locate(areas, start, start + length)
    touched = [area for area in areas if area.start < start + length and start < area.end]
    assert (locator is None) == (not touched)
    found = boxes(locator or "")
    assert {page for page, _ in found} == {area.page for area in touched}
    for area in touched:
        left, bottom, right, top = area.box
        assert any(
            page == area.page and box[0] <= left and box[1] <= bottom and box[2] >= right and box[3] >= top
            for page, box in found
        )


def test_people_cite_pages() -> None:
    assert shown("p. 3 [72,501,523,540]") == "p. 3"
    assert shown("p. 3 [72,60,290,90]; p. 3 [310,700,520,742]") == "p. 3"
    assert shown("p. 3 [72,60,290,90]; p. 4 [72,700,290,742]") == "p. 3-4"
    assert shown("row 7, Owner") == "row 7, Owner"


def test_evidence_of_a_claim_gets_its_page_and_the_claim_keeps_its_id() -> None:
    text = Evidence("Halcyra leases", 5, 19)
    claim = Claim(
        "a.pdf",
        "doc:1",
        EntityName("Halcyra", "Company"),
        "role",
        text,
        value="tenant",
        also=(Evidence("x", 63, 64), Evidence("cells", locator="row 2")),
    )
    placed = on_pages(claim, TWO_COLUMNS)
    assert placed.id == claim.id
    assert (placed.evidence.start, placed.evidence.end, placed.evidence.text) == (5, 19, "Halcyra leases")
    assert placed.evidence.locator == "p. 1 [72,700,290,712]"
    assert [evidence.locator for evidence in placed.also] == ["p. 2 [72,730,290,742]", "row 2"]


@pytest.mark.parametrize(
    "rows",
    [
        [[0, 5, 1]],
        [[0, 5, 1, [1, 2, 3]]],
        [[0, 5, 1, [1, 2, 3, "4"]]],
        [[0, 5, 0, [1, 2, 3, 4]]],
        [[5, 4, 1, [1, 2, 3, 4]]],
        [[0, 5, 1, [1, 2, 3, 4]], [4, 9, 1, [1, 2, 3, 4]]],
        [[True, 5, 1, [1, 2, 3, 4]]],
    ],
)
def test_what_is_no_list_of_areas_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises(ValueError, match=r"area|unpack"):
        areas_from(rows)
