"""Derives again what a change touches: edges, deals and entities, written only where they differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.graph.derive import Derived, derive, group
from kg.graph.elements import Edge, Node, Property
from kg.graph.entities import Identity, Names, entity_node
from kg.graph.records import Ends, claim_properties, statement_properties
from kg.graph.resolved import ResolvedClaim
from kg.resolve.names import referents_of
from kg.resolve.resolver import Resolver
from kg.schema.ontology import Ontology
from kg.store import cypher, queries, referents, statements
from kg.store.base import Row, Transaction
from kg.store.clusters import Cluster
from kg.store.statements import Claims, StoredClaim

_ENDS = (("SUBJECT", "subject_id"), ("OBJECT", "object_id"), ("AT", "facility_id"), ("OF", "chip_id"))


class Regrouping:
    """The part of a change that concerns derived elements."""

    def __init__(
        self,
        tx: Transaction,
        ontology: Ontology,
        resolver: Resolver,
        clusters: Mapping[str, Cluster],
        documents: dict[str, Row],
    ) -> None:
        self.tx = tx
        self.ontology = ontology
        self.resolver = resolver
        self.clusters = clusters
        self.documents = documents
        self.groups: set[str] = set()
        self._before: Claims = {}
        self._after: Claims = {}
        self._resolved: dict[str, ResolvedClaim] = {}

    def prepare(self, before: Claims, after: Claims, moved: Collection[str]) -> None:
        """Find every claim whose group must be derived again, as it was and as it is to be.

        ``before`` and ``after`` are the claims that the change touches, ``moved`` the documents with another origin.
        """
        shaken = [c.old_id for c in self.clusters.values() if c.old_id and self._is_shaken(c)]
        pulled = statements.of_entities(self.tx, shaken) | statements.of_documents(self.tx, moved)
        pulled = {id_: claim for id_, claim in pulled.items() if claim.is_derived and id_ not in before}
        touched = pulled | after
        self._learn_documents(touched)
        ends = self._resolve_ends(touched)
        for id_, claim in touched.items():
            self._resolved[id_] = claim.resolved(ends[id_], self.documents)
        before = pulled | before
        self.groups = {claim.row["group"] for claim in before.values() if claim.is_derived}
        self.groups |= {self._group(item) for item in self._resolved.values()}
        self.groups |= {f"attributes|{id_}" for c in self.clusters.values() for id_ in (c.id, c.old_id) if id_}
        members = statements.of_groups(self.tx, self.groups)
        self._learn_documents(members)
        for id_, claim in members.items():
            if id_ not in touched and id_ not in before:
                self._resolved[id_] = claim.resolved(claim.ends, self.documents)
        self._before = members | before
        self._after = {id_: claim for id_, claim in members.items() if id_ not in before} | touched

    def _is_shaken(self, cluster: Cluster) -> bool:
        """Say whether claims elsewhere must follow: the entity has another id, or another name on edges and deals."""
        return cluster.old_id != cluster.id or (cluster.before or {}).get("name") != self._name(cluster)

    def _name(self, cluster: Cluster) -> str | None:
        known = self.resolver.known(cluster.key)
        if known:
            return known.name
        return cluster.names.best() if cluster.names.full else None

    # --- ids

    def _learn_documents(self, claims: Claims) -> None:
        wanted = {id_ for claim in claims.values() for id_ in claim.said} - set(self.documents)
        self.documents.update((row["id"], row) for row in queries.about_documents(self.tx, wanted))

    def _resolve_ends(self, claims: Claims) -> dict[str, Ends]:
        """Return the canonical ids of the ends of claims, as they will be."""
        named = {id_: referents_of(claim.lead(self.documents), self.resolver) for id_, claim in claims.items()}
        keys = {referent for places in named.values() for referent in places.present()}
        tied = referents.clusters(self.tx, keys)
        wanted = {tied.get(key, key) for key in keys}
        ids = {key: cluster.id for key, cluster in self.clusters.items() if cluster.id}
        ids |= {row["key"]: row["id"] for row in queries.entities_by_key(self.tx, wanted - set(ids))}
        found = {key: ids[tied.get(key, key)] for key in keys}
        mapped = {id_: places.mapped(found) for id_, places in named.items()}
        return {id_: (p.subject, p.object, p.facility, p.chip) for id_, p in mapped.items()}

    def _group(self, item: ResolvedClaim) -> str:
        return group(item.claim, item.subject, item.object, self.ontology)

    # --- writing

    def write_entities(self) -> None:
        """Write the nodes of the clusters that the change names, and of those of which it changes what is told."""
        by_entity: dict[str, list[ResolvedClaim]] = defaultdict(list)
        for item in self._resolved.values():
            if item.object is None:
                by_entity[item.subject].append(item)
        nodes: dict[str, list[Node]] = defaultdict(list)
        for row, who in self._identities():
            node = entity_node(who, by_entity[who.id], self.ontology)
            if _differs(node, row):
                nodes[who.kind].append(node)
        for kind, members in sorted(nodes.items()):
            cypher.upsert_nodes(self.tx, kind, members, indexed=("name", "key"))

    def _identities(self) -> Iterable[tuple[Row | None, Identity]]:
        """Yield each entity to write, with what the store has under its id."""
        for c in self.clusters.values():
            if c.id:
                who = Identity(c.id, c.key, c.kind, c.names, self.resolver.known(c.key), c.external)
                yield (c.before if c.old_id == c.id else None), who
        mine = {id_ for c in self.clusters.values() for id_ in (c.id, c.old_id)}
        rows = queries.entities(
            self.tx, {g.partition("|")[2] for g in self.groups if g.startswith("attributes|")} - mine
        )
        external = referents.external_ids(self.tx, self.resolver, (row["key"] for row in rows))
        for row in rows:
            kind = next(label for label in row["labels"] if label != "Entity")
            known = self.resolver.known(row["key"])
            yield row, Identity(row["id"], row["key"], kind, Names.stored(row), known, external.get(row["key"], {}))

    def write(self) -> None:
        """Derive every group again, and write claims, deals and edges that differ."""
        names = self._names()
        by_group: dict[str, list[ResolvedClaim]] = defaultdict(list)
        for item in self._resolved.values():
            if item.object is not None:
                by_group[self._group(item)].append(item)
        total = Derived()
        for key in sorted(by_group):
            made = derive(by_group[key], self.ontology, names)
            total.deals += made.deals
            total.edges += made.edges
            total.deal_of |= made.deal_of
        old_deals = {row["id"]: row for row in queries.deals_of_claims(self.tx, self._before)}
        deal_edges = queries.deal_edges(self.tx, old_deals)
        self._write_claims(total.deal_of)
        changed = [deal for deal in total.deals if _differs(deal, old_deals.get(deal.id))]
        cypher.upsert_nodes(self.tx, "Deal", changed, indexed=("name", "key"))
        self._write_edges(total, deal_edges)
        self._write_about(total.deal_of)
        cypher.delete_nodes(self.tx, "Claim", set(self._before) - set(self._after))
        cypher.delete_nodes(self.tx, "Deal", set(old_deals) - {deal.id for deal in total.deals})

    def drop_entities(self) -> None:
        """Delete the entities that no document names any more, or that have another id now."""
        taken = {cluster.id for cluster in self.clusters.values()}
        gone: dict[str, list[str]] = defaultdict(list)
        for cluster in self.clusters.values():
            if cluster.old_id and cluster.old_id not in taken:
                gone[cluster.kind].append(cluster.old_id)
        for kind, ids in gone.items():
            cypher.delete_nodes(self.tx, kind, ids)

    def _names(self) -> dict[str, str]:
        wanted = {id_ for c in self._resolved.values() for id_ in (c.subject, c.object, c.facility, c.chip) if id_}
        return {row["id"]: row["name"] for row in queries.names_of_entities(self.tx, wanted)}

    def _write_claims(self, deal_of: Mapping[str, str]) -> None:
        nodes: list[Node] = []
        edges: dict[str, list[Edge]] = defaultdict(list)
        dropped: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for id_, claim in sorted(self._after.items()):
            before = self._before.get(id_, StoredClaim())
            node = self._claim_node(self._resolved[id_], before, deal_of.get(id_))
            if _differs(node, before.row):
                nodes.append(node)
            for kind, name in _ENDS:
                old, new = before.row.get(name), node.properties.get(name)
                if old and old != new:
                    dropped[kind].append((f"{kind}:{id_}", id_, str(old)))
                if new and old != new:
                    edges[kind].append(Edge(f"{kind}:{id_}", kind, id_, str(new)))
            self._state(id_, before, claim, edges["STATED_IN"], dropped["STATED_IN"])
        cypher.upsert_nodes(self.tx, "Claim", nodes, indexed=("group", "row", "source"))
        for kind, members in sorted(dropped.items()):
            cypher.delete_edges(self.tx, kind, members)
        for kind, made in sorted(edges.items()):
            cypher.upsert_edges(self.tx, kind, made)

    @staticmethod
    def _state(
        id_: str, before: StoredClaim, after: StoredClaim, made: list[Edge], dropped: list[tuple[str, str, str]]
    ) -> None:
        """Collect the edges to the documents that state a claim, where they change."""
        for document, claim in after.said.items():
            said = statement_properties(claim)
            if document not in before.said or said != statement_properties(before.said[document]):
                made.append(Edge(_stated_id(id_, document), "STATED_IN", id_, document, said))
        dropped += [
            (_stated_id(id_, document), id_, document) for document in before.said if document not in after.said
        ]

    def _claim_node(self, item: ResolvedClaim, before: StoredClaim, deal: str | None) -> Node:
        derived: dict[str, Property] = {
            "subject_id": item.subject,
            "object_id": item.object,
            "facility_id": item.facility,
            "chip_id": item.chip,
            "group": self._group(item),
            "deal": deal,
            "withdrawn_by": before.row.get("withdrawn_by"),
        }
        properties = claim_properties(item.claim) | {n: v for n, v in derived.items() if v is not None}
        return Node(item.id, "Claim", properties)

    def _old_edges(self, deal_edges: list[Row]) -> dict[str, tuple[str, str, str, Row]]:
        """Return the edges that the groups had: by id, type, source, target and properties."""
        pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in (claim.row for claim in self._before.values()):
            if row.get("object_id"):
                pairs[row["predicate"]].add((row["subject_id"], row["object_id"]))
                if self.ontology.predicates[row["predicate"]].symmetric:
                    pairs[row["predicate"]].add((row["object_id"], row["subject_id"]))
        found = [
            (kind, row) for kind, members in pairs.items() for row in queries.edges_between(self.tx, kind, members)
        ]
        found += [(row["type"], row) for row in deal_edges]
        return {row["x"]["id"]: (kind, row["source"], row["target"], row["x"]) for kind, row in found}

    def _write_edges(self, total: Derived, deal_edges: list[Row]) -> None:
        old = self._old_edges(deal_edges)
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
            old, new = self._before.get(id_, StoredClaim()).row.get("deal"), deal_of.get(id_)
            if old and old != new:
                dropped.append((f"ABOUT:{id_}", id_, old))
            if new and old != new:
                edges.append(Edge(f"ABOUT:{id_}", "ABOUT", id_, new))
        cypher.delete_edges(self.tx, "ABOUT", dropped)
        cypher.upsert_edges(self.tx, "ABOUT", edges)


def _stated_id(claim: str, document: str) -> str:
    return f"STATED_IN:{claim}:{document}"


def _differs(element: Node | Edge, row: Mapping[str, Any] | None) -> bool:
    """Say whether an element is not what the store has: another property, one more or one fewer."""
    if not row:
        return True
    stored = {n: v for n, v in row.items() if n not in ("id", "labels") and v is not None and v != []}
    wanted = {n: v for n, v in element.properties.items() if v is not None and v != []}
    return stored != wanted
