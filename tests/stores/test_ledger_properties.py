"""What must hold of the ledger whatever documents say: order, repetition and rebuilding change nothing."""

import os
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import Told, difference, empty, graph, ledger, load, worlds

from kg.store.base import Store

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
EXAMPLES = {"embedded": 10, "neo4j": 3}
TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))
"""Set it to look longer than the suite has time for."""


def examples(engine: str) -> settings:
    return settings(max_examples=EXAMPLES[engine] * TIMES, deadline=None, suppress_health_check=SHARED)


@pytest.fixture(params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_order_and_batches_do_not_matter(engine: str, empty_store: Callable[[str], Store]) -> None:
    store = empty_store(engine)

    @examples(engine)
    @given(worlds(), st.randoms(use_true_random=False))
    def check(world: list[Told], chance: random.Random) -> None:
        load(empty(store), world)
        at_once = graph(store, moments=False)
        shuffled = [Told(item.document, tuple(chance.sample(item.claims, len(item.claims)))) for item in world]
        chance.shuffle(shuffled)
        empty(store)
        for item in shuffled:
            load(store, [item])
        assert difference(graph(store, moments=False), at_once) == {}

    check()


def test_a_rebuild_changes_nothing(engine: str, empty_store: Callable[[str], Store]) -> None:
    store = empty_store(engine)

    @examples(engine)
    @given(worlds())
    def check(world: list[Told]) -> None:
        empty(store)
        for item in world:
            load(store, [item])
        before = graph(store)
        seen: list[tuple[int, int]] = []
        assert ledger(store).rebuild(lambda done, total: seen.append((done, total))) == len(world)
        assert seen[-1] == (len(world), len(world))
        assert difference(graph(store), before) == {}

    check()


def test_loading_again_changes_nothing(engine: str, empty_store: Callable[[str], Store]) -> None:
    store = empty_store(engine)

    @examples(engine)
    @given(worlds())
    def check(world: list[Told]) -> None:
        first = load(empty(store), world)
        before = graph(store)
        assert sum(item.new for item in first) == len({claim.id for told in world for claim in told.claims})
        again = load(store, world)
        assert [(item.outcome, item.new) for item in again] == [("unchanged", 0)] * len(world)
        assert difference(graph(store), before) == {}
        newer = load(store, world, version="2")
        assert [(item.outcome, item.new) for item in newer] == [("changed", 0)] * len(world)
        changed = difference(graph(store), before)
        assert {key.partition(" ")[0] for key in changed} <= {"['Document']"}
        assert all(one | {"extractor": "1"} == other for one, other in changed.values())

    check()


def test_forgetting_what_came_later_leaves_what_was(engine: str, empty_store: Callable[[str], Store]) -> None:
    store = empty_store(engine)

    @examples(engine)
    @given(worlds(), st.data())
    def check(world: list[Told], data: st.DataObject) -> None:
        stay = data.draw(st.integers(0, len(world)))
        load(empty(store), world[:stay])
        before = graph(store)
        for item in world[stay:]:
            load(store, [item])
        gone = [item.document.id for item in world[stay:]]
        for id_ in data.draw(st.permutations(gone)):
            ledger(store).forget([id_])
        assert difference(graph(store), before) == {}

    check()


def test_another_reading_is_as_if_there_had_been_no_other(engine: str, empty_store: Callable[[str], Store]) -> None:
    """A newer extractor may read something else: the graph is that of a store which knows nothing else."""
    store = empty_store(engine)

    @examples(engine)
    @given(worlds(), worlds())
    def check(world: list[Told], other: list[Told]) -> None:
        swapped = [
            Told(item.document, tuple(c for c in elsewhere.claims if c.document_id == item.document.id))
            for item, elsewhere in zip(world, other, strict=False)
        ]
        load(empty(store), swapped, version="2")
        fresh = graph(store, moments=False)
        load(empty(store), [item for item, _ in zip(world, other, strict=False)], version="1")
        load(store, swapped, version="2")
        assert difference(graph(store, moments=False), fresh) == {}

    check()


def test_rows_told_as_withdrawn_are_those_that_come_to_be_marked(
    engine: str, empty_store: Callable[[str], Store]
) -> None:
    store = empty_store(engine)

    def marked() -> set[str]:
        return {
            row["row"] for row in store.read("MATCH (c:Claim) WHERE c.withdrawn_by IS NOT NULL RETURN c.row AS row")
        }

    @examples(engine)
    @given(worlds())
    def check(world: list[Told]) -> None:
        empty(store)
        for item in world:
            before, book = marked(), ledger(store)
            list(book.load([(item.document, item.claims)], "1"))
            assert book.withdrawn == sorted(marked() - before)
        book = ledger(store)
        book.rebuild()
        assert book.withdrawn == []

    check()
