"""Properties: what passes is stored and read back equal on both engines; the rest is refused by name."""

import datetime as dt
import math
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.exceptions import StoreError
from kg.graph.elements import Node
from kg.store import cypher, values
from kg.store.base import Store

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
integers = st.integers(-(2**63), 2**63 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False, width=64)
scalars = st.one_of(texts, integers, floats, st.booleans())
lists = st.one_of(*(st.lists(kind, max_size=5) for kind in (texts, integers, floats, st.booleans())))
properties = st.dictionaries(
    st.sampled_from(["name", "n", "kind_2", "größe", "_x", "Mixed", "type", "labels"]),
    st.one_of(scalars, lists),
    max_size=6,
)


class Kind(StrEnum):
    LEASE = "lease"


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_what_passes_is_read_back_equal(engine: str, empty_store: Any) -> None:
    store: Store = empty_store(engine)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(properties, min_size=10, max_size=40))
    def round_trip(many: list[dict[str, Any]]) -> None:
        nodes = [Node(f"c{n}", "Claim", given) for n, given in enumerate(many)]
        store.write(lambda tx: cypher.upsert_nodes(tx, "Claim", nodes))
        rows = store.read(
            "UNWIND $ids AS id MATCH (n:Claim {id: id}) RETURN n {.*} AS n", {"ids": [n.id for n in nodes]}
        )
        found = {row["n"].pop("id"): row["n"] for row in rows}
        assert found == {node.id: dict(node.properties) for node in nodes}
        assert all(type(found[n.id][k]) is type(v) for n in nodes for k, v in n.properties.items())

    round_trip()


@given(properties)
def test_what_can_be_stored_is_left_as_it_is(given: dict[str, Any]) -> None:
    assert values.clean_properties(given, "Claim x") == given


def test_what_has_one_meaning_is_put_right() -> None:
    given = {"gone": None, "half": "a\ud800b", "mixed": [1, 2.5], "tuple": ("a", "b"), "kind": Kind.LEASE, "empty": []}
    cleaned = values.clean_properties(given, "Claim x")
    expected = {"half": "a\ufffdb", "mixed": [1.0, 2.5], "tuple": ["a", "b"], "kind": "lease", "empty": []}
    assert cleaned == expected
    assert type(cleaned["kind"]) is str


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**63,
        -(2**63) - 1,
        Decimal("1.5"),
        b"bytes",
        dt.datetime(2026, 5, 7, tzinfo=dt.UTC),
        dt.date(2026, 5, 7),
        {"a": 1},
        {"a"},
        [1, "a"],
        [True, 1],
        ["a", None],
        [["a"]],
        [{"a": 1}],
        [math.nan],
        [2**64],
        "x" * (values.MAX_BYTES + 1),
        "ä" * (values.MAX_BYTES // 2 + 1),
        ["x" * (values.MAX_BYTES // 2)] * 3,
        object(),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:12]}",
)
def test_what_the_engines_store_differently_is_refused_by_name(value: object) -> None:
    with pytest.raises(StoreError, match=r"^Claim x, property amount: .") as error:
        values.clean_properties({"amount": value}, "Claim x")
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("name", ["", "@rid", "a b", "a`b", "1a", "id", "a.b", "~x"])
def test_names_are_plain_words(name: str) -> None:
    with pytest.raises(StoreError, match="cannot be the name of a property"):
        values.clean_properties({name: 1}, "Claim x")


def test_indexed_texts_and_ids_are_short() -> None:
    long = "x" * (values.MAX_INDEXED_BYTES + 1)
    assert values.clean_properties({"quote": long}, "Claim x", indexed=["name"]) == {"quote": long}
    with pytest.raises(StoreError, match=r"property name: 8,001 bytes; at most 8,000"):
        values.clean_properties({"name": long}, "Entity x", indexed=["name"])
    with pytest.raises(StoreError, match="the id: 8,001 bytes"):
        values.clean_id(long, "Claim")


@pytest.mark.parametrize("id_", ["", "  ", None, 7, 1.5, ["a"], "a\ud800"])
def test_an_id_is_a_text(id_: object) -> None:
    with pytest.raises(StoreError, match=r"^Claim: "):
        values.clean_id(id_, "Claim")


def test_longest_key_is_stored_by_both(store: Store) -> None:
    import random

    letters = random.Random(1)
    key = "".join(letters.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=values.MAX_INDEXED_BYTES))
    node = Node(key, "Company", {"name": key[::-1]})
    store.write(lambda tx: cypher.upsert_nodes(tx, "Company", [node], indexed=["name"]))
    assert store.read("MATCH (n:Entity {id: $id}) RETURN n.name = $name AS same", {"id": key, "name": key[::-1]}) == [
        {"same": True}
    ]
