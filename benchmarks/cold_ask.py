"""How long a cold `kg ask leases` takes, as a ratio to the least that it could take.

    python benchmarks/cold_ask.py [--runs 15] [--store FOLDER] [--check]

The least is a bare Python process that imports the embedded engine, opens the same store and runs the same Cypher text.
Both run in turn, each in a process of its own, and must give as many rows; the ratio is that of the medians. Without
--store the packaged sample is loaded into a temporary store first. At most 1.5 is wanted. With --check, which the tests
use, there is one pair of runs and no verdict: a busy machine would decide it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 1.5
BARE = """
import json, sys
import arcadedb
folder, cypher, parameters = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
database = arcadedb.open_database(folder, read_only=True)
rows = database.query("opencypher", cypher, parameters).to_list()
print(len(rows))
database.close()
"""


def main() -> int:
    """Measure and print; return 1 if the ratio is above the limit."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15, help="pairs of runs (default 15)")
    options.add_argument("--store", type=Path, help="folder of an embedded store")
    options.add_argument("--check", action="store_true", help="only see that it runs: one pair, no verdict")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "store"
        if given.store is None:
            subprocess.run([sys.executable, "-m", "kg", "load", *_sample(), "--store", str(store)], check=True)
        ratio = _report(*_measure(store.absolute(), 1 if given.check else given.runs))
    return int(ratio > LIMIT and not given.check)


def _sample() -> list[str]:
    import kg  # noqa: PLC0415  only to find the folder

    folder = Path(kg.__file__).parent / "sample"
    return sorted(str(path) for path in folder.iterdir() if path.name != "README.md")


def _measure(store: Path, runs: int) -> tuple[list[float], list[float]]:
    from kg.questions.catalog import question  # noqa: PLC0415  a benchmark of processes imports little itself

    leases = question("leases")
    parameters = json.dumps(dict.fromkeys(parameter.name for parameter in leases.parameters))
    bare = [sys.executable, "-c", BARE, str(store / "graph"), leases.cypher, parameters]
    ask = [sys.executable, "-m", "kg", "ask", "leases", "--store", str(store), "-f", "jsonl"]
    wanted, given = int(_output(bare)), len(_output(ask).splitlines())
    if not wanted == given > 0:
        sys.exit(f"the engine gives {wanted} rows, kg ask leases {given}: they are not doing the same")
    pairs = [(_seconds(bare), _seconds(ask)) for _ in range(runs)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    _output(command)
    return time.perf_counter() - start


def _output(command: list[str]) -> str:
    quiet = os.environ | {"ARCADEDB_LOG_CONSOLE": "0", "ARCADEDB_NATIVE_ISOLATE_ARGS": "-Xmx1g"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=quiet).stdout


def _report(bare: list[float], ask: list[float]) -> float:
    """Print the figures and return the ratio."""
    least, cold = statistics.median(bare), statistics.median(ask)
    ratio = cold / least
    print(f"bare engine    {least * 1000:6.0f} ms (median of {len(bare)}, fastest {min(bare) * 1000:.0f})")
    print(f"kg ask leases  {cold * 1000:6.0f} ms (median of {len(ask)}, fastest {min(ask) * 1000:.0f})")
    print(f"ratio          {ratio:6.2f} (at most {LIMIT} is wanted; of the fastest runs {min(ask) / min(bare):.2f})")
    return ratio


if __name__ == "__main__":
    sys.exit(main())
