"""The check of claims: what the ontology admits comes through unchanged, of anything else it is told what is wrong."""

from dataclasses import replace

import pytest
from graphs import GoldExtractor, documents
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.schema.ontology import ontology
from kg.schema.validate import MAX_NAME, checked

TEXT = "Anthropic leases up to 300 MW at Colossus 1 from xAI."
DOCUMENT = Document(TEXT, "deal.txt")
ANTHROPIC, XAI = EntityName("Anthropic", "Company"), EntityName("xAI", "Company")
COLOSSUS, H100 = EntityName("Colossus 1", "Facility"), EntityName("H100", "Chip")
LEASE = Claim(
    "deal.txt",
    DOCUMENT.id,
    ANTHROPIC,
    "LEASES_FROM",
    Evidence(TEXT, 0, len(TEXT)),
    object=XAI,
    qualifiers={"capacity_mw": 300, "facility": "Colossus 1"},
    quantities={"capacity_mw": Quantity("up to 300 MW", max=300, unit="MW", basis="contracted")},
)
POWER = replace(LEASE, subject=COLOSSUS, predicate="capacity_mw", object=None, value=300, qualifiers={}, quantities={})


def refusal(claim: Claim, document: Document | None = DOCUMENT) -> str:
    found = checked(claim, ontology(), document)
    assert isinstance(found, Rejection)
    assert "\n" not in str(found)
    assert found.where.startswith("deal.txt")
    return found.reason


def test_every_claim_of_the_sample_is_admitted() -> None:
    extractor = GoldExtractor()
    for document in documents():
        for claim in extractor.extract(document).claims:
            found = checked(claim, ontology(), document)
            assert isinstance(found, Claim), found
            symmetric = claim.predicate in ontology().predicates and ontology().predicates[claim.predicate].symmetric
            assert found.id == claim.id or symmetric


@pytest.mark.parametrize("claim", [LEASE, POWER])
def test_what_is_right_comes_through(claim: Claim) -> None:
    assert checked(claim, ontology(), DOCUMENT) is claim


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_a_symmetric_fact_is_one_claim_whoever_comes_first(one: str, other: str) -> None:
    if one == other:
        return
    ends = EntityName(one, "Company"), EntityName(other, "Company")
    bare = replace(LEASE, predicate="PARTNERS_WITH", qualifiers={}, quantities={})
    first = checked(replace(bare, subject=ends[0], object=ends[1]), ontology())
    second = checked(replace(bare, subject=ends[1], object=ends[0]), ontology())
    assert isinstance(first, Claim)
    assert first == second
    assert first.id == second.id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"object": H100}, "its object is a Company, not a Chip ('H100')"),
        ({"subject": COLOSSUS}, "its subject is a Company, not a Facility"),
        ({"object": ANTHROPIC}, "subject and object are the same"),
        ({"predicate": "RENTS_FROM"}, "no predicate of the ontology"),
        ({"predicate": "capacity_mw"}, "no predicate of the ontology, which is an attribute and takes a value"),
        ({"subject": EntityName("the lease", "Deal")}, "the type 'Deal', which no text names"),
        ({"subject": EntityName("Anthropic", "Firm")}, "the type 'Firm'"),
        ({"object": EntityName(" ", "Company")}, "' ' is no name"),
        ({"object": EntityName("x" * (MAX_NAME + 1), "Company")}, "has 1,001 characters"),
        ({"qualifiers": {"stake_pct": 5}}, "qualifier 'stake_pct' does not belong to it; these do: capacity_mw"),
        ({"qualifiers": {"capacity_mw": "300"}}, "capacity_mw is a number in MW, not '300'"),
        ({"qualifiers": {"capacity_mw": -1}}, "capacity_mw cannot be -1 MW"),
        ({"qualifiers": {"capacity_mw": float("nan")}}, "capacity_mw is a number in MW, not nan"),
        ({"qualifiers": {"date": "May 2026"}}, "date is a date such as 2026, 2026-05 or 2026-05-07"),
        ({"qualifiers": {"facility": 7}}, "7 is no name"),
        ({"quantities": {"stake_pct": Quantity("5%")}}, "quantity 'stake_pct' does not belong to it"),
        ({"quantities": {"capacity_mw": Quantity("0.3 GW", unit="GW")}}, "capacity_mw is in MW, not in GW"),
        ({"quantities": {"capacity_mw": Quantity("300", basis="peak")}}, "has the basis 'peak'; it can have"),
        ({"quantities": {"value_usd": Quantity("$3", basis="it")}}, "has the basis 'it'; it can have none"),
        ({"quantities": {"capacity_mw": Quantity("3 to 2", min=3, max=2)}}, "has the bounds 3 and 2"),
        ({"quantities": {"capacity_mw": Quantity("300", as_of="then")}}, "as of 'then', which is no date"),
        ({"ended_as": "denied"}, "ended as 'denied' with status asserted"),
        ({"status": "ended", "ended_as": "over"}, "ended as 'over'"),
        ({"stage": "built"}, "stage 'built' is none of rumoured"),
        ({"confidence": 1.2}, "confidence 1.2 lies outside 0 to 1"),
        ({"published": "yesterday"}, "published 'yesterday' is no date"),
        ({"valid_from": "2026", "valid_to": "2025"}, "valid from 2026 to 2025"),
        ({"evidence": Evidence("", 0, 0)}, "no evidence"),
        ({"evidence": Evidence("x" * 100_001, locator="page 1")}, "evidence of 100,001 characters"),
        ({"evidence": Evidence("Anthropic")}, "evidence that stands nowhere"),
        ({"evidence": Evidence("Anthropic", 0, 5)}, "evidence of 9 characters at 0-5"),
        ({"evidence": Evidence("anthropic", 0, 9)}, "evidence is not what the document has at 0-9"),
        ({"also": (Evidence("xAI", 0, 3),)}, "evidence is not what the document has at 0-3"),
        ({"document_id": "doc:other"}, "it is of doc:other, not of this document"),
    ],
)
def test_a_mistake_is_said(changes: dict[str, object], reason: str) -> None:
    assert reason in refusal(replace(LEASE, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"subject": XAI}, "it is told of a Facility, not of a Company"),
        ({"predicate": "LEASES"}, "no attribute of the ontology, which is a predicate and takes an object"),
        ({"value": "300"}, "its value is a number in MW"),
        ({"qualifiers": {"date": "2026"}}, "an attribute has no qualifiers, but this has date"),
        ({"predicate": "opens", "value": "soon"}, "its value is a date"),
        ({"predicate": "role", "subject": XAI, "value": "landlord"}, "its value is one of neocloud"),
        ({"predicate": "same_as", "value": "cik:0001"}, "its value is an id of cik, lei, wikidata"),
        ({"quantities": {"chip_count": Quantity("3")}}, "quantity 'chip_count' does not belong to it"),
    ],
)
def test_a_mistake_about_an_attribute_is_said(changes: dict[str, object], reason: str) -> None:
    assert reason in refusal(replace(POWER, **changes))  # type: ignore[arg-type]


def test_money_in_another_currency_stays_as_worded() -> None:
    euros = replace(LEASE, quantities={"value_usd": Quantity("€3 billion", 3e9, 3e9, "EUR", currency="EUR")})
    assert checked(euros, ontology(), DOCUMENT) is euros


def test_a_row_has_a_locator_and_belongs_to_the_source() -> None:
    table = Document("Sites of 2026.", "sites.csv", kind="table", source="sites", whole=True)
    row = replace(
        POWER,
        document_id=table.id,
        key="sites|Colossus 1|capacity",
        evidence=Evidence("300", locator="row 2, column 4"),
    )
    assert checked(row, ontology(), table) is row
    assert "its row is of 'other', the document of 'sites'" in refusal(replace(row, key="other|x|y"), table)
