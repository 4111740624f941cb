"""Stretches that may hold names, within which names are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.grammar.tokens import tokenize
from kg.extract.naming.runs import runs


def found(text: str) -> list[str]:
    """Return the runs of a text that no list knows."""
    tokens = tokenize(text, 0, len(text))
    return [text[tokens[run.first].start : tokens[run.last].end] for run in runs(tokens, [], shouting=False)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It stands in Bruyères-le-Châtel, near Paris.", ["Bruyères-le-Châtel", "Paris"]),
        ("The hall at Stratford-upon-Avon is full.", ["Stratford-upon-Avon"]),
        ("A Houston-to-Dallas line by a Gorse-backed firm.", ["Houston", "Dallas", "Gorse"]),
        ("Gorse - an Ash - and Birch", ["Gorse", "Ash", "Birch"]),
        ("The end of Gorse-le", ["Gorse"]),
    ],
)
def test_hyphens_join_a_name_over_a_small_word(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


@given(st.lists(st.sampled_from(["Gorse", "-", "-le-", " ", " and ", "leases", "AI", "3", ".", "campus"])).map("".join))
def test_runs_follow_each_other_and_begin_with_no_small_word(text: str) -> None:
    tokens = tokenize(text, 0, len(text))
    ends = -1
    for run in runs(tokens, [], shouting=False):
        assert ends < run.first <= run.last < len(tokens)
        assert tokens[run.first].text not in ("-", "le", "and", "leases", "campus", ".")
        ends = run.last
