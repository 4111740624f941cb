"""What tables tell where an analyst looks: the samples of Epoch AI's tables, asked on the embedded store."""

import pytest

from kg import KG, resources


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KG:
    graph = KG(str(tmp_path_factory.mktemp("tables") / "store"))
    graph.load(*sorted(resources.folder("loaders").glob("epoch_*/sample")), excerpt=True, vintage="2026-08-03")
    return graph


def test_power_of_equipment_and_of_the_site_are_two_rows_of_the_latest_day(graph: KG) -> None:
    power = {row.basis: row.capacity_mw for row in graph.ask("facility", facility="Caddo Bend", role="capacity")}
    assert power == {"it": 310, "facility_power": 430}


def test_chips_are_those_of_the_latest_day_and_plans_are_planned(graph: KG) -> None:
    rows = {row.name: row for row in graph.ask("facility", facility="Caddo Bend", role="chips")}
    assert {name: (row.chip_count, row.status) for name, row in rows.items()} == {
        "H100": (64_000, "asserted"),
        "B200": (80_000, "asserted"),
        "B300": (240_000, "planned"),
    }
    assert all(row.kinds == ["table"] and row.sources == 1 for row in rows.values())


def test_users_funders_phases_and_flags_stand_on_the_page_of_a_site(graph: KG) -> None:
    told = {(row.role, row.name or row.words) for row in graph.ask("facility", facility="Fjord Loop")}
    assert {("funder", "Halcyra"), ("owner", "Northlight Compute")} <= told
    phases = {(row.role, row.name or row.words) for row in graph.ask("facility", facility="Halcyra Loom Phase 2")}
    assert {("earlier phase", "Halcyra Loom Phase 1"), ("flag", "perhaps not a single cluster")} <= phases
    assert ("programme", "Project Heron") in {(r.role, r.name) for r in graph.ask("facility", facility="Caddo Bend")}
    assert [row.recipient for row in graph.ask("financing", facility="Fjord Loop")] == ["Fjord Loop", "Fjord Loop"]


def test_rows_without_a_name_stay_two(graph: KG) -> None:
    (row,) = graph.cypher("MATCH (f:Facility) WHERE f.name STARTS WITH 'Anonymized' RETURN count(f) AS n")
    assert row.n == 2


def test_sales_are_reported_and_never_added(graph: KG) -> None:
    (row,) = graph.ask("suppliers", supplier="Halcyra")
    assert (row.chip, row.buyer, row.chip_count, row.date, row.status) == (
        "L20",
        None,
        51_000,
        "2026-06-30",
        "reported",
    )


def test_a_card_has_numbers_in_their_unit_and_each_source_cited(graph: KG) -> None:
    card = graph.show("Caddo Bend")
    amounts = {row.attribute: (row.amount, row.unit) for row in card.attributes if row.amount is not None}
    assert amounts["H100 equivalents"] == (412_000.5, "H100 equivalents")
    assert amounts["operating cost"] == (280_000_000, "USD a year")
    assert sum(row.attribute == "cites" for row in card.attributes) >= 3
    (chip,) = [row for row in graph.show("Loom XPU-2").attributes if row.attribute == "process"]
    assert (chip.amount, chip.unit) == (5, "nm")


def test_as_of_a_day_the_state_of_that_day_leads(graph: KG) -> None:
    rows = graph.ask("facility", facility="Caddo Bend", role="capacity", as_of="2026-01-01")
    assert {row.basis: row.capacity_mw for row in rows} == {"it": 120, "facility_power": 168}


def test_a_number_says_since_when_it_holds(graph: KG) -> None:
    rows = [row for row in graph.show("Caddo Bend").attributes if row.basis == "facility_power"]
    assert [row.valid for row in rows] == ["2026-04-15 –"]
