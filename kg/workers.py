"""Workers: processes that read documents side by side, since reading is nothing but computing."""

import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.core.document import Document

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from kg.extractors import Extraction, Extractor

ENOUGH = 20_000
"""Characters from which documents are worth another process: fewer are read before it has begun."""

USUAL = 4
"""Processes that are started at most unless somebody asks for more; each takes some 300 MB."""

MOST = 61
"""Processes that a pool can have on Windows."""

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What tells libraries of linear algebra how many threads to run."""

_PATIENCE = 0.2
"""Seconds between looks for Ctrl-C, which Windows does not tell to one that waits."""


def usual_jobs() -> int:
    """Return how many documents are read side by side unless somebody says otherwise."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, USUAL)


class Workers:
    """An extractor that reads documents it was told of in processes of their own, all others in this one.

    It is used as a context, whose end ends the processes. Where there can be none, it reads in this one: the extractor
    cannot be sent to another (it must be one that ``pickle`` takes), or somebody ended one.
    """

    def __init__(self, extractor: "Extractor", jobs: int) -> None:
        """Read up to ``jobs`` documents side by side."""
        self._extractor = extractor
        self._jobs = min(jobs, MOST)
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []
        self._announced: dict[int, Document] = {}
        self._tasks: dict[int, Future[Extraction]] = {}
        self._handed_out = False

    @property
    def version(self) -> str:
        """The version of the extractor."""
        return self._extractor.version

    def start(self, documents: Iterable[Document], *, fresh: bool = False) -> None:
        """Start processes if these documents are worth it. It is quickest before a store has been opened.

        ``fresh`` says that all of them will be read, so that what reading takes is loaded once, for all processes.
        """
        sizes = [len(document.text) for document in documents]
        if self._pool or min(self._jobs, len(sizes)) < 2 or sum(sizes) < ENOUGH:
            return
        sent = self._pickled()
        if sent:
            if fresh and hasattr(self._extractor, "prepare"):
                one_thread()
                self._extractor.prepare()
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  commands that only ask do without
            from multiprocessing import active_children  # noqa: PLC0415  as above

            others = active_children()
            self._pool = ProcessPoolExecutor(self._jobs, _context(), _begin, (sent,))
            self._pool.submit(_is_there)
            self._processes = [process for process in active_children() if process not in others]

    def _pickled(self) -> bytes | None:
        try:
            return pickle.dumps(self._extractor)
        except (pickle.PicklingError, AttributeError, TypeError):
            self._jobs = 1
            return None

    def ahead(self, documents: Iterable[Document]) -> None:
        """Have documents read that will be asked for; they must be these objects, for two may have the same text."""
        self._announced |= {id(document): document for document in documents}
        self.start(self._announced.values())
        if self._pool:
            for key, document in self._announced.items():
                self._tasks[key] = self._pool.submit(_extract, document)
            self._announced.clear()
            self._handed_out = True

    def extract(self, document: Document) -> "Extraction":
        """Return the claims of a document."""
        self._announced.pop(id(document), None)
        task = self._tasks.pop(id(document), None)
        if task is None:
            return self._extractor.extract(document)
        found = _result(task)
        if found is None:
            self._pool, self._jobs = None, 1
            self._tasks.clear()
            found = self._extractor.extract(document)
        return found

    def __enter__(self) -> Self:
        """Return the extractor."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes: at once where what they do is not wanted, as all was known or something failed."""
        if self._pool:
            if kind or not self._handed_out:
                for process in self._processes:
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)


def _result(task: "Future[Extraction]") -> "Extraction | None":
    """Return what a process found; None if it was ended before."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  as above

    while True:
        try:
            return task.result(_PATIENCE)
        except TimeoutError:
            if task.done():
                raise
        except BrokenProcessPool:
            return None


def _context() -> "BaseContext":
    """Return how processes are made: as copies of this one if it runs no other threads, which copies would miss."""
    import multiprocessing  # noqa: PLC0415  as above

    threads = Path("/proc/self/task")
    alone = sys.platform == "linux" and len([*threads.iterdir()]) == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def one_thread() -> None:
    """Let libraries of linear algebra that are imported from now on compute in one thread each."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


_own: "Extractor"


def _begin(sent: bytes) -> None:
    """Make the extractor of a new process.

    There is a process for each core, so that threads of their own would only be in each other's way. Ctrl-C ends it
    silently, and so does the end of the process that began it.
    """
    import signal  # noqa: PLC0415  as above

    global _own  # noqa: PLW0603  what a pool gives its processes can only be kept so
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    one_thread()
    _own = pickle.loads(sent)  # noqa: S301  it comes from the process that began this one


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process  # noqa: PLC0415  as above

    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


def _is_there() -> None:
    """Do nothing, in a process: the pool makes its processes when there is something to do."""


def _extract(document: Document) -> "Extraction":
    return _own.extract(document)
