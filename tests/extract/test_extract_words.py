"""Offices, shares, roles and signs of status, as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.facts.roles import ROLES, roles
from kg.extract.facts.signs import find, signs
from kg.extract.values.shares import shares
from kg.extract.values.titles import titles
from tests.extract.extract_grammar import parse


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("said chief executive Ines Farrow", "chief executive"),
        ("its chief financial officer, Ines", "chief financial officer"),
        ("the CEO of it", "CEO"),
        ("co-founder and chief executive", "co-founder and chief executive"),
        ("she was head of silicon at it", "head of silicon"),
        ("Executive Vice President, Power.", "Executive Vice President, Power"),
        ("founders Ines Farrow and Tomas Reyl", "founder"),
        ("a vice president of hardware at it", "vice president of hardware"),
        ("finance director until then", "finance director"),
    ],
)
def test_offices(text: str, title: str) -> None:
    assert [found for _, _, found in titles(text, 0, len(text))] == [title]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("half of the business", 50),
        ("a fifth of its shares", 20),
        ("three quarters of it", 75),
        ("a wholly owned subsidiary", 100),
        ("the equal joint venture of both", 50),
        ("another third of the stock", 33),
    ],
)
def test_shares(text: str, share: float) -> None:
    assert [found for _, _, found in shares(text, 0, len(text))] == [share]


@pytest.mark.parametrize("text", ["the third hall", "in the first half of 2026", "the third quarter", "half a year"])
def test_ordinals_and_times_are_no_shares(text: str) -> None:
    assert list(shares(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Tarn Cloud, a GPU cloud provider, grows.", "neocloud"),
        ("The chipmaker grows.", "chip_designer"),
        ("Alder Electric, the local utility, grows.", "utility"),
        ("Moorhen Capital is a private equity firm.", "investor"),
        ("Bramble Labs, an AI startup, grows.", "ai_lab"),
        ("Larkfield, a developer of data centers, grows.", "developer"),
        ("It is a contract chipmaker.", "foundry"),
        ("AI companies such as Bramble Labs and Teasel grow.", "ai_lab"),
        ("GPU rental companies like Tarn Cloud grow.", "neocloud"),
        ("Tarn Cloud buys chips, mostly from manufacturers like Wick Silicon.", "chip_designer"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert [found for _, _, found, _ in roles(parse(text))] == [role]


def test_who_sells_chips_need_not_design_them() -> None:
    assert not list(roles(parse("Tarn Cloud buys GPUs from suppliers and resellers like Dell.")))


def test_signs_stand_for_their_inflections() -> None:
    parsed = parse("Tarn Cloud cancelled the lease and formerly used to rent Gorse Field.")
    said = {name for name, places in zip(signs()[0], find(parsed.items), strict=True) if places}
    assert {"cancelled", "former"} <= said


@given(st.text(max_size=200))
def test_spans_lie_within_the_text(text: str) -> None:
    for start, end, _ in [*titles(text, 0, len(text)), *shares(text, 0, len(text))]:
        assert 0 <= start < end <= len(text)


def test_every_role_has_words() -> None:
    text = "A neocloud, a foundry, a chipmaker, a lab, a hyperscaler, a utility, a fund and a developer met."
    assert {role for _, _, role, _ in roles(parse(text))} == set(ROLES)


@pytest.mark.parametrize("piece", ["chief ", "head of ", "vice ", "founder and ", "a ", "AI lab "])
def test_long_runs_of_words_take_no_time(piece: str) -> None:
    text = piece * 3000
    assert all(end <= len(text) for _, end, _ in titles(text, 0, len(text)))
