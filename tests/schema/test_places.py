"""The place gazetteer: the towns that deals name, what "near" excludes, and the file's own order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import resources
from kg.schema.places import KINDS, find, key, known

FILE = resources.folder("ontology") / "places" / "places.tsv"
TEXT = FILE.read_bytes()


def line_at(offset: int) -> list[str]:
    start = TEXT.rfind(b"\n", 0, offset) + 1
    return TEXT[start : TEXT.index(b"\n", start)].decode().split("\t")


@pytest.mark.parametrize(
    ("name", "near", "region", "country"),
    [
        ("Abilene", None, "Texas", "United States"),
        ("Abilene", "Texas", "Texas", "United States"),
        ("Abilene", "TX", "Texas", "United States"),
        ("Abilene", "Kan.", "Kansas", "United States"),
        ("New Carlisle", "Indiana", "Indiana", "United States"),
        ("Lordstown", "Ohio, U.S.", "Ohio", "United States"),
        ("Ellendale", "N.D.", "North Dakota", "United States"),
        ("Mt. Pleasant", "Wis.", "Wisconsin", "United States"),
        ("Paris", "Texas", "Texas", "United States"),
        ("Holly Ridge", "Louisiana", "Louisiana", "United States"),
        ("Shackelford County", "Texas", "Texas", "United States"),
        ("Memphis", "Shelby County", "Tennessee", "United States"),
        ("Northern Virginia", None, "Virginia", "United States"),
        ("London", "Ontario", "Ontario", "Canada"),
        ("Loughton", "Essex, England", "England", "United Kingdom"),
        ("Narvik", "Norway", "Nordland", "Norway"),
        ("Tromso", None, "Troms", "Norway"),
        ("Johor Bahru", None, "Johor", "Malaysia"),
        ("Cologne", None, "North Rhine-Westphalia", "Germany"),
        ("Vizag", None, "Andhra Pradesh", "India"),
        ("Doha", None, "", "Qatar"),
        ("Texas", None, "", "United States"),
        ("UAE", None, "", "United Arab Emirates"),
        ("Singapore", None, "", "Singapore"),
        ("Europe", None, "", ""),
    ],
)
def test_the_place_meant_comes_first(name: str, near: str | None, region: str, country: str) -> None:
    assert known(name)
    place = find(name, near)[0]
    assert (place.region, place.country) == (region, country)


def test_only_places_inside_what_is_near_are_returned() -> None:
    assert {place.region for place in find("Springfield", "Ill.")} == {"Illinois"}
    assert find("Lordstown", "Texas") == []


def test_an_unknown_near_is_ignored() -> None:
    assert find("Abilene", "Nowhereshire") == find("Abilene")


def test_short_forms_of_countries_count_in_capitals_only() -> None:
    assert find("US")[0].kind == "country"
    assert all(place.kind != "country" for place in find("us"))


def test_a_state_is_a_region_before_a_country_of_its_name() -> None:
    assert [place.kind for place in find("Georgia")[:2]] == ["region", "country"]


def test_ids_are_those_of_geonames() -> None:
    assert find("Abilene", "Texas")[0].id == "place:geonames-4669635"
    assert find("Texas")[0].id == "place:geonames-4736286"


@given(st.integers(0, len(TEXT) - 1))
def test_every_line_is_found_by_its_key(offset: int) -> None:
    word, name, kind, country, _, population, number = line_at(offset)
    if word[0] in "~=" or "." in word:
        return
    found = {place.id: place for place in find(word)}
    place = found[f"place:geonames-{number}" if number.isdecimal() else f"place:{number}"]
    assert place.name == (name or word.title())
    assert place.kind == KINDS[kind]
    assert bool(place.country) == bool(country)
    assert place.population == int(population or 0)
    assert known(word)


@given(st.integers(0, len(TEXT) - 1), st.integers(0, len(TEXT) - 1))
def test_the_file_is_sorted(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert line_at(low)[0].encode() <= line_at(high)[0].encode()


@given(st.text())
def test_any_text_may_be_asked(name: str) -> None:
    assert known(name) == bool(find(name))
    assert key(key(name)) == key(name)


@given(st.text(max_size=20))
def test_near_only_takes_away(near: str) -> None:
    everywhere = find("Mount Pleasant")
    assert [place for place in everywhere if place in find("Mount Pleasant", near)] == find("Mount Pleasant", near)
