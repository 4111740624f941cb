"""The benchmark of table loaders can be run; how fast they are, nothing here judges."""

from tests.benchmarks import checked


def test_it_runs_and_prints_every_table() -> None:
    printed = checked("table_loaders.py", "--rows", "40")
    for name in ("data_centers.csv", "gpu_clusters.csv", "ml_hardware.csv", "ai_models.csv"):
        assert name in printed
