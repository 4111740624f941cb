"""Identity: ids join before names do, two ids of one register never become one entity, and order does not matter."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence
from kg.resolve.identity import Partition, partition
from kg.resolve.resolver import REGISTERED, Resolver
from kg.resolve.ties import Tie, ties_of
from kg.schema.registry import Known, Registry

LEI, LEI2, CIK, CIK2 = (
    f"company@{text}" for text in ("lei:AAAAAAAAAAAAAAAAAA01", "lei:BBBBBBBBBBBBBBBBBB02", "cik:1", "cik:2")
)
FOO, BAR = "company=foo", "company=bar"
XAI = Known("company:xai", "Company", "xAI", ("X.AI",), external={"cik": "77"})
TITAN = [Known(f"company:titan-{n}", "Company", "Titan") for n in "ab"]
REGISTRY = Registry(
    {known.id: known for known in [XAI, *TITAN]},
    {"xai": ["company:xai"], "titan": ["company:titan-a", "company:titan-b"]},
    "test",
)
RESOLVER = Resolver(REGISTRY)


def divide(*ties: Tie) -> Partition:
    return partition(ties, RESOLVER.ids, len)


def groups(found: Partition) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for referent, key in found.cluster.items():
        members.setdefault(key, set()).add(referent)
    return {frozenset(group) for group in members.values()}


def by_name(name: str, other: str) -> Tie:
    return Tie("name", name, other)


def by_id(one: str, other: str) -> Tie:
    return Tie("id", *sorted((one, other)))


def claim(name: EntityName, predicate: str = "role", value: str = "neocloud") -> Claim:
    return Claim("a", "doc:a", name, predicate, Evidence("x", locator="row 1"), value=value)


# --- what a name refers to


@pytest.mark.parametrize(
    ("name", "referent"),
    [
        (EntityName("xAI", "Company"), "company:xai"),
        (EntityName("X.AI Corp.", "Company"), "company:xai"),
        (EntityName("xAI", "Model"), "model=xai"),
        (EntityName("Titan", "Company"), "company=titan"),  # two entries have that name
        (EntityName("Titan", "Company", "company:titan-b"), "company:titan-b"),  # the extractor saw which
        (EntityName("Titan", "Company", "company:gone"), "company=titan"),  # the registry has it no more
        (EntityName("Foo Holdings, Inc.", "Company"), "company=foo"),
        (EntityName("Foo", "Company", "cik:1"), CIK),
        (EntityName("Whoever", "Company", "cik:77"), "company:xai"),  # the register's id before the name
        (EntityName("Memphis", "Place", "place:geonames-4641239"), "place:geonames-4641239"),
    ],
)
def test_what_a_name_refers_to(name: EntityName, referent: str) -> None:
    assert RESOLVER.referent(name) == referent


def test_an_entry_of_the_registry_has_its_ids_and_itself() -> None:
    assert RESOLVER.ids("company:xai") == {"cik": "77", REGISTERED: "company:xai"}
    assert RESOLVER.ids(CIK) == {"cik": "1"}
    assert RESOLVER.ids(FOO) == {}


# --- what ties them


def test_a_name_with_an_id_is_tied_to_it() -> None:
    assert list(ties_of(claim(EntityName("Foo", "Company", "cik:1")), RESOLVER)) == [by_name(FOO, CIK)]
    assert list(ties_of(claim(EntityName("Whoever", "Company", "cik:77")), RESOLVER)) == [
        by_name("company=whoever", "company:xai")
    ]


def test_a_name_taken_for_an_entry_by_its_context_ties_nothing() -> None:
    assert list(ties_of(claim(EntityName("Titan", "Company", "company:titan-b")), RESOLVER)) == []


def test_a_told_id_ties_ids_where_there_are_two() -> None:
    both = claim(EntityName("Foo", "Company", "cik:1"), "same_as", "lei:AAAAAAAAAAAAAAAAAA01")
    assert set(ties_of(both, RESOLVER)) == {by_name(FOO, CIK), by_id(CIK, LEI)}
    alone = claim(EntityName("Foo", "Company"), "same_as", "lei:AAAAAAAAAAAAAAAAAA01")
    assert list(ties_of(alone, RESOLVER)) == [by_name(FOO, LEI)]
    known = claim(EntityName("xAI", "Company"), "same_as", "lei:AAAAAAAAAAAAAAAAAA01")
    assert list(ties_of(known, RESOLVER)) == [by_id("company:xai", LEI)]


# --- what is one


def test_names_that_share_an_id_are_one() -> None:
    found = divide(by_name(FOO, CIK), by_name(BAR, CIK))
    assert groups(found) == {frozenset({FOO, BAR, CIK})}
    assert not found.apart


def test_ids_of_different_registers_join_by_name() -> None:
    assert groups(divide(by_name(FOO, CIK), by_name(FOO, LEI))) == {frozenset({FOO, CIK, LEI})}


def test_two_ids_of_one_register_keep_a_name_apart_from_both() -> None:
    found = divide(by_name(FOO, CIK), by_name(FOO, CIK2))
    assert groups(found) == {frozenset({FOO}), frozenset({CIK}), frozenset({CIK2})}
    assert found.apart == {by_name(FOO, CIK), by_name(FOO, CIK2)}


def test_what_does_not_contradict_still_joins() -> None:
    found = divide(by_name(FOO, CIK), by_name(FOO, CIK2), by_name(FOO, LEI))
    assert frozenset({FOO, LEI}) in groups(found)


def test_ids_come_before_names() -> None:
    found = divide(by_id(CIK, LEI), by_name(FOO, LEI), by_name(FOO, CIK2))
    assert groups(found) == {frozenset({CIK, LEI}), frozenset({FOO}), frozenset({CIK2})}
    assert by_id(CIK, LEI) not in found.apart


def test_ids_that_contradict_through_others_do_not_join() -> None:
    found = divide(by_id(CIK, LEI), by_id(CIK2, LEI))
    assert len(groups(found)) == 2
    assert len(found.apart) == 1


def test_an_entry_of_the_registry_keeps_its_own_id() -> None:
    found = divide(by_name("company:xai", CIK))
    assert groups(found) == {frozenset({"company:xai"}), frozenset({CIK})}
    assert found.apart == {by_name("company:xai", CIK)}
    assert groups(divide(by_name("company:xai", LEI))) == {frozenset({"company:xai", LEI})}


def test_two_entries_of_the_registry_are_never_one() -> None:
    found = divide(by_name("company:titan-a", LEI), by_name("company:titan-b", LEI))
    assert not any({"company:titan-a", "company:titan-b"} <= group for group in groups(found))


REFERENTS = [FOO, BAR, "company=zed", LEI, LEI2, CIK, CIK2, "company@wikidata:Q1", "company:xai", "company:titan-a"]
TIES = st.lists(
    st.one_of(
        st.builds(by_name, st.sampled_from([r for r in REFERENTS if "@" not in r]), st.sampled_from(REFERENTS)),
        st.builds(by_id, st.sampled_from(REFERENTS[3:]), st.sampled_from(REFERENTS[3:])),
    ).filter(lambda tie: tie.one != tie.other),
    max_size=9,
)


@given(TIES, st.randoms(use_true_random=False))
def test_the_order_of_ties_does_not_matter(ties: list[Tie], chance: random.Random) -> None:
    found = divide(*ties)
    assert divide(*chance.sample(ties, len(ties)), *ties) == found


@given(TIES)
def test_an_entity_has_one_id_of_a_register(ties: list[Tie]) -> None:
    found = divide(*ties)
    assert set(found.cluster) == {end for tie in ties for end in (tie.one, tie.other)}
    for group in groups(found):
        ids = {pair for referent in group for pair in RESOLVER.ids(referent).items()}
        assert len(dict(ids)) == len(ids)
    for tie in ties:
        assert (found.cluster[tie.one] == found.cluster[tie.other]) != (tie in found.apart)
