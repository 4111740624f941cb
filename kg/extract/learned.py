"""What ``scripts/train`` learned: its files, and the tables of weights in them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays by name, as they are written."""


def weights_of(name: str) -> Any:
    """Return what a file of weights holds."""
    return json.loads(Path(__file__).with_name("weights").joinpath(f"{name}.json").read_bytes())


def arrays_of(name: str, *beginnings: str) -> dict[str, NDArray[Any]]:
    """Return the arrays that a file of weights holds, by name: all, or those whose names begin so."""
    with np.load(Path(__file__).with_name("weights") / f"{name}.npz") as data:
        return {key: data[key] for key in data.files if not beginnings or key.startswith(beginnings)}


def as_lines(words: Sequence[str]) -> NDArray[np.uint8]:
    """Return words as an array; raises ValueError for one that holds the end of a line, by which they are parted."""
    if any("\n" in word for word in words):
        raise ValueError("a word holds the end of a line")
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def lines_of(array: NDArray[np.uint8]) -> list[str]:
    """Return the words of an array that ``as_lines`` made; there is one at least, which may be empty."""
    return array.tobytes().decode().split("\n")


SCALE = 100
"""Weights of features are written as whole numbers of parts of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Features with a row of weights each, in parts of ``SCALE``: ``numbers`` says which row."""

    numbers: Mapping[str, int]
    rows: NDArray[np.int16]

    @classmethod
    def rounded(cls, weights: Mapping[str, Sequence[float]], columns: int) -> "Table":
        """Make a table of weights, rounded to parts of ``SCALE``; it may be empty."""
        whole = np.array([*weights.values()], np.float64).reshape(-1, columns) * SCALE
        return cls({feature: n for n, feature in enumerate(weights)}, np.round(whole).astype(np.int16))

    @classmethod
    def of(cls, arrays: Arrays, name: str = "") -> "Table":
        """Make a table of arrays that ``to_arrays`` made."""
        rows = arrays[f"{name}rows"]
        return cls(dict(zip(lines_of(arrays[f"{name}features"]), range(len(rows)), strict=False)), rows)

    def to_arrays(self, name: str = "") -> dict[str, NDArray[Any]]:
        """Return the table as arrays; ``name`` goes before theirs."""
        return {f"{name}features": as_lines([*self.numbers]), f"{name}rows": self.rows}


class LazyWeights(Mapping[str, list[float]]):
    """The weights of a table, feature by feature, each made ready when it is first asked for: a text needs few."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ready: dict[str, list[float]] = {}

    def __getitem__(self, feature: str) -> list[float]:
        row = self._ready.get(feature)
        if row is None:
            row = self._ready[feature] = (self._table.rows[self._table.numbers[feature]] / SCALE).tolist()
        return row

    def get(self, feature: str, default: Any = None) -> Any:
        """Return the weights of a feature, or the default for one that has none."""
        return self[feature] if feature in self._table.numbers else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.numbers)

    def __len__(self) -> int:
        return len(self._table.numbers)
