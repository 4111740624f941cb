"""Folding: each rule of how claims make an edge, with an example; and what holds of any claims."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import say

from kg.core.claim import STATUSES, Quantity
from kg.graph.fold import View, fold
from kg.graph.resolved import ResolvedClaim

BILLION = 10**9


def lease(paper: str, **said: Any) -> ResolvedClaim:
    return say("Anthropic", "LEASES_FROM", "xAI", paper=paper, **said)


def folded(*claims: ResolvedClaim, **view: Any) -> dict[str, Any]:
    found = fold(claims, View(**view))
    assert found is not None
    return found


def test_the_strongest_status_counts() -> None:
    edge = folded(lease("a", status="speculative"), lease("b", status="reported"), lease("c", status="planned"))
    assert (edge["status"], edge["current"], edge["disputed"]) == ("reported", True, False)


def test_what_is_only_denied_makes_no_edge() -> None:
    assert (
        fold([lease("a", status="ended", ended_as="denied"), lease("b", status="ended", ended_as="declined")]) is None
    )


def test_a_denial_disputes_what_others_say() -> None:
    edge = folded(lease("a"), lease("b", status="ended", ended_as="denied"))
    assert (edge["status"], edge["disputed"], edge["sources"]) == ("asserted", True, 1)
    assert len(edge["claims"]) == 2, "the denial is shown"


def test_a_later_termination_ends_it() -> None:
    over = lease("b", status="ended", ended_as="terminated", published="2026-09-01")
    edge = folded(lease("a", stage="signed"), over)
    assert (edge["status"], edge["stage"], edge["current"], edge["disputed"]) == ("ended", "ended", False, False)


def test_an_earlier_termination_does_not() -> None:
    over = lease("b", status="ended", ended_as="terminated", published="2025-01-01")
    edge = folded(lease("a"), over)
    assert (edge["status"], edge["current"], edge["disputed"]) == ("asserted", True, False)


@pytest.mark.parametrize("published", [None, "2026", "2026-05", "2026-05-07"])
def test_a_conflict_that_time_does_not_settle_is_a_dispute(published: str | None) -> None:
    edge = folded(lease("a"), lease("b", status="ended", ended_as="terminated", published=published))
    assert (edge["current"], edge["disputed"]) == (True, True)


def test_plans_after_an_end_are_plans() -> None:
    edge = folded(
        lease("a", published="2024"),
        lease("b", status="ended", ended_as="terminated", published="2025-06"),
        lease("c", status="planned", published="2026-05-07"),
    )
    assert (edge["status"], edge["current"]) == ("planned", True)


def test_copies_of_one_story_are_one_source_and_the_registry_is_none() -> None:
    edge = folded(
        lease("a", origin="wire"),
        lease("b", origin="wire"),
        lease("c"),
        lease("known", kind="registry", origin="known"),
    )
    assert edge["sources"] == 2
    assert edge["kinds"] == ["news", "registry"]
    assert folded(lease("known", kind="registry"))["sources"] == 0


def test_confidence_grows_with_independent_origins_only() -> None:
    assert folded(lease("a", confidence=0.8))["confidence"] == pytest.approx(0.8)
    assert folded(lease("a", confidence=0.8), lease("b", confidence=0.5))["confidence"] == pytest.approx(0.9)
    copies = [lease(name, confidence=0.8, origin="wire") for name in "ab"]
    assert folded(*copies)["confidence"] == pytest.approx(0.8)


def test_the_value_of_most_independent_sources_leads_and_the_others_dispute_it() -> None:
    edge = folded(
        lease("a", capacity_mw=300),
        lease("b", capacity_mw=305),
        lease("c", capacity_mw=900, published="2026-06-30"),
    )
    assert edge["capacity_mw"] in (300.0, 305.0)
    assert edge["disputed"] is True, "the newest does not win by being newest"


def test_bounds_admit_each_other() -> None:
    bounds = {"value_usd": Quantity("up to $12 billion", max=12 * BILLION, unit="USD")}
    edge = folded(lease("a", value_usd=12 * BILLION, bounds=bounds), lease("b", value_usd=11.9 * BILLION))
    assert edge["disputed"] is False
    alone = folded(lease("a", value_usd=12 * BILLION, bounds=bounds))
    assert (alone["value_usd"], alone["value_bound"]) == (12 * BILLION, "up to")


def test_a_row_of_several_editions_was_first_told_in_the_earliest() -> None:
    edge = folded(lease("2026.csv", row="7", first="2024-01", published="2026-05"))
    assert (edge["first_reported"], edge["last_reported"], edge["sources"]) == ("2024-01", "2026-05", 1)
    assert folded(lease("2026.csv", row="7", first="2024-01", published="2026-05"), as_of="2025")["sources"] == 1


def test_views_filter_claims_before_anything_is_counted() -> None:
    told = [
        lease("a", published="2026-01-05", recorded="2026-01-06T00:00:00Z"),
        lease("b", published="2026-05-07", recorded="2026-05-08T00:00:00Z", status="ended", ended_as="terminated"),
        lease("c", published="2026-02-01", recorded="2026-08-01T00:00:00Z", kind="filing"),
    ]
    assert folded(*told)["status"] == "ended"
    assert folded(*told, as_of="2026-03")["status"] == "asserted"
    assert folded(*told, known_by="2026-02")["claims"] == [told[0].id]
    assert folded(*told, kinds=["filing"])["claims"] == [told[2].id]
    assert fold(told, View(min_sources=4)) is None
    assert fold(told, View(statuses=["asserted"])) is None, "it has ended"
    assert folded(*told, statuses=["ended"])["status"] == "ended"
    assert fold(told, View(as_of="2025")) is None


# --- whatever is said


@st.composite
def claims(draw: st.DrawFn) -> ResolvedClaim:
    status = draw(st.sampled_from(STATUSES))
    return lease(
        draw(st.sampled_from("abcdef")),
        origin=draw(st.sampled_from([None, "wire"])),
        kind=draw(st.sampled_from(["news", "filing", "registry"])),
        status=status,
        ended_as=draw(st.sampled_from(["denied", "terminated", None])) if status == "ended" else None,
        published=draw(st.sampled_from([None, "2024", "2025-03", "2026-05-07"])),
        confidence=draw(st.sampled_from([0.1, 0.5, 0.9])),
        capacity_mw=draw(st.sampled_from([300, 310, 900])),
    )


CLAIMS = st.lists(claims(), min_size=1, max_size=7).map(lambda told: list({c.id: c for c in told}.values()))


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(told: list[ResolvedClaim], chance: random.Random) -> None:
    assert fold(chance.sample(told, len(told))) == fold(told)


@given(CLAIMS)
def test_an_edge_says_what_its_claims_say(told: list[ResolvedClaim]) -> None:
    edge: dict[str, Any] | None = fold(told)
    affirmed = [c for c in told if c.claim.status != "ended" or c.claim.ended_as != "denied"]
    assert (edge is None) == (not affirmed)
    if edge:
        assert edge["claims"] == sorted(c.id for c in told)
        assert edge["sources"] <= len({c.origin for c in told if c.is_news})
        assert edge["status"] in {c.claim.status for c in told}
        assert edge["current"] == (edge["status"] != "ended")
        assert edge["capacity_mw"] in {float(c.claim.qualifiers["capacity_mw"]) for c in told}
        assert 0 < edge["confidence"] <= 1


@given(CLAIMS, claims())
def test_another_copy_of_a_story_adds_no_source(told: list[ResolvedClaim], copy: ResolvedClaim) -> None:
    if copy.id in {c.id for c in told} or copy.claim.status == "ended":
        return
    before, after = fold(told), fold([*told, copy])
    assert after is not None
    if (
        before
        and before["current"]
        and copy.origin in {c.origin for c in told if c.claim.status != "ended" and c.is_news}
    ):
        assert after["sources"] == before["sources"]


@given(CLAIMS, st.sampled_from(["2024", "2025-12", "2026-12"]))
def test_a_view_is_the_fold_of_what_it_admits(told: list[ResolvedClaim], day: str) -> None:
    view = View(as_of=day)
    assert fold(told, view) == fold([c for c in told if view.admits(c)])
