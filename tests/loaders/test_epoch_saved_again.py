"""The samples of Epoch AI's tables: programs that save a table write numbers and days otherwise, and claims stay."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources
from kg.core.claim import Claim
from kg.fetch.raw import Raw
from kg.plugins import load

SAMPLES = sorted(resources.folder("loaders").glob("epoch_*/sample/*.csv"))

_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]?\d+)?")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBERS: tuple[Callable[[float], str], ...] = (str, "{:g}".format, "{:.15E}".format)
_DAYS: tuple[Callable[[int, int, int], str], ...] = (
    "{}-{:02}-{:02}".format,
    "{}-{:02}-{:02}T00:00:00".format,
    lambda year, month, day: f"{month}/{day}/{year}",
)


def ids(data: str) -> set[str]:
    raw = Raw("t.csv", data.encode(), "2026-08-03T00:00:00Z", vintage="2026-08-03", excerpt=True)
    return {item.id for item in load(raw) if isinstance(item, Claim)}


def respelled(cell: str, number: Callable[[float], str], day: Callable[[int, int, int], str]) -> str:
    if found := _DAY.fullmatch(cell):
        return day(int(found[1]), int(found[2]), int(found[3]))
    is_exact = _NUMBER.fullmatch(cell) and float(number(float(cell))) == float(cell)
    return number(float(cell)) if is_exact else cell


def as_csv(table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue()


def as_json(table: list[list[str]]) -> str:
    header, *rows = table
    return json.dumps([dict(zip(header, row, strict=True)) for row in rows])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@given(number=st.sampled_from(_NUMBERS), day=st.sampled_from(_DAYS), saved=st.sampled_from([as_csv, as_json]))
@settings(deadline=None)
def test_other_forms_of_numbers_days_and_files_give_the_same_claims(
    path: Path,
    number: Callable[[float], str],
    day: Callable[[int, int, int], str],
    saved: Callable[[list[list[str]]], str],
) -> None:
    text = path.read_text(encoding="utf-8")
    table = [[respelled(cell, number, day) for cell in row] for row in csv.reader(io.StringIO(text))]
    assert ids(saved(table)) == ids(text)
