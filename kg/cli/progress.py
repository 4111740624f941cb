"""Progress on standard error: one line that changes on a terminal, a line every ten seconds elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

from kg.render.cells import line
from kg.render.layout import width as width_of
from kg.render.terminal import is_terminal, width

_EVERY_SECONDS = 10.0
_BLINK_SECONDS = 0.1


class Progress:
    """Says how many documents have been read and which is at hand. Used as a context, which clears the line."""

    def __init__(self) -> None:
        self._live = is_terminal(sys.stderr)
        self._next = time.monotonic() + (0 if self._live else _EVERY_SECONDS)

    def __call__(self, done: int, address: str) -> None:
        """Show the count, if it is time."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_BLINK_SECONDS if self._live else _EVERY_SECONDS)
        text = f"{done:,} {'document' if done == 1 else 'documents'}: {line(address)}"
        if self._live:
            room = width(sys.stderr) - 1
            while width_of(text) > room:
                text = text[:-1]
            sys.stderr.write(f"\r\x1b[K{text}")
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        """Return the progress."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the line."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
