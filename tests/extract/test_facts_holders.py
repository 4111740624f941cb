"""What values may be attributes, before a forest decides whose they are."""

import pytest

from kg.extract.facts.holders import held
from kg.extract.facts.roles import roles
from kg.extract.proposing.propose import Proposer
from tests.extract.extract_grammar import read_text


def capacities(text: str) -> set[tuple[float, str | None]]:
    """Return what may be megawatts, with the unit of each."""
    proposer = Proposer(read_text(text))
    found = (h for i in range(len(proposer.reading.parsed)) for h in held(proposer, i) if h.name == "capacity_mw")
    return {(float(h.value), h.quantity.unit if h.quantity else None) for h in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gorse Field has 80 MW, of which 30 are switched on.", {(80, "MW"), (30, "MW")}),
        ("Gorse Field has 30 halls.", set()),
        ("Gorse Field has 80 MW for 4,096 H200 chips.", {(80, "MW")}),
        ("Site | Critical MW | Town\nGorse Field | 70 | Minden", {(70, "MW")}),
        ("Site | Halls | Town\nGorse Field | 70 | Minden", set()),
    ],
)
def test_a_bare_number_may_be_megawatts_beside_others_or_under_their_heading(
    text: str, wanted: set[tuple[float, str]]
) -> None:
    assert capacities(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tarn Cloud is a developer of AI data centres.", ["developer"]),
        ("Tarn Cloud builds and rents out AI data centers.", ["developer"]),
        ("Tarn Cloud develops software for data centers.", []),
        ("Tarn Cloud, a startup that rents out graphics processors, is new.", ["neocloud"]),
        ("Tarn Cloud is a computing-power leasing firm.", ["neocloud"]),
        ("Osprey Group is the maker of the Malibu coding model.", ["ai_lab"]),
        ("Osprey Group, the designer of server CPUs, is a design house.", ["chip_designer", "chip_designer"]),
    ],
)
def test_what_companies_are_called(text: str, wanted: list[str]) -> None:
    assert [role for parsed in read_text(text).parsed for _, _, role, _ in roles(parsed)] == wanted
