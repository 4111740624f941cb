"""Runs a benchmark as far as tests need it: that it can be run, and what it prints; how fast it is, nothing judges."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[1]


def checked(name: str, *arguments: str) -> str:
    """Return what a benchmark prints with ``--check``."""
    done = subprocess.run(
        [sys.executable, str(TOP / "benchmarks" / name), "--check", *arguments],
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
