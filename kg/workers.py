"""Workers: processes that read documents side by side, since reading is nothing but computing."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.core.document import Document

if TYPE_CHECKING:
    from kg.pipeline import Extraction, Extractor

ENOUGH = 20_000
"""Characters from which documents are worth another process: fewer are read before it has begun."""

MOST = 4
"""Processes that are started unless more are asked for; each takes some 200 MB."""

_ENGINE = "arcadedb"
"""The module that runs threads which a copy of this process would not have."""


def usual_jobs() -> int:
    """Return how many documents are read side by side unless somebody says otherwise."""
    return min(os.cpu_count() or 1, MOST)


class Workers:
    """An extractor that reads documents it was told of in processes of their own, all others in this one.

    It is used as a context, whose end ends the processes.
    """

    def __init__(self, extractor: "Extractor", jobs: int) -> None:
        """Read up to ``jobs`` documents side by side with an extractor, which must be one that can be pickled."""
        self._extractor = extractor
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._tasks: dict[str, Future[Extraction]] = {}

    @property
    def version(self) -> str:
        """The version of the extractor."""
        return self._extractor.version

    def start(self, documents: Sequence[Document]) -> None:
        """Start processes if that many documents are worth it. It is quickest before a store has been opened."""
        if self._pool or min(self._jobs, len(documents)) < 2 or sum(len(d.text) for d in documents) < ENOUGH:
            return
        self._pool = ProcessPoolExecutor(self._jobs, _context(), _begin, (self._extractor,))
        self._pool.submit(_is_there)

    def ahead(self, documents: Sequence[Document]) -> None:
        """Have documents read that will be asked for next."""
        self.start(documents)
        if self._pool and len(documents) > 1:
            self._tasks |= {document.id: self._pool.submit(_extract, document) for document in documents}

    def extract(self, document: Document) -> "Extraction":
        """Return the claims of a document."""
        task = self._tasks.pop(document.id, None)
        return task.result() if task else self._extractor.extract(document)

    def __enter__(self) -> Self:
        """Return the extractor."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what nobody has asked for is not read."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Return how processes are made: as copies of this one where that is safe, for a copy need not load anything."""
    copies = sys.platform == "linux" and _ENGINE not in sys.modules
    return multiprocessing.get_context("fork" if copies else "spawn")


_own: "Extractor"


def _begin(extractor: "Extractor") -> None:
    """Keep the extractor of a new process, and leave Ctrl-C to the process that began it."""
    global _own  # noqa: PLW0603  what a pool gives its processes can only be kept so
    _own = extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_there() -> None:
    """Do nothing, in a process: the pool makes its processes when there is something to do."""


def _extract(document: Document) -> "Extraction":
    return _own.extract(document)
