"""The store on a Neo4j server, through the official driver."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Self, TypeVar

from kg.exceptions import KGError
from kg.store import bolt, guard, messages, patience
from kg.store.base import Parameters, Row, Transaction
from kg.store.rows import plain

T = TypeVar("T")

CONNECT_SECONDS = 10.0
WRITE_SECONDS = 600.0
STREAM_SECONDS = 3600.0
"""The server ends a transaction that takes longer, also when we are gone."""
_RETRY_SECONDS = 30.0
_GRACE_SECONDS = 5.0
"""How long the server may be late in ending a query that takes too long."""
_BATCH = 1_000


class Neo4jStore:
    """A connection to one database of a server or cluster."""

    engine = "neo4j"

    def __init__(
        self,
        address: str,
        *,
        username: str,
        password: str | None,
        database: str | None,
        write: bool,
        read_seconds: float,
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        """Connect and make sure that the server answers and takes the user; raises StoreUnavailableError.

        Without ``write`` the store refuses to write; without a password none is sent. ``database`` None is the user's
        default one. ``read_seconds`` limits each reading query, ``connect_seconds`` the wait for the server.
        """
        import neo4j  # noqa: PLC0415  takes longer than most commands

        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        self.address = address
        self._database = database
        self._write = write
        self._read_seconds = read_seconds
        self._neo4j = neo4j
        self._driver: Any = None
        with self._errors():
            self._driver = neo4j.GraphDatabase.driver(
                address,
                auth=(username, password) if password else None,
                connection_timeout=connect_seconds,
                connection_acquisition_timeout=connect_seconds,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
        try:
            self._wait(self._greet, None)
        except ValueError as error:  # what version 5 of the driver says of a name that does not exist
            self.close()
            raise bolt.unreachable(error, address) from error
        except BaseException:
            self.close()
            raise

    def schema(self, statements: list[str]) -> None:
        """Run statements that create constraints and indexes; running them again changes nothing."""
        self._check_write()
        with self._errors(), self._session("WRITE") as session:
            for statement in statements:
                session.run(statement).consume()

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one transaction; conflicts, and a connection lost during the commit, are tried again."""
        self._check_write()
        try:
            with self._errors():
                return self._write_once(work)
        except KGError as error:
            if not isinstance(error.__cause__, self._neo4j.exceptions.IncompleteCommit):
                raise
            with self._errors():
                return self._write_once(work)

    def read(self, cypher: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> list[Row]:
        """Run a reading statement and return its rows; see ``Store.read``."""
        guard.check(cypher)
        seconds = timeout or self._read_seconds

        def query(transaction: Any) -> list[Row]:
            return [_row(record) for record in transaction.run(cypher, dict(parameters or {}))]

        def work() -> list[Row]:
            with self._session("READ") as session:
                return session.execute_read(self._neo4j.unit_of_work(timeout=seconds)(query))  # type: ignore[no-any-return]

        return self._wait(work, seconds)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """Run a reading statement and yield its rows as they arrive, for up to an hour."""
        guard.check(cypher)
        query = self._neo4j.Query(cypher, timeout=STREAM_SECONDS)
        with self._session("READ") as session:
            found = self._wait(lambda: iter(session.run(query, dict(parameters or {}))), None)
            while batch := self._wait(lambda: list(islice(found, _BATCH)), None):
                yield from map(_row, batch)

    def close(self) -> None:
        """Close the connections."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self.close()

    def _greet(self) -> None:
        with self._session("READ") as session:
            session.run("RETURN 1").consume()

    def _check_write(self) -> None:
        if not self._write:
            raise messages.opened_for_reading(self.address)

    def _session(self, mode: str) -> Any:
        if self._driver is None:
            raise messages.closed(self.address)
        return self._driver.session(database=self._database, default_access_mode=mode)

    def _write_once(self, work: Callable[[Transaction], T]) -> T:
        @self._neo4j.unit_of_work(timeout=WRITE_SECONDS)
        def unit(transaction: Any) -> T:
            return work(_BoltTransaction(transaction))

        with self._session("WRITE") as session:
            return session.execute_write(unit)  # type: ignore[no-any-return]

    def _wait(self, work: Callable[[], T], seconds: float | None) -> T:
        """Wait for the server; a query that is left behind is ended by the server's own time limit."""
        try:
            with self._errors(seconds):
                return patience.run(work, seconds and seconds + _GRACE_SECONDS, stop=None)
        except TimeoutError:
            raise messages.too_long(seconds) from None

    @contextlib.contextmanager
    def _errors(self, seconds: float | None = None) -> Iterator[None]:
        """Turn the driver's errors into ours; leave all others as they are."""
        exceptions = self._neo4j.exceptions
        try:
            yield
        except (exceptions.ResultError, exceptions.TransactionError):
            raise  # a mistake in our own code
        except exceptions.GqlError as error:
            raise bolt.translated(error, self.address, self._database, seconds) from error


class _BoltTransaction:
    """A transaction of the driver; its errors stay as they are, so that the driver tries conflicts again."""

    def __init__(self, transaction: Any) -> None:
        self._transaction = transaction

    def run(self, cypher: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and return its rows."""
        return [_row(record) for record in self._transaction.run(cypher, dict(parameters or {}))]


def _row(record: Any) -> Row:
    return {name: plain(value) for name, value in record.items()}
