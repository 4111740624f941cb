"""The benchmark of registers can be run; how fast they are, nothing here judges."""

from tests.benchmarks import checked


def test_it_runs_and_prints_every_register() -> None:
    printed = checked("registers.py")
    for title in ("legal entities", "parents", "items", "tickers"):
        assert printed.count(title) == 2
