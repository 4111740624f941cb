"""The benchmark of reading can be run; how fast it is, nothing here judges."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_it_runs_and_prints_every_step() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / "benchmarks" / "reading_prose.py"), "--check"],
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for step in ("segments", "encoder", "names", "grammar", "candidates and ranker", "status, ", "all", "words alone"):
        assert f"\n{step}" in done.stdout
