"""Paths: the shortest connections, found in any graph, and never through a crowd."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import UsageError
from kg.questions.paths import search
from kg.questions.run import ask
from kg.store.base import Row, Store

Pairs = list[tuple[str, str]]
nodes = st.sampled_from("abcdefg")
pairs = st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] < pair[1]), max_size=14, unique=True)


def expander(facts: Pairs, busy: int = 100) -> Any:
    def expand(values: Mapping[str, Any]) -> list[Row]:
        rows = []
        quiet = {e for e in values["near"] if e in values["ends"] or sum(e in pair for pair in facts) <= busy}
        for a, b in facts:
            if asked := sorted(quiet & {a, b}):
                ends = {"subject_id": a, "object_id": b, "asked": asked}
                rows.append({**ends, "predicate": "OWNS", "sources": 1, "claims": [a + b]})
        return rows

    return expand


def found(facts: Pairs, steps: int = 4, busy: int = 100, one: str = "a", other: str = "b") -> list[list[str]]:
    rows = search(expander(facts, busy), {"entity": one, "other": other, "steps": steps, "paths": 1000})
    paths: dict[int, list[str]] = {}
    for row in rows:
        path = paths.setdefault(row["path"], [one])
        path.append(row["object_id"] if row["subject_id"] == path[-1] else row["subject_id"])
    return list(paths.values())


def every_path(facts: Pairs, most: int) -> list[list[str]]:
    """All ways from a to b without a shortcut between entities that are not both ends."""
    near: dict[str, set[str]] = {}
    for one, other in facts:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    done, todo = [], [["a"]]
    while todo:
        path = todo.pop()
        for step in near.get(path[-1], ()):
            if step == "b":
                done.append([*path, step])
            elif step not in path and len(path) < most:
                todo.append([*path, step])

    def chords(path: list[str]) -> bool:
        last = len(path) - 1
        return any(path[j] in near[path[i]] for i in range(last) for j in range(i + 2, last + 1) if (i, j) != (0, last))

    return [path for path in done if len(path) <= most + 1 and not chords(path)]


@given(facts=pairs, steps=st.integers(1, 4))
def test_all_paths_and_only_these_are_found_shortest_first(facts: Pairs, steps: int) -> None:
    paths = found(facts, steps)
    assert sorted(paths) == sorted(every_path(facts, steps))
    assert all(len(one) <= len(other) for one, other in pairwise(paths))


@given(facts=pairs, busy=st.integers(1, 4))
def test_no_path_leads_through_what_has_too_many_facts(facts: Pairs, busy: int) -> None:
    for path in found(facts, busy=busy):
        for entity in path[1:-1]:
            assert sum(entity in pair for pair in facts) <= busy


def test_a_place_that_two_share_does_not_connect_them() -> None:
    facts = [("a", "place:x"), ("b", "place:x")]
    assert found(facts) == []
    assert found(facts, other="place:x") == [["a", "place:x"]]


def test_rows_tell_every_fact_of_a_step_once(sample: Store) -> None:
    rows = ask(sample, "connected", {"entity": "Anthropic", "other": "Core Scientific", "paths": 1})
    assert {row.path for row in rows} == {1}
    assert [row.step for row in rows] == sorted(row.step for row in rows)
    told = [(row.step, row.subject, row.predicate, row.object) for row in rows]
    assert len(told) == len(set(told))


def test_too_many_steps_are_refused(sample: Store) -> None:
    with pytest.raises(UsageError, match="--steps 9: from 1 to 4"):
        ask(sample, "connected", {"entity": "Anthropic", "other": "Crusoe", "steps": 9})


def test_both_ends_may_be_one(sample: Store) -> None:
    answer = ask(sample, "connected", {"entity": "AWS", "other": "Amazon Web Services"})
    assert not answer
    assert answer.notes[0] == "Both ends are Amazon Web Services."
