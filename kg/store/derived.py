"""Derives again what a change touches: edges, deals and entities, written only where they differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.core.claim import Claim
from kg.graph.derive import Derived, derive, group
from kg.graph.elements import Edge, Node, Property
from kg.graph.entities import Identity, Names, entity_node
from kg.graph.records import claim_from, claim_properties
from kg.graph.resolved import ResolvedClaim
from kg.resolve.names import Keys, keys_of
from kg.resolve.resolver import Resolver
from kg.schema.ontology import Ontology
from kg.store import cypher, queries
from kg.store.base import Row, Transaction

if TYPE_CHECKING:
    from kg.store.change import Cluster

_ENDS = (("SUBJECT", "subject_id"), ("OBJECT", "object_id"), ("AT", "facility_id"), ("OF", "chip_id"))


class Regrouping:
    """The part of a change that concerns derived elements."""

    def __init__(
        self, tx: Transaction, ontology: Ontology, resolver: Resolver, clusters: Mapping[str, "Cluster"]
    ) -> None:
        self.tx = tx
        self.ontology = ontology
        self.resolver = resolver
        self.clusters = clusters
        self.groups: set[str] = set()
        self._before: dict[str, Row] = {}
        self._after: dict[str, ResolvedClaim] = {}
        self._ids: dict[str, str] = {}
        self._entities: dict[str, Row] = {}

    def prepare(
        self,
        claims: Mapping[str, tuple[Claim, str]],
        gone: Mapping[str, Row],
        replaced: Mapping[str, Row],
        moved: Iterable[str],
    ) -> None:
        """Find every claim whose group must be derived again, as it was and as it is to be.

        ``claims`` are those that come (with the id of their document), ``gone`` the rows of those that go,
        ``replaced`` the rows that the documents of the change had, ``moved`` the documents with another origin.
        """
        shaken = [c.old_id for c in self.clusters.values() if c.old_id and self._is_shaken(c)]
        rows = {row["id"]: row for row in queries.claims_of_entities(self.tx, shaken)}
        rows |= {row["id"]: row for row in queries.claims_of_documents(self.tx, moved)}
        rows = {id_: row for id_, row in (rows | dict(replaced) | dict(gone)).items() if row.get("group")}
        staying = {id_: claim_from(row) for id_, row in rows.items() if id_ not in gone and id_ not in claims}
        arriving = {id_: claim for id_, (claim, _) in claims.items()}
        self._learn_ids([*staying.values(), *arriving.values()])
        self.groups = {row["group"] for row in rows.values()}
        self.groups |= {self._group(claim) for claim in [*staying.values(), *arriving.values()]}
        self.groups |= {f"attributes|{id_}" for c in self.clusters.values() for id_ in (c.id, c.old_id) if id_}
        self._before = {row["id"]: row for row in queries.claims_of_groups(self.tx, self.groups)} | {
            id_: row for id_, row in gone.items() if row.get("group")
        }
        about = queries.documents(self.tx, {d for _, d in claims.values()} | {row["document"] for row in rows.values()})
        self._documents = {row["id"]: row for row in about}
        for id_, row in self._before.items():
            if id_ not in gone and id_ not in claims:
                claim = staying.get(id_) or claim_from(row)
                self._learn_ids([claim])
                self._after[id_] = self._resolve(claim, row["document"], row)
        for id_, (claim, document) in claims.items():
            self._after[id_] = self._resolve(claim, document, {})
        self._gone = set(gone)

    def _is_shaken(self, cluster: "Cluster") -> bool:
        """Say whether claims elsewhere must follow: the entity has another id, or another name on edges and deals."""
        return cluster.old_id != cluster.id or (cluster.before or {}).get("name") != self._name(cluster)

    def _name(self, cluster: "Cluster") -> str | None:
        known = self.resolver.known(cluster.key)
        if known:
            return known.name
        return cluster.names.best() if cluster.names.full else None

    # --- ids

    def _learn_ids(self, claims: Iterable[Claim]) -> None:
        wanted = {key for claim in claims for key in _present(keys_of(claim, self.resolver))} - set(self._ids)
        for key in wanted & set(self.clusters):
            self._ids[key] = self.clusters[key].id
        missing = {key for key in wanted if not self._ids.get(key)}
        for row in queries.entities_by_key(self.tx, missing):
            self._ids.setdefault(row["key"], row["id"])

    def _id(self, key: str | None) -> str | None:
        return self._ids[key] if key else None

    def _resolve(self, claim: Claim, document: str, row: Mapping[str, Any]) -> ResolvedClaim:
        keys = keys_of(claim, self.resolver)
        about = self._documents.get(document) or row
        origin, recorded = about["origin"], about["recorded"]
        subject = self._id(keys.subject)
        assert subject is not None  # noqa: S101  every claim has a subject
        return ResolvedClaim(
            claim,
            subject,
            self._id(keys.object),
            self._id(keys.facility),
            self._id(keys.chip),
            origin,
            about["kind"],
            recorded,
        )

    def _group(self, claim: Claim) -> str:
        keys = keys_of(claim, self.resolver)
        return group(claim, self._id(keys.subject) or "", self._id(keys.object), self.ontology)

    # --- writing

    def write_entities(self) -> None:
        """Write the nodes of the clusters that the change names, with their attributes."""
        by_entity: dict[str, list[ResolvedClaim]] = defaultdict(list)
        for item in self._after.values():
            if item.object is None:
                by_entity[item.subject].append(item)
        nodes: dict[str, list[Node]] = defaultdict(list)
        done = set()
        for cluster in self.clusters.values():
            if cluster.id:
                known = self.resolver.known(cluster.key)
                who = Identity(cluster.id, cluster.key, cluster.kind, cluster.names, known)
                node = entity_node(who, by_entity[cluster.id], self.ontology)
                done.add(cluster.id)
                if _differs(node, cluster.before if cluster.old_id == cluster.id else None):
                    nodes[cluster.kind].append(node)
        touched = {g.partition("|")[2] for g in self.groups if g.startswith("attributes|")} - done
        for row in queries.entities(self.tx, touched):
            kind = next(label for label in row["labels"] if label != "Entity")
            if row["key"] in self.clusters:
                continue
            known = self.resolver.known(row["key"])
            who = Identity(row["id"], row["key"], kind, Names.stored(row), known)
            node = entity_node(who, by_entity[row["id"]], self.ontology)
            if _differs(node, row):
                nodes[kind].append(node)
        for kind, members in sorted(nodes.items()):
            cypher.upsert_nodes(self.tx, kind, members, indexed=("name", "key"))

    def write(self) -> None:
        """Derive every group again, and write claims, deals and edges that differ."""
        names = self._names()
        by_group: dict[str, list[ResolvedClaim]] = defaultdict(list)
        for item in self._after.values():
            if item.object is not None:
                by_group[group(item.claim, item.subject, item.object, self.ontology)].append(item)
        total = Derived()
        for key in sorted(by_group):
            made = derive(by_group[key], self.ontology, names)
            total.deals += made.deals
            total.edges += made.edges
            total.deal_of |= made.deal_of
        old_deals = {row["id"]: row for row in queries.deals_of_claims(self.tx, self._before)}
        deal_edges = queries.deal_edges(self.tx, old_deals)
        self._write_claims(total.deal_of)
        self._write_deals(total, old_deals)
        self._write_edges(total, deal_edges)
        self._write_about(total.deal_of)
        cypher.delete_nodes(self.tx, "Deal", set(old_deals) - {deal.id for deal in total.deals})

    def drop_entities(self) -> None:
        """Delete the entities that no document names any more, or that have another id now."""
        gone: dict[str, list[str]] = defaultdict(list)
        for cluster in self.clusters.values():
            if cluster.old_id and cluster.old_id != cluster.id:
                gone[cluster.kind].append(cluster.old_id)
        for kind, ids in gone.items():
            cypher.delete_nodes(self.tx, kind, ids)

    def _names(self) -> dict[str, str]:
        wanted = {id_ for c in self._after.values() for id_ in (c.subject, c.object, c.facility, c.chip) if id_}
        return {row["id"]: row["name"] for row in queries.entities(self.tx, wanted)}

    def _write_claims(self, deal_of: Mapping[str, str]) -> None:
        nodes: list[Node] = []
        edges: dict[str, list[Edge]] = defaultdict(list)
        dropped: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for id_, item in sorted(self._after.items()):
            node = self._claim_node(item, deal_of.get(id_))
            before = self._before.get(id_)
            if not _differs(node, before, ("origin", "kind", "recorded")):
                continue
            nodes.append(node)
            for kind, name in _ENDS:
                old, new = (before or {}).get(name), node.properties.get(name)
                if old and old != new:
                    dropped[kind].append((f"{kind}:{id_}", id_, str(old)))
                if new and old != new:
                    edges[kind].append(Edge(f"{kind}:{id_}", kind, id_, str(new)))
            if before is None:
                edges["STATED_IN"].append(Edge(f"STATED_IN:{id_}", "STATED_IN", id_, str(node.properties["document"])))
        cypher.upsert_nodes(self.tx, "Claim", nodes, indexed=("group", "document"))
        for kind, members in sorted(dropped.items()):
            cypher.delete_edges(self.tx, kind, members)
        for kind, made in sorted(edges.items()):
            cypher.upsert_edges(self.tx, kind, made)

    def _claim_node(self, item: ResolvedClaim, deal: str | None) -> Node:
        derived: dict[str, Property] = {
            "subject_id": item.subject,
            "object_id": item.object,
            "facility_id": item.facility,
            "chip_id": item.chip,
            "group": group(item.claim, item.subject, item.object, self.ontology),
            "deal": deal,
        }
        properties = claim_properties(item.claim) | {n: v for n, v in derived.items() if v is not None}
        return Node(item.id, "Claim", properties)

    def _write_deals(self, total: Derived, old: Mapping[str, Row]) -> None:
        changed = [deal for deal in total.deals if _differs(deal, old.get(deal.id))]
        cypher.upsert_nodes(self.tx, "Deal", changed, indexed=("name", "key"))

    def _write_edges(self, total: Derived, deal_edges: list[Row]) -> None:
        old: dict[str, tuple[str, str, str, Row]] = {}
        pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self._before.values():
            if row.get("object_id"):
                pairs[row["predicate"]].add((row["subject_id"], row["object_id"]))
        for kind, members in sorted(pairs.items()):
            for row in queries.edges_between(self.tx, kind, members):
                old[row["x"]["id"]] = (kind, row["source"], row["target"], row["x"])
        for row in deal_edges:
            old[row["x"]["id"]] = (row["type"], row["source"], row["target"], row["x"])
        new = {edge.id: edge for edge in total.edges}
        dropped: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for id_, (kind, source, target, _) in old.items():
            if id_ not in new:
                dropped[kind].append((id_, source, target))
        made: dict[str, list[Edge]] = defaultdict(list)
        for id_, edge in sorted(new.items()):
            if id_ not in old or _differs(edge, old[id_][3]):
                made[edge.type].append(edge)
        for kind, gone in sorted(dropped.items()):
            cypher.delete_edges(self.tx, kind, gone)
        for kind, edges in sorted(made.items()):
            cypher.upsert_edges(self.tx, kind, edges)

    def _write_about(self, deal_of: Mapping[str, str]) -> None:
        edges, dropped = [], []
        for id_ in self._after:
            old, new = (self._before.get(id_) or {}).get("deal"), deal_of.get(id_)
            if old and old != new:
                dropped.append((f"ABOUT:{id_}", id_, old))
            if new and old != new:
                edges.append(Edge(f"ABOUT:{id_}", "ABOUT", id_, new))
        cypher.delete_edges(self.tx, "ABOUT", dropped)
        cypher.upsert_edges(self.tx, "ABOUT", edges)


def _present(keys: Keys) -> list[str]:
    return [key for key in (keys.subject, keys.object, keys.facility, keys.chip) if key]


def _differs(element: Node | Edge, row: Mapping[str, Any] | None, ignored: tuple[str, ...] = ()) -> bool:
    """Say whether an element is not what the store has: another property, one more or one fewer."""
    if row is None:
        return True
    stored = {n: v for n, v in row.items() if n not in ("id", "labels", *ignored) and v is not None and v != []}
    wanted = {n: v for n, v in element.properties.items() if v is not None and v != []}
    return stored != wanted
