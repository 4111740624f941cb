"""What a store says of itself: that it is one, in which version, and whether it is whole."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kg.exceptions import StoreError
from kg.graph.elements import Node, Property
from kg.schema.ontology import Ontology
from kg.schema.registry import Registry
from kg.store import cypher
from kg.store.base import Store, Transaction

SCHEMA_VERSION = 1
"""Raised when stored data must be migrated; older code refuses a newer store."""

DERIVATION = 1
"""Raised when the same claims make another graph: a store of an earlier number is derived again."""

UNIQUE = ("Entity", "Document", "Text", "Claim", "Referent", "Staged", "KGStore")
INDEXES = (
    ("Entity", "key"),
    ("Entity", "name"),
    ("Claim", "group"),
    ("Claim", "row"),
    ("Claim", "source"),
    ("Referent", "cluster"),
    ("Staged", "document"),
    ("Document", "origin"),
    ("Document", "address"),
    ("Document", "source"),
    ("Document", "state"),
    *(("Document", f"sketch_{n}") for n in range(8)),
)
_SELF = "store"
_OPEN_STATES = "['storing', 'removing']"


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store says of itself: versions of schema, ontology and registry, and when it was made."""

    schema_version: int
    ontology: str
    registry: str
    created: str
    derivation: int
    rebuilding: str | None
    """Which program is deriving the graph again; None once it has."""
    touched: str
    """When somebody last wrote."""


def info(store: Store) -> StoreInfo | None:
    """Return what the store says of itself, or None where it says nothing; raises StoreError if it is too new."""
    rows = store.read("MATCH (s:KGStore {id: $id}) RETURN s {.*} AS s", {"id": _SELF})
    if not rows:
        return None
    row = rows[0]["s"]
    version = row.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise StoreError(
            f"The store {store.address} was made by a newer version (schema {version}, this reads {SCHEMA_VERSION}); "
            "upgrade with: pip install -U ai-compute-kg"
        )
    named = {name: str(row.get(name) or "") for name in ("ontology", "registry", "created", "touched")}
    return StoreInfo(version, **named, derivation=row.get("derivation") or 0, rebuilding=row.get("rebuilding"))


def check_readable(store: Store) -> None:
    """Raise StoreError for a store that is too new, and for one that a long step has left, or is holding, half done."""
    found = info(store)
    if found is None:
        return
    step = "rebuilding it" if found.rebuilding else _long_step(store)
    if step:
        raise StoreError(
            f"{step[0].upper()}{step[1:]} is under way in {store.address}, or was broken off. Wait for it to end; if "
            "nobody is at it, finish it with: kg rebuild"
        )


def _long_step(store: Store) -> str | None:
    rows = store.read(
        f"MATCH (d:Document) WHERE d.state IN {_OPEN_STATES} RETURN d.address AS address, d.state AS state LIMIT 1"
    )
    return next((f"{row['state']} {row['address']}" for row in rows), None)


def create(store: Store, ontology: Ontology, registry: Registry) -> None:
    """Make an empty database a store; raises StoreError for one that holds something else."""
    held = store.read("MATCH (n) RETURN count(n) AS n")[0]["n"]
    if held:
        raise StoreError(f"The database at {store.address} holds {held} nodes that are not ours; give an empty one.")
    store.schema(cypher.schema_statements(UNIQUE, INDEXES))
    properties: dict[str, Property] = {
        "schema_version": SCHEMA_VERSION,
        "derivation": DERIVATION,
        "ontology": ontology.fingerprint,
        "registry": registry.fingerprint,
        "created": now(),
        "writes": 0,
    }
    store.write(lambda tx: cypher.upsert_nodes(tx, "KGStore", [Node(_SELF, "KGStore", properties)]))


def is_current(found: StoreInfo, ontology: Ontology, registry: Registry) -> bool:
    """Say whether the graph was derived by this code, with this ontology and registry."""
    derived_with = (found.derivation, found.ontology, found.registry)
    return derived_with == (DERIVATION, ontology.fingerprint, registry.fingerprint) and not found.rebuilding


def flag(tx: Transaction, ontology: Ontology, registry: Registry, by: str | None) -> None:
    """Note which program is deriving the graph again, or that it has been."""
    tx.run(
        "MATCH (s:KGStore {id: $id}) SET s.rebuilding = $by, s.ontology = $ontology, s.registry = $registry, "
        "s.derivation = $derivation",
        {
            "id": _SELF,
            "by": by,
            "ontology": ontology.fingerprint,
            "registry": registry.fingerprint,
            "derivation": DERIVATION,
        },
    )


def queue(tx: Transaction) -> tuple[str, str | None]:
    """Touch the store's own node first, which puts writers in a queue on both engines.

    Returns when the store was made, and which program is deriving it again, if one is.
    """
    rows = tx.run(
        "MATCH (s:KGStore {id: $id}) SET s.writes = s.writes + 1, s.touched = $now "
        "RETURN s.created AS created, s.rebuilding AS by",
        {"id": _SELF, "now": now()},
    )
    return rows[0]["created"], rows[0]["by"]


def now() -> str:
    """Return the moment in UTC, as ISO text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
