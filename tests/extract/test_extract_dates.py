"""Dates: to ISO at the precision stated; spans slice back; what has no year has no date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values.dates import dates


def read(text: str) -> list[tuple[str, str | None]]:
    return [(text[d.start : d.end], d.iso) for d in dates(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("May 7, 2026", "2026-05-07"),
        ("7 May 2026", "2026-05-07"),
        ("the 7th of May 2026", "2026-05-07"),
        ("Sept. 22, 2025", "2025-09-22"),
        ("2026-05-07", "2026-05-07"),
        ("in May 2026", "2026-05"),
        ("November, 2025", "2025-11"),
        ("in 2027", "2027"),
        ("the second half of 2026", "2026"),
        ("H2 2026", "2026"),
        ("2H26", "2026"),
        ("4Q26", "2026"),
        ("Q3 2025", "2025"),
        ("the first quarter of 2029", "2029"),
        ("fiscal 2027", "2027"),
        ("FY2027", "2027"),
        ("FY27", "2027"),
        ("late 2026", "2026"),
        ("by the end of 2028", "2028"),
        ("3/4/2026", "2026"),
        ("on Friday, 9 January", None),
        ("in December 2", None),
        ("June 31, 2025", None),
        ("30 February 2026", None),
        ("2025-31-12", None),
        ("Q3 26 results", "2026"),
    ],
)
def test_forms(text: str, iso: str | None) -> None:
    assert [found for _, found in read(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "$2026",
        "2,026 servers",
        "2024 GPUs",
        "2026.5",
        "12026",
        "2030 MW",
        "H100 and H200",
        "Q4 40 MW",
        "Q3 12 customers",
        "Q2 40% of it",
    ],
)
def test_numbers_are_no_years(text: str) -> None:
    assert read(text) == []


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2049, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%Y-%m-%d"]),
)
def test_a_written_date_reads_back(day: datetime.date, form: str) -> None:
    text = f"It opened on {day.strftime(form)}."
    assert [iso for _, iso in read(text)] == [day.isoformat()]


@given(st.text(alphabet="0123456789-/ QHFYMay,.'", max_size=120))
def test_spans_slice_back_and_dates_are_dates(text: str) -> None:
    end = 0
    for when in dates(text, 0, len(text)):
        assert end <= when.start < when.end <= len(text)
        end = when.end
        assert when.iso is None or 1980 <= int(when.iso[:4]) < 2100


def test_a_long_string_of_digits_is_no_date() -> None:
    assert read("20" * 50_000) == []
