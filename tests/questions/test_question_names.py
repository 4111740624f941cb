"""Entities are found by every name that they have, however it is spelt; what is not found is answered with what is."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KG
from kg.core.ids import name_key, slug
from kg.exceptions import UsageError
from kg.questions.names import find, names
from kg.store.base import Row, Store

SPELLINGS = [
    str.upper,
    str.lower,
    str.title,
    lambda name: name.replace(" ", "-"),
    lambda name: f"  {name} ",
    lambda name: name.replace("o", "ó").replace("e", "é"),
    lambda name: name.replace("'", "’"),
]


def _owners(rows: list[Row]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for row in rows:
        for name in (row["name"], *(row["aliases"] or ())):
            owners.setdefault(name_key(name), set()).add(row["id"])
    return owners


def outcome(store: Store, text: str, types: Sequence[str] = ()) -> str:
    """Return the id that a text leads to, or what is said instead."""
    try:
        return find(store, text, types).id
    except UsageError as error:
        return str(error)


def _kind(row: Row) -> str:
    return next(label for label in row["labels"] if label != "Entity")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_name_in_every_spelling_finds_its_entity(sample: Store, data: st.DataObject) -> None:
    rows = names(sample)
    row = data.draw(st.sampled_from(rows))
    kind = _kind(row)
    name = data.draw(st.sampled_from([row["name"], *(row["aliases"] or ())]))
    text = data.draw(st.sampled_from(SPELLINGS))(name)
    same_key = _owners([other for other in rows if _kind(other) == kind])[name_key(name)]
    if len(same_key) == 1:
        assert find(sample, text, [kind]).id == row["id"]
        assert find(sample, text, [kind]).exact


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_id_made_of_any_name_leads_to_the_entity(sample: Store, data: st.DataObject) -> None:
    rows = names(sample, ["Company", "Facility"])
    row = data.draw(st.sampled_from(rows))
    name = data.draw(st.sampled_from([row["name"], *(row["aliases"] or ())]))
    owners = {
        other["id"]
        for other in rows
        if _kind(other) == _kind(row) and slug(name) in map(slug, (other["name"], *(other["aliases"] or ())))
    }
    found = find(sample, f"{_kind(row).lower()}:{slug(name)}")
    assert found.id in owners


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_typo_is_answered_with_the_right_name(sample: Store, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from([row for row in names(sample, ["Company"]) if len(row["name"]) > 7]))
    at = data.draw(st.integers(1, len(row["name"]) - 2))
    typo = row["name"][:at] + row["name"][at + 1 :]
    said = outcome(sample, typo, ["Company"])
    other = {other["id"]: " ".join([other["name"], *(other["aliases"] or ())]) for other in names(sample)}.get(said, "")
    holds_all = all(word in other.casefold() for word in typo.casefold().split())
    assert row["id"] == said or row["name"] in said or "can mean" in said or holds_all
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "types", "id_"),
    [
        ("anthropic", (), "company:anthropic"),
        ("Anthropic, PBC", ("Company",), "company:anthropic"),
        ("company:open-ai", (), "company:openai"),
        ("COLOSSUS", ("Facility",), "facility:colossus-1"),
        ("core sci", ("Company",), "company:core-scientific"),
        ("rainier", ("Facility",), "facility:project-rainier"),
    ],
)
def test_names_that_people_type(sample: Store, text: str, types: tuple[str, ...], id_: str) -> None:
    assert find(sample, text, types).id == id_


def test_part_of_a_name_is_said_to_be_a_guess(sample: Store) -> None:
    assert find(sample, "core scientific", ["Company"]).exact
    assert not find(sample, "core sci", ["Company"]).exact


@pytest.mark.parametrize(
    ("text", "types", "message"),
    [
        ("stargate", ("Facility",), "can mean Stargate Abilene .*, Stargate Norway"),
        ("Colossus 1", ("Company",), "Colossus 1 is a facility, not a company"),
        ("facility:colossus-1", ("Company", "Person"), "Colossus 1 is a facility, not a company or person"),
        ("Anthropik", ("Company",), "No company 'Anthropik' in .* Did you mean Anthropic"),
        ("qqqqqqqq", (), "No entity 'qqqqqqqq' in "),
        ("   ", ("Company",), "An empty text names no company"),
        ("claim:0", (), "No entity 'claim:0'"),
    ],
)
def test_what_names_nothing_or_too_much(sample: Store, text: str, types: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        find(sample, text, types)
    assert "\n" not in str(error.value)


def test_a_name_that_only_the_registry_knows_is_right_though_nothing_mentions_it(sample: Store) -> None:
    found = find(sample, "Cerebras Systems", ["Company"])
    assert found.mentioned
    unmentioned = find(sample, "Tencent", ["Company"])
    assert (unmentioned.id, unmentioned.mentioned) == ("company:tencent", False)


def test_the_id_of_any_claim_of_a_deal_leads_to_the_deal(sample: Store) -> None:
    deals = sample.read("MATCH (d:Deal) RETURN d.id AS id, d.claims AS claims ORDER BY id")
    for deal in random.Random(1).sample(deals, 10):
        for claim in deal["claims"]:
            assert find(sample, claim).id == deal["id"]
            assert find(sample, claim.replace("claim:", "deal:")).id == deal["id"]


@given(text=st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_text_finds_an_entity_or_one_line(sample: Store, text: str) -> None:
    assert outcome(sample, text)


def test_a_designation_is_not_taken_for_part_of_another_designers_chip(tmp_path: Path) -> None:
    table = tmp_path / "boards.csv"
    table.write_text(
        "Hardware name,Manufacturer,Foundry,Release date,TDP (W),Process size (nm)\n"
        "Baidu Kunlun R200 (150W),Kunlunxin Baidu,Samsung,2022-01-01,150,7\n",
        encoding="utf-8",
    )
    graph = KG(str(tmp_path / "store"))
    graph.load(str(table), excerpt=True, loader="epoch-ml-hardware")
    with pytest.raises(UsageError, match=r"'R200' can mean R200 \(chip:r200\), Kunlun II.*No document mentions R200"):
        graph.ask("chips", chip="R200")
    assert not graph.ask("chips", chip="chip:r200").rows
    assert graph.show("Kunlun R200").name == "Kunlun II"
