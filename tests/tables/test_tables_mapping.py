"""Mappings: a table that nobody knows becomes claims as its owner says; what is wrong with one is said at once."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
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
from kg.tables.mapping_file import parse

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


@given(st.sampled_from(["Q4 2027", "4Q27", "H2 2027", "FY2027", "2027E", "2027F", "mid-2027", "late 2027"]))
def test_a_vague_date_is_its_year_and_evidence_keeps_its_letters(cell: str) -> None:
    text = f"Site;Owner;Opens\nCaddo Bend;Loom;{cell}\n"
    opens = {"subject": "Site", "attribute": "opens", "value": "Opens"}
    owner = {"subject": "Owner", "predicate": "OWNS", "object": {"column": "Site", "type": "Facility"}}
    owner |= {"qualifiers": {"date": "Opens"}, "valid_from": "Opens", "valid_to": "Opens"}
    (_, *told) = read(text, {"source": "s", "row": "Site", "claims": [opens, owner]})
    said = [item for item in told if isinstance(item, Claim)]
    first, second = said
    assert (first.value, first.evidence.text) == ("2027", f"Site: Caddo Bend | Opens: {cell}")
    assert (second.qualifiers["date"], second.valid_from, second.valid_to) == ("2027", "2027", "2027")
    assert [claim.status for claim in said] == ["asserted", "asserted"]
    assert not any(isinstance(checked(claim, ontology()), Rejection) for claim in said)


def test_a_date_of_no_one_year_is_rejected_with_row_and_column() -> None:
    text = "Site;Opens\nCaddo Bend;Q4 2026 - Q1 2027\nTallow;Q5 2026\n"
    opens = {"subject": "Site", "attribute": "opens", "value": "Opens"}
    (_, *told) = read(text, {"source": "s", "row": "Site", "claims": [opens]})
    assert list(map(str, told)) == [
        "deals.csv: row 2, Opens: 'Q4 2026 - Q1 2027' is no date",
        "deals.csv: row 3, Opens: 'Q5 2026' is no date",
    ]


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
        (claim(value="x"), "claim 1: value is no part of a predicate"),
        ({"claims": [{**value("cost_usd")["claims"][0], "object": "L"}]}, "claim 1: object is no part of an attribute"),  # type: ignore[index]
        (claim(status={"values": {"x": "planned"}, "default": "planned"}), "claim 1, status: column: which one"),
        (value("opens", unit="GW"), "claim 1, value: unit: it is no number"),
        (value("opens", low="x"), "claim 1, value: low: it is no number"),
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


def test_what_stands_in_a_column_without_a_name_is_said() -> None:
    plan = {"source": "s", "row": "D", "claims": [{"subject": "A", "predicate": "LEASES_FROM", "object": "B"}]}
    *_, last = read("D,A,B,\n1,Loom AI,Halcyra,\n2,Loom AI,Oracle,late\n", plan)
    assert str(last) == (
        "deals.csv: 1 cell in columns without a name not read (the first: row 3, column 4, 'late'): "
        "give the column a name"
    )
