"""Epoch AI's tables of data centers, each known by its columns."""

from collections.abc import Iterator

from kg.fetch.raw import Raw
from kg.tables import table
from kg.tables.table import Item

from .chips import CHIPS
from .sites import SITES
from .timelines import TIMELINES

STREAMS = True

_NAME = "epoch-data-centers"
_TABLES = (SITES, TIMELINES, CHIPS)


def recognise(raw: Raw) -> float:
    """Return how sure it is that the file holds sites, timelines or chip quantities, by its columns."""
    return table.recognise(raw, _TABLES)


def load(raw: Raw) -> Iterator[Item]:
    """Yield the table's edition, then what its rows say."""
    return table.read(raw, _NAME, _TABLES)
