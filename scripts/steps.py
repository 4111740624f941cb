"""Steps: commands that are named, timed, and ended at the first that fails."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]
UTF8 = {"PYTHONUTF8": "1"}
"""So that a child writes what we read, whatever the console's encoding is."""

Command = Sequence[str | Path]


class StepFailedError(Exception):
    """A step ended with this exit code; what it printed has been shown."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


def step(name: str, command: Command, *, shown: bool = False, say: Callable[[str], str] | None = None) -> None:
    """Run a command in the project's folder and print its name and how long it took.

    What it prints is shown only if it fails, or as it comes if ``shown``. ``say`` makes of it what stands beside the
    time. Raises StepFailedError.
    """
    print(f"{name:<14}", end="\n" if shown else "", flush=True)
    start = time.monotonic()
    try:
        code, printed = _finished(command, None if shown else subprocess.PIPE)
    except KeyboardInterrupt:
        print()
        raise
    seconds = time.monotonic() - start
    again = f"{name:<14}" if shown else ""
    if code:
        print(f"{again}failed after {seconds:.1f} s (exit code {code})", flush=True)
        sys.stdout.write(printed)
        raise StepFailedError(code)
    note = say(printed) if say else ""
    print(f"{again}ok {seconds:7.1f} s  {note}".rstrip(), flush=True)


def run(command: Command, *, output: Path | None = None) -> None:
    """Run a command in the project's folder, its standard output going to ours or to a file. Raises StepFailedError."""
    with output.open("wb") if output else nullcontext() as file:
        code, _ = _finished(command, file)
    if code:
        raise StepFailedError(code)


def _finished(command: Command, stdout: BinaryIO | int | None) -> tuple[int, str]:
    """Run a command to its end and return its exit code and what went into a pipe.

    Ctrl-C reaches the command, too: it is given the time to end in order, as ``subprocess.run`` would not.
    """
    child = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | UTF8,
        stdout=stdout,
        stderr=subprocess.STDOUT if stdout == subprocess.PIPE else None,
        encoding="utf-8",
        errors="replace",
    )
    interrupted = False
    while True:
        try:
            printed, _ = child.communicate()
        except KeyboardInterrupt:
            interrupted = True
        else:
            break
    if interrupted:
        raise KeyboardInterrupt
    return child.returncode, printed or ""
