"""Deals: each rule of how claims meet in one arrangement, with an example."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import say

from kg.graph.deals import SAME_NEWS_DAYS, DealClaims, allocate, group_of
from kg.graph.derive import derive, group
from kg.graph.resolved import ResolvedClaim
from kg.schema.ontology import ontology

BILLION = 10**9


def deals(*claims: ResolvedClaim, kind: str = "lease") -> list[set[str]]:
    """Return of each deal in which papers it is told."""
    return sorted(({c.claim.document for c in deal.claims} for deal in allocate(kind, claims)), key=sorted)


def one(*claims: ResolvedClaim, kind: str = "lease") -> bool:
    return len(deals(*claims, kind=kind)) == 1


# --- what is compared at all


def test_a_lease_is_compared_by_tenant_and_a_loan_by_borrower() -> None:
    assert group_of("lease", "Anthropic", "xAI") == group_of("lease", "Anthropic", "Colossus 1")
    assert group_of("loan", "JPMorgan", "Crusoe") == group_of("loan", "MUFG", "Crusoe")
    assert group_of("supply", "Dell", "CoreWeave") != group_of("supply", "Dell", "xAI")
    assert group_of("power", "Entergy", "Hyperion") == group_of("power", "Vistra", "Hyperion")


@pytest.mark.parametrize(("one_name", "other_name"), [("AWS", "Anthropic"), ("Anthropic", "AWS")])
def test_a_partnership_is_one_whoever_comes_first(one_name: str, other_name: str) -> None:
    told = [say("AWS", "PARTNERS_WITH", "Anthropic"), say(one_name, "PARTNERS_WITH", other_name, paper="another")]
    assert len({group(c.claim, c.subject, c.object, ontology()) for c in told}) == 1
    assert len(derive(told, ontology(), {}).deals) == 1
    assert [e.properties["sources"] for e in derive(told, ontology(), {}).edges if e.type == "PARTNERS_WITH"] == [2]


# --- something in common


def test_the_same_site_is_the_same_lease() -> None:
    assert one(
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", capacity_mw=300),
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", paper="another"),
        say("Anthropic", "LEASES", "Colossus 1", paper="a third"),
    )


def test_other_sites_are_other_leases() -> None:
    assert not one(
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1"),
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 2", paper="another"),
    )


def test_the_same_value_rounded_differently_is_the_same_lease() -> None:
    assert one(
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=11.9 * BILLION, term_years=5),
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=12 * BILLION, paper="another"),
    )


def test_other_values_are_other_leases() -> None:
    assert not one(
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=11.9 * BILLION),
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=4 * BILLION, paper="another"),
    )


def test_other_dates_are_other_leases_even_of_one_site() -> None:
    assert not one(
        say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene", date="2024"),
        say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene", date="2026", paper="another"),
    )
    assert one(
        say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene", date="2026"),
        say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene", date="2026-03", paper="another"),
    )


def test_the_same_news_with_other_numbers_of_one_site_is_a_dispute() -> None:
    told = [
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", capacity_mw=300),
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", capacity_mw=500, paper="another"),
    ]
    made = derive(told, ontology(), {})
    assert len(made.deals) == 1
    assert made.deals[0].properties["disputed"] is True
    later = say(
        "Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", capacity_mw=500, paper="later", published="2026-09-01"
    )
    assert not one(told[0], later)


def test_the_news_of_a_month_is_the_same_news() -> None:
    first = date(2026, 5, 7)
    for days, joined in ((SAME_NEWS_DAYS, True), (SAME_NEWS_DAYS + 1, False)):
        again = str(first + timedelta(days))
        told = say("A", "LEASES_FROM", "B", facility="F", capacity_mw=500, paper="later", published=again)
        assert one(say("A", "LEASES_FROM", "B", facility="F", capacity_mw=300, published=str(first)), told) is joined


def test_another_landlord_is_another_lease() -> None:
    assert not one(
        say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene", value_usd=30 * BILLION),
        say("OpenAI", "LEASES_FROM", "Crusoe", facility="Abilene", value_usd=30 * BILLION, paper="another"),
    )


def test_a_lease_without_landlord_is_found_by_its_site_alone() -> None:
    unnamed = say("OpenAI", "LEASES", "Abilene", capacity_mw=1200, date="2026", paper="another")
    assert one(say("OpenAI", "LEASES_FROM", "Oracle", facility="Abilene"), unnamed)
    assert not one(say("OpenAI", "LEASES_FROM", "Oracle", capacity_mw=1200, date="2026"), unnamed)


# --- nothing in common, nothing against it


def test_one_paper_tells_the_value_and_another_the_site() -> None:
    value = say("Anthropic", "LEASES_FROM", "xAI", value_usd=15 * BILLION)
    site = say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", paper="another")
    assert one(value, site)
    assert not one(value, say("Anthropic", "LEASES", "Colossus 1", paper="another")), "nobody says that it is xAI's"


def test_what_fits_two_deals_alike_joins_neither() -> None:
    told = [
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=11.9 * BILLION, paper="spring"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=4 * BILLION, paper="summer"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", facility="Denton", paper="autumn"),
    ]
    assert deals(*told) == [{"autumn"}, {"spring"}, {"summer"}]


# --- nothing but the parties


def test_what_gives_nothing_joins_the_only_deal_of_its_parties() -> None:
    assert one(
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1"),
        say("Anthropic", "LEASES_FROM", "xAI", paper="another"),
    )


def test_what_gives_nothing_and_fits_several_is_unallocated() -> None:
    told = [
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=11.9 * BILLION, paper="spring"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=4 * BILLION, paper="summer"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", paper="blog"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", paper="note"),
    ]
    found = allocate("lease", told)
    assert [{c.claim.document for c in deal.claims} for deal in found if deal.unallocated] == [{"blog", "note"}]
    assert len(found) == 3


def test_what_gives_nothing_and_has_no_other_deal_is_a_deal() -> None:
    (deal,) = allocate("lease", [say("A", "LEASES_FROM", "B"), say("A", "LEASES_FROM", "B", paper="another")])
    assert not deal.unallocated


def test_a_named_landlord_does_not_become_that_of_a_lease_without_one() -> None:
    site = say("Anthropic", "LEASES", "Colossus 1", paper="one")
    bare = say("Anthropic", "LEASES_FROM", "Amazon", paper="another")
    assert deals(site, bare) == [{"another"}, {"one"}]
    assert deals(site, bare, say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", paper="third")) == [
        {"another"},
        {"one", "third"},
    ]


# --- who takes part


def test_a_syndicate_lends_one_sum_in_one_sentence() -> None:
    told = [
        say(bank, "LENDS_TO", "Crusoe", value_usd=9.6 * BILLION, at=100) for bank in ("JPMorgan", "MUFG", "Santander")
    ]
    assert one(*told, say("MUFG", "LENDS_TO", "Crusoe", value_usd=9.6 * BILLION, paper="another"), kind="loan")
    apart = say("Blackstone", "LENDS_TO", "Crusoe", value_usd=9.6 * BILLION, at=500)
    assert not one(*told, apart, kind="loan"), "another sentence may tell of another loan of the same size"


def test_claims_of_one_arrangement_meet_in_one_deal_with_roles() -> None:
    told = [
        say("Anthropic", "LEASES_FROM", "xAI", facility="Colossus 1", chip="H100"),
        say("Anthropic", "LEASES", "Colossus 1", paper="another"),
    ]
    made = derive(told, ontology(), {"xAI": "xAI", "Anthropic": "Anthropic"})
    assert len(made.deals) == 1
    parties = {(e.source, e.properties["role"]) for e in made.edges if e.type == "PARTY_TO"}
    assert parties == {("Anthropic", "tenant"), ("xAI", "landlord")}
    assert {e.target for e in made.edges if e.type == "COVERS"} == {"Colossus 1", "H100"}
    assert set(made.deal_of.values()) == {made.deals[0].id}


def test_a_contract_has_one_edge_for_each_deal_and_other_facts_one_for_each_pair() -> None:
    told = [
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=11.9 * BILLION, paper="spring"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", value_usd=4 * BILLION, paper="summer"),
    ]
    edges = [e for e in derive(told, ontology(), {}).edges if e.type == "LEASES_FROM"]
    assert sorted(float(str(e.properties["value_usd"])) for e in edges) == [4 * BILLION, 11.9 * BILLION]
    assert len({e.id for e in edges}) == len({e.properties["deal"] for e in edges}) == 2
    owned = [say("Galaxy", "OWNS", "Helios", date=when, paper=when) for when in ("2022", "2024")]
    assert len(derive(owned, ontology(), {}).edges) == 1


# --- one document, one row


def test_a_document_that_tells_of_two_means_two() -> None:
    assert not one(
        say("OpenAI", "LEASES_FROM", "CoreWeave", date="2025"),
        say("OpenAI", "LEASES_FROM", "CoreWeave", date="2025", capacity_mw=500),
    )


def test_an_end_is_told_beside_what_ends() -> None:
    assert one(
        say("Microsoft", "LEASES_FROM", "TeraWulf", value_usd=BILLION),
        say("Microsoft", "LEASES_FROM", "TeraWulf", status="ended", ended_as="terminated"),
    )


def test_a_row_is_one_arrangement_in_all_editions_and_never_that_of_another_row() -> None:
    first = say("OpenAI", "LEASES_FROM", "Oracle", value_usd=4 * BILLION, row="7", paper="2025.csv")
    changed = say("OpenAI", "LEASES_FROM", "Oracle", value_usd=30 * BILLION, row="7", paper="2026.csv")
    site = say("OpenAI", "LEASES", "Abilene", row="7", paper="2026.csv")
    other = say("OpenAI", "LEASES_FROM", "Oracle", value_usd=30 * BILLION, row="8", paper="2026.csv")
    assert one(first, changed, site)
    assert not one(changed, other)


# --- whatever is said


NAMES = st.sampled_from(["P", "Q", "R"])
SITES = st.sampled_from(["F", "G"])
QUALIFIERS = st.fixed_dictionaries(
    {},
    optional={
        "facility": SITES,
        "capacity_mw": st.sampled_from([100, 101, 500]),
        "value_usd": st.sampled_from([BILLION, 5 * BILLION]),
        "date": st.sampled_from(["2025", "2025-06", "2026"]),
    },
)


@st.composite
def leases(draw: st.DrawFn) -> ResolvedClaim:
    said = draw(QUALIFIERS)
    predicate, other = draw(st.one_of(st.tuples(st.just("LEASES_FROM"), NAMES), st.tuples(st.just("LEASES"), SITES)))
    if predicate == "LEASES":
        said.pop("facility", None)
    about = {
        "paper": draw(st.sampled_from("abcdef")),
        "published": draw(st.sampled_from([None, "2025-01-01", "2026-05-07"])),
        "row": draw(st.none() | st.sampled_from(["1", "2"])),
        "status": draw(st.sampled_from(["asserted", "planned", "ended"])),
    }
    return say("T", predicate, other, **about, **said)


WORLDS = st.lists(leases(), min_size=1, max_size=9).map(lambda told: list({c.id: c for c in told}.values()))


def ids(found: list[DealClaims]) -> dict[str, tuple[list[str], bool]]:
    return {deal.id: (sorted(c.id for c in deal.claims), deal.unallocated) for deal in found}


@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(told: list[ResolvedClaim], chance: random.Random) -> None:
    before = ids(allocate("lease", told))
    shuffled = chance.sample(told, len(told))
    assert ids(allocate("lease", shuffled)) == before
    made = derive(shuffled, ontology(), {})
    assert {deal.id for deal in made.deals} <= set(before)


@given(WORLDS)
def test_every_claim_is_in_one_deal_with_compatible_sites_and_landlords(told: list[ResolvedClaim]) -> None:
    found = allocate("lease", told)
    assert sorted(c.id for deal in found for c in deal.claims) == sorted(c.id for c in told)
    assert len({deal.id for deal in found}) == len(found)
    for deal in found:
        assert deal.id.partition(":")[2] in {c.id.partition(":")[2] for c in deal.claims}
        rows = any(c.claim.row for c in deal.claims)
        assert rows or len(deal.sites) <= 1
        assert rows or len(deal.others) <= 1
        assert not deal.unallocated or deal.is_bare


@given(WORLDS)
def test_each_deal_has_its_own_edges_and_parties(told: list[ResolvedClaim]) -> None:
    made = derive(told, ontology(), {})
    assert len({e.id for e in made.edges}) == len(made.edges)
    assert set(made.deal_of) <= {c.id for c in told}
    for edge in made.edges:
        if edge.type in ("LEASES_FROM", "LEASES"):
            assert edge.properties["deal"] in {deal.id for deal in made.deals}
            assert {made.deal_of[str(id_)] for id_ in edge.properties["claims"]} == {edge.properties["deal"]}  # type: ignore[union-attr]
