"""Identity: which referents are one entity. A pure function of the ties among them.

Ids join before names do. Two ids of one register forbid a merge: what would join them is kept apart and reported, and
a name that leads to both joins neither.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.resolve.ties import Tie

Ids = Mapping[str, str]
"""Ids by scheme: what an entity can have only one of."""


@dataclass(frozen=True, slots=True)
class Partition:
    """The cluster of each referent, by its key, and the ties that contradict the ids."""

    cluster: dict[str, str]
    apart: frozenset[Tie]


@dataclass(slots=True)
class _Groups:
    """Referents that are one so far, and the ids of each group."""

    ids_of: Callable[[str], Ids]
    parent: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def root(self, referent: str) -> str:
        if referent not in self.parent:
            self.parent[referent] = referent
            self.ids[referent] = dict(self.ids_of(referent))
        while self.parent[referent] != referent:
            self.parent[referent] = self.parent[self.parent[referent]]
            referent = self.parent[referent]
        return referent

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        if low != high:
            self.parent[high] = low
            self.ids[low] |= self.ids.pop(high)

    def contradict(self, one: str, other: str) -> bool:
        a, b = self.ids[self.root(one)], self.ids[self.root(other)]
        return any(scheme in b and b[scheme] != value for scheme, value in a.items())


def partition(ties: Iterable[Tie], ids_of: Callable[[str], Ids], rank: Callable[[str], object]) -> Partition:
    """Divide the referents of these ties into entities; the order of the ties does not matter.

    ``ids_of`` gives the ids that a referent stands for. The key of a cluster is its referent of the lowest ``rank``.
    The ties must be all those of the referents that they connect.
    """
    ordered = sorted(set(ties))
    groups = _Groups(ids_of)
    apart = {tie for tie in ordered if tie.by == "id" and not _joined(groups, tie)}
    named: dict[str, list[Tie]] = {}
    for tie in ordered:
        if tie.by == "name":
            named.setdefault(tie.one, []).append(tie)
    for name, mine in named.items():
        apart |= _join_name(groups, name, mine)
    apart = {tie for tie in apart if groups.root(tie.one) != groups.root(tie.other)}
    members: dict[str, list[str]] = {}
    for tie in ordered:
        for referent in (tie.one, tie.other):
            members.setdefault(groups.root(referent), []).append(referent)
    keys = {root: min(found, key=lambda referent: (rank(referent), referent)) for root, found in members.items()}
    return Partition({referent: keys[root] for root, found in members.items() for referent in found}, frozenset(apart))


def _joined(groups: _Groups, tie: Tie) -> bool:
    if groups.root(tie.one) != groups.root(tie.other) and groups.contradict(tie.one, tie.other):
        return False
    groups.join(tie.one, tie.other)
    return True


def _join_name(groups: _Groups, name: str, ties: list[Tie]) -> set[Tie]:
    """Join a name with what bears it, except where that contradicts it or another bearer; return those ties."""
    apart = {
        tie
        for tie in ties
        if groups.contradict(name, tie.other) or any(groups.contradict(tie.other, rival.other) for rival in ties)
    }
    for tie in ties:
        if tie not in apart and not _joined(groups, tie):
            apart.add(tie)
    return apart
