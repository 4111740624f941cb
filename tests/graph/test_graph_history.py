"""Histories: what a table says of several days is one state at a time, and plans never overtake what has come."""

from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence
from kg.graph.fold import View, fold
from kg.graph.history import present
from kg.graph.resolved import ResolvedClaim
from kg.tables.measure import quantity

SITE, CHIP = EntityName("Caddo Bend", "Facility"), EntityName("H100", "Chip")


def row(day: str | None, count: int, status: str = "asserted", origin: str = "source:x") -> ResolvedClaim:
    claim = Claim(
        "t.csv", "doc:1", SITE, "HOSTS_CHIP", Evidence("cells", locator="row 2"), CHIP,
        qualifiers={"chip_count": count} | ({"date": day} if day else {}),
        quantities={"chip_count": quantity(count, "chips", as_of=day)},
        status=status, published="2026-08-03", valid_from=day, key=f"{origin}|{day} {count}|Chip",
    )  # fmt: skip
    return ResolvedClaim(claim, "facility:x", "chip:h100", None, None, origin, "table", "2026-08-04", "2026-08-03")


DAYS = st.dates().map(lambda day: day.isoformat())
ROWS = st.lists(st.tuples(DAYS, st.integers(1, 9), st.sampled_from(["asserted", "planned"])), max_size=6)


@given(ROWS)
def test_one_day_of_each_origin_is_left_whatever_the_order(told: list[tuple[str, int, str]]) -> None:
    claims = [row(day, count, status) for day, count, status in told]
    left = present(claims)
    come = [day for day, _, status in told if status == "asserted"]
    day = max(come) if come else min((day for day, _, _ in told), default=None)
    assert {item.claim.qualifiers["date"] for item in left} == ({day} if told else set())
    assert not come or {item.claim.status for item in left} == {"asserted"}
    assert present(left) == left


def test_the_latest_number_leads_and_is_no_sum_and_no_dispute() -> None:
    edge = fold([row("2024-08-11", 25_000), row("2024-09-02", 100_000), row("2028-01-01", 900_000, "planned")])
    assert edge is not None
    assert (edge["chip_count"], edge["date"], edge["disputed"]) == (100_000, "2024-09-02", False)
    then = fold([row("2024-08-11", 25_000), row("2024-09-02", 100_000)], View(as_of="2024-08-20"))
    assert then is not None
    assert then["chip_count"] == 25_000


def test_origins_and_rows_without_a_day_overtake_nothing() -> None:
    claims = [row("2024-08-11", 1), row("2025-01-01", 2, origin="source:y"), row(None, 3)]
    assert present(claims) == claims
