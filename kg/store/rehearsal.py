"""A store that takes back whatever is written: what a load would do, found out by doing it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Self, TypeVar

from kg.store import guard
from kg.store.base import Parameters, Row, Store, Transaction
from kg.store.open import open_store, resolve

T = TypeVar("T")


class _TakenBackError(Exception):
    """Raised at the end of a rehearsal, so that its transaction is rolled back."""


class Rehearsed:
    """An open store within one transaction: every write is part of it, and closing it closes nothing."""

    def __init__(self, store: Store, tx: Transaction) -> None:
        self.engine = store.engine
        self.address = store.address
        self._tx = tx

    def schema(self, statements: list[str]) -> None:
        """Do nothing: the schema is there already."""

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in the transaction that is taken back."""
        return work(self._tx)

    def read(self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> list[Row]:  # noqa: ARG002  the rehearsal has the time that it needs
        """Run a reading statement and return its rows, with all that has been written so far."""
        guard.check(cypher)
        return self._tx.run(cypher, parameters)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """Run a reading statement and yield its rows."""
        return iter(self.read(cypher, parameters))

    def close(self) -> None:
        """Do nothing: whoever opened the store closes it."""

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Do nothing, as ``close``."""


def rehearse(spec: str | None, prepare: Callable[[Store], None], work: Callable[[Store], T]) -> T:
    """Run ``work`` on the store that ``spec`` names, or on an empty one where there is none; then take all of it back.

    ``prepare`` makes the schema of the empty one. Returns what ``work`` returned. Another writer waits meanwhile.
    Raises what ``work`` raises, and StoreError for a store that cannot be opened.
    """
    if resolve(spec).exists():
        with open_store(spec, write=True, make=False) as store:
            if store.read("MATCH (s:KGStore) RETURN s.id AS id"):
                return taken_back(store, work)
    with TemporaryDirectory() as folder, open_store(f"{folder}/store", write=True) as store:
        prepare(store)
        return taken_back(store, work)


def taken_back(store: Store, work: Callable[[Store], T]) -> T:
    """Run ``work`` on an open store in one transaction, take all of it back, and return what ``work`` returned."""
    results: list[T] = []

    def everything(tx: Transaction) -> None:
        results.append(work(Rehearsed(store, tx)))
        raise _TakenBackError

    with suppress(_TakenBackError):
        store.write(everything)
    return results[-1]
