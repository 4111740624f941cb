"""Mappings: a table that nobody knows becomes claims as its owner says; what is wrong with one is said at once."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load
from kg.schema.ontology import ontology
from kg.schema.validate import checked
from kg.tables.cells import BROKEN
from kg.tables.mapped import Mapped, mapped
from kg.tables.mapping import parse
from kg.tables.suggest import suggest

DEALS = """Deal id;Tenant;Landlord;Site;Capacity (GW);Value;Term;Signed;Status;Certainty;Comment
d1;Loom AI;Halcyra;Caddo Bend;0,3;$5B;7 years;5/6/2026;signed;high;Loom AI leases Caddo Bend.
d2;Loom AI;Oracle / Crusoe;Abilene;≥1.2;300;15;June 2025;rumoured;low;
d3;Loom AI;Oracle;;x;;;;odd;high;
"""
PLAN = {
    "source": "desk-deals",
    "row": "Deal id",
    "published": "2026-08-01",
    "claims": [
        {
            "subject": "Tenant",
            "predicate": "LEASES_FROM",
            "object": {"column": "Landlord", "split": "/"},
            "qualifiers": {
                "capacity_mw": {"column": "Capacity (GW)", "unit": "GW", "basis": "contracted"},
                "value_usd": {"column": "Value", "unit": "USD billions"},
                "term_years": "Term",
                "facility": "Site",
                "date": "Signed",
            },
            "status": {"column": "Status", "values": {"signed": "asserted", "rumoured": "reported"}},
            "confidence": {"column": "Certainty", "values": {"high": 0.9, "low": 0.5}},
        }
    ],
    "notes": "Comment",
}


def raw(text: str) -> Raw:
    return Raw("deals.csv", text.encode(), "2026-09-01T00:00:00Z")


def read(text: str = DEALS, plan: object = PLAN) -> list[Document | Claim | Note | Rejection]:
    return list(load(raw(text), Mapped(parse(plan))))


def test_columns_become_subject_object_qualifiers_and_doubt() -> None:
    items = read()
    claims = [item for item in items if isinstance(item, Claim)]
    first, second, third = claims
    assert first.object
    assert (first.subject.name, first.predicate, first.object.name) == ("Loom AI", "LEASES_FROM", "Halcyra")
    assert dict(first.qualifiers) == {
        "capacity_mw": 300, "value_usd": 5e9, "term_years": 7, "facility": "Caddo Bend", "date": "2026-05-06",
    }  # fmt: skip
    assert first.quantities["capacity_mw"].basis == "contracted"
    assert (second.status, second.confidence, second.qualifiers["value_usd"]) == ("reported", 0.5, 300e9)
    assert second.quantities["capacity_mw"].bound == "at least"
    assert {c.object.name for c in (second, third) if c.object} == {"Oracle", "Crusoe"}
    assert {claim.row for claim in claims} == {"desk-deals|d1", "desk-deals|d2"}
    assert first.published == "2026-08-01"
    assert first.evidence.locator == (
        "row 2, Deal id, Tenant, Capacity (GW), Value, Term, Site, Signed, Status, Landlord"
    )
    assert not any(isinstance(checked(claim, ontology()), Rejection) for claim in claims)
    assert [item.text for item in items if isinstance(item, Note)] == ["Loom AI leases Caddo Bend."]


def test_cells_that_nobody_knows_are_rejected_with_row_and_column() -> None:
    assert [str(item) for item in read() if isinstance(item, Rejection)] == [
        "deals.csv: row 4, Capacity (GW): 'x' is no amount",
        "deals.csv: row 4, Status: unknown category 'odd' (known: signed, rumoured)",
    ]


def owners(text: str, **more: object) -> list[Document | Claim | Note | Rejection]:
    """Read a table whose rows say who owns a site, by a mapping with these further fields of its one claim."""
    claims = [{"subject": "Owner", "predicate": "OWNS", "object": {"column": "Site", "type": "Facility"}, **more}]
    return read(text, {"source": "s", "row": "Site", "claims": claims, "ignore": ["Status", "Sure"]})


WORDS = {"Live": "asserted", "TBD": "speculative", "n/a": "planned"}
CELLS = st.lists(st.sampled_from(["Live", " TBD", "n/a", "", "Unknown", "-"]), min_size=1, max_size=6)


@given(CELLS)
def test_no_row_is_lost_without_a_word(cells: list[str]) -> None:
    text = "Site,Owner,Status\n" + "".join(f"Hall {n},Loom,{cell}\n" for n, cell in enumerate(cells))
    told = owners(text, status={"column": "Status", "values": WORDS})
    claims = [item for item in told if isinstance(item, Claim)]
    assert [item.status for item in claims] == [WORDS[cell.strip()] for cell in cells if cell.strip() in WORDS]
    left_out = [item.where for item in told if isinstance(item, Rejection)]
    assert left_out == [f"deals.csv: row {n}, Status" for n, c in enumerate(cells, 2) if c.strip() not in WORDS]


def test_an_empty_category_takes_the_default_or_is_rejected_with_the_way_out() -> None:
    text = "Site,Owner,Sure\nCaddo Bend,Loom,\nTallow,,Unknown\nSable,Loom,Unknown\n"
    known = {"column": "Sure", "values": {"high": 0.9}}
    told = owners(text, confidence=known | {"default": 0.4})
    assert [item.confidence for item in told if isinstance(item, Claim)] == [0.4, 0.4]
    way = "and the mapping does not say what it stands for: add it to values, or a default for all such cells"
    assert [str(item) for item in owners(text, confidence=known) if isinstance(item, Rejection)] == [
        f"deals.csv: row 2, Sure: empty, {way}",
        f"deals.csv: row 4, Sure: 'Unknown' says nothing, {way}",
    ]


def test_a_condition_is_met_by_the_cell_as_it_stands_and_one_that_no_row_meets_is_said() -> None:
    text = "Site,Owner,Status\nCaddo Bend,Loom,TBD\nTallow,Loom,\n"
    for cells, sites in (["TBD"], ["Caddo Bend"]), ([""], ["Caddo Bend", "Tallow"]):
        met = [item for item in owners(text, where={"Status": cells}) if isinstance(item, Claim)]
        assert [item.object.name for item in met if item.object] == sites
    (_, rejection) = owners(text, where={"Status": ["Live", "Done"]})
    assert str(rejection) == "deals.csv: claim 1 of the mapping says nothing: no row has Status 'Live' or 'Done'"


def numbers(attribute: str, cells: list[str], **column: str) -> list[float | str]:
    """Return the values of an attribute in these cells, and why one has none."""
    plan = {
        "source": "s",
        "row": "Site",
        "claims": [{"subject": "Site", "attribute": attribute, "value": {"column": "Number", **column}}],
    }
    told = read("Site;Number\n" + "".join(f"Hall {n};{cell}\n" for n, cell in enumerate(cells)), plan)
    values = [item.value for item in told if isinstance(item, Claim) and item.value is not None]
    return values + [str(item) for item in told if isinstance(item, Rejection)]


@given(
    st.sampled_from(["${}", "US${}", "{} USD", "USD {}", "€{}", "{} EUR", "${}B", "£{} million"]), st.integers(1, 10**6)
)
def test_money_is_no_power(form: str, value: int) -> None:
    (said,) = numbers("capacity_mw", [form.format(value)], unit="MW")
    assert str(said).startswith("deals.csv: row 2, Number: ")
    assert str(said).endswith("where MW is needed")


@given(st.sampled_from(["{}", "${}", "US$ {}", "{} USD", "usd {}"]), st.integers(1, 10**6))
def test_a_currency_without_a_size_leaves_the_size_to_the_column(form: str, value: int) -> None:
    assert numbers("cost_usd", [form.format(value)], unit="USD millions") == [value * 1e6]


def test_amounts_in_other_currencies_are_never_taken_for_dollars() -> None:
    reason = "deals.csv: row 2, Number: '5': EUR; convert it into dollars, or leave the column out"
    assert numbers("cost_usd", ["5"], unit="millions", currency="EUR") == [reason]
    assert numbers("cost_usd", ["5 EUR"], unit="USD millions") == [reason.replace("'5'", "'5 EUR'")]
    assert numbers("cost_usd", ["$5bn"], unit="millions", currency="EUR") == [5e9]


def test_bounds_in_columns_of_their_own_have_the_unit_of_their_column() -> None:
    text = "Site;Cost;Least\nCaddo Bend;$5B;4\n"
    value = {"column": "Cost", "unit": "USD billions", "low": "Least"}
    claims = [{"subject": "Site", "attribute": "cost_usd", "value": value}]
    (_, told) = read(text, {"source": "s", "row": "Site", "claims": claims})
    assert isinstance(told, Claim)
    assert told.quantities["cost_usd"].min == 4e9


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
        ("Value (M&A)", None),
        ("Value (2000s)", None),
    ],
)
def test_a_draft_has_size_and_currency_of_its_column(column: str, said: dict[str, str] | None) -> None:
    (found, *_) = yaml.safe_load(suggest(raw(f"Investor,Investee,{column}\nLoom,Halcyra,5\n")))["claims"]
    assert found["qualifiers"]["value_usd"] == ({"column": column, **said} if said else column)


@pytest.mark.parametrize("column", ["Term (EUR m)", "Power (%)", "Value (MW)", "Capacity price ($m)", "Cost (€/MW)"])
def test_a_column_in_another_unit_than_its_name_calls_for_is_left_alone(column: str) -> None:
    for parties in ("Tenant,Landlord", "Site,Owner"):
        assert drafted(f"{parties},{column}\nLoom,Halcyra,5\n")["ignore"] == [column]


def test_what_a_draft_neither_reads_nor_takes_as_a_note_is_ignored_by_name() -> None:
    text = "Site,Facility,City,Comment,Size\nCaddo Bend,x,Memphis,,\nTallow,x,Abilene,,n/a\n"
    assert drafted(text)["ignore"] == ["Facility", "Comment", "Size"]


def test_places_are_those_of_the_gazetteer_however_much_of_the_address_a_cell_has() -> None:
    places = ["Memphis, TN", "Abilene, Texas", "5420 Tulane Rd, Memphis, TN 38109", "Texas", "Nowhere, Atlantis"]
    text = "Site;Place\n" + "".join(f"Hall {n};{place}\n" for n, place in enumerate(places))
    claims = [{"subject": {"column": "Site", "type": "Facility"}, "predicate": "LOCATED_IN", "object": "Place"}]
    told = [item for item in read(text, {"source": "s", "row": "Site", "claims": claims}) if isinstance(item, Claim)]
    found = [item.object for item in told if item.object]
    assert [place.name for place in found] == ["Memphis", "Abilene", "Memphis", "Texas", "Nowhere, Atlantis"]
    assert found[0].id == found[2].id
    assert [(place.id or "").partition(":")[0] for place in found] == ["place", "place", "place", "place", ""]


def test_a_place_that_the_gazetteer_lacks_has_the_id_of_its_row() -> None:
    place = {"column": "Place", "id": "Id"}
    claims = [{"subject": {"column": "Site", "type": "Facility"}, "predicate": "LOCATED_IN", "object": place}]
    text = "Site;Place;Id\nHall 1;Nowhere, Atlantis;wikidata:Q1\nHall 2;Memphis, TN;wikidata:Q2\n"
    told = read(text, {"source": "s", "row": "Site", "claims": claims})
    nowhere, memphis = [item.object for item in told if isinstance(item, Claim) and item.object]
    assert (nowhere.name, nowhere.id) == ("Nowhere, Atlantis", "wikidata:Q1")
    assert (memphis.id or "").startswith("place:")


@given(st.sampled_from(sorted(BROKEN)).map(str.upper), st.sampled_from(["Owner", "Site", "Status", "MW", "Note"]))
def test_a_broken_cell_is_rejected_with_row_and_column_and_names_nothing(error: str, column: str) -> None:
    cells = {"Id": "1", "Owner": "Loom", "Site": "Caddo Bend", "Status": "Live", "MW": "5", "Note": "Live."}
    cells[column] = f" {error}"
    owner = {"subject": "Owner", "predicate": "OWNS", "object": {"column": "Site", "type": "Facility"}}
    owner["status"] = {"column": "Status", "values": {"Live": "asserted"}, "default": "planned"}
    power = {"subject": "Site", "attribute": "capacity_mw", "value": {"column": "Id", "low": "MW", "high": "Id"}}
    plan = {"source": "s", "row": "Id", "claims": [owner, power], "notes": "Note"}
    told = read(f"{';'.join(cells)}\n{';'.join(cells.values())}\n", plan)
    reason = f"deals.csv: row 2, {column}: {error}, which the spreadsheet could not compute: mend it there"
    assert [str(item) for item in told if isinstance(item, Rejection)] == [reason]
    assert error not in str([item for item in told if isinstance(item, Claim | Note)])


def test_attributes_constants_and_conditions() -> None:
    plan = {
        "source": "s",
        "row": ["Deal id"],
        "claims": [
            {
                "subject": {"name": "Caddo Bend"},
                "attribute": "capacity_mw",
                "value": {"column": "Capacity (GW)", "unit": "GW", "basis": "it"},
                "as_of": "Signed",
                "status": "planned",
                "where": {"Status": "signed"},
            }
        ],
        "ignore": ["Tenant", "Landlord", "Site", "Value", "Term", "Certainty", "Comment"],
    }
    (document, claim) = read(plan=plan)
    assert isinstance(document, Document)
    assert isinstance(claim, Claim)
    assert (claim.value, claim.status, claim.quantities["capacity_mw"].as_of) == (300, "planned", "2026-05-06")


def claim(**change: object) -> dict[str, object]:
    return {"claims": [{"subject": "T", "predicate": "OWNS", "object": "L", **change}]}


def value(name: str, **column: str) -> dict[str, object]:
    return {"claims": [{"subject": "T", "attribute": name, "value": {"column": "L", **column}}]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": []}, "claims: a list"),
        ({"row": None}, "row: the columns"),
        ({"publishr": "x"}, "no field 'publishr'. Did you mean publisher"),
        (claim(predicate="LEASE_FROM"), "Did you mean LEASES_FROM"),
        (value("capacity"), "no attribute 'capacity'"),
        (claim(object=None), "claim 1, object: needs fields"),
        (claim(subject={"column": "T", "type": "Chip"}), "one of Company"),
        (claim(status="sure"), "'sure': one of asserted"),
        (claim(confidence=5), "no number from 0 to 1"),
        (claim(qualifiers={"term_years": "x"}), "has no qualifier"),
        (value("cost_usd", unit="MW"), "MW is no USD"),
        (value("cost_usd", unit="yards"), "unknown unit"),
        (value("capacity_mw", basis="IT power"), "claim 1, value: basis 'IT power': one of "),
        (value("cost_usd", basis="it"), "claim 1, value: basis 'it': it has none"),
        (value("capacity_mw", currency="EUR"), "claim 1, value: currency 'EUR': it is no amount of money"),
        (claim(qualifiers=["capacity_mw"]), "claim 1: qualifiers needs a value for each name"),
        (claim(where="T"), "claim 1: where needs a value for each name"),
        (claim(status={"column": "T", "values": ["Live"]}), "claim 1, status: values needs a value for each name"),
        (claim(confidence="high"), "'high' is no number from 0 to 1"),
        (claim(confidence={"column": "T", "values": {"x": "nan"}}), "'nan' is no number from 0 to 1"),
        ({"published": "08/01/2026"}, "published: '08/01/2026' is no date such as 2026-08-03"),
        ({"published": "2026-08-01 10:00:00"}, "is no date"),
        ({"published": "2026-02-30"}, "is no date"),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_wrong_mapping_is_said_with_its_place(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse({**PLAN, **change})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_column_that_the_table_lacks_is_said_by_name() -> None:
    with pytest.raises(InputError, match=r"^deals\.csv: the mapping's column 'Deal id' is missing \(there are: a, b\)"):
        read("a,b\n1,2\n")


WORDS_OF_YAML = st.sampled_from(["No", "on", "yes", "Off", "TRUE", "null", "~", "1.0", "2026-01-01", "0x10", "1_000"])


@given(name=WORDS_OF_YAML, cell=WORDS_OF_YAML)
def test_columns_and_cells_are_called_as_the_mapping_writes_them(name: str, cell: str) -> None:
    plan = f"""
source: s
published: 2026-08-01
publisher:
row: {name}
claims:
  - subject: {{name: Loom, type: Company}}
    predicate: OWNS
    object: {{column: {name}, type: Facility}}
    status: {{column: State, values: {{{cell}: planned}}}}
    confidence: 0.5
    where: {{State: [{cell}]}}
ignore:
"""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yml"
        path.write_text(plan)
        told = list(load(raw(f"{name},State\nCaddo Bend,{cell}\n"), mapped(path)))
    (document, said) = told
    assert isinstance(document, Document)
    assert document.published == "2026-08-01"
    assert isinstance(said, Claim)
    assert (said.status, said.confidence, said.object and said.object.name) == ("planned", 0.5, "Caddo Bend")


def test_unreadable_mapping_files_are_one_line(tmp_path: Path) -> None:
    for name, text in (("a.yml", "a: [1"), ("b.yml", "- 1"), ("c.yml", "")):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputError, match=name):
            mapped(tmp_path / name)
    with pytest.raises(InputError, match="cannot be read"):
        mapped(tmp_path / "none.yml")


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
    text = ",".join(columns) + "\n" + ",".join("7" for _ in columns) + "\n"
    told = read(text, yaml.safe_load(suggest(raw(text))))
    assert not [item for item in told if isinstance(item, Rejection) and item.where == "deals.csv"]


def test_a_table_without_anything_of_the_industry_gets_no_suggestion() -> None:
    with pytest.raises(InputError, match=r"^deals\.csv: no columns that look like companies"):
        suggest(raw("colour,x\nred,7\n"))


def test_what_stands_in_a_column_without_a_name_is_said() -> None:
    plan = {"source": "s", "row": "D", "claims": [{"subject": "A", "predicate": "LEASES_FROM", "object": "B"}]}
    *_, last = read("D,A,B,\n1,Loom AI,Halcyra,\n2,Loom AI,Oracle,late\n", plan)
    assert str(last) == (
        "deals.csv: 1 cell in columns without a name not read (the first: row 3, column 4, 'late'): "
        "give the column a name"
    )


def drafted(text: str) -> dict[str, Any]:
    plan: dict[str, Any] = yaml.safe_load(suggest(raw(text)))
    return plan


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


def test_confidences_that_are_numbers_stand_for_themselves() -> None:
    text = "Tenant,Landlord,Confidence\nA,B,0.9\nC,D,0\nE,F,50%\nG,H,high\nI,J,7\n"
    (claim,) = drafted(text)["claims"]
    assert claim["confidence"]["values"] == {"0.9": 0.9, "0": 0.0, "50%": 0.5, "high": 0.95, "7": 0.5}
