"""The benchmark of reading can be run; how fast it is, nothing here judges."""

from tests.benchmarks import checked


def test_it_runs_and_prints_every_step() -> None:
    printed = checked("reading_prose.py")
    for step in ("segments", "encoder", "names", "grammar", "candidates and ranker", "status, ", "all", "words alone"):
        assert f"\n{step}" in printed
