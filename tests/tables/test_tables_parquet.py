"""Parquet files: every type as text, as a CSV file would show it."""

import io
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.sheet import damage, headers, sheets

pyarrow = pytest.importorskip("pyarrow", reason="Parquet is an extra")
DAY = datetime(2026, 5, 6)  # noqa: DTZ001  a moment without a time zone is one of the types


def parquet(**columns: object) -> bytes:
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def raw(data: bytes) -> Raw:
    return Raw("a.parquet", data, "2026-05-06T00:00:00Z")


def rows(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    (found,) = [[(number, tuple(cells)) for number, cells in sheet.rows] for sheet in sheets(raw(data))]
    return found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Caddo Bend", "Caddo Bend"),
        (None, ""),
        (300, "300"),
        (300.0, "300"),
        (1.5, "1.5"),
        (1.35742e21, "1.35742e+21"),
        (float("nan"), ""),
        (True, "TRUE"),
        (Decimal("1.50"), "1.50"),
        (b"bytes", "bytes"),
        (date(2026, 5, 6), "2026-05-06"),
        (DAY, "2026-05-06"),
        (DAY.replace(hour=10, minute=30), "2026-05-06T10:30:00"),
        (DAY.replace(tzinfo=UTC), "2026-05-06T00:00:00+00:00"),
        (["Halcyra", "Orla, Inc."], 'Halcyra, "Orla, Inc."'),
        (timedelta(days=90), "90 days, 0:00:00"),
        ({"lead": timedelta(hours=1)}, '{"lead": "1:00:00"}'),
        ({"a": 1, "b": date(2026, 5, 6)}, '{"a": 1, "b": "2026-05-06"}'),
    ],
)
def test_values_read_as_a_table_in_text_shows_them(value: object, text: str) -> None:
    assert rows(parquet(Name=["x"], Value=[value])) == [(2, ("x", text))]


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(-(2**40), 2**40) | st.none()), min_size=1, max_size=9))
@settings(deadline=None, max_examples=30)
def test_every_row_comes_back(drawn: list[tuple[str, int | None]]) -> None:
    names, numbers = zip(*drawn, strict=True)
    data = parquet(Name=pyarrow.array(names, "string"), Number=pyarrow.array(numbers, "int64"))
    expected = [(name, "" if number is None else str(number)) for name, number in drawn]
    assert rows(data) == [(place, row) for place, row in enumerate(expected, 2)]


@pytest.mark.parametrize("cut", [5, 100, -5])
def test_damage_is_one_line(cut: int) -> None:
    data = parquet(Name=["x"] * 50, Value=list(range(50)))[:cut]
    with pytest.raises(InputError, match=r"^a\.parquet: (a damaged Parquet file|damaged after row)") as error:
        list(sheets(raw(data)))
    assert "\n" not in str(error.value)
    assert headers(raw(data)) == ()
    assert (damage(raw(data)) or "").startswith("a damaged Parquet file")


def test_without_the_extra_there_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = parquet(Name=["x"], Value=[1])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        InputError, match=r"^a\.parquet: Parquet needs pyarrow.*pip install 'ai-compute-kg\[parquet\]'$"
    ):
        list(sheets(raw(data)))
