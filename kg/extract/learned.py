"""What ``scripts/train`` learned: its files, and tables whose rows are made ready when they are first asked for."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Row = TypeVar("Row")

Arrays = Mapping[str, NDArray[Any]]
"""Arrays by name, as they are written."""


def weights_of(name: str) -> Any:
    """Return what a file of weights holds."""
    return json.loads(Path(__file__).with_name("weights").joinpath(f"{name}.json").read_bytes())


def arrays_of(name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays that a file of weights holds, by name."""
    with np.load(Path(__file__).with_name("weights") / f"{name}.npz") as data:
        return dict(data)


def as_lines(words: Sequence[str]) -> NDArray[np.uint8]:
    """Return words as an array; raises ValueError for one that holds the end of a line, by which they are parted."""
    if any("\n" in word for word in words):
        raise ValueError("a word holds the end of a line")
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def lines_of(array: NDArray[np.uint8]) -> list[str]:
    """Return the words of an array that ``as_lines`` made; there is one at least, which may be empty."""
    return array.tobytes().decode().split("\n")


@dataclass(frozen=True, slots=True)
class Table:
    """Features with a row of whole numbers each: ``numbers`` says which."""

    numbers: Mapping[str, int]
    rows: NDArray[np.int16]

    @classmethod
    def of(cls, arrays: Arrays, name: str = "") -> "Table":
        """Make a table of arrays that ``to_arrays`` made."""
        rows = arrays[f"{name}rows"]
        return cls(dict(zip(lines_of(arrays[f"{name}features"]), range(len(rows)), strict=False)), rows)

    def to_arrays(self, name: str = "") -> dict[str, NDArray[Any]]:
        """Return the table as arrays; ``name`` goes before theirs."""
        return {f"{name}features": as_lines([*self.numbers]), f"{name}rows": self.rows}

    def scaled(self, scale: int) -> "LazyTable[int, list[float]]":
        """Return the rows as the weights that they stand for, in parts of ``scale``."""
        return LazyTable(self.numbers, lambda number: (self.rows[number] / scale).tolist())


def table(rows: Mapping[str, Sequence[float]], scale: int, columns: int) -> Table:
    """Return a table of weights, rounded to parts of ``scale``; it may be empty."""
    whole = np.array([*rows.values()], np.float64).reshape(-1, columns) * scale
    return Table({feature: n for n, feature in enumerate(rows)}, np.round(whole).astype(np.int16))


Written = TypeVar("Written")


class LazyTable(Mapping[str, Row], Generic[Written, Row]):
    """Maps features to rows, of which ``written`` holds the written form and ``ready`` makes the form that is used.

    A short text needs few of them.
    """

    def __init__(self, written: Mapping[str, Written], ready: Callable[[Written], Row]) -> None:
        self._written = written
        self._ready = ready
        self._rows: dict[str, Row] = {}

    def __getitem__(self, feature: str) -> Row:
        row = self._rows.get(feature)
        if row is None:
            row = self._rows[feature] = self._ready(self._written[feature])
        return row

    def get(self, feature: str, default: Any = None) -> Any:
        """Return the row of a feature, or the default for one that has no weights."""
        if feature in self._rows:
            return self._rows[feature]
        return self[feature] if feature in self._written else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)
