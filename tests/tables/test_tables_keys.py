"""Keys of a mapped table's rows: a re-save changes none, and what they do not tell apart is said, never merged."""

from collections.abc import Mapping
from datetime import date as Day  # noqa: N812  as the standard library has it, a class

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.plugins import load
from kg.tables.cells import BROKEN
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse

CLAIM = {
    "subject": "Tenant",
    "predicate": "LEASES_FROM",
    "object": "Landlord",
    "qualifiers": {"capacity_mw": {"column": "MW", "unit": "MW"}, "date": "Signed"},
}


def items(rows: str, row: object = "Deal", claim: Mapping[str, object] = CLAIM) -> list[object]:
    text = f"Deal;Tenant;Landlord;MW;Signed\n{rows}"
    plan = parse({"source": "desk", "row": row, "claims": [claim]})
    return list(load(Raw("deals.csv", text.encode(), "2026-09-01T00:00:00Z"), Mapped(plan)))


def keys(rows: str, row: object = "Deal") -> list[str | None]:
    return [item.row for item in items(rows, row) if isinstance(item, Claim)]


def rejected(found: list[object]) -> list[str]:
    return [str(item) for item in found if isinstance(item, Rejection)]


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_one_key_however_it_is_saved(number: int) -> None:
    for form in (str(number), f"{number}.0", f"{number:,}", f" {number} "):
        assert keys(f"{form};Loom AI;Halcyra;;\n") == [f"desk|{number}"]


@given(st.dates(Day(1950, 1, 1), Day(2100, 12, 31)))
def test_a_day_is_one_key_however_it_is_saved(day: Day) -> None:
    serial = (day - Day(1899, 12, 30)).days
    for form in (day.isoformat(), f"{day.month}/{day.day}/{day.year}", f"{day:%d %b %Y}", f"{day} 00:00:00", serial):
        key = keys(f"1;Loom AI;Halcyra;;{form}\n", ["Tenant", "Signed"])
        assert key == [f"desk|Loom AI | {day.isoformat()}"]


@pytest.mark.parametrize(("cell", "key"), [("144.50", "144.5"), ("1.440,5", "1440.5"), ("≥ 12", "≥ 12")])
def test_a_column_that_is_read_as_number_is_one_in_the_key(cell: str, key: str) -> None:
    assert keys(f"1;Loom AI;Halcyra;{cell};\n", ["Tenant", "MW"]) == [f"desk|Loom AI | {key}"]


@pytest.mark.parametrize("name", ["007", "1.10", "1E5", "12-3", "2026-05", "D 1", "12345678901234567890"])
def test_names_that_look_like_numbers_stay_as_they_are(name: str) -> None:
    assert keys(f"{name};Loom AI;Halcyra;;\n") == [f"desk|{name}"]


def test_a_row_without_key_is_rejected_with_its_place() -> None:
    found = items("1;Loom AI;Halcyra;300;\n;Loom AI;Oracle;200;\nn/a;Loom AI;Oracle;400;\n")
    assert [item.row for item in found if isinstance(item, Claim)] == ["desk|1"]
    assert rejected(found) == [
        f"deals.csv: row {row}, Deal: empty, so that nothing tells the row apart: it was left out. Fill it in"
        for row in (3, 4)
    ]


@given(st.sampled_from([*sorted(BROKEN), "#n/a"]).map(str.upper), st.sampled_from(["Deal", ["Tenant", "Deal"]]))
def test_a_row_whose_key_a_spreadsheet_could_not_compute_is_rejected_once_and_says_nothing(
    error: str, row: object
) -> None:
    rows = f"1;Loom AI;Halcyra;300;\n{error};Loom AI;Oracle;200;\n {error} ;Loom AI;Sable;400;\n"
    found = items(rows, row)
    assert len([item for item in found if isinstance(item, Claim)]) == 1
    assert rejected(found) == [
        f"deals.csv: row {number}, Deal: {error} in the key of the row, which was left out: mend it there"
        for number in (3, 4)
    ]


@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
def test_an_error_in_a_key_is_said_where_it_is_the_subject_too(error: str) -> None:
    found = items(f"1;{error};Halcyra;300;\n1;Loom AI;Halcyra;300;\n", ["Deal", "Tenant"])
    assert len([item for item in found if isinstance(item, Claim)]) == 1
    assert rejected(found) == [
        f"deals.csv: row 2, Tenant: {error} in the key of the row, which was left out: mend it there"
    ]


def test_parts_of_a_year_that_are_read_as_one_year_are_keys_of_their_own() -> None:
    rows = "1;Loom AI;Halcyra;1;Q3 2026\n1;Loom AI;Halcyra;2;Q4 2026\n1;Loom AI;Halcyra;3;2026E\n"
    assert keys(rows, ["Tenant", "Signed"]) == [f"desk|Loom AI | {cell}" for cell in ("Q3 2026", "Q4 2026", "2026E")]


def test_a_second_row_of_a_key_that_says_something_else_is_rejected_with_the_first() -> None:
    found = items("1;Loom AI;Halcyra;300;\n2;Loom AI;Oracle;300;\n1.0;Loom AI;Halcyra;500;\n")
    assert [item.qualifiers["capacity_mw"] for item in found if isinstance(item, Claim)] == [300, 300]
    (reason,) = rejected(found)
    assert reason == (
        "deals.csv: row 4, Deal: '1' is the key of row 2, which says something else: this row was left out. "
        "Correct it, or give the mapping's row one more column"
    )


def test_a_row_that_is_repeated_says_nothing_new() -> None:
    found = items("1;Loom AI;Halcyra;300;\n1;Loom AI ;Halcyra;300;\n")
    assert len({item.id for item in found if isinstance(item, Claim)}) == 1
    assert not rejected(found)


def test_rows_that_the_mapping_leaves_out_take_no_key() -> None:
    found = items("1;Loom AI;Halcyra;100;\n1;Loom AI;Halcyra;300;\n", claim={**CLAIM, "where": {"MW": "300"}})
    assert [item.row for item in found if isinstance(item, Claim)] == ["desk|1"]
    assert not rejected(found)


@given(st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["100", "200"])), max_size=8))
def test_every_row_is_read_or_rejected_and_a_key_says_one_thing(rows: list[tuple[str, str]]) -> None:
    found = items("".join(f"{key};Loom AI;Halcyra;{power};\n" for key, power in rows))
    claims = [item for item in found if isinstance(item, Claim)]
    assert len(claims) + len(rejected(found)) == len(rows)
    assert len({claim.row for claim in claims}) == len(
        {(claim.row, claim.qualifiers["capacity_mw"]) for claim in claims}
    )
