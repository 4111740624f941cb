"""The extractor as a whole: evidence that slices back, the same claims each time, and reasons for what is dropped."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.extract.extractor import CUT, Extractor

SAMPLE = [str(path) for path in sorted((Path(__file__).parents[2] / "kg" / "sample").glob("*.txt"))]

TEXT = """# Tarn Cloud fills its last hall

LEEDS - Tarn Cloud, a neocloud based in Leeds, said on Monday that it has leased 60 megawatts at Gorse Field from
Harrow Digital for 12 years. The company will install 20,000 Nvidia B200 chips there. Harrow Digital denied that it
has sold Gorse Field to Microsoft.
"""


@cache
def claims_of(text: str, cut: float | None = None) -> tuple[Claim, ...]:
    return Extractor(min_confidence=cut).extract(Document(text, "a.txt")).claims


def said(text: str, cut: float | None = None) -> set[tuple[str, str, str]]:
    return {(c.subject.name, c.predicate, c.object.name) for c in claims_of(text, cut) if c.object}


def test_a_plain_story_is_read() -> None:
    assert {
        ("Tarn Cloud", "LEASES_FROM", "Harrow Digital"),
        ("Tarn Cloud", "LEASES", "Gorse Field"),
        ("Tarn Cloud", "LOCATED_IN", "Leeds"),
        ("Nvidia", "DESIGNS", "B200"),
    } <= said(TEXT)


def test_who_only_reports_is_no_party() -> None:
    """At a cut of nothing at all, so that it is the grammar that keeps the outlet out."""
    text = "According to a count in Reuters's analysis, Tarn Cloud has leased Gorse Field from Harrow Digital.\n"
    found = said(text, 0.0)
    assert ("Tarn Cloud", "LEASES_FROM", "Harrow Digital") in found
    assert not [claim for claim in found if "Reuters" in claim]


def test_qualifiers_come_with_their_fact() -> None:
    lease = next(c for c in claims_of(TEXT) if c.predicate == "LEASES_FROM")
    assert lease.qualifiers["capacity_mw"] == 60
    assert lease.qualifiers["term_years"] == 12


def test_the_same_text_gives_the_same_claims() -> None:
    assert Extractor().extract(Document(TEXT, "a.txt")).claims == claims_of(TEXT)


@pytest.mark.parametrize("name", sorted(p.name for p in (resources.folder("sample")).glob("*.txt"))[:6])
def test_evidence_slices_back(name: str) -> None:
    text = (resources.folder("sample") / name).read_text(encoding="utf-8")
    claims = claims_of(text)
    assert claims
    for claim in claims:
        for shown in (claim.evidence, *claim.also):
            assert shown.text == text[shown.start : shown.end]


def test_a_higher_cut_gives_fewer_of_the_same_claims() -> None:
    assert said(TEXT, 0.8) <= said(TEXT, 0.5) <= said(TEXT, 0.2)
    assert all(c.confidence >= 0.8 for c in claims_of(TEXT, 0.8))


def test_what_is_dropped_has_its_reason() -> None:
    examined = Extractor().examine(Document(TEXT, "a.txt"))
    relations = [e for e in examined if e.claim.object is not None]
    assert {e.reason is None for e in relations} == {True, False}
    for e in relations:
        assert (e.reason is None) == (e.claim.confidence >= CUT)


def test_an_explanation_points_into_the_text() -> None:
    lease = next(
        e for e in Extractor().examine(Document(TEXT, "a.txt")) if e.claim.predicate == "LEASES_FROM" and not e.reason
    )
    trigger, subject = lease.explanation["trigger"], lease.explanation["subject"]
    assert trigger["text"] == TEXT[trigger["start"] : trigger["end"]] == "leased"
    assert subject["text"] == TEXT[subject["start"] : subject["end"]]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*TEXT.split(), "\n\n", "\n* ", " | ", "“", "”", "(", ")", "\x00", "é", "１２", "𝒳", "—", "$", "GW"]
        ),
        max_size=60,
    )
)
def test_whatever_the_text_offsets_slice_back(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_of(text, 0.1):
        assert claim.evidence.text == text[claim.evidence.start : claim.evidence.end]
        assert 0 <= claim.confidence <= 1


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "|||", "* ", "# ", "….,;", "a" * 5000, "1" * 5000, "(" * 2000, "A. " * 800]
)
def test_texts_without_claims_have_none(text: str) -> None:
    assert claims_of(text) == ()


def test_claims_are_the_same_whatever_order_sets_come_in() -> None:
    """Python orders the sets of each process by a seed of its own."""
    found = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kg", "extract", "--min-confidence", "0.05", "--jobs", "1", *SAMPLE]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        found.append(done.stdout)
    assert found[0] == found[1] != b""
