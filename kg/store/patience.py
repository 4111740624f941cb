"""Waiting for an engine without being at its mercy: a time limit, and Ctrl-C that works."""

import time
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

THREAD_NAME = "kg-engine-call"
_GLANCE_SECONDS = 0.2
"""How long to wait at a stretch; on Windows a wait notices Ctrl-C only between stretches."""
_FAREWELL_SECONDS = 2.0


def run(work: Callable[[], T], seconds: float | None, stop: Callable[[], None] | None) -> T:
    """Return what ``work`` returns, or raise what it raises, calling it in a thread of its own.

    Code of an engine does not hear Ctrl-C and has no limit for one call, so the caller's thread waits outside it.
    After ``seconds``, or when an exception such as KeyboardInterrupt arrives, calls ``stop``, which must make ``work``
    end soon, and raises TimeoutError or that exception. Without ``stop`` the call is left behind.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def call() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  handed to the caller's thread
            errors.append(error)

    thread = Thread(target=call, name=THREAD_NAME, daemon=True)
    thread.start()
    try:
        _wait(thread, seconds)
    finally:
        if thread.is_alive() and stop:
            stop()
            thread.join(_FAREWELL_SECONDS)
    if errors:
        raise errors[0]
    return results[0]


def _wait(thread: Thread, seconds: float | None) -> None:
    deadline = time.monotonic() + (seconds or float("inf"))
    while thread.is_alive():
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        thread.join(min(left, _GLANCE_SECONDS))
