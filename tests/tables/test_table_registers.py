"""What all registers share: records as rows, who is wanted, seats in places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.ids import fold, name_key
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.schema.registry import registry
from kg.tables.record import listing, mapping
from kg.tables.seat import seat
from kg.tables.wanted import Wanted, left_out, wanted

KNOWN = [known for known in registry() if known.type == "Company"]


@pytest.mark.parametrize("known", KNOWN[::40], ids=lambda known: known.id)
def test_companies_of_the_registry_are_wanted_by_id_and_by_every_sure_name(known: object) -> None:
    only = Wanted((), "lei")
    for scheme, value in known.external.items():  # type: ignore[attr-defined]
        assert only.by_id(f"{scheme}:{value}")
    for name in known.names:  # type: ignore[attr-defined]
        if name not in known.ambiguous:  # type: ignore[attr-defined]
            assert only.by_name(name)
            assert only.by_name(name.upper())


@given(st.sampled_from(KNOWN).flatmap(lambda known: st.sampled_from(known.names)) | st.text(max_size=30))
def test_the_look_at_first_letters_passes_over_nobody_who_is_wanted(name: str) -> None:
    only = Wanted(["Étoile Compute", "Q1"], "lei")
    assert only.by_name(name) is (name_key(name) in only._keys or fold(name) in only._exact)


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("0001045810", "cik:1045810"),
        ("cik:1045810", "cik:1045810"),
        ("549300LBI3LRIZ2V8V66", "lei:549300LBI3LRIZ2V8V66"),
        ("549300lbi3lriz2v8v66", "lei:549300LBI3LRIZ2V8V66"),
        ("q42", "wikidata:Q42"),
        (" lei:549300LBI3LRIZ2V8V66 ", "lei:549300LBI3LRIZ2V8V66"),
    ],
)
def test_ids_may_be_asked_for_bare(asked: str, id_: str) -> None:
    assert Wanted([asked], "cik").by_id(id_)
    assert not Wanted(["", "Halcyra"], "cik").by_id("wikidata:Q42")


def test_who_has_an_id_of_the_register_is_not_looked_for_by_name() -> None:
    assert Wanted((), "lei").by_name("NVIDIA CORP")
    assert not Wanted((), "cik").by_name("NVIDIA CORP")
    assert Wanted((), "cik").by_id("cik:1045810")
    assert Wanted(("Nvidia",), "cik").by_name("NVIDIA CORP")


def test_names_may_be_asked_for_without_their_legal_form() -> None:
    only = wanted(Raw("f", b"", "2026-05-08T00:00:00Z", wanted=("Étoile Compute SA",)), "lei")
    assert only.by_name("ETOILE COMPUTE")
    assert not only.by_name("Etoile Computing")
    assert wanted(Raw("f", b"", "2026-05-08T00:00:00Z", wanted=("*",)), "lei").by_name("anybody")
    assert "--want" in left_out(1, 2, "rows")


@pytest.mark.parametrize(
    ("town", "region", "country", "place"),
    [
        ("SANTA CLARA", "CA", "", "place:geonames-5393015"),
        ("BOSTON", "US-MA", "US", "place:geonames-4930956"),
        ("KARLSRUHE", "", "DE", "place:geonames-2892794"),
        ("Veldhoven", "NL-NB", "NL", "place:geonames-2745706"),
        ("LONDON", "X0", "United Kingdom", "place:geonames-2643743"),
        ("Beijing", "CN-BJ", "CN", "place:geonames-1816670"),
        ("Nowhere at all", "CA", "US", None),
        ("Boston", "", "FR", None),
        ("London", "A6", "", None),
        ("London", "", "", None),
    ],
)
def test_seats_are_towns_within_their_region_and_country(
    town: str, region: str, country: str, place: str | None
) -> None:
    found = seat(town, region, country)
    assert found is not None
    assert (found.name, found.type, found.id) == (town, "Place", place)


def test_no_town_is_no_seat() -> None:
    assert seat("", "CA", "US") is None


def test_shapes_are_checked_with_their_place() -> None:
    assert mapping(None, "f: a") == mapping([], "f: a") == {}
    assert mapping({"x": 1}, "f: a") == {"x": 1}
    assert listing(None, "f: a") == []
    for check, wrong in ((mapping, [1]), (mapping, 0), (listing, {}), (listing, "x")):
        with pytest.raises(InputError, match=r"^f: a: not a JSON (?:object|list), as it should be$"):
            check(wrong, "f: a")
