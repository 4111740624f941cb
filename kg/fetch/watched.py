"""A file read as it comes, which must stay as it is until its end has been read."""

import io
import os
from pathlib import Path
from typing import BinaryIO

from kg.exceptions import InputError

State = tuple[int, int]
"""When a file was last changed (nanoseconds), and its size in bytes."""


class _Watched(io.RawIOBase):
    """Reads a file and compares its state at the end with that at the start."""

    def __init__(self, path: str, state: State) -> None:
        self._file = Path(path).open("rb", buffering=0)  # noqa: SIM115  closed by close()
        self._state = state
        self._path = path

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True: archives have the list of their parts at the end."""
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        return self._file.seek(place, whence)

    def tell(self) -> int:
        """Return the place reached in the file."""
        return self._file.tell()

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # what io passes
        """Fill the buffer; raises InputError at the end of a file that has changed since it was first seen."""
        count = self._file.readinto(buffer) or 0
        if not count:
            now = os.fstat(self._file.fileno())
            if (now.st_mtime_ns, now.st_size) != self._state:
                raise InputError(f"{self._path}: changed while it was read; load it again when it is complete")
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def open_watched(path: str, state: State) -> BinaryIO:
    """Open a file for reading from its start; raises InputError at its end if it is no longer in this state."""
    return io.BufferedReader(_Watched(path, state), 1 << 18)
