"""Documents of more claims than one transaction takes: in whole or not at all, although they come in pieces.

    loading    claims are set aside as they come (Staged); nothing of them can be seen. Broken off here, all goes.
    storing    all are there; piece by piece they become claims, and the graph is derived. Broken off, it goes on.
    removing   piece by piece they go. Broken off, it goes on.

A document that the store has already keeps its old claims until the new ones are all there.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import StoreError
from kg.graph.elements import Node, Property
from kg.graph.records import claim_from, claim_properties, document_node
from kg.store import cypher, documents, meta, queries
from kg.store.base import Store, Transaction
from kg.store.change import Effect
from kg.store.state import LOADING, info
from kg.store.work import Work

T = TypeVar("T")

PIECE = 5_000
"""Claims of one transaction at most."""


class LargeDocuments:
    """Takes large documents in and out of a store."""

    def __init__(self, store: Store, work: Work, limit: int) -> None:
        self.store = store
        self.work = work
        self.limit = limit
        self.piece = min(PIECE, limit)

    def put(self, document: Document, claims: Iterable[Claim], extractor: str, recorded: str) -> tuple[int, int]:
        """Store a document, or put new claims in the place of its old ones; return how many there are, and are new."""
        node = document_node(document, recorded, extractor, LOADING)
        try:
            is_new = self.store.write(lambda tx: self._begin(tx, node, document))
            total, new = self._stage(document.id, claims)
            if not is_new:
                self._stage_removals(document.id)
            self.store.write(lambda tx: self._accept(tx, node, total))
        except BaseException:
            self.abandon(document.id)
            raise
        self.go_on(document.id)
        return total, new

    def go_on(self, document: str) -> None:
        """Make claims of what is set aside for a document, until nothing is left."""
        while self.store.write(lambda tx: self._store_piece(tx, document)):
            pass
        self.store.write(lambda tx: self._complete(tx, document))

    def remove(self, document: str) -> Effect:
        """Take a document and its claims out; return how many claims only it stated."""
        self.store.write(lambda tx: self._begin_removal(tx, document))
        total = Effect()
        while effect := self.store.write(lambda tx: self._remove_piece(tx, document)):
            total.gone_claims += effect.gone_claims
            total.groups += effect.groups
        self.store.write(lambda tx: self._drop(tx, document))
        return total

    def abandon(self, document: str) -> None:
        """Forget what is set aside for a document, and the document if it is not complete."""
        while self.store.write(lambda tx: self._drop_staged(tx, document)):
            pass
        self.store.write(lambda tx: self._undo(tx, document))

    def recover(self) -> None:
        """Go on with what was broken off, or undo it; what another program is still loading is left to it."""
        found = info(self.store)
        for step in found.steps if found else ():
            what, _, document = step.partition(" ")
            if what == "storing":
                self.go_on(document)
            elif what == "removing":
                self.remove(document)
            elif not self._is_at_work(document):
                self.abandon(document)

    def _is_at_work(self, document: str) -> bool:
        """Say whether another program has set claims of a document aside just now, or may have begun to."""
        rows = self.store.read(
            "OPTIONAL MATCH (s:Staged) WHERE s.document = $id WITH max(s.at) AS at "
            "OPTIONAL MATCH (d:Document {id: $id}) RETURN coalesce(at, d.recorded) AS at",
            {"id": document},
        )
        return self.work.is_fresh(rows[0]["at"] or "")

    def _undo(self, tx: Transaction, document: str) -> None:
        self.work.queue(tx)
        documents.drop(tx, _ids(tx, f"d.id = $id AND d.state = '{LOADING}'", document))
        meta.end(tx, _step(LOADING, document))

    def _drop_staged(self, tx: Transaction, document: str) -> int:
        self.work.queue(tx)
        rows = tx.run(f"MATCH (s:Staged) WHERE s.document = $id RETURN s.id AS id LIMIT {self.piece}", {"id": document})
        return cypher.delete_nodes(tx, "Staged", (row["id"] for row in rows))

    # --- setting aside

    def _begin(self, tx: Transaction, node: Node, document: Document) -> bool:
        """Write the document, unless the store has it; say whether it is new."""
        self.work.queue(tx)
        meta.begin(tx, _step(LOADING, node.id))
        if _ids(tx, "d.id = $id", document.id):
            return False
        cypher.upsert_nodes(tx, "Document", [node], indexed=documents.INDEXED)
        documents.write_texts(tx, [document])
        return True

    def _stage(self, document: str, claims: Iterable[Claim]) -> tuple[int, int]:
        total = new = 0
        for piece in _pieces(claims, self.piece):
            nodes = [self._staged(document, claim.id, claim_properties(claim)) for claim in piece]
            added, unknown = self.store.write(lambda tx, nodes=nodes: self._stage_piece(tx, nodes))  # type: ignore[misc]
            total, new = total + added, new + unknown
        return total, new

    def _stage_piece(self, tx: Transaction, nodes: list[Node]) -> tuple[int, int]:
        """Set claims aside; return how many are not yet, and how many of these the store does not have."""
        self.work.queue(tx)
        there = queries.existing(tx, "Staged", (node.id for node in nodes))
        fresh = {str(node.properties["of"]) for node in nodes if node.id not in there}
        cypher.upsert_nodes(tx, "Staged", nodes, indexed=("document",))
        return len(fresh), len(fresh - queries.existing(tx, "Claim", fresh))

    def _stage_removals(self, document: str) -> None:
        """Note which claims the document no longer states."""
        rows = self.store.stream(
            "MATCH (:Document {id: $id})<-[:STATED_IN]-(c:Claim) RETURN c.id AS id", {"id": document}
        )
        for piece in _pieces([row["id"] for row in rows], self.piece):
            nodes = [self._staged(document, claim, {"gone": True}) for claim in piece]
            self.store.write(lambda tx, nodes=nodes: self._stage_missing(tx, nodes))  # type: ignore[misc]

    @staticmethod
    def _staged(document: str, claim: str, properties: dict[str, Property]) -> Node:
        return Node(
            f"{document}|{claim}", "Staged", {**properties, "document": document, "of": claim, "at": meta.now()}
        )

    def _stage_missing(self, tx: Transaction, nodes: list[Node]) -> None:
        self.work.queue(tx)
        there = queries.existing(tx, "Staged", (node.id for node in nodes))
        missing = [node for node in nodes if node.id not in there]
        cypher.upsert_nodes(tx, "Staged", missing, indexed=("document",))

    def _accept(self, tx: Transaction, node: Node, total: int) -> None:
        """Turn from what can be undone to what is gone on with."""
        self.work.queue(tx)
        rows = queries.documents(tx, [node.id])
        staged = "MATCH (s:Staged) WHERE s.document = $id AND s.gone IS NULL RETURN count(s) AS n"
        if not rows or tx.run(staged, {"id": node.id})[0]["n"] != total:
            raise StoreError(
                f"Another program took {node.properties['address']} out while it was stored; run it again."
            )
        kept = {"recorded": rows[0]["recorded"], "origin": rows[0]["origin"], "state": "storing"}
        changed = Node(node.id, node.label, {**node.properties, **kept})
        cypher.upsert_nodes(tx, "Document", [changed], indexed=documents.INDEXED)
        meta.end(tx, _step(LOADING, node.id))
        meta.begin(tx, _step("storing", node.id))

    # --- piece by piece

    def _store_piece(self, tx: Transaction, document: str) -> int:
        change = self.work.change(tx, large=[document])
        rows = tx.run(
            f"MATCH (s:Staged) WHERE s.document = $id RETURN s {{.*}} AS s LIMIT {self.piece}", {"id": document}
        )
        if not rows:
            return 0
        staged = [row["s"] for row in rows]
        change.state(claim_from({**row, "document": document}) for row in staged if not row.get("gone"))
        for row in staged:
            if row.get("gone"):
                change.unstate(row["of"], document)
        self.work.run(change, mark=False)
        return cypher.delete_nodes(tx, "Staged", (row["id"] for row in staged))

    def _complete(self, tx: Transaction, document: str) -> None:
        self._set_state(tx, document, "complete")
        meta.end(tx, _step("storing", document))
        self.work.mark(tx, {row["source"] for row in queries.documents(tx, [document]) if row.get("source")})

    def _begin_removal(self, tx: Transaction, document: str) -> None:
        self._set_state(tx, document, "removing")
        meta.end(tx, _step("removing", document))
        meta.begin(tx, _step("removing", document))

    def _remove_piece(self, tx: Transaction, document: str) -> Effect | None:
        change = self.work.change(tx, large=[document])
        rows = queries.claims_of_documents(tx, [document], self.piece)
        for row in rows:
            change.unstate(row["claim"], document)
        return self.work.run(change, mark=False) if rows else None

    def _set_state(self, tx: Transaction, document: str, state: str) -> None:
        self.work.queue(tx)
        tx.run("MATCH (d:Document {id: $id}) SET d.state = $state", {"id": document, "state": state})

    def _drop(self, tx: Transaction, document: str) -> None:
        change = self.work.change(tx)
        change.remove(document)
        self.work.run(change)
        meta.end(tx, _step("removing", document))


def _step(what: str, document: str) -> str:
    return f"{what} {document}"


def _ids(tx: Transaction, condition: str, id_: str) -> list[str]:
    return [row["id"] for row in tx.run(f"MATCH (d:Document) WHERE {condition} RETURN d.id AS id", {"id": id_})]


def _pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece
