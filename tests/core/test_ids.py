"""Ids: the same content has the same id, whatever spelling of a name a document happens to use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.ids import LENGTH, digest, name_key, name_words, slug

LEGAL = ("Inc", "Inc.", "Corp.", "Holdings", "Group Ltd", "Co., Ltd.", "N.V.", "S.A.", "GmbH", "plc", "Holdings, Inc.")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part),
)


@given(st.lists(JSON))
def test_a_digest_depends_on_content_alone(parts: list[object]) -> None:
    assert digest(*parts) == digest(*parts)
    assert len(digest(*parts)) == LENGTH
    assert digest(*parts, "more") != digest(*parts)


def test_the_order_of_keys_does_not_count_and_that_of_parts_does() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest("a", "b") != digest("b", "a")


@pytest.mark.parametrize("form", LEGAL)
def test_a_legal_form_at_the_end_does_not_tell_companies_apart(form: str) -> None:
    assert name_key(f"Core Scientific {form}") == name_key("core scientific")
    assert slug(f"Core Scientific, {form}") == "core-scientific"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Société Générale", "societegenerale"),
        ("CoreWeave’s", "coreweave"),
        ("Group 1 Automotive", "group1automotive"),  # a legal form elsewhere is part of the name
        ("SE Ranking", "seranking"),
        ("Holdings", "holdings"),  # and so is a name of nothing else
        ("Limited Group", "limited"),
        ("J.P. Morgan", "jpmorgan"),
        ("***", "***"),
    ],
)
def test_keys_of_names(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text(min_size=1))
def test_names_with_one_slug_have_one_key(name: str) -> None:
    """So entities of one type that are told apart by their names' keys never share an id."""
    words = name_words(name)
    if words:
        assert slug(name) == "-".join(words)
        assert slug(name).replace("-", "") == name_key(name)
    else:
        assert slug(name) == digest(name)
