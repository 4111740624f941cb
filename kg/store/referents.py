"""Which referents are one entity, kept in step with the ties that claims make.

Only referents that are tied stand in the store, each with the key of its cluster; any other is a cluster of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.elements import Edge, Node, Property
from kg.resolve.identity import Partition, partition
from kg.resolve.resolver import Resolver
from kg.resolve.ties import Tie
from kg.store import cypher, queries
from kg.store.base import Row, Transaction


@dataclass(slots=True)
class Retied:
    """What a change of ties did: the clusters of referents before, and after, where they differ; new contradictions."""

    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    apart: list[Tie] = field(default_factory=list)


def clusters(tx: Transaction, referents: Iterable[str]) -> dict[str, str]:
    """Return the cluster of each referent that is tied to others."""
    return {row["id"]: row["cluster"] for row in queries.referents(tx, referents)}


def retie(tx: Transaction, resolver: Resolver, changes: Mapping[Tie, int]) -> Retied:
    """Count ties that claims make anew (or cease to make, below 0), and divide what they touch into entities again."""
    changes = {tie: times for tie, times in changes.items() if times}
    if not changes:
        return Retied()
    stored, old_clusters = _component(tx, {end for tie in changes for end in (tie.one, tie.other)})
    counts = Counter({_tie(row): int(row["t"]["count"]) for row in stored.values()})
    counts.update(changes)
    kept = {tie: count for tie, count in counts.items() if count > 0}
    made = partition(kept, resolver.ids, lambda referent: _rank(resolver, referent))
    _write(tx, stored, kept, made, old_clusters)
    result = Retied(apart=sorted(tie for tie in made.apart if not stored.get(tie.id, {"t": {}})["t"].get("apart")))
    for referent in {*old_clusters, *made.cluster}:
        before, after = old_clusters.get(referent, referent), made.cluster.get(referent, referent)
        if before != after:
            result.before[referent], result.after[referent] = before, after
    return result


def external_ids(tx: Transaction, resolver: Resolver, keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return, by cluster key, the external ids that the tied referents of the cluster stand for."""
    found: dict[str, dict[str, str]] = {}
    for row in queries.referents_of_clusters(tx, keys):
        if "@" in row["id"]:
            found.setdefault(row["cluster"], {}).update(resolver.ids(row["id"]))
    return found


def _component(tx: Transaction, start: set[str]) -> tuple[dict[str, Row], dict[str, str]]:
    """Return all ties that lead from these referents to others and on, by id, and the cluster of each referent."""
    ties: dict[str, Row] = {}
    seen: set[str] = set()
    new = start
    while new:
        seen |= new
        found = {row["t"]["id"]: row for row in queries.ties_of(tx, new)}
        ties |= found
        new = {row[end] for row in found.values() for end in ("one", "other")} - seen
    return ties, clusters(tx, seen)


def _tie(row: Row) -> Tie:
    return Tie(row["t"]["by"], row["one"], row["other"])


def _rank(resolver: Resolver, referent: str) -> int:
    """Return by what the key of a cluster is chosen: a registry entry before a place, a name, an external id."""
    if resolver.known(referent):
        return 0
    return 1 if referent.startswith("place:") else 3 if "@" in referent else 2


def _write(
    tx: Transaction, stored: Mapping[str, Row], kept: Mapping[Tie, int], made: Partition, old: Mapping[str, str]
) -> None:
    nodes = [
        Node(referent, "Referent", {"cluster": key})
        for referent, key in sorted(made.cluster.items())
        if old.get(referent) != key
    ]
    edges = []
    for tie, count in sorted(kept.items()):
        properties: dict[str, Property] = {"by": tie.by, "count": count}
        if tie in made.apart:
            properties["apart"] = True
        if {**properties, "id": tie.id} != stored.get(tie.id, {}).get("t"):
            edges.append(Edge(tie.id, "TIED_TO", tie.one, tie.other, properties))
    ids = {tie.id for tie in kept}
    gone = [(id_, row["one"], row["other"]) for id_, row in stored.items() if id_ not in ids]
    cypher.upsert_nodes(tx, "Referent", nodes, indexed=("cluster",))
    cypher.delete_edges(tx, "TIED_TO", gone)
    cypher.upsert_edges(tx, "TIED_TO", edges)
    cypher.delete_nodes(tx, "Referent", set(old) - set(made.cluster))
