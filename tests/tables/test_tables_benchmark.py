"""The benchmark of table loaders can be run; how fast they are, nothing here judges."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_it_runs_and_prints_every_table() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / "benchmarks" / "table_loaders.py"), "--check", "--rows", "40"],
        env=os.environ | {"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("data_centers.csv", "gpu_clusters.csv", "ml_hardware.csv", "ai_models.csv"):
        assert name in done.stdout
