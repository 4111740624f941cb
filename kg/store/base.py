"""The interface of a store, which fits on one page.

Both engines speak the same Cypher within the rules of ``docs/stores.md``: rows of scalars, lists and maps come back,
never nodes or paths; ids are non-empty strings; properties are what both engines accept.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, Self, TypeVar

Row = dict[str, Any]
Parameters = Mapping[str, Any]
T = TypeVar("T")


class Transaction(Protocol):
    """A writing transaction: all of it is stored, or nothing. Only ``kg.store`` opens one."""

    def run(self, cypher: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement, reading or writing, and return its rows."""


class Store(Protocol):
    """An open store."""

    engine: str
    """"embedded" or "neo4j"."""
    address: str
    """The folder or the address, without secrets: what commands print."""

    def schema(self, statements: list[str]) -> None:
        """Run statements that create constraints and indexes; running them again changes nothing."""

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one transaction and return its result.

        The engine may call ``work`` again after a conflict with another writer, so it must depend on nothing but the
        transaction. An exception rolls back and is raised.
        """

    def read(self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> list[Row]:
        """Run a reading statement in READ access mode and return its rows.

        Raises ReadOnlyError for a write, QueryError for a text that the engine does not understand or that takes
        longer than ``timeout`` seconds.
        """

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """Run a reading statement and yield its rows as they come, without holding all of them."""

    def close(self) -> None:
        """Release files and connections; a closed store can not be used again. Closing twice is no error."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(self, *exc: object) -> None:
        """Close it."""
