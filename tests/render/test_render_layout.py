"""Text in columns: nothing is lost, nothing is wider than it may be."""

from hypothesis import given
from hypothesis import strategies as st

from kg.render.layout import FIRM, GAP, beside, fit, pad, width, wrap

letters = st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"])
texts = st.text(letters | st.sampled_from("  é東界Ａ"), max_size=60)


@given(text=texts, limit=st.integers(4, 40))
def test_wrapping_keeps_every_letter_and_the_limit(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= limit for line in lines)
    assert lines == [""] or all(lines)


def test_words_stay_whole_and_a_firm_space_does_not_break() -> None:
    assert wrap("leases 300 MW from SpaceX", 10) == ["leases 300", "MW from", "SpaceX"]
    assert wrap(f"leases 300{FIRM}MW", 10) == ["leases", f"300{FIRM}MW"]
    assert wrap("Rindfleischetikettierung", 10) == ["Rindfleisc", "hetikettie", "rung"]


@given(columns=st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=6), total=st.integers(10, 160))
def test_fitted_columns_stand_side_by_side(columns: list[list[str]], total: int) -> None:
    widths = fit(columns, total)
    if widths is None:
        return
    assert sum(widths) + GAP * (len(widths) - 1) <= total
    assert all(room <= max(map(width, cells)) for room, cells in zip(widths, columns, strict=True))
    for row in zip(*columns, strict=True):
        lines = beside(row, [max(1, room) for room in widths], [False] * len(widths))
        assert all(width(line) <= total for line in lines)


def test_what_fits_is_not_made_narrower() -> None:
    assert fit([["abc", "de"], ["fghij"]], 10) == [3, 5]
    assert fit([["abc"], ["fghij"]], 9) is None


@given(text=texts, room=st.integers(0, 80), right=st.booleans())
def test_padding_fills_up(text: str, room: int, right: bool) -> None:
    padded = pad(text, room, right=right)
    assert width(padded) == max(room, width(text))
    assert padded.strip() == text.strip()
