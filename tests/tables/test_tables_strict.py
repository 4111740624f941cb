"""Strictness: a table is known by its columns, whatever else is there; what is missing, unknown or wrong is said."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import LOADERS, load, loader, loader_for
from kg.tables.source import folder_of

SAMPLES = sorted(
    path for name in LOADERS for path in (resources.folder("loaders") / folder_of(name) / "sample").glob("*")
)
EPOCH = [path for path in SAMPLES if path.parent.parent.name.startswith("epoch_")]
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw(table: list[Row], columns: list[str] | None = None) -> Raw:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(table[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table)
    return Raw("some.csv", out.getvalue().encode(), "2026-09-01T00:00:00Z", vintage="2026-08-03", excerpt=True)


def reasons(item: Raw) -> list[str]:
    return [found.reason for found in load(item) if isinstance(found, Rejection)]


def claims(item: Raw) -> list[Claim]:
    return [found for found in load(item) if isinstance(found, Claim)]


@pytest.mark.parametrize("path", EPOCH, ids=lambda path: path.name)
def test_a_table_is_known_by_its_columns_in_any_order_with_more_of_them(path: Path) -> None:
    table = [row | {"Extra": "x"} for row in rows(path)]
    item = raw(table, list(reversed(table[0])))
    name = path.parent.parent.name.replace("_", "-")
    assert loader_for(item) is loader(name)
    assert reasons(item).count("column 'Extra' is not known and was not read") == 1
    assert {claim.id for claim in claims(item)} == {claim.id for claim in claims(raw(rows(path)))}


@pytest.mark.parametrize(
    ("name", "column", "still"),
    [
        ("data_centers.csv", "Users", "OWNS"),
        ("data_centers.csv", "Owner", "USES"),
        ("data_center_timelines.csv", "IT power (MW)", "capacity_mw"),
        ("data_center_chip_quantities.csv", "Number of Units", "HOSTS_CHIP"),
        ("gpu_clusters.csv", "Certainty", "OWNS"),
        ("gpu_clusters.csv", "Status", "OWNS"),
        ("ml_hardware.csv", "TDP (W)", "DESIGNS"),
        ("ai_models.csv", "Training compute (FLOP)", "DEVELOPS"),
        ("ai_companies_funding_rounds.csv", "Confidence", "valuation_usd"),
    ],
)
def test_a_missing_column_is_said_by_name_and_the_rest_works(name: str, column: str, still: str) -> None:
    table = rows(next(path for path in EPOCH if path.name == name))
    item = raw(table, [known for known in table[0] if known != column])
    assert any(reason.startswith(f"column {column!r} is missing, which gives") for reason in reasons(item))
    assert still in {claim.predicate for claim in claims(item)}


def test_dollars_of_another_year_are_the_same_column() -> None:
    path = next(path for path in EPOCH if path.name == "data_center_timelines.csv")
    table = [{column.replace("(2025 USD", "(2027 USD"): cell for column, cell in row.items()} for row in rows(path)]
    assert {claim.id for claim in claims(raw(table))} == {claim.id for claim in claims(raw(rows(path)))}


@pytest.mark.parametrize("columns", [["Name", "Country", "Type"], ["Name", "Owner"], ["Id", "Company", "Amount"]])
def test_a_table_that_only_shares_some_columns_is_not_taken_for_it(columns: list[str]) -> None:
    assert loader_for(raw([dict.fromkeys(columns, "x")])) is None


@pytest.mark.parametrize("header", ["", " ", "\u200b"])
def test_cells_in_a_column_without_a_name_are_said_once_with_the_first(header: str) -> None:
    path = next(path for path in EPOCH if path.name == "gpu_clusters.csv")
    table = rows(path)
    notes = ["", *(f"note {number}" for number in range(1, len(table)))]
    item = raw([row | {header: note} for row, note in zip(table, notes, strict=True)])
    (said,) = (reason for reason in reasons(item) if "without a name" in reason)
    assert said == (
        f"{len(table) - 1} cells in columns without a name not read (the first: row 3, column {len(table[0]) + 1}, "
        "'note 1'): give the column a name"
    )


def test_an_empty_column_without_a_name_is_passed_over() -> None:
    path = next(path for path in EPOCH if path.name == "gpu_clusters.csv")
    table = [row | {"": " "} for row in rows(path)]
    assert not [reason for reason in reasons(raw(table)) if "without a name" in reason]


def damaged(column: str, cell: str, times: int) -> Raw:
    path = next(path for path in EPOCH if path.name == "data_center_timelines.csv")
    table = rows(path) * 2
    return raw([row | ({column: cell} if number < times else {}) for number, row in enumerate(table)])


def test_one_wrong_cell_is_rejected_with_row_and_column() -> None:
    item = damaged("IT power (MW)", "lots", 1)
    (rejection,) = (found for found in load(item) if isinstance(found, Rejection))
    assert str(rejection) == "some.csv: row 2, IT power (MW): 'lots' is no number"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [("IT power (MW)", "lots", "'lots' is no number"), ("Date", "soon", "'soon' is no date")],
)
def test_a_column_of_another_type_refuses_the_file_whole(column: str, cell: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        list(load(damaged(column, cell, 12)))
    text = str(caught.value)
    assert text.startswith(f"some.csv: column {column!r}: 12 of 12 rows")
    assert f"(row 2: {reason})" in text
    assert "\n" not in text


def test_a_torn_row_is_said_with_row_and_column() -> None:
    path = next(path for path in EPOCH if path.name == "gpu_clusters.csv")
    text = path.read_text(encoding="utf-8").replace("Old Loom,Decommissioned,", "Old Loom\nDecommissioned,")
    item = replace(raw(rows(path)), data=text.encode())
    with pytest.raises(InputError, match=r"^some\.csv: row 7: 1 cell, but the header has 55 columns: .* 'Name'"):
        list(load(item))


@pytest.mark.parametrize("path", EPOCH, ids=lambda path: path.name)
def test_what_is_said_comes_after_the_document_it_belongs_to(path: Path) -> None:
    first, *rest = load(raw(rows(path)))
    assert isinstance(first, Document)
    assert not any(isinstance(item, Document) for item in rest)
