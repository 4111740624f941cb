"""How two entities are connected: a search from both ends, level by level, that does not pass through hubs.

The query gives the facts of a few entities; the paths are put together here, because engines differ in which of
several shortest paths they find, and none leaves out what is connected to everything.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from kg.exceptions import UsageError
from kg.store.base import Row

Expand = Callable[[Mapping[str, Any]], list[Row]]
"""Runs the query with the parameters that the search gives: ``near`` and ``ends``."""

MOST_STEPS = 4
_MOST_CANDIDATES = 5_000
"""Paths of one length that are compared; beyond these the ends are in one crowd anyway."""
_ONLY_BETWEEN_ENDS = frozenset({"COMPETES_WITH"})
"""Facts that connect two entities, but through a third one nothing worth knowing."""
_NEVER_BETWEEN = ("place:",)
"""Entities that many share without anything to do with each other."""


def search(expand: Expand, values: Mapping[str, Any]) -> list[Row]:
    """Return the facts of the shortest paths between two entities, in order of path and step.

    Of paths of one length those come first whose inner entities have the fewest facts, then those with more sources.
    Raises UsageError for a number of steps that is not 1 to 4.
    """
    steps, most = int(values["steps"]), int(values["paths"])
    if not 1 <= steps <= MOST_STEPS:
        raise UsageError(f"--steps {steps}: from 1 to {MOST_STEPS} facts in a row can be searched.")
    network = _Network(expand, values["entity"], values["other"])
    network.grow(steps)
    found: list[list[str]] = []
    for length in range(1, steps + 1):
        found += network.ranked(length)
        if len(found) >= most:
            break
    return [row for number, path in enumerate(found[:most], 1) for row in network.rows(number, path)]


class _Network:
    """The facts around two ends, as far as they have been read."""

    def __init__(self, expand: Expand, one: str, other: str) -> None:
        self.one, self.other = one, other
        self._expand = expand
        self._facts: dict[frozenset[str], dict[str, Row]] = defaultdict(dict)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._asked: set[str] = set()
        self._open: set[str] = {one, other}
        """Entities that may be passed through: their facts have been read, and are not too many."""

    def grow(self, steps: int) -> None:
        """Read the facts around both ends, in turn, as far as a path of so many steps can lead."""
        edges = ({self.one}, {self.other})
        for step in range(steps):
            side = edges[step % 2]
            near = self._read(side)
            side.clear()
            side.update(entity for entity in near if not entity.startswith(_NEVER_BETWEEN))

    def _read(self, entities: set[str]) -> set[str]:
        """Read the facts of these entities and return their neighbours that were not read yet."""
        wanted = sorted(entities - self._asked)
        self._asked.update(wanted)
        if not wanted:
            return set()
        for row in self._expand({"near": wanted, "ends": [self.one, self.other]}):
            a, b = row["subject_id"], row["object_id"]
            if a == b or (row["predicate"] in _ONLY_BETWEEN_ENDS and {a, b} != {self.one, self.other}):
                continue
            known = self._facts[frozenset((a, b))]
            if row["predicate"] not in known or known[row["predicate"]]["sources"] < row["sources"]:
                known[row["predicate"]] = row
            self._near[a].add(b)
            self._near[b].add(a)
            self._open.update(row["asked"])
        return {near for entity in wanted for near in self._near[entity]} - self._asked

    def ranked(self, length: int) -> list[list[str]]:
        """Return the paths of this length, best first."""
        candidates = list(self._paths(length))
        self._read({entity for path in candidates for entity in path[1:-1] if not entity.startswith(_NEVER_BETWEEN)})
        passable = [path for path in candidates if self._open.issuperset(path[1:-1]) and not self._has_shortcut(path)]
        return sorted(passable, key=self._rank)

    def _has_shortcut(self, path: list[str]) -> bool:
        """Say whether a shorter path leads through some of the same entities: this one is then a detour."""
        last = len(path) - 1
        apart = ((i, j) for i in range(last) for j in range(i + 2, last + 1) if (i, j) != (0, last))
        return any(path[j] in self._near[path[i]] for i, j in apart)

    def _paths(self, length: int) -> Iterator[list[str]]:
        """Yield every path of this length that visits nothing twice, up to a limit."""
        ahead = self._distances(length)
        stack = [[self.one]]
        found = 0
        while stack and found < _MOST_CANDIDATES:
            path = stack.pop()
            left = length - len(path)
            for near in sorted(self._near[path[-1]], reverse=True):
                if left == 0 and near == self.other:
                    found += 1
                    yield [*path, near]
                elif left > 0 and near not in path and near != self.other and ahead.get(near, length) <= left:
                    stack.append([*path, near])

    def _distances(self, most: int) -> dict[str, int]:
        """Return how far entities are from the other end, up to a distance."""
        distance = {self.other: 0}
        level = {self.other}
        for steps in range(1, most + 1):
            level = {near for entity in level for near in self._near[entity]} - set(distance)
            distance |= dict.fromkeys(level, steps)
        return distance

    def _rank(self, path: list[str]) -> tuple[int, int, list[str]]:
        busy = sum(len(self._near[entity]) for entity in path[1:-1])
        told = sum(max(fact["sources"] for fact in self._between(*pair)) for pair in pairwise(path))
        return busy, -told, path

    def _between(self, one: str, other: str) -> list[Row]:
        return list(self._facts[frozenset((one, other))].values())

    def rows(self, number: int, path: list[str]) -> Iterator[Row]:
        """Yield the facts of a path: at each step all predicates that join its two entities, best sourced first."""
        for step, pair in enumerate(pairwise(path), 1):
            for fact in sorted(self._between(*pair), key=lambda row: (-row["sources"], row["predicate"])):
                yield {**fact, "path": number, "step": step}
