"""One change of the store: documents that come or go, and everything that follows from it, in one transaction.

Only what the change touches is computed again: the clusters whose names change, the groups of claims whose ends,
origin or claims change. The result is that of deriving everything anew (``tests/properties/test_rebuild.py``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.core.claim import Claim
from kg.core.document import Document
from kg.graph.elements import Edge, Node
from kg.graph.entities import Names, canonical_id
from kg.graph.origin import Sketch, keys, origins, sketch
from kg.graph.records import claim_from, document_node, text_nodes
from kg.resolve.names import Mentioned, mentioned
from kg.resolve.resolver import Resolver
from kg.schema.ontology import Ontology
from kg.store import cypher, queries
from kg.store.base import Row, Transaction
from kg.store.derived import Regrouping
from kg.store.known import KnownFacts

INDEXED = ("id", "key", "name", "group", "document", "address", "origin")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to store, with its claims, the version of the extractor that read them, and when it was recorded."""

    document: Document
    claims: tuple[Claim, ...]
    extractor: str
    recorded: str


@dataclass(slots=True)
class Cluster:
    """An entity as a change sees it: before and after."""

    key: str
    kind: str
    before: Row | None
    names: Names
    id: str = ""

    @property
    def old_id(self) -> str | None:
        """The id that the store has for it, if it has one."""
        return self.before["id"] if self.before else None


@dataclass(slots=True)
class Effect:
    """What a change did: claims that are new and gone, entities and deals touched."""

    new_claims: int = 0
    gone_claims: int = 0
    groups: int = 0


@dataclass(slots=True)
class _State:
    added: dict[str, Incoming] = field(default_factory=dict)
    again: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    claims: dict[str, tuple[Claim, str]] = field(default_factory=dict)
    old_rows: dict[str, Row] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)


class Change:
    """Collects what comes and goes, then writes it and what follows."""

    def __init__(self, tx: Transaction, resolver: Resolver, ontology: Ontology, known: KnownFacts) -> None:
        self.tx = tx
        self.resolver = resolver
        self.ontology = ontology
        self.known = known
        self._state = _State()

    def add(self, incoming: Incoming) -> None:
        """Let a document come, or take the place of what the store has of it."""
        self._state.added[incoming.document.id] = incoming

    def derive(self, document_id: str, claims: tuple[Claim, ...]) -> None:
        """Derive from a document that is stored with its claims, of which nothing has been derived yet."""
        self._state.again[document_id] = claims

    def remove(self, document_id: str) -> None:
        """Let a document go."""
        self._state.removed.add(document_id)

    def run(self) -> Effect:
        """Write the change and return what it did."""
        state = self._state
        touched = [*state.added, *state.again, *state.removed]
        state.old_rows = {row["id"]: row for row in queries.claims_of_documents(self.tx, touched)}
        origin_of, moved = self._origins()
        self._write_documents(origin_of)
        deltas = self._deltas()
        state.clusters = self._clusters(deltas)
        facts = self.known.change(self.tx, state.clusters)
        state.old_rows |= facts.gone
        for id_, claims in self._coming().items():
            state.claims |= {claim.id: (claim, id_) for claim in claims}
        state.claims |= facts.added
        regrouping = Regrouping(self.tx, self.ontology, self.resolver, state.clusters)
        gone = {id_: row for id_, row in state.old_rows.items() if id_ not in state.claims}
        regrouping.prepare(state.claims, gone, state.old_rows, moved)
        regrouping.write_entities()
        self._mentions(deltas)
        regrouping.write()
        cypher.delete_nodes(self.tx, "Claim", gone)
        regrouping.drop_entities()
        self._drop_documents(facts.document_gone)
        new = sum(id_ not in state.old_rows for id_ in state.claims)
        return Effect(new, len(gone), len(regrouping.groups))

    def _coming(self) -> dict[str, tuple[Claim, ...]]:
        return {id_: incoming.claims for id_, incoming in self._state.added.items()} | self._state.again

    # --- documents

    def _origins(self) -> tuple[dict[str, str], list[str]]:
        """Return the origin of every document near the change, and which stored documents get another one."""
        state = self._state
        sketches: dict[str, Sketch] = {id_: sketch(i.document.text) for id_, i in state.added.items()}
        near = queries.documents_like(self.tx, {key for one in sketches.values() for key in keys(one)})
        own = queries.documents(self.tx, [*state.added, *state.again, *state.removed])
        near += queries.documents_like(self.tx, {key for row in own for key in keys(tuple(row.get("sketch") or ()))})
        stored = {row["id"]: row for row in [*near, *own]}
        wanted = {row["origin"] for row in stored.values() if row.get("origin")}
        stored |= {row["id"]: row for row in queries.documents_of_origins(self.tx, wanted)}
        for id_, row in stored.items():
            if id_ not in state.removed:
                sketches.setdefault(id_, tuple(row.get("sketch") or ()))
        found = origins(sketches)
        moved = [
            id_
            for id_, row in stored.items()
            if id_ in found and id_ not in state.added and row["origin"] != found[id_]
        ]
        return found, sorted(moved)

    def _write_documents(self, origin_of: Mapping[str, str]) -> None:
        stored = {row["id"]: row for row in queries.documents(self.tx, origin_of)}
        nodes, texts, edges = [], [], []
        for id_, origin in origin_of.items():
            incoming = self._state.added.get(id_)
            if incoming:
                recorded = stored[id_]["recorded"] if id_ in stored else incoming.recorded
                node = document_node(incoming.document, recorded, incoming.extractor)
                nodes.append(Node(id_, "Document", {**node.properties, "origin": origin}))
                pieces = list(text_nodes(incoming.document))
                texts += pieces
                edges += [Edge(f"has:{piece.id}", "HAS_TEXT", id_, piece.id) for piece in pieces]
            elif stored[id_]["origin"] != origin:
                nodes.append(Node(id_, "Document", {**_properties(stored[id_]), "origin": origin}))
        cypher.upsert_nodes(self.tx, "Document", nodes, indexed=INDEXED)
        cypher.upsert_nodes(self.tx, "Text", texts)
        cypher.upsert_edges(self.tx, "HAS_TEXT", edges)

    def _drop_documents(self, registry_gone: bool) -> None:
        gone = [*self._state.removed, *([self.known.document_id] if registry_gone else [])]
        cypher.delete_nodes(self.tx, "Text", queries.texts_of_documents(self.tx, gone))
        cypher.delete_nodes(self.tx, "Document", gone)

    # --- names

    def _deltas(self) -> dict[str, dict[str, tuple[Mentioned | None, Mentioned | None]]]:
        """Return, by cluster key and document, how it was named before and is named after."""
        before = self._named_before()
        after = {id_: mentioned(claims, self.resolver) for id_, claims in self._coming().items()}
        deltas: dict[str, dict[str, tuple[Mentioned | None, Mentioned | None]]] = defaultdict(dict)
        for id_ in {*before, *after}:
            old, new = before.get(id_, {}), after.get(id_, {})
            for key in {*old, *new}:
                deltas[key][id_] = (old.get(key), new.get(key))
        return deltas

    def _named_before(self) -> dict[str, dict[str, Mentioned]]:
        by_document: dict[str, list[Claim]] = defaultdict(list)
        for row in self._state.old_rows.values():
            if row.get("group"):
                by_document[row["document"]].append(claim_from(row))
        return {id_: mentioned(claims, self.resolver) for id_, claims in by_document.items()}

    def _clusters(
        self, deltas: Mapping[str, Mapping[str, tuple[Mentioned | None, Mentioned | None]]]
    ) -> dict[str, Cluster]:
        stored = {row["key"]: row for row in queries.entities_by_key(self.tx, deltas)}
        clusters = {}
        for key, documents in deltas.items():
            row = stored.get(key)
            kind = next(m.kind for pair in documents.values() for m in pair if m)
            names = Names.stored(row) if row else Names()
            for old, new in documents.values():
                if old:
                    names.add(old.names, old.forms, -1)
                if new:
                    names.add(new.names, new.forms, 1)
            cluster = Cluster(key, kind, row, names)
            if names.documents:
                cluster.id = canonical_id(key, kind, names, self.resolver.known(key))
            clusters[key] = cluster
        return clusters

    def _mentions(self, deltas: Mapping[str, Mapping[str, tuple[Mentioned | None, Mentioned | None]]]) -> None:
        """Write which document names which entity, and how; an entity whose id changed takes its mentions along."""
        edges, dropped = [], []
        for key, documents in deltas.items():
            cluster = self._state.clusters[key]
            for id_, (old, new) in documents.items():
                if old and cluster.old_id and (not new or cluster.old_id != cluster.id):
                    dropped.append((id_, cluster.old_id))
                if new:
                    edges.append(_mention(id_, cluster.id, sorted(new.names), sorted(new.forms)))
        renamed = {c.old_id: c for c in self._state.clusters.values() if c.old_id and c.id and c.old_id != c.id}
        for row in queries.mentions_of(self.tx, renamed):
            cluster = renamed[row["entity"]]
            if row["document"] not in deltas[cluster.key]:
                edges.append(_mention(row["document"], cluster.id, row["m"]["names"], row["m"].get("forms") or []))
        cypher.delete_edges_between(self.tx, "MENTIONS", dropped)
        cypher.upsert_edges(self.tx, "MENTIONS", edges)


def _mention(document: str, entity: str, names: Iterable[str], forms: Iterable[str]) -> Edge:
    properties: dict[str, Any] = {"names": list(names), "forms": list(forms) or None}
    return Edge(f"mentions:{document}:{entity}", "MENTIONS", document, entity, properties)


def _properties(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}
