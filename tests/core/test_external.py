"""Ids of registers: one way to write each."""

import pytest

from kg.core.external import external_id, is_bare_id, is_external


@pytest.mark.parametrize(
    ("scheme", "value", "written"),
    [
        ("cik", "0001769628", "cik:1769628"),
        ("cik", "1769628", "cik:1769628"),
        ("lei", " 5493001kjtiigc8y1r12 ", "lei:5493001KJTIIGC8Y1R12"),
        ("wikidata", "q42", "wikidata:Q42"),
    ],
)
def test_spellings_of_one_id_are_one(scheme: str, value: str, written: str) -> None:
    assert external_id(scheme, value) == written
    assert is_external(written)


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("cik", "0"), ("cik", "x"), ("lei", "5493001KJTIIGC8Y1R"), ("wikidata", "42"), ("ticker", "X")],
)
def test_what_is_no_id_is_refused(scheme: str, value: str) -> None:
    with pytest.raises(ValueError, match="is no id of"):
        external_id(scheme, value)
    assert not is_external(f"{scheme}:{value}")


@pytest.mark.parametrize("text", ["cik:0001769628", "company:xai", "place:geonames-4641239", "wikidata:q42", ""])
def test_other_ids_are_not_external(text: str) -> None:
    assert not is_external(text)


@pytest.mark.parametrize(
    ("name", "is_id"),
    [
        ("549300LBI3LRIZ2V8V66", True),
        ("Q42", True),
        ("CIK 1045810", True),
        ("Q", False),
        ("Quadric", False),
        ("1789", False),
        ("01.AI", False),
        ("549300LBI3LRIZ2V8V66 Holdings", False),
    ],
)
def test_names_that_are_nothing_but_ids(name: str, is_id: bool) -> None:
    assert is_bare_id(name) is is_id
