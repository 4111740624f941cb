"""The embedded store: a folder, and an engine that runs in this process."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Self, TypeVar

from kg.exceptions import KGError, StoreError, StoreLockedError
from kg.store import arcade, guard, messages, patience
from kg.store.base import Parameters, Row, Transaction
from kg.store.folder import LOCK_SECONDS, SHARED_LOCKS, Folder, attempts
from kg.store.rows import plain

T = TypeVar("T")

_BATCH = 2_000
"""Rows fetched at a stretch when streaming."""


class EmbeddedStore:
    """An open store in a folder: one writer, or several readers."""

    engine = "embedded"

    def __init__(
        self,
        path: Path,
        *,
        write: bool,
        read_seconds: float,
        lock_seconds: float = LOCK_SECONDS,
        make: bool = True,
    ) -> None:
        """Open the store, with ``make`` making it if it is to be written and does not exist.

        ``read_seconds`` limits each reading query, ``lock_seconds`` the wait for others who use the store. Raises
        StoreError, StoreLockedError or StoreUnavailableError.
        """
        self.address = str(path)
        self._folder = Folder(path)
        self._write = write
        self._may_make = write and make
        self._read_seconds = read_seconds
        self._lock_seconds = lock_seconds
        self._database: Any = None
        self._opening = threading.Lock()
        self._turn = threading.Lock()
        self._writer: int | None = None
        self._closed = False
        self._noted = False
        try:
            self._open()
        except OSError as error:
            self.close()
            raise StoreError(f"The store {self.address} cannot be opened: {error.strerror or error}.") from error
        except BaseException:
            self.close()
            raise

    # --- the interface

    def schema(self, statements: list[str]) -> None:
        """Run statements that create constraints and indexes; running them again changes nothing."""
        if not self._write:
            raise messages.opened_for_reading(self.address)
        for statement in statements:
            with self._errors():
                self._handle().command("opencypher", statement).to_list()

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one transaction, one thread after the other. It must not write in turn."""
        if not self._write:
            raise messages.opened_for_reading(self.address)
        if self._writer == threading.get_ident():
            raise RuntimeError("write() within write(): the inner one would be stored even if the outer one fails")
        with self._turn, self._errors():
            self._writer = threading.get_ident()
            try:
                database = self._handle()
                return database.run_in_transaction(lambda: work(_EmbeddedTransaction(database)))  # type: ignore[no-any-return]
            finally:
                self._writer = None

    def read(self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> list[Row]:
        """Run a reading statement and return its rows; see ``Store.read``."""
        guard.check(cypher)
        seconds = timeout or self._read_seconds

        def query() -> list[Row]:
            return [_row(row) for row in self._handle().query("opencypher", cypher, dict(parameters or {})).to_list()]

        return self._patiently(query, seconds)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """Run a reading statement and yield its rows as the engine finds them, without a time limit.

        A statement that sorts or groups is worked out as a whole before its first row. The store must stay open.
        """
        guard.check(cypher)
        query = self._handle().query
        found = self._patiently(lambda: query("opencypher", cypher, dict(parameters or {})).iter_dicts(), None)
        while batch := self._patiently(lambda: list(islice(found, _BATCH)), None):
            yield from map(_row, batch)

    def close(self) -> None:
        """Close the engine, note the number of nodes, and let others in."""
        if self._closed:
            return
        self._closed = True
        database, self._database = self._database, None
        try:
            if database is not None:
                with self._errors(), contextlib.closing(database):
                    nodes = _count(database) if self._noted else 0
                if self._noted:
                    with contextlib.suppress(OSError):  # the note of the opening stays, which claims less
                        self._folder.note(nodes, writing=False)
        finally:
            self._folder.unlock()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it; what went wrong inside is not replaced by a failure to close."""
        with contextlib.suppress(StoreError) if exc[0] else contextlib.nullcontext():
            self.close()

    # --- opening

    def _open(self) -> None:
        if self._folder.exists():
            self._folder.lock(shared=not self._write, seconds=self._lock_seconds)
        elif self._may_make:
            self._make()
        else:
            raise StoreError(f"No store at {self.address}; load something first: kg load … or kg demo")
        database = self._handle()
        with self._errors():
            nodes = _count(database)
        self._folder.check(nodes)
        if self._write:
            self._folder.note(nodes, writing=True)
            self._noted = True

    def _make(self) -> None:
        engine = arcade.engine()
        self._folder.path.mkdir(parents=True, exist_ok=True)
        self._folder.lock(shared=False, seconds=self._lock_seconds)
        with self._errors():
            self._folder.make(lambda path: engine.create_database(str(path)).close())

    def _handle(self) -> Any:
        """Return the open engine, opening it again if a query that was stopped took it along."""
        with self._opening:
            if self._closed:
                raise messages.closed(self.address)
            if self._database is None:
                self._database = self._opened()
            return self._database

    def _opened(self) -> Any:
        """Open the engine, waiting for another holder; readers share, unless a killed writer left work to redo."""
        open_database, path = arcade.engine().open_database, str(self._folder.graph)
        read_only = SHARED_LOCKS and not self._write
        for _ in attempts(self._lock_seconds):
            with contextlib.suppress(StoreLockedError), self._errors():
                try:
                    database = open_database(path, read_only=read_only)
                except Exception as error:
                    if not (read_only and arcade.needs_recovery(error)):
                        raise
                    self._recover()
                    database = open_database(path, read_only=True)
                if not read_only:
                    database.set_wal_flush("yes_nometadata")
                return database
        raise StoreLockedError(self._folder.held())

    def _recover(self) -> None:
        """Let the engine redo or undo what a killed writer left, which only a writer may do."""
        self._folder.lock(shared=False, seconds=self._lock_seconds)
        arcade.engine().open_database(str(self._folder.graph)).close()
        self._folder.lock(shared=True, seconds=self._lock_seconds)

    # --- running

    def _patiently(self, work: Callable[[], T], seconds: float | None) -> T:
        """Run a call of the engine that can be stopped: closing the engine is the one thing that it listens to."""
        try:
            with self._errors():
                return patience.run(work, seconds, self._interrupt)
        except TimeoutError:
            raise messages.too_long(seconds) from None

    def _interrupt(self) -> None:
        """Close the engine under a running query; the next call opens it again."""
        database, self._database = self._database, None
        if database is not None:
            with contextlib.suppress(StoreError), self._errors():
                database.close()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the engine's errors into ours; leave all others as they are."""
        try:
            yield
        except (KGError, TimeoutError):
            raise
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "arcadedb":
                raise
            raise arcade.translated(error, self.address) from error


class _EmbeddedTransaction:
    """The transaction of the calling thread."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def run(self, cypher: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement; the engine's errors stay as they are, so that conflicts are tried again."""
        return [_row(row) for row in self._database.command("opencypher", cypher, dict(parameters or {})).to_list()]


def _row(row: dict[str, Any]) -> Row:
    return {name: plain(value) for name, value in row.items()}


def _count(database: Any) -> int:
    return int(database.query("opencypher", "MATCH (n) RETURN count(n) AS nodes").to_list()[0]["nodes"])
