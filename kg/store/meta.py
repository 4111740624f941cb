"""What a writer notes in a store: that it is one, what its graph was derived with, which long steps are under way."""

from datetime import UTC, datetime

from kg.exceptions import StoreError
from kg.graph.elements import Node, Property
from kg.schema.ontology import Ontology
from kg.schema.registry import Registry
from kg.store import cypher
from kg.store.base import Store, Transaction
from kg.store.state import SCHEMA_VERSION, SELF, StoreInfo

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
    *(("Document", f"sketch_{n}") for n in range(8)),
)


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
    store.write(lambda tx: cypher.upsert_nodes(tx, "KGStore", [Node(SELF, "KGStore", properties)]))


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
            "id": SELF,
            "by": by,
            "ontology": ontology.fingerprint,
            "registry": registry.fingerprint,
            "derivation": DERIVATION,
        },
    )


def begin(tx: Transaction, step: str) -> None:
    """Note a long step in words, such as "storing deals.csv"; until it ends, reading the store is refused."""
    tx.run("MATCH (s:KGStore {id: $id}) SET s.steps = coalesce(s.steps, []) + [$step]", {"id": SELF, "step": step})


def end(tx: Transaction, step: str) -> None:
    """Note that a long step has ended."""
    cypher = "MATCH (s:KGStore {id: $id}) SET s.steps = [x IN coalesce(s.steps, []) WHERE x <> $step]"
    tx.run(cypher, {"id": SELF, "step": step})


def queue(tx: Transaction) -> tuple[str, str | None]:
    """Touch the store's own node first, which puts writers in a queue on both engines.

    Returns when the store was made, and which program is deriving it again, if one is.
    """
    rows = tx.run(
        "MATCH (s:KGStore {id: $id}) SET s.writes = s.writes + 1, s.touched = $now "
        "RETURN s.created AS created, s.rebuilding AS by",
        {"id": SELF, "now": now()},
    )
    return rows[0]["created"], rows[0]["by"]


def now() -> str:
    """Return the moment in UTC, as ISO text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
