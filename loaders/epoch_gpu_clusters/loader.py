"""Epoch AI's table of GPU clusters, known by its columns."""

from collections.abc import Iterator

from kg.fetch.raw import Raw
from kg.tables import table
from kg.tables.table import Item

from .clusters import CLUSTERS

STREAMS = True

_NAME = "epoch-gpu-clusters"
_TABLES = (CLUSTERS,)


def recognise(raw: Raw) -> float:
    """Return how sure it is that the file holds GPU clusters, by its columns."""
    return table.recognise(raw, _TABLES)


def load(raw: Raw) -> Iterator[Item]:
    """Yield the table's edition, then what its rows say."""
    return table.read(raw, _NAME, _TABLES)
