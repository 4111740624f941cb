"""Drafts of mappings: what they make of a table's columns, and by what they tell its rows apart."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import Loaded, load
from kg.schema.ontology import ontology
from kg.schema.validate import checked
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse
from kg.tables.suggest import suggest

DEALS = """Deal id;Tenant;Landlord;Site;Capacity (GW);Value;Term;Signed;Status;Certainty;Comment
d1;Loom AI;Halcyra;Caddo Bend;0,3;$5B;7 years;5/6/2026;signed;high;Loom AI leases Caddo Bend.
d2;Loom AI;Oracle / Crusoe;Abilene;≥1.2;300;15;June 2025;rumoured;low;
"""


def raw(text: str) -> Raw:
    return Raw("deals.csv", text.encode(), "2026-09-01T00:00:00Z")


def read(text: str, plan: object) -> list[Loaded]:
    return list(load(raw(text), Mapped(parse(plan))))


def drafted(text: str) -> dict[str, Any]:
    plan: dict[str, Any] = yaml.safe_load(suggest(raw(text)))
    return plan


@pytest.mark.parametrize(
    "text",
    [
        DEALS,
        "Investor,Company,Amount (USD bn),Date\nNVIDIA,OpenAI,30,2026-02-01\nMicrosoft,OpenAI,10,2023-01-23\n",
        "site,owner,city,it_power_mw,gpu_type\nColossus 1,xAI,Memphis,300,H100\n",
        '[{"supplier": "Dell", "buyer": "CoreWeave", "value": "$5B"}]',
        "Owner,Site,Status,Confidence\nxAI,Colossus 1,signed,high\nMeta,Hyperion,,\n",
    ],
    ids=["deals", "rounds", "sites", "json", "gaps"],
)
def test_what_is_suggested_reads_the_table_as_it_stands(text: str) -> None:
    plan = yaml.safe_load(suggest(raw(text)))
    items = read(text, plan)
    claims = [item for item in items if isinstance(item, Claim)]
    assert claims
    assert not any(isinstance(checked(claim, ontology()), Rejection) for claim in claims)
    assert not [item for item in items if isinstance(item, Rejection) and "column" in item.reason]


NAMES = st.sampled_from("Tenant Landlord Site Facility Owner City Chips MW Capacity Term Value Cost Date x".split())
UNITS = st.sampled_from(["", " (MW)", " ($m)", " (€ bn)", " (%)", " (months)", " (€/MW)"])


@given(st.lists(st.builds(str.__add__, NAMES, UNITS), max_size=5, unique=True))
def test_any_draft_is_a_mapping_that_names_every_column(columns: list[str]) -> None:
    columns = ["Tenant", "Landlord", *(column for column in columns if column not in {"Tenant", "Landlord"})]
    text = ",".join(columns) + "\n" + ",".join(["Loom", "Halcyra", *("7" for _ in columns[2:])]) + "\n"
    told = read(text, yaml.safe_load(suggest(raw(text))))
    assert not [item for item in told if isinstance(item, Rejection) and item.where == "deals.csv"]


def test_what_a_draft_neither_reads_nor_takes_as_a_note_is_ignored_by_name() -> None:
    text = "Site,Facility,City,Comment,Size\nCaddo Bend,x,Memphis,,\nTallow,x,Abilene,,n/a\n"
    assert drafted(text)["ignore"] == ["Facility", "Comment", "Size"]


def test_a_table_without_anything_of_the_industry_gets_no_suggestion() -> None:
    with pytest.raises(InputError, match=r"^deals\.csv: no columns that look like companies"):
        suggest(raw("colour,x\nred,7\n"))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Contract value (€m)", {"unit": "millions", "currency": "EUR"}),
        ("Value (EUR bn)", {"unit": "billions", "currency": "EUR"}),
        ("Value £k", {"unit": "thousands", "currency": "GBP"}),
        ("Deal value GBPm", {"unit": "millions", "currency": "GBP"}),
        ("Value (CHF m)", {"unit": "millions", "currency": "CHF"}),
        ("Value RMB bn", {"unit": "billions", "currency": "CNY"}),
        ("Value (HK$)", {"currency": "HKD"}),
        ("Value (A$k)", {"unit": "thousands", "currency": "AUD"}),
        ("value_m€", {"unit": "millions", "currency": "EUR"}),
        ("Value ($mm)", {"unit": "USD millions"}),
        ("Deal value USDm", {"unit": "USD millions"}),
        ("Value $k", {"unit": "USD thousands"}),
        ("Value ($'000)", {"unit": "USD thousands"}),
        ("Value (US$ bn)", {"unit": "USD billions"}),
        ("value_usd_m", {"unit": "USD millions"}),
        ("Value ($ thousands)", {"unit": "USD thousands"}),
        ("Price ('000)", {"unit": "USD thousands"}),
        ("Value (M&A)", None),
        ("Value (2000s)", None),
    ],
)
def test_a_draft_has_size_and_currency_of_its_column(column: str, said: dict[str, str] | None) -> None:
    (found, *_) = yaml.safe_load(suggest(raw(f"Investor,Investee,{column}\nLoom,Halcyra,5\n")))["claims"]
    assert found["qualifiers"]["value_usd"] == ({"column": column, **said} if said else column)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("GPUs (thousands)", {"unit": "thousands"}),
        ("GPU count (k)", {"unit": "thousands"}),
        ("Accelerators ('000)", {"unit": "thousands"}),
        ("chips_k", {"unit": "thousands"}),
        ("gpu_count_k", {"unit": "thousands"}),
        ("AI chips (millions)", {"unit": "millions"}),
        ("GPUs", None),
        ("GPU", None),
    ],
)
def test_a_column_of_numbers_counts_chips_in_the_size_that_it_says(column: str, said: dict[str, str] | None) -> None:
    (owned, counted) = drafted(f"Site,Owner,{column}\nGorse Field,Loom,100\nSedge Mill,Loom,200\n")["claims"]
    assert owned["predicate"] == "OWNS"
    assert counted["attribute"] == "chip_count"
    assert counted["value"] == ({"column": column, **said} if said else column)


def test_a_column_of_names_is_still_one_of_chips() -> None:
    (hosted,) = drafted("Site,GPUs\nGorse Field,H100\nSedge Mill,B200\n")["claims"]
    assert (hosted["predicate"], hosted["object"]) == ("HOSTS_CHIP", "GPUs")


@pytest.mark.parametrize("column", ["Customers", "Investors", "Tenants", "Data centers", "AI models", "Countries"])
def test_how_many_there_are_names_none_of_them(column: str) -> None:
    assert drafted(f"Landlord,Site,Owner,{column}\nLoom,Gorse Field,Wren,12\n")["ignore"] == ["Landlord", column]


@pytest.mark.parametrize("column", ["Term (EUR m)", "Power (%)", "Value (MW)", "Capacity price ($m)", "Cost (€/MW)"])
def test_a_column_in_another_unit_than_its_name_calls_for_is_left_alone(column: str) -> None:
    for parties in ("Tenant,Landlord", "Site,Owner"):
        assert drafted(f"{parties},{column}\nLoom,Halcyra,5\n")["ignore"] == [column]


def test_confidences_that_are_numbers_stand_for_themselves() -> None:
    text = "Tenant,Landlord,Confidence\nA,B,0.9\nC,D,0\nE,F,50%\nG,H,high\nI,J,7\n"
    (claim,) = drafted(text)["claims"]
    assert claim["confidence"]["values"] == {"0.9": 0.9, "0": 0.0, "50%": 0.5, "high": 0.95, "7": 0.5}


ROUNDS = """Tenant,Landlord,Site,MW,Value ($bn),Term,Signed,Status,Comment
Loom AI,Halcyra,Caddo Bend,100,1,5 years,2026-05-06,LOI,talks
Loom AI,Halcyra,Caddo Bend,200,2,7 years,2026-06-07,signed,done
Loom AI,Oracle,Caddo Bend,200,2,7 years,2026-06-07,signed,more
"""


def test_a_draft_tells_rows_apart_by_what_lasts() -> None:
    assert drafted(ROUNDS)["row"] == ["Tenant", "Landlord", "Site", "Signed"]
    assert "apart" not in suggest(raw(ROUNDS))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Ref,Tenant,Landlord\n7,A,B\n8,C,D\n", ["Ref"]),
        ("Name,Tenant,Landlord\nFirst lease,A,B\nSecond lease,C,D\n", ["Name"]),
        ("Tenant,Landlord,Status,Comment\nA,B,signed,x\nC,D,LOI,y\n", ["Tenant", "Landlord"]),
        ("site,owner,city\nColossus 1,xAI,Memphis\nAbilene,Crusoe,Abilene\n", ["site"]),
    ],
)
def test_a_name_of_its_own_is_the_row_but_no_party_that_comes_once(text: str, row: list[str]) -> None:
    assert drafted(text)["row"] == row


def test_a_deal_that_is_signed_with_other_numbers_stays_the_same_row() -> None:
    later = ROUNDS.replace("LOI", "signed").replace(",100,1,", ",120,1.5,")
    plan = drafted(ROUNDS)
    rows = [[item.row for item in read(text, plan) if isinstance(item, Claim)] for text in (ROUNDS, later)]
    assert rows[0] == rows[1]
    assert len(set(rows[0])) == 3


def test_a_draft_says_which_rows_it_does_not_tell_apart() -> None:
    twice = ROUNDS + "Loom AI,Oracle,Caddo Bend,300,3,9 years,2026-06-07,signed,again\n"
    assert "# Its row does not tell rows 4 and 5 apart: only the first of such rows is read." in suggest(raw(twice))
    assert drafted(twice)["row"] == ["Tenant", "Landlord", "Site", "Signed"]


def test_a_draft_takes_quarters_and_estimates_for_dates() -> None:
    found = drafted("Tenant,Landlord,Signed\nLoom,Halcyra,Q4 2026\nLoom,Sable,2027E\n")
    assert found["claims"][0]["qualifiers"] == {"date": "Signed"}
