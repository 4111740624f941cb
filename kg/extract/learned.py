"""What ``scripts/train`` learned: its files, and tables whose rows are made ready when they are first asked for."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = TypeVar("Row")


def weights_of(name: str) -> Any:
    """Return what a file of weights holds."""
    return json.loads(Path(__file__).with_name("weights").joinpath(f"{name}.json").read_bytes())


def arrays_of(name: str) -> "dict[str, NDArray[Any]]":
    """Return the arrays that a file of weights holds, by name."""
    import numpy as np  # noqa: PLC0415  only the encoder needs it

    with np.load(Path(__file__).with_name("weights") / f"{name}.npz") as data:
        return dict(data)


class LazyTable(Mapping[str, Row], Generic[Row]):
    """Maps features to rows, of which ``written`` holds the written form and ``ready`` makes the form that is used.

    A short text needs few of them.
    """

    def __init__(self, written: Mapping[str, Any], ready: Callable[[str, Any], Row]) -> None:
        self._written = written
        self._ready = ready
        self._rows: dict[str, Row] = {}

    def __getitem__(self, feature: str) -> Row:
        row = self._rows.get(feature)
        if row is None:
            row = self._rows[feature] = self._ready(feature, self._written[feature])
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


def scaled(table: Mapping[str, list[int]], scale: int) -> LazyTable[list[float]]:
    """Return a table of whole numbers as the weights that they stand for."""
    return LazyTable(table, lambda _, row: [v / scale for v in row])
