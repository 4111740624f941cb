"""The errors of the Neo4j driver and server in our words: one line each, with the way out."""

import re
from collections.abc import Iterator

from kg.exceptions import QueryError, StoreError, StoreUnavailableError
from kg.store import messages
from kg.store.messages import first_line


def translated(error: Exception, address: str, database: str | None, seconds: float | None) -> StoreError:
    """Return what the driver raised as one of our errors; ``seconds`` is the time limit that was set."""
    from neo4j.exceptions import IncompleteCommit, Neo4jError  # noqa: PLC0415  only where Neo4j is used

    if isinstance(error, IncompleteCommit):
        return StoreUnavailableError(
            f"The connection to {address} was lost while storing; run it again, nothing is stored twice."
        )
    if isinstance(error, Neo4jError):
        code, message = error.code or "", first_line(error.message or str(error))
        if ".TransactionTimedOut" in code:
            return messages.too_long(seconds)
        return _from_server(code, re.sub(r"^.*Caused by: [\w.$]+: ", "", message), address, database)
    return unreachable(error, address)


def unreachable(error: Exception, address: str) -> StoreError:
    """Return the line for a failure before or outside any statement."""
    causes = list(_causes(error))
    reason = first_line(str(causes[-1]))
    if any(type(cause).__name__ == "BoltSecurityError" for cause in causes):
        plain = address.partition("+")[0]
        return StoreUnavailableError(
            f"No encrypted connection to {address}: use {plain}:// for a server without encryption, {plain}+ssc:// for "
            f"one with its own certificate. ({reason})"
        )
    if any("Bolt handshake" in str(cause) or "looks like HTTP" in str(cause) for cause in causes):
        return StoreUnavailableError(f"What answers at {address} is not Neo4j's Bolt port, which is 7687 by default.")
    return StoreUnavailableError(f"Cannot reach Neo4j at {address}. Is it running? ({reason})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and what caused it; of several attempts, the first."""
    while error is not None:
        yield error
        error = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__


def _from_server(code: str, message: str, address: str, database: str | None) -> StoreError:
    """Return the line for what the server reports under a code such as Neo.ClientError.Statement.SyntaxError."""
    kind = code.removeprefix("Neo.").partition(".")[2]
    by_code: dict[str, StoreError] = {
        "Security.Unauthorized": StoreUnavailableError(
            f"Neo4j at {address} refused the user name or password; set NEO4J_USERNAME and NEO4J_PASSWORD."
        ),
        "Security.AuthenticationRateLimit": StoreUnavailableError(
            f"Neo4j at {address} saw too many wrong passwords and refuses all for a while; try again in 10 seconds."
        ),
        "Security.CredentialsExpired": StoreUnavailableError(
            f"Neo4j at {address} wants a new password first; set one in its browser or with cypher-shell."
        ),
        "Database.DatabaseNotFound": StoreUnavailableError(
            f"Neo4j at {address} has no database {database!r}; set NEO4J_DATABASE, or unset it for the default one."
        ),
        "Statement.AccessMode": messages.only_reads(),
        "General.MemoryPoolOutOfMemoryError": QueryError(
            f"The query needs more memory than Neo4j at {address} allows; ask for less."
        ),
        "Schema.ConstraintValidationFailed": StoreError(f"Neo4j refused the change: {message}"),
    }
    if kind in by_code:
        return by_code[kind]
    if kind.startswith("Security."):
        return StoreUnavailableError(f"Neo4j at {address} does not allow this: {message}")
    if kind.startswith(("Statement.", "Procedure.")):
        return messages.not_understood(message)
    return StoreError(f"Neo4j at {address} failed: {message}")
