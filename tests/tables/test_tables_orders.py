"""Slashed dates: a column has one order, which its cells show together; one that shows two is refused."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import date as Day  # noqa: N812  as the standard library has it, a class

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg import plugins, resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.dates import date, order
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse

PLAN = parse(
    {
        "source": "desk",
        "row": "Deal",
        "claims": [
            {"subject": "Tenant", "predicate": "LEASES_FROM", "object": "Landlord", "qualifiers": {"date": "Signed"}}
        ],
    }
)
SAMPLE = resources.folder("loaders") / "epoch_data_centers" / "sample"
DAYS = st.lists(st.dates(Day(2024, 1, 1), Day(2028, 12, 31)), min_size=1, max_size=12)


def day_first(day: Day) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def month_first(day: Day) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def deals(cells: Sequence[str]) -> Raw:
    rows = [f"{number},Loom AI,Halcyra,{cell}\n" for number, cell in enumerate(cells)]
    return Raw("deals.csv", ("Deal,Tenant,Landlord,Signed\n" + "".join(rows)).encode(), "2026-09-01T00:00:00Z")


def days(item: Raw) -> list[str]:
    return [str(said.qualifiers["date"]) for said in plugins.load(item, Mapped(PLAN)) if isinstance(said, Claim)]


@given(DAYS, st.randoms(use_true_random=False))
def test_a_column_with_one_day_that_can_be_no_month_is_day_first_throughout(
    some: list[Day], chance: random.Random
) -> None:
    some = [*some, Day(2026, 5, 25)]
    chance.shuffle(some)
    assert days(deals([day_first(day) for day in some])) == [day.isoformat() for day in some]


@given(DAYS)
def test_a_column_that_never_shows_the_day_first_is_month_first(some: list[Day]) -> None:
    assert days(deals([month_first(day) for day in some])) == [day.isoformat() for day in some]


@pytest.mark.parametrize("held", [0, plugins.HELD], ids=["large", "small"])
def test_large_files_are_read_as_small_ones_are(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "HELD", held)
    assert days(deals(["06/05/2026 09:30", "25/05/2026", "2026-05-07", "8.5.2026"])) == [
        "2026-05-06", "2026-05-25", "2026-05-07", "2026-05-08",
    ]  # fmt: skip


def test_a_column_that_shows_both_orders_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        days(deals(["01/02/2026", "25/05/2026", "05/25/2026"]))
    assert str(caught.value) == (
        "deals.csv: column 'Signed': row 3 has the day first ('25/05/2026'), row 4 the month first ('05/25/2026'): "
        "save the dates as YYYY-MM-DD. Nothing of the file was loaded"
    )


def timelines(form: Callable[[Day], str]) -> Raw:
    out = io.StringIO()
    with (SAMPLE / "data_center_timelines.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        writer = csv.DictWriter(out, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(row | {"Date": form(Day.fromisoformat(row["Date"]))} for row in reader)
    return Raw("some.csv", out.getvalue().encode(), "2026-09-01T00:00:00Z", vintage="2026-08-03", excerpt=True)


@pytest.mark.parametrize("form", [day_first, month_first])
def test_timelines_saved_anew_say_the_same_with_the_same_status(form: Callable[[Day], str]) -> None:
    def said(item: Raw) -> set[tuple[str, str | None]]:
        return {(claim.id, claim.status) for claim in plugins.load(item) if isinstance(claim, Claim)}

    assert said(timelines(form)) == said(timelines(Day.isoformat))


def test_the_day_of_an_edition_is_read_in_the_order_of_its_column() -> None:
    text = (SAMPLE / "data_center_chip_quantities.csv").read_text(encoding="utf-8")
    for iso, saved in (("2026-05-18 18:44:20+00:00", "18/05/2026 18:44"), ("2026-06-02 09:00:00+00:00", "02/06/2026")):
        text = text.replace(iso, saved)
    document = next(plugins.load(Raw("chips.csv", text.encode(), "2026-12-31T00:00:00Z", excerpt=True)))
    assert isinstance(document, Document)
    assert document.published == "2026-06-02"


@given(st.integers(1, 31), st.integers(1, 31))
def test_an_order_is_shown_by_the_part_that_can_be_no_month(first: int, second: int) -> None:
    assume(first != second and min(first, second) <= 12)
    shown = order(f"{first}/{second}/2026")
    assert shown == ("day" if first > 12 else "month" if second > 12 else "either")


@pytest.mark.parametrize("text", ["5/5/2026", "31/31/2026", "5.6.2026", "2026-05-06", "https://e.org/5/6/2026", ""])
def test_what_shows_no_order(text: str) -> None:
    assert order(text) is None


def test_a_fraction_of_a_second_makes_no_date_day_first() -> None:
    assert date("5/6/2026 10:00:00.5") == "2026-05-06"


def test_evidence_keeps_the_slashes_of_the_file() -> None:
    said = [c for c in plugins.load(deals(["06/05/2026", "25/05/2026"]), Mapped(PLAN)) if isinstance(c, Claim)]
    assert [("Signed: 06/05/2026" in c.evidence.text, c.qualifiers["date"]) for c in said] == [
        (True, "2026-05-06"), (False, "2026-05-25"),
    ]  # fmt: skip
