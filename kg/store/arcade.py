"""The embedded engine, arcadedb: importing it with the settings we want, and its errors in our words."""

import atexit
import os
import re
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from kg.exceptions import QueryError, StoreError, StoreLockedError, StoreUnavailableError
from kg.store import messages
from kg.store.messages import first_line
from kg.store.patience import THREAD_NAME

PLATFORMS = "Linux (x86-64, arm64), macOS (arm64) and Windows (x64)"
_HEAP = "-Xmx1g"
_HEAP_OPTIONS = ("-Xmx", "-XX:MaximumHeapSizePercent=", "-XX:MaxRAM=")
_ALWAYS = (
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
)

_KNOWN: tuple[tuple[str, Callable[[str, str], StoreError]], ...] = (
    (
        r"(?i)no space left|not enough space|quota exceeded",
        lambda _, address: StoreError(
            f"The disk that holds {address} is full; nothing of this step was stored. Free some space and run it again."
        ),
    ),
    (r"\bLockException|already in use", lambda _, address: StoreLockedError(f"Another program holds {address}.")),
    (r"\bQueryNotIdempotentException|\bDatabaseIsReadOnlyException", lambda *_: messages.only_reads()),
    (
        r"\bOutOfMemoryError",
        lambda *_: QueryError(
            "The query needs more memory than the embedded store may use; ask for less, or raise the limit of 1 GB: "
            "ARCADEDB_NATIVE_ISOLATE_ARGS=-Xmx4g"
        ),
    ),
    (r"\bDuplicatedKeyException", lambda line, _: StoreError(f"Two nodes would have one id: {line}")),
    (
        r"\bConcurrentModificationException|\bNeedRetryException|\bLockTimeoutException",
        lambda _, address: StoreError(f"Another writer kept changing the same nodes of {address}; run it again."),
    ),
    (r"\bDatabaseIsClosedException|Database is closed", lambda _, address: messages.closed(address)),
    (
        r"\b(Command|Arithmetic|IllegalArgument|NumberFormat|ClassCast|DateTime|Query)\w*Exception",
        lambda line, _: messages.not_understood(line),
    ),
)
"""How the engine's classes and messages, one "class: message" in a line, are said."""


def engine() -> ModuleType:
    """Import arcadedb; raises StoreUnavailableError where it does not run."""
    if "arcadedb" not in sys.modules:
        _configure()
        atexit.register(_leave)
    try:
        import arcadedb  # noqa: PLC0415  loads a library of 100 MB
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "arcadedb":
            raise StoreUnavailableError(
                f"The embedded store needs the package arcadedb, which exists for {PLATFORMS}. "
                "Elsewhere use Neo4j: set NEO4J_URI, or pass --store neo4j://…"
            ) from None
        raise StoreUnavailableError(f"The embedded store cannot start: {first_line(str(error))}") from error
    return arcadedb  # type: ignore[no-any-return]  # the package has no types


def _configure() -> None:
    """Set what the engine reads when it is loaded; what the user has set stays, except where it would read files."""
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    if "ARCADEDB_LOG_DIR" not in os.environ:
        from kg.schema.cache import cache_folder  # noqa: PLC0415  only where the environment names no folder

        os.environ["ARCADEDB_LOG_DIR"] = str(cache_folder() / "engine-log")
    chosen = os.environ.get("ARCADEDB_NATIVE_ISOLATE_ARGS", "").split()
    heap = [] if any(option.startswith(_HEAP_OPTIONS) for option in chosen) else [_HEAP]
    os.environ["ARCADEDB_NATIVE_ISOLATE_ARGS"] = " ".join([*heap, *chosen, *_ALWAYS])


def _leave() -> None:
    """Let the process end in peace although a query still runs that nothing could stop.

    The binding detaches such a thread while it runs, and the library aborts with pages of registers. Without its
    library the binding detaches nothing.
    """
    if any(thread.name == THREAD_NAME for thread in threading.enumerate()):
        from arcadedb._native import lib  # noqa: PLC0415  loaded already

        lib._lib = None  # there is no public way


def translated(error: Exception, address: str) -> StoreError:
    """Return the engine's error as one of ours, in one line without Java's names."""
    chain = _chain(error)
    everything = "\n".join(f"{name}: {message}" for name, message in chain)
    line = first_line(_useful(chain))
    for pattern, make in _KNOWN:
        if re.search(pattern, everything):
            return make(line, address)
    return StoreError(f"The store {address} failed: {line}")


def needs_recovery(error: Exception) -> bool:
    """Say whether a store opened only for reading was left by a writer that was killed."""
    return "needs recovery" in str(error)


def _chain(error: Exception) -> list[tuple[str, str]]:
    """Return class name and message of the error and its causes, outermost first."""
    native: dict[str, Any] | None = getattr(error, "native", None)
    if native and native.get("chain"):
        return [(str(name), "" if message in {None, "null"} else str(message)) for name, message in native["chain"]]
    found = re.match(r"(?:[A-Z][\w ]+: )?((?:\w+\.)+\w+): (.*)", str(error), re.DOTALL)
    return [(found[1], found[2])] if found else [(type(error).__name__, str(error))]


def _useful(chain: list[tuple[str, str]]) -> str:
    """Return the innermost message, which names the cause, unless it is a parser's."""
    messages = [message for name, message in chain if message and ".antlr." not in name]
    return messages[-1] if messages else chain[0][0].rpartition(".")[2]
