"""The benchmark of registers can be run; how fast they are, nothing here judges."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_it_runs_and_prints_every_register() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / "benchmarks" / "registers.py"), "--check"],
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for title in ("legal entities", "parents", "items", "tickers"):
        assert done.stdout.count(title) == 2
