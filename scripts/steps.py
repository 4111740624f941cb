"""Steps: commands that are named, timed, and ended at the first that fails."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

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
        done = _finished(command, shown=shown)
    except KeyboardInterrupt:
        print()
        raise
    seconds = time.monotonic() - start
    again = f"{name:<14}" if shown else ""
    if done.returncode:
        print(f"{again}failed after {seconds:.1f} s (exit code {done.returncode})", flush=True)
        sys.stdout.write(done.stdout or "")
        raise StepFailedError(done.returncode)
    note = say(done.stdout) if say else ""
    print(f"{again}ok {seconds:7.1f} s  {note}".rstrip(), flush=True)


def run(command: Command, *, output: Path | None = None) -> None:
    """Run a command in the project's folder, its standard output going to ours or to a file. Raises StepFailedError."""
    words = [str(word) for word in command]
    with output.open("wb") if output else nullcontext() as file:
        code = subprocess.run(words, cwd=ROOT, env=os.environ | UTF8, stdout=file, check=False).returncode
    if code:
        raise StepFailedError(code)


def _finished(command: Command, *, shown: bool) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | UTF8,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
