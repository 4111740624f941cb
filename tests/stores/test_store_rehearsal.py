"""Rehearsals: what is written can be read within, and nothing of it is left, on both engines."""

import pytest

from kg.exceptions import ReadOnlyError
from kg.graph.elements import Node
from kg.store import cypher
from kg.store.base import Store
from kg.store.rehearsal import taken_back

COUNT = "MATCH (n:Company) RETURN count(n) AS n"


def put(store: Store, name: str) -> None:
    store.write(lambda tx: cypher.upsert_nodes(tx, "Company", [Node(name, "Company", {"name": name})]))


def test_what_is_written_is_there_within_and_gone_afterwards(store: Store) -> None:
    put(store, "company:a")

    def work(rehearsed: Store) -> list[int]:
        with rehearsed:
            put(rehearsed, "company:b")
            put(rehearsed, "company:c")
        return [row["n"] for row in rehearsed.stream(COUNT)]

    assert taken_back(store, work) == [3]
    assert store.read(COUNT) == [{"n": 1}]


def test_an_error_within_is_raised_and_takes_everything_back(store: Store) -> None:
    def work(rehearsed: Store) -> None:
        put(rehearsed, "company:b")
        raise LookupError("within")

    with pytest.raises(LookupError, match="within"):
        taken_back(store, work)
    assert store.read(COUNT) == [{"n": 0}]


def test_reading_may_not_write(store: Store) -> None:
    with pytest.raises(ReadOnlyError):
        taken_back(store, lambda rehearsed: rehearsed.read("CREATE (n:Company {id: 'x'}) RETURN n.id AS id"))
