"""The ledger: a store as a record of documents and their claims, from which the graph is derived.

The only way in for data. A document is stored whole or not at all; the same document again changes nothing.

What a loader of tables has to know:

- Each edition of a table is one ``Document`` of kind ``table`` with its ``source``; ``whole=True`` where it lists every
  row of the source. Editions are put in order by ``published``, else by ``retrieved``.
- A row's claims have ``key = row_key(source, row, field)``, the edition's ``document_id``, a locator, and the cells as
  quote. The same row with the same content in another edition is the same claim: it gains a supporting document and
  nothing else. Forgetting an edition leaves what the others state.
- Rows that a later whole edition lacks are marked by the ledger (``withdrawn_by`` on their claims: the id of the first
  document that lacks them); there is nothing to call.
- An external id goes into ``EntityName.id`` (``external_id("lei", …)``) of every claim of the row, further ids into
  ``same_as`` claims. Ids join entities before names do; ids that contradict each other forbid it (``Ledger.apart``).
- ``load`` takes claims as they come. A document of more than 20,000 is stored in pieces, all of it or nothing, also
  when the claims end in an exception.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.schema.ontology import Ontology
from kg.schema.registry import Registry
from kg.settings import settings
from kg.store import documents, meta, queries
from kg.store.base import Row, Store, Transaction
from kg.store.change import Effect
from kg.store.documents import Incoming
from kg.store.large import PIECE, LargeDocuments
from kg.store.rebuild import Progress, batches, rebuild
from kg.store.state import StoreInfo, info
from kg.store.work import Work

DOCUMENTS = 200
"""Documents of one transaction at most."""

_APART = "documents take them for one entity, but they have different ids of one register: they stay two"


@dataclass(frozen=True, slots=True)
class Stored:
    """What a load did with one document: "new", "unchanged" or "changed", its claims, and how many the store lacked."""

    document: Document
    outcome: str
    claims: int
    new: int


class Ledger:
    """Writes documents and claims into a store and keeps the derived graph in step."""

    def __init__(self, store: Store, ontology: Ontology, registry: Registry) -> None:
        self.store = store
        self._work = Work(store, ontology, registry)
        self._limit = settings().transaction_claims
        self._large = LargeDocuments(store, self._work, self._limit)

    # --- opening

    def prepare(self, progress: Progress | None = None) -> None:
        """Make the schema on first use, and bring the store up to date; every writing command does this first.

        What a broken-off load left behind is removed or gone on with; a graph that was derived with another ontology,
        registry or version is derived again, which ``progress`` is told of. Raises StoreError for a store of a newer
        schema and for a database with content that is not ours, StoreLockedError while another program rebuilds it.
        """
        found = info(self.store)
        if found is None:
            meta.create(self.store, self._work.ontology, self._work.registry)
            return
        if found.rebuilding and self._work.is_fresh(found.touched):
            self.store.write(self._work.queue)
        if not meta.is_current(found, self._work.ontology, self._work.registry):
            self.rebuild(progress)
        elif found.steps:
            self._large.recover()

    def info(self) -> StoreInfo | None:
        """Return what the store says of itself, or None where it says nothing."""
        return info(self.store)

    # --- documents

    def load(self, incoming: Iterable[tuple[Document, Iterable[Claim]]], extractor: str) -> Iterator[Stored]:
        """Store documents with their claims, several in one transaction; yield what became of each.

        ``extractor`` is the version that read the claims. A document that the store has from the same version is
        unchanged; one that another version read gets the new claims in the place of the old. Claims are taken as they
        come, those of one document before the next document is asked for.
        """
        batch: list[Incoming] = []
        held = 0
        recorded = meta.now()
        for document, claims in incoming:
            rest = iter(claims)
            first = tuple(islice(rest, self._limit + 1))
            if batch and (held + len(first) > min(PIECE, self._limit) or len(batch) == DOCUMENTS):
                yield from self._store(batch)
                batch, held = [], 0
            if len(first) > self._limit:
                yield self._store_large(document, chain(first, rest), extractor, recorded)
            else:
                batch.append(Incoming(document, first, extractor, recorded))
                held += len(first)
        if batch:
            yield from self._store(batch)

    def _store(self, batch: list[Incoming]) -> list[Stored]:
        def work(tx: Transaction) -> list[Stored]:
            change = self._work.change(tx)
            versions = _versions(queries.documents(tx, [item.document.id for item in batch]))
            known = queries.existing(tx, "Claim", {claim.id for item in batch for claim in item.claims})
            results: dict[str, Stored] = {}
            for item in batch:
                id_, claims = item.document.id, {claim.id for claim in item.claims}
                if versions.get(id_) == item.extractor or id_ in results:
                    results.setdefault(id_, Stored(item.document, "unchanged", len(claims), 0))
                    continue
                change.add(item)
                outcome = "changed" if id_ in versions else "new"
                results[id_] = Stored(item.document, outcome, len(claims), len(claims - known))
                known |= claims
            if any(result.outcome != "unchanged" for result in results.values()):
                self._work.run(change)
            return list(results.values())

        return self.store.write(work)

    def _store_large(self, document: Document, claims: Iterable[Claim], extractor: str, recorded: str) -> Stored:
        version = self.known_documents([document.id]).get(document.id)
        if version == extractor:
            count = sum(1 for _ in claims)
            return Stored(document, "unchanged", count, 0)
        total, new = self._large.put(document, claims, extractor, recorded)
        return Stored(document, "changed" if version else "new", total, new)

    def known_documents(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the extractor version of each of these documents that the store has whole."""
        rows = self.store.read(
            "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN d.id AS id, d.extractor AS extractor, d.state AS state",
            {"ids": list(ids)},
        )
        return _versions(rows)

    def find_documents(self, name: str) -> list[Row]:
        """Return the documents with this id, address or file name; see ``kg.store.documents.find``."""
        return documents.find(self.store, name)

    def find_document(self, name: str) -> Row:
        """Return the one document that ``name`` means; see ``kg.store.documents.find_one``."""
        return documents.find_one(self.store, name)

    def forget(self, ids: Iterable[str]) -> Effect:
        """Remove documents and what only they supported."""
        rows = self.store.read(
            "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN i, COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claims",
            {"ids": list(dict.fromkeys(ids))},
        )
        sizes = {row["i"]: int(row["claims"]) for row in rows}
        total = Effect()
        for batch in batches(sizes, min(PIECE, self._limit)):
            if sizes[batch[0]] > self._limit:
                effect = self._large.remove(batch[0])
            else:
                effect = self.store.write(lambda tx, batch=batch: self._forget(tx, batch))  # type: ignore[misc]
            total.gone_claims += effect.gone_claims
            total.groups += effect.groups
        return total

    def _forget(self, tx: Transaction, ids: list[str]) -> Effect:
        change = self._work.change(tx)
        for id_ in ids:
            change.remove(id_)
        return self._work.run(change)

    # --- the whole

    def rebuild(self, progress: Progress | None = None) -> int:
        """Derive everything again from the stored claims; return how many documents there are.

        ``progress`` is told the number of documents done and of all. A rebuild that is broken off is taken up by the
        next command that writes.
        """
        return rebuild(self._work, self._large, progress)

    @property
    def apart(self) -> list[Rejection]:
        """What this ledger found that documents join and ids of one register tell apart."""
        return [Rejection(f"{one} and {other}", _APART) for one, other in sorted(self._work.apart)]

    @property
    def withdrawn(self) -> list[str]:
        """The rows that editions which this ledger loaded, or forgot, have come to withdraw."""
        return sorted(self._work.withdrawn)


def _versions(rows: Iterable[Row]) -> dict[str, str]:
    return {row["id"]: row["extractor"] for row in rows if row["state"] == "complete"}
