"""Where an export goes: all of it appears under its name, or nothing does."""

import contextlib
import io
import os
import secrets
import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO, cast

from kg.exceptions import KGError, UsageError

STDOUT = Path("-")
"""The path that stands for standard output."""


class Target:
    """A file, several files named alike, or standard output.

    Used as a context: what was opened inside is on the disk and under its name when the block ends well; when it ends
    with any exception, older files are as they were and nothing new is left beside them.
    """

    def __init__(self, path: Path) -> None:
        """Take the path that the user gave; nothing is touched before ``open``."""
        self.path = path
        self._files: list[tuple[TextIO, Path, Path]] = []
        self._stdout: TextIO | None = None

    @property
    def is_stdout(self) -> bool:
        """Say whether this is standard output, where nothing can be taken back."""
        return self.path == STDOUT

    def sibling(self, part: str) -> Path:
        """Return the path of the file that ``open(part)`` makes: ``graph.csv``, ``-nodes``: ``graph-nodes.csv``."""
        return self.path.with_name(f"{self.path.stem}{part}{self.path.suffix}")

    def open(self, part: str = "") -> TextIO:
        """Return a UTF-8 text file to write; ``part`` is put before the suffix.

        Raises UsageError if the folder does not exist or the path is no regular file, KGError if it cannot be written.
        """
        if self.is_stdout:
            self._stdout = _standard_output()
            return self._stdout
        final = Path(os.path.realpath(self.sibling(part) if part else self.path))
        if not final.parent.is_dir():
            raise UsageError(f"{self.path}: no folder {final.parent}. Create it, or name another")
        if final.exists() and not final.is_file():
            raise UsageError(f"{final} is not a regular file. Name a file, or - for standard output")
        temporary = final.with_name(f".kg-{secrets.token_hex(8)}.tmp")
        try:
            handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except OSError as error:
            raise self._failure(error) from error
        file = os.fdopen(handle, "w", encoding="utf-8", newline="", buffering=1 << 16)
        self._files.append((file, temporary, final))
        return file

    def __enter__(self) -> Self:
        """Return the target."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the files under their names, or remove them all."""
        try:
            if kind is None:
                self._commit()
        except OSError as failure:
            error = failure
            if self.is_stdout:
                raise
            raise self._failure(failure) from failure
        finally:
            self._clear()
        if isinstance(error, OSError) and not self.is_stdout:
            raise self._failure(error) from error

    def _commit(self) -> None:
        if self._stdout is not None:
            self._stdout.flush()
        for file, temporary, final in self._files:
            file.flush()
            os.fsync(file.fileno())
            file.close()
            if final.exists():
                shutil.copymode(final, temporary)
        for _, temporary, final in self._files:
            temporary.replace(final)
        for folder in {final.parent for _, _, final in self._files}:
            _sync_folder(folder)

    def _clear(self) -> None:
        for file, temporary, _ in self._files:
            with contextlib.suppress(OSError):
                file.close()
            temporary.unlink(missing_ok=True)
        self._files.clear()
        if self._stdout is not None and self._stdout is not sys.stdout:
            with contextlib.suppress(OSError, ValueError):
                cast("io.TextIOWrapper", self._stdout).detach()
        self._stdout = None

    def _failure(self, error: OSError) -> KGError:
        return KGError(f"Export to {self.path} failed: {error.strerror or error}. Nothing was written")


def _standard_output() -> TextIO:
    """Return standard output as UTF-8 whatever the console's encoding is."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        return sys.stdout
    sys.stdout.flush()
    return io.TextIOWrapper(binary, encoding="utf-8", newline="")


def _sync_folder(folder: Path) -> None:
    """Make the renaming last over a power cut, where the system lets a folder be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
