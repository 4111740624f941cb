"""Where and how the weights are written that the package reads (``kg.extract.learned``)."""

import json
from typing import Any

import numpy as np

from scripts.train.corpus import ROOT

WEIGHTS = ROOT / "kg" / "extract" / "weights"


def write_json(name: str, data: object) -> None:
    """Write weights as JSON, which is small and the same for the same weights."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def write_arrays(name: str, arrays: dict[str, Any]) -> None:
    """Write weights as arrays by their names."""
    np.savez(WEIGHTS / f"{name}.npz", **arrays)
