"""Deriving the whole graph again from the claims."""

from collections.abc import Callable, Iterator

from kg.store import meta, queries, statements
from kg.store.base import Transaction
from kg.store.large import PIECE, LargeDocuments
from kg.store.work import Work

DERIVED_MARKS = ("group", "deal", "subject_id", "object_id", "facility_id", "chip_id", "withdrawn_by")
"""Properties of a claim that are derived."""

Progress = Callable[[int, int], None]
"""Called with the number of documents derived from so far, and of all."""

_DERIVED = ("(n:Entity)", "(n:Referent)", "(n:Claim {extractor: 'registry'})", "(n:Document {kind: 'registry'})")
_AT_ONCE = 2_000
"""Nodes deleted in one transaction."""


def rebuild(work: Work, large_documents: LargeDocuments, progress: Progress | None = None) -> int:
    """Derive everything again from the stored claims; return how many documents there are.

    Documents that were broken off are finished or undone on the way. Broken off itself, it is taken up by the next
    program that writes.
    """
    limit = large_documents.limit
    work.store.write(lambda tx: _begin(work, tx))
    _wipe(work, _sizes(work))
    large_documents.recover()
    sizes = _sizes(work)
    large = {id_ for id_, claims in sizes.items() if claims > limit}
    done = 0
    for batch in batches(sizes, min(PIECE, limit)):
        for claims in _pieces(work, batch, min(PIECE, limit)):
            work.store.write(lambda tx, batch=batch, claims=claims: _derive(work, tx, batch, claims, large))  # type: ignore[misc]
        done += len(batch)
        if progress:
            progress(done, len(sizes))
    work.store.write(lambda tx: _end(work, tx))
    work.withdrawn.clear()  # they were marked before, too
    return len(sizes)


def _sizes(work: Work) -> dict[str, int]:
    """Return the number of claims of each document, by id."""
    rows = work.store.read(
        "MATCH (d:Document) WHERE d.kind <> 'registry' "
        "RETURN d.id AS id, COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claims ORDER BY id"
    )
    return {row["id"]: int(row["claims"]) for row in rows}


def _begin(work: Work, tx: Transaction) -> None:
    """Take the store over, also from a program that began and is gone."""
    meta.queue(tx)
    meta.flag(tx, work.ontology, work.registry, work.token)


def _end(work: Work, tx: Transaction) -> None:
    work.queue(tx)
    rows = tx.run("MATCH (d:Document) WHERE d.source IS NOT NULL RETURN DISTINCT d.source AS source")
    work.mark(tx, (row["source"] for row in rows))
    meta.flag(tx, work.ontology, work.registry, None)


def _wipe(work: Work, documents: dict[str, int]) -> None:
    """Remove what is derived: entities with all that joins them, the registry's claims, marks on claims."""
    for what in _DERIVED:
        while work.store.write(lambda tx, what=what: _delete_some(work, tx, what)):  # type: ignore[misc]
            pass
    for batch in batches(documents, 4 * PIECE):
        work.store.write(lambda tx, ids=batch: _wipe_marks(work, tx, ids))  # type: ignore[misc]


def _delete_some(work: Work, tx: Transaction, what: str) -> int:
    work.queue(tx)
    rows = tx.run(
        f"MATCH {what} WITH n LIMIT {_AT_ONCE} WITH collect(n) AS found FOREACH (n IN found | DETACH DELETE n) "
        "RETURN size(found) AS n"
    )
    return int(rows[0]["n"])


def _wipe_marks(work: Work, tx: Transaction, ids: list[str]) -> None:
    work.queue(tx)
    marks = ", ".join(f"c.{name} = null" for name in DERIVED_MARKS)
    tx.run(f"UNWIND $ids AS i MATCH (:Document {{id: i}})<-[:STATED_IN]-(c:Claim) SET {marks}", {"ids": ids})
    tx.run(
        "UNWIND $ids AS i MATCH (d:Document {id: i}) "
        "SET d.origin = CASE WHEN d.source IS NULL THEN d.id ELSE d.origin END",
        {"ids": ids},
    )


def batches(sizes: dict[str, int], claims: int) -> Iterator[list[str]]:
    """Yield documents in lists of about so many claims; a larger one stands alone."""
    batch: list[str] = []
    held = 0
    for id_, size in sizes.items():
        if batch and (held + size > claims or len(batch) == queries.BATCH):
            yield batch
            batch, held = [], 0
        batch.append(id_)
        held += size
    if batch:
        yield batch


def _pieces(work: Work, documents: list[str], size: int) -> Iterator[list[str]]:
    """Yield the claims of documents, by id, in lists; at least one, for documents that state nothing."""
    rows = work.store.stream(
        "UNWIND $ids AS i MATCH (:Document {id: i})<-[:STATED_IN]-(c:Claim) RETURN c.id AS id ORDER BY id",
        {"ids": documents},
    )
    ids = list(dict.fromkeys(row["id"] for row in rows))
    for i in range(0, max(len(ids), 1), size):
        yield ids[i : i + size]


def _derive(work: Work, tx: Transaction, documents: list[str], claims: list[str], large: set[str]) -> None:
    change = work.change(tx, large)
    change.touch(documents)
    for claim in statements.of_claims(tx, claims).values():
        if not claim.is_derived:
            change.state(claim.said.values())
    work.run(change, mark=False)
