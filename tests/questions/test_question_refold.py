"""Folding the claims of a row again gives the row; a filter only ever takes away."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.claim import STATUSES, Claim, EntityName, Evidence
from kg.core.dates import earliest, latest
from kg.core.document import Document
from kg.exceptions import UsageError
from kg.graph.fold import View
from kg.questions.catalog import catalog
from kg.questions.evidence import evidence
from kg.questions.filters import Filters
from kg.questions.refold import read_claims, refold
from kg.questions.run import ask
from kg.schema.ontology import ontology
from kg.schema.registry import registry
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.ledger import Ledger

FACTS = [name for name, question in catalog().items() if question.about == "facts"]
ASKED: dict[str, dict[str, object]] = {
    "facility": {"facility": "Stargate Abilene"},
    "connected": {"entity": "Anthropic", "other": "Crusoe"},
}
months = st.builds("{:04d}-{:02d}".format, st.integers(2025, 2026), st.integers(1, 12))
filters = st.builds(
    Filters,
    status=st.lists(st.sampled_from(STATUSES), max_size=2, unique=True).map(tuple),
    kind=st.sampled_from([(), ("news",), ("release",), ("news", "post")]),
    min_sources=st.integers(0, 3),
    as_of=st.none() | months,
    known_by=st.none() | st.sampled_from(["2020", "2999-01-01"]),
    current=st.booleans(),
)


@pytest.mark.parametrize("name", FACTS)
def test_without_a_filter_the_row_is_what_the_store_has(sample: Store, name: str) -> None:
    rows = [dict(row) for row in ask(sample, name, ASKED.get(name))]
    forced = [{**row, "sources": None} for row in rows]
    assert refold(sample, forced, View()) == rows


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from([name for name in FACTS if name != "connected"]), chosen=filters)
def test_a_filter_only_takes_away(sample: Store, name: str, chosen: Filters) -> None:
    everything = {claim for row in ask(sample, name, ASKED.get(name)) for claim in row.claims}
    answer = ask(sample, name, ASKED.get(name), filters=chosen)
    claims = read_claims(sample, {claim for row in answer for claim in row.claims})
    for row in answer:
        assert row.claims
        assert set(row.claims) <= everything
        assert row.sources >= chosen.min_sources
        assert not (chosen.current and row.status == "ended")
        assert not chosen.status or row.status in chosen.status
        for item in (claims[claim] for claim in row.claims):
            assert not chosen.kind or item.kind in chosen.kind
            assert not chosen.known_by or item.recorded[:10] <= latest(chosen.known_by)
            if chosen.as_of and item.claim.published and not item.claim.valid_from:
                assert earliest(item.claim.published) <= latest(chosen.as_of)


def test_values_follow_the_claims_that_count(sample: Store) -> None:
    asked = {"tenant": "Microsoft", "landlord": "Crusoe", "facility": "Stargate Abilene"}
    (both,) = ask(sample, "leases", asked)
    (early,) = ask(sample, "leases", asked, filters=Filters(as_of="2026-03-27"))
    assert (both.capacity_mw, both.disputed) == (900, True)
    assert (early.capacity_mw, early.disputed, early.status) == (700, False, "reported")


def test_a_name_that_only_other_claims_give_goes(tmp_path: Path) -> None:
    tenant, evidence = EntityName("Anthropic", "Company"), Evidence("said", locator="somewhere")
    at = {"facility": "Colossus 1"}
    early, late = Document("Early.", "early.txt"), Document("Late.", "late.txt")
    site, landlord = EntityName("Colossus 1", "Facility"), EntityName("xAI", "Company")
    told = [
        Claim("early.txt", early.id, tenant, "LEASES", evidence, object=site, published="2026-01"),
        Claim("late.txt", late.id, tenant, "LEASES_FROM", evidence, landlord, published="2026-05", qualifiers=at),
    ]
    with EmbeddedStore(tmp_path / "store", write=True, read_seconds=60) as store:
        book = Ledger(store, ontology(), registry())
        book.prepare()
        list(book.load([(early, told[:1]), (late, told[1:])], "1"))
        (row,) = ask(store, "leases", {"tenant": "Anthropic"})
        assert (row.landlord, row.facility) == ("xAI", "Colossus 1")
        (row,) = ask(store, "leases", {"tenant": "Anthropic"}, filters=Filters(as_of="2026-02"))
        assert (row.landlord, row.facility) == (None, "Colossus 1")


def test_what_was_only_denied_is_a_row_of_its_own(sample: Store) -> None:
    denied = ask(sample, "weak", {"why": "denied"}, evidence=True)
    assert [(row.subject, row.predicate, row.object, row.status) for row in denied] == [
        ("CoreWeave", "ACQUIRES", "Core Scientific", "ended")
    ]
    assert {entry["ended_as"] for row in denied for entry in row.evidence} <= {"denied", "declined"}


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (Filters(status=("assertd",)), "Did you mean asserted"),
        (Filters(kind=("filling",)), "Did you mean filing"),
        (Filters(as_of="yesterday"), "--as-of 'yesterday' is no date"),
        (Filters(known_by="2026-13"), "--known-by '2026-13' is no date"),
    ],
)
def test_a_filter_that_is_none_is_a_usage_error(sample: Store, chosen: Filters, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(sample, "leases", filters=chosen)


def test_filters_do_not_apply_to_documents(sample: Store) -> None:
    with pytest.raises(UsageError, match="--current"):
        ask(sample, "documents", filters=Filters(current=True))


# --- evidence


def test_evidence_is_a_slice_of_the_document_and_stands_once(sample: Store) -> None:
    texts = {
        row["id"]: row["text"]
        for row in sample.read(
            "MATCH (d:Document)-[:HAS_TEXT]->(t:Text {role: 'text'}) RETURN d.id AS id, t.text AS text ORDER BY t.start"
        )
    }
    answer = ask(sample, "recent", evidence=True)
    for row in answer:
        assert row.evidence is not None
        places = [(entry["document_id"], entry["start"], entry["end"], entry["status"]) for entry in row.evidence]
        assert len(places) == len(set(places))
        for entry in row.evidence:
            if entry["kind"] != "registry":
                assert texts[entry["document_id"]][entry["start"] : entry["end"]] == entry["quote"]
            assert entry["weak"] == (entry["confidence"] < 0.5)


def test_further_places_of_a_claim_are_evidence_too(sample: Store) -> None:
    rows = sample.read("MATCH (c:Claim) RETURN c.id AS id, c.also AS also ORDER BY id")
    found = evidence(sample, [row["id"] for row in rows])
    assert {row["id"] for row in rows} == set(found)
    assert all(len(found[row["id"]]) >= 1 for row in rows)


def test_rows_that_rest_on_weak_claims_are_marked(sample: Store) -> None:
    from kg.questions.evidence import mark_doubts

    rows = ask(sample, "leases").rows
    mark_doubts(sample, rows)
    weak = {(row.tenant, row.facility) for row in rows if row.weak}
    assert ("Anthropic", "MACROHARDRR") in weak
    assert ("Anthropic", "Colossus 1") not in weak
