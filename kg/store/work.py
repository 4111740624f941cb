"""What all writing steps share: the queue of writers, changes with all that they need, the marks of editions."""

import uuid
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from kg.exceptions import StoreLockedError
from kg.resolve.resolver import Resolver
from kg.schema.ontology import Ontology
from kg.schema.registry import Registry
from kg.store import editions, meta
from kg.store.base import Store, Transaction
from kg.store.change import Change, Effect
from kg.store.known import KnownFacts

STALE_MINUTES = 15
"""After how long without a sign a program that was writing to a server counts as gone."""


class Work:
    """One program's writing to a store."""

    def __init__(self, store: Store, ontology: Ontology, registry: Registry) -> None:
        self.store = store
        self.ontology = ontology
        self.registry = registry
        self.resolver = Resolver(registry)
        self.token = uuid.uuid4().hex
        self.apart: set[tuple[str, str]] = set()
        """Referents that documents tie together and ids tell apart."""
        self.withdrawn: set[str] = set()
        """Rows that editions have come to withdraw."""

    def queue(self, tx: Transaction) -> str:
        """Wait for other writers and return when the store was made; every writing transaction begins so.

        Raises StoreLockedError while another program derives the graph again.
        """
        created, by = meta.queue(tx)
        if by not in (None, self.token):
            raise StoreLockedError(f"Another program is rebuilding {self.store.address}; wait for it to end.")
        return created

    def change(self, tx: Transaction, large: Collection[str] = ()) -> Change:
        """Return a change to fill and to ``run``; ``large`` is as in ``Change``."""
        created = self.queue(tx)
        return Change(tx, self.resolver, self.ontology, KnownFacts(self.registry, created), large)

    def run(self, change: Change, *, mark: bool = True) -> Effect:
        """Write a change; with ``mark`` also which rows the editions of its sources have withdrawn."""
        effect = change.run()
        self.apart |= {(tie.one, tie.other) for tie in effect.apart}
        if mark:
            self.mark(change.tx, effect.sources)
        return effect

    def mark(self, tx: Transaction, sources: Iterable[str]) -> None:
        """Mark the rows of these sources that their editions have withdrawn."""
        for source in sorted(sources):
            for row, is_gone in editions.mark(tx, source).items():
                if is_gone:
                    self.withdrawn.add(row)
                else:
                    self.withdrawn.discard(row)

    def is_fresh(self, moment: str) -> bool:
        """Say whether what was written at this moment may still be another program's work.

        On the embedded engine nobody else has the store while we write.
        """
        if self.store.engine == "embedded":
            return False
        return moment > (datetime.now(UTC) - timedelta(minutes=STALE_MINUTES)).strftime("%Y-%m-%dT%H:%M:%SZ")
