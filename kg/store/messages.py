"""What both engines say alike."""

import re

from kg.exceptions import QueryError, ReadOnlyError, StoreError

_LONGEST = 300


def first_line(text: str) -> str:
    """Return the first line of an engine's message, without a parser's list of all it would have taken instead."""
    line = (text.strip().splitlines() or [""])[0]
    line = re.sub(r",? expected:? .*", "", re.sub(r": expected .*? \(line", " (line", line))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def only_reads() -> ReadOnlyError:
    """Return the error for a query that would write."""
    return ReadOnlyError("A query only reads; this one would change the store.")


def not_understood(reason: str) -> QueryError:
    """Return the error for a query that the engine refuses, with the engine's reason."""
    return QueryError(f"The query is not understood: {reason}")


def too_long(seconds: float | None) -> QueryError:
    """Return the error for a query that was stopped."""
    limit = f"{seconds:g} seconds" if seconds else "it may"
    return QueryError(f"The query took longer than {limit}; ask for less, or set KG_READ_SECONDS.")


def closed(address: str) -> StoreError:
    """Return the error for using a store after its end."""
    return StoreError(f"The store {address} is closed.")


def opened_for_reading(address: str) -> StoreError:
    """Return the error for writing to a store that was opened without ``write``."""
    return StoreError(f"The store {address} was opened for reading only.")
