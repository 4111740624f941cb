"""Independent sources: a row counts with the document that it cites, and nothing else changes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import say

from kg.graph.fold import fold
from kg.graph.resolved import ResolvedClaim
from kg.graph.sources import Source, independent

URL = "https://e.org/deal"


def lease(paper: str, **said: Any) -> ResolvedClaim:
    return say("Anthropic", "LEASES_FROM", "xAI", paper=paper, **said)


def row(name: str, *citations: str, **said: Any) -> ResolvedClaim:
    return lease(f"{name}.csv", row=name, citations=citations, kind="table", **said)


def folded(*claims: ResolvedClaim) -> dict[str, Any]:
    found = fold(claims)
    assert found is not None
    return found


def test_a_row_and_the_article_that_it_cites_are_one_source_of_two_claims() -> None:
    edge = folded(lease("a", url=URL, confidence=0.8), row("r", URL, confidence=0.5))
    assert (edge["sources"], len(edge["claims"]), edge["kinds"]) == (1, 2, ["news", "table"])
    assert edge["confidence"] == pytest.approx(0.8)


def test_a_row_is_independent_of_what_it_does_not_cite() -> None:
    assert folded(lease("a", url=URL), row("r"))["sources"] == 2
    assert folded(lease("a", url=URL), row("r", "https://e.org/other"))["sources"] == 2
    assert folded(lease("a", url="deal.txt"), row("r", "deal.txt"))["sources"] == 2, "no web address"
    assert folded(row("r", URL))["sources"] == 1


def test_a_row_that_cites_two_articles_adds_nothing_to_them() -> None:
    other = lease("b", url="https://f.org/x")
    assert folded(lease("a", url=URL), other, row("r", URL, "https://f.org/x"))["sources"] == 2
    assert folded(lease("a", url=URL), other, row("r", URL))["sources"] == 2


def test_another_row_of_the_table_that_cites_nothing_stands_for_the_table() -> None:
    assert folded(lease("a", url=URL), row("r", URL), row("s"))["sources"] == 2


def test_what_a_row_rests_on_may_be_disputed_by_it() -> None:
    edge = folded(lease("a", url=URL, capacity_mw=300), row("r", URL, capacity_mw=900))
    assert (edge["sources"], edge["disputed"]) == (1, True)


def test_a_value_that_a_row_repeats_has_no_more_support_for_it() -> None:
    told = [lease("a", url=URL, capacity_mw=900), row("r", URL, capacity_mw=900)]
    told += [lease("b", capacity_mw=300), lease("c", capacity_mw=300)]
    assert folded(*told, row("s", URL, capacity_mw=900))["capacity_mw"] == 300


@pytest.mark.parametrize(
    "cited",
    [f"{URL}/", "http://www.E.org/deal", f"{URL}#part-2", f"{URL}?utm_source=x&utm_medium=y", f" {URL} "],
)
def test_one_page_is_cited_in_many_ways(cited: str) -> None:
    assert folded(lease("a", url=URL), row("r", cited))["sources"] == 1


@pytest.mark.parametrize("cited", [f"{URL}?id=2", "https://e.org/Deal", "https://e.org", "https://[", "deal"])
def test_another_page_is_another_page(cited: str) -> None:
    assert folded(lease("a", url=URL), row("r", cited))["sources"] == 2


URLS = st.lists(st.sampled_from([URL, "https://f.org/x", "https://g.org/y"]), max_size=2)
SOURCES = st.lists(st.builds(Source, st.uuids().map(str), st.sampled_from("abcd"), URLS, URLS), max_size=6)


@given(SOURCES)
def test_citations_make_no_source_of_nothing_and_never_take_the_last(told: list[Source]) -> None:
    counted = independent(told)
    assert set(counted) == {item.claim for item in told}
    assert set(counted.values()) <= {item.origin for item in told}
    assert all(counted[item.claim] == item.origin for item in told if not item.citations)


@given(SOURCES, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(told: list[Source], chance: Any) -> None:
    mixed = list(told)
    chance.shuffle(mixed)
    assert independent(mixed) == independent(told)
