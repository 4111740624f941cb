"""Quantities: values, units and bounds as texts word them; spans slice back; hostile text takes no time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values.quantities import Amount, amounts


def read(text: str) -> list[Amount]:
    return list(amounts(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("300 MW", "power", 300, 300),
        ("a 1.2-gigawatt site", "power", 1200, 1200),
        ("half a gigawatt", "power", 500, 500),
        ("up to 300 MW", "power", None, 300),
        ("at least 300 megawatts", "power", 300, None),
        ("250MW or more", "power", 250, None),
        ("100 to 150 MW", "power", 100, 150),
        ("between 100 and 150 MW", "power", 100, 150),
        ("$1.5 billion", "money", 1.5e9, 1.5e9),
        ("half a billion dollars", "money", 5e8, 5e8),
        ("US$2bn", "money", 2e9, 2e9),
        ("as much as $14.2 billion", "money", None, 1.42e10),
        ("more than $25bn", "money", 2.5e10, None),
        ("$3-4 billion", "money", 3e9, 4e9),
        ("two decades", "term", 20, 20),
        ("an 18-month lease", "term", 1.5, 1.5),
        ("within 18 months", "term", None, 1.5),
        ("over five years", "term", 5, 5),
        ("8%", "percent", 8, 8),
        ("49 per cent", "percent", 49, 49),
        ("4,096 H200s", "count", 4096, 4096),
        ("three hundred and sixty servers", "count", 360, 360),
        ("nearly 100,000 GPUs", "count", 100000, 100000),
    ],
)
def test_values_units_and_bounds(text: str, kind: str, low: float | None, high: float | None) -> None:
    (amount,) = read(text)
    assert amount.kind == kind
    assert amount.low == pytest.approx(low) if low is not None else amount.low is None
    assert amount.high == pytest.approx(high) if high is not None else amount.high is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("€2.1 billion", "EUR"), ("NT$26 billion", "TWD"), ("30 million Canadian dollars", "CAD"),
        ("RMB 400 million", "CNY"), ("Rs 1.25 lakh crore", "INR"), ("60 million US dollars", "USD"),
    ],
)  # fmt: skip
def test_currencies(text: str, currency: str) -> None:
    assert [a.currency for a in read(text)] == [currency]


def test_a_word_that_ends_like_a_bound_is_none() -> None:
    (amount,) = read("PNC has lent Wendover $500 million")
    assert (amount.low, amount.high) == (5e8, 5e8)


def test_what_a_price_is_per_is_kept() -> None:
    (amount,) = read("$2.05 per GPU hour")
    assert amount.per == "gpu"


def test_a_list_of_two_amounts_is_no_range() -> None:
    assert [a.value for a in read("48 MW and 36 MW")] == [48, 36]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$3 billion and 300 MW", [(3e9, 3e9), (300, 300)]),
        ("$10 billion and 2 years", [(1e10, 1e10), (2, 2)]),
        ("$300 billion and $38 billion", [(3e11, 3e11), (3.8e10, 3.8e10)]),
        ("$1.5 billion or 10%", [(1.5e9, 1.5e9), (10, 10)]),
        ("$17.4 billion to 5 customers", [(1.74e10, 1.74e10), (5, 5)]),
        ("between $3 billion and $5 billion", [(3e9, 5e9)]),
        ("$3 billion to $5 billion", [(3e9, 5e9)]),
        ("$3 billion or $4 billion", [(3e9, 4e9)]),
        ("$2 to 3 billion", [(2e9, 3e9)]),
        ("$2-3 billion", [(2e9, 3e9)]),
        ("$300-400 a unit", [(300, 400)]),
    ],
)
def test_money_ends_where_another_number_begins(text: str, values: list[tuple[float, float]]) -> None:
    assert [(a.low, a.high) for a in read(text)] == values


def test_the_words_behind_an_amount_are_those_of_its_own_segment() -> None:
    text = "It has 300 MW\n\nPlus, the second hall is full."
    (amount,) = amounts(text, 0, text.index("\n"))
    assert (amount.low, amount.high, text[amount.start : amount.end]) == (300, 300, "300 MW")


def test_the_value_of_a_bound_is_its_number() -> None:
    assert [a.value for a in read("up to 300 MW, at least 200 MW")] == [300, 200]


@given(
    st.integers(1, 999_999),
    st.sampled_from(["MW", "GW", "%", "years", "billion dollars", "GPUs"]),
    st.text(max_size=20),
)
def test_spans_slice_back_and_commas_do_not_matter(number: int, unit: str, before: str) -> None:
    text = f"{before} has {number:,} {unit} there"
    found = [a for a in read(text) if f"{number:,}" in text[a.start : a.end]]
    plain = [
        a
        for a in read(f"{before} has {number} {unit} there")
        if str(number) in f"{before} has {number} {unit}"[a.start : a.end]
    ]
    assert [a.value for a in found][-1:] == [a.value for a in plain][-1:]
    for amount in read(text):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.quantity(text).text == text[amount.start : amount.end]


@given(st.text(alphabet="0123456789.,-$%€ MWGkbntoa", max_size=200))
def test_spans_never_overlap_and_bounds_are_in_order(text: str) -> None:
    found = read(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(a.low <= a.high for a in found if a.low is not None and a.high is not None)


@pytest.mark.parametrize(
    "piece", ["9", "1,", "1-", "one ", "$", "1.1 ", "half a ", "more than ", "1 to ", "hundred and "]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert read(piece * 20_000 + "; then 300 MW")[-1].value == 300
