"""The folder of an embedded store: a note of what it should hold, a lock, and the engine's own files below.

    store.json   what this is, and how many nodes it had when it was last closed
    lock         held by those who read, or by the one who writes
    graph/       the engine's files

The engine opens a folder whose schema or data files are lost as if it were empty, without a word; the count is how
we notice. It lets a writer open behind a reader, who then reads a mixture of old and new; the lock prevents that.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kg.exceptions import StoreError, StoreLockedError

LOCK_SECONDS = 10.0
SHARED_LOCKS = sys.platform != "win32"
"""Whether readers can hold the lock together; elsewhere each opens the engine for itself alone."""

_NOTE = "store.json"
_NOTE_PART = "store.json.part"
_FORMAT = 1


class Folder:
    """An embedded store's folder, which may not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.graph = path / "graph"
        self._lock: IO[bytes] | None = None

    def exists(self) -> bool:
        """Say whether a store lies here; raises StoreError for a folder or file that is something else."""
        if (self.path / _NOTE).is_file():
            return True
        if not self.path.exists():
            return False
        names = {item.name for item in self.path.iterdir()} if self.path.is_dir() else {""}
        half_made = "lock" in names and names <= {"lock", "graph", "graph.part", _NOTE_PART}
        if names and not half_made:
            raise StoreError(f"{self.path} exists and is not a store; name another folder with --store.")
        return False

    def make(self, create: Callable[[Path], None]) -> None:
        """Let ``create`` fill the engine's folder, all or nothing, and write the first note."""
        import shutil  # noqa: PLC0415  takes longer than opening a store that exists

        part = self.path / "graph.part"
        shutil.rmtree(part, ignore_errors=True)
        if not self.graph.exists():
            create(part)
            part.rename(self.graph)
        self.note(0, writing=False)

    def lock(self, *, shared: bool, seconds: float) -> None:
        """Wait for the lock; raises StoreLockedError. The engine itself keeps two writers apart."""
        self.unlock()
        if sys.platform == "win32":
            return
        import fcntl  # noqa: PLC0415  not on Windows

        self._lock = _open_lock(self.path / "lock")
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        for _ in attempts(seconds):
            try:
                fcntl.flock(self._lock, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            except OSError:
                return  # a file system without locks
            return
        self.unlock()
        raise StoreLockedError(self.held())

    def unlock(self) -> None:
        """Give the lock back, if it is held."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def held(self) -> str:
        """Return the line for a store that somebody else holds."""
        return (
            f"The store {self.path} is in use: another kg command, notebook or program has it open. "
            "Wait for it to end, or close it there."
        )

    def note(self, nodes: int, *, writing: bool) -> None:
        """Write down how many nodes there are, and whether somebody is about to change that."""
        text = json.dumps({"store": "ai-compute-kg", "format": _FORMAT, "nodes": nodes, "writing": writing})
        part = self.path / _NOTE_PART
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.path / _NOTE)

    def check(self, nodes: int) -> None:
        """Compare the nodes that the engine finds with the note; raises StoreError if some are lost.

        A writer that was killed leaves a note from before, which says only whether there was anything at all.
        """
        noted, writing = self._noted()
        if nodes < (min(noted, 1) if writing else noted):
            raise StoreError(
                f"{self.path} holds {nodes:,} of {noted:,} nodes: files below {self.graph} are lost or damaged. "
                "Restore the folder from a copy, or delete it and load the documents again."
            )

    def _noted(self) -> tuple[int, bool]:
        try:
            note = json.loads((self.path / _NOTE).read_text(encoding="utf-8"))
            newer, nodes, writing = int(note["format"]) > _FORMAT, int(note["nodes"]), bool(note["writing"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.path / _NOTE} cannot be read; restore it from a copy. ({error})") from error
        if newer:
            raise StoreError(f"A newer version made the store {self.path}; update: pip install -U ai-compute-kg")
        return nodes, writing


def attempts(seconds: float) -> Iterator[None]:
    """Yield at once, then again and again with growing pauses until ``seconds`` are over."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    yield
    while time.monotonic() < deadline:
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        pause = min(2 * pause, 0.5)
        yield


def _open_lock(path: Path) -> IO[bytes]:
    """Open the lock file, also where nothing may be written."""
    try:
        return path.open("ab")
    except PermissionError:
        return path.open("rb")
