"""The ledger: a store as a record of documents and their claims, from which the graph is derived.

The only way in for data. A document is stored whole or not at all; the same document again changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import StoreError, UsageError
from kg.graph.elements import Node, Property
from kg.graph.records import claim_from
from kg.resolve.resolver import Resolver
from kg.schema.ontology import Ontology
from kg.schema.registry import Registry
from kg.store import cypher, queries
from kg.store.base import Row, Store, Transaction
from kg.store.change import Change, Effect, Incoming
from kg.store.known import KnownFacts

SCHEMA_VERSION = 1
"""Raised when stored data must be migrated; older code refuses a newer store."""

REBUILT = 200
"""Documents of one transaction of a rebuild."""

DERIVED_MARKS = ("group", "deal", "subject_id", "object_id", "facility_id", "chip_id")
"""Properties of a claim that are derived."""

MAX_CLAIMS = 5_000
"""Claims of one transaction that holds several documents."""

_UNIQUE = ("Entity", "Document", "Text", "Claim", "KGStore")
_INDEXES = (
    ("Entity", "key"),
    ("Entity", "name"),
    ("Claim", "group"),
    ("Claim", "document"),
    ("Document", "origin"),
    ("Document", "address"),
    *(("Document", f"sketch_{n}") for n in range(8)),
)
_SELF = "store"


@dataclass(frozen=True, slots=True)
class Stored:
    """What a load did with one document: "new", "unchanged" or "changed", and its claims."""

    document: Document
    outcome: str
    claims: int
    new: int


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store says of itself."""

    schema_version: int
    ontology: str
    registry: str
    created: str


class Ledger:
    """Writes documents and claims into a store and keeps the derived graph in step."""

    def __init__(self, store: Store, ontology: Ontology, registry: Registry) -> None:
        self.store = store
        self.ontology = ontology
        self.registry = registry
        self.resolver = Resolver(registry)

    # --- opening

    def prepare(self) -> None:
        """Make the schema on first use, and refuse a database that is not ours.

        Raises StoreError for a store of a newer schema, and for a database with content but without a KGStore node.
        What a broken load left behind is removed.
        """
        info = self.info()
        if info is None:
            self._claim_database()
        elif info.schema_version > SCHEMA_VERSION:
            raise StoreError(
                f"The store {self.store.address} was made by a newer version (schema {info.schema_version}, this is "
                f"{SCHEMA_VERSION}); upgrade with: pip install -U ai-compute-kg"
            )
        self._drop_unfinished()
        if self.store.read("MATCH (s:KGStore {id: $id}) RETURN s.rebuilding AS on", {"id": _SELF})[0]["on"]:
            self.rebuild()

    def info(self) -> StoreInfo | None:
        """Return what the store says of itself, or None where it says nothing."""
        rows = self.store.read("MATCH (s:KGStore {id: $id}) RETURN s {.*} AS s", {"id": _SELF})
        if not rows:
            return None
        row = rows[0]["s"]
        return StoreInfo(row["schema_version"], row["ontology"], row["registry"], row["created"])

    def _claim_database(self) -> None:
        held = self.store.read("MATCH (n) RETURN count(n) AS n")[0]["n"]
        if held:
            raise StoreError(
                f"The database at {self.store.address} holds {held} nodes that are not ours; give an empty one."
            )
        self.store.schema(cypher.schema_statements(_UNIQUE, _INDEXES))
        self.store.write(lambda tx: self._note(tx, created=_now()))

    def _note(self, tx: Transaction, created: str) -> None:
        properties: dict[str, Property] = {
            "schema_version": SCHEMA_VERSION,
            "ontology": self.ontology.fingerprint,
            "registry": self.registry.fingerprint,
            "created": created,
            "writes": 0,
        }
        cypher.upsert_nodes(tx, "KGStore", [Node(_SELF, "KGStore", properties)])

    def _drop_unfinished(self) -> None:
        rows = self.store.read("MATCH (d:Document) WHERE d.state = 'loading' RETURN d.id AS id")
        for row in rows:
            self.forget([row["id"]])

    # --- documents

    def load(self, documents: Iterable[tuple[Document, tuple[Claim, ...]]], extractor: str) -> Iterator[Stored]:
        """Store documents with their claims, several in one transaction; yield what became of each.

        ``extractor`` is the version that read the claims. A document that the store has from the same version is
        unchanged; one that another version read gets the new claims in the place of the old.
        """
        batch: list[Incoming] = []
        size = 0
        recorded = _now()
        for document, claims in documents:
            batch.append(Incoming(document, claims, extractor, recorded))
            size += len(claims)
            if size >= MAX_CLAIMS:
                yield from self._store(batch)
                batch, size = [], 0
        if batch:
            yield from self._store(batch)

    def _store(self, batch: list[Incoming]) -> list[Stored]:
        def work(tx: Transaction) -> list[Stored]:
            self._queue(tx)
            stored = _stored_documents(tx, [i.document.id for i in batch])
            change = self._change(tx)
            results: dict[str, Stored] = {}
            for incoming in batch:
                id_ = incoming.document.id
                count = len({claim.id for claim in incoming.claims})
                row = stored.get(id_)
                if (row and row["extractor"] == incoming.extractor) or id_ in results:
                    results.setdefault(id_, Stored(incoming.document, "unchanged", count, 0))
                    continue
                before = _claim_ids(tx, id_) if row else set()
                new = len({claim.id for claim in incoming.claims} - before)
                change.add(incoming)
                results[id_] = Stored(incoming.document, "changed" if row else "new", count, new)
            if any(result.outcome != "unchanged" for result in results.values()):
                change.run()
            return list(results.values())

        return self.store.write(work)

    def known_documents(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the extractor version of each of these documents that the store has."""
        rows = self.store.read(
            "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN d.id AS id, d.extractor AS extractor",
            {"ids": list(ids)},
        )
        return {row["id"]: row["extractor"] for row in rows}

    def find_documents(self, name: str) -> list[Row]:
        """Return the documents with this id, address, web address or file name; raises UsageError if there is none."""
        rows = self.store.read(
            "MATCH (d:Document) WHERE d.id = $name OR d.id = 'doc:' + $name OR d.address = $name OR d.url = $name "
            "OR d.address ENDS WITH $tail OR d.address ENDS WITH $windows "
            "RETURN d.id AS id, d.title AS title, d.address AS address, d.kind AS kind ORDER BY id",
            {"name": name, "tail": f"/{name}", "windows": f"\\{name}"},
        )
        rows = [row for row in rows if row["kind"] != "registry"]
        if not rows:
            raise UsageError(
                f"No document {name!r} in {self.store.address}. See: kg cypher 'MATCH (d:Document) RETURN d.address'"
            )
        return rows

    def forget(self, ids: Iterable[str]) -> Effect:
        """Remove documents and what only they supported."""
        wanted = list(ids)

        def work(tx: Transaction) -> Effect:
            self._queue(tx)
            change = self._change(tx)
            for id_ in wanted:
                change.remove(id_)
            return change.run()

        return self.store.write(work)

    # --- rebuilding

    def rebuild(self) -> int:
        """Derive everything again from the stored claims; return how many documents there are.

        A rebuild that is broken off is taken up by the next command that writes.
        """
        self.store.write(lambda tx: self._flag(tx, rebuilding=True))
        self._wipe()
        rows = self.store.read("MATCH (d:Document) WHERE d.kind <> 'registry' RETURN d.id AS id ORDER BY id")
        ids = [row["id"] for row in rows]
        for i in range(0, len(ids), REBUILT):
            self.store.write(lambda tx, batch=ids[i : i + REBUILT]: self._derive(tx, batch))  # type: ignore[misc]
        self.store.write(lambda tx: self._flag(tx, rebuilding=False))
        return len(ids)

    def _wipe(self) -> None:
        """Remove what is derived: entities with all that joins them, the registry's claims, marks on claims."""
        for what in ("(n:Entity)", "(n:Claim {extractor: 'registry'})", "(n:Document {kind: 'registry'})"):
            while self.store.write(lambda tx, what=what: _delete_some(tx, what)):  # type: ignore[misc]
                pass
        marks = ", ".join(f"c.{name} = null" for name in DERIVED_MARKS)
        self.store.write(lambda tx: tx.run(f"MATCH (c:Claim) SET {marks}"))
        self.store.write(lambda tx: tx.run("MATCH (d:Document) SET d.origin = d.id"))

    def _derive(self, tx: Transaction, ids: list[str]) -> Effect:
        self._queue(tx)
        change = self._change(tx)
        by_document: dict[str, list[Claim]] = {id_: [] for id_ in ids}
        for row in queries.claims_of_documents(tx, ids):
            by_document[row["document"]].append(claim_from(row))
        for id_, claims in by_document.items():
            change.derive(id_, tuple(claims))
        return change.run()

    def _flag(self, tx: Transaction, *, rebuilding: bool) -> None:
        tx.run(
            "MATCH (s:KGStore {id: $id}) SET s.rebuilding = $on, s.ontology = $ontology, s.registry = $registry",
            {
                "id": _SELF,
                "on": rebuilding,
                "ontology": self.ontology.fingerprint,
                "registry": self.registry.fingerprint,
            },
        )

    # --- transactions

    def _change(self, tx: Transaction) -> Change:
        created = tx.run("MATCH (s:KGStore {id: $id}) RETURN s.created AS created", {"id": _SELF})[0]["created"]
        return Change(tx, self.resolver, self.ontology, KnownFacts(self.registry, created))

    def _queue(self, tx: Transaction) -> None:
        """Touch the store's own node first, which puts writers in a queue on both engines."""
        tx.run("MATCH (s:KGStore {id: $id}) SET s.writes = s.writes + 1", {"id": _SELF})


def _delete_some(tx: Transaction, what: str) -> int:
    rows = tx.run(
        f"MATCH {what} WITH n LIMIT 2000 WITH collect(n) AS found FOREACH (n IN found | DETACH DELETE n) "
        "RETURN size(found) AS n"
    )
    return int(rows[0]["n"])


def _stored_documents(tx: Transaction, ids: list[str]) -> dict[str, Row]:
    rows = tx.run(
        "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN d.id AS id, d.extractor AS extractor", {"ids": ids}
    )
    return {row["id"]: row for row in rows}


def _claim_ids(tx: Transaction, document: str) -> set[str]:
    rows = tx.run("MATCH (c:Claim) WHERE c.document = $d RETURN c.id AS id", {"d": document})
    return {row["id"] for row in rows}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
