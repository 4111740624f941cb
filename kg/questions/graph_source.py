"""The graph of a store for exporters: every node and edge in order of id, read more than once, one at a time.

The store is read once, into a temporary database beside which memory stays small; so all passes of an exporter see the
same graph, the order does not depend on the engine, and the store is free again before anything is written.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.graph.elements import Edge, Node
from kg.store.base import Row, Store

_INTERNAL = frozenset(
    {"id", "key", "names", "name_counts", "forms", "form_counts", "group", "sketch", *(f"sketch_{n}" for n in range(8))}
)
"""Properties of nodes that only the store itself needs."""

_NODES = ("MATCH (n:Entity) RETURN n {.*} AS p, labels(n) AS labels",)
_EDGES = ("MATCH (a:Entity)-[x]->(b:Entity) RETURN x {.*} AS p, type(x) AS type, a.id AS source, b.id AS target",)
_CLAIM_NODES = (
    "MATCH (n:Claim) RETURN n {.*} AS p, labels(n) AS labels",
    "MATCH (n:Document) RETURN n {.*} AS p, labels(n) AS labels",
)
_CLAIM_EDGES = (
    "MATCH (a:Claim)-[x]->(b) RETURN x {.*} AS p, type(x) AS type, a.id AS source, b.id AS target",
    "MATCH (a:Document)-[x:MENTIONS]->(b:Entity) RETURN x {.*} AS p, type(x) AS type, a.id AS source, b.id AS target",
)
_BATCH = 2_000


class StoredGraph:
    """A copy of a store's graph: entities, deals and their edges, and with claims also these and their documents.

    Used as a context, which removes the copy at its end.
    """

    def __init__(self, store: Store, *, with_claims: bool = False) -> None:
        """Read the store, which may be closed afterwards."""
        self._folder = tempfile.TemporaryDirectory(prefix="kg-export-")
        self._database = sqlite3.connect(Path(self._folder.name) / "graph.sqlite")
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE node (id TEXT PRIMARY KEY, label, properties) WITHOUT ROWID;"
            "CREATE TABLE edge (id TEXT PRIMARY KEY, type, source, target, properties) WITHOUT ROWID;"
        )
        try:
            for query in _NODES + (_CLAIM_NODES if with_claims else ()):
                self._fill("INSERT OR REPLACE INTO node VALUES (?, ?, ?)", map(_node, store.stream(query)))
            for query in _EDGES + (_CLAIM_EDGES if with_claims else ()):
                self._fill("INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?, ?)", map(_edge, store.stream(query)))
        except BaseException:
            self.close()
            raise

    def nodes(self) -> Iterator[Node]:
        """Yield every node by id."""
        for id_, label, properties in self._database.execute("SELECT * FROM node ORDER BY id"):
            yield Node(id_, label, json.loads(properties))

    def edges(self) -> Iterator[Edge]:
        """Yield every edge by id; one whose end the store lost while it was read is left out."""
        query = (
            "SELECT edge.* FROM edge JOIN node AS a ON a.id = source JOIN node AS b ON b.id = target ORDER BY edge.id"
        )
        for id_, kind, source, target, properties in self._database.execute(query):
            yield Edge(id_, kind, source, target, json.loads(properties))

    def close(self) -> None:
        """Remove the copy."""
        self._database.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        """Return the graph."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the copy."""
        self.close()

    def _fill(self, statement: str, rows: Iterator[tuple[str, ...]]) -> None:
        batch: list[tuple[str, ...]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._database.executemany(statement, batch)
                batch.clear()
        self._database.executemany(statement, batch)


def _node(row: Row) -> tuple[str, ...]:
    properties: dict[str, Any] = row["p"]
    label = next(label for label in sorted(row["labels"]) if label != "Entity")
    kept = {name: value for name, value in sorted(properties.items()) if name not in _INTERNAL}
    return properties["id"], label, json.dumps(kept, ensure_ascii=False)


def _edge(row: Row) -> tuple[str, ...]:
    properties: dict[str, Any] = row["p"]
    kept = {name: value for name, value in sorted(properties.items()) if name != "id"}
    return properties["id"], row["type"], row["source"], row["target"], json.dumps(kept, ensure_ascii=False)
