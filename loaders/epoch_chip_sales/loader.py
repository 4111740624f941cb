"""Epoch AI's tables of chip sales, known by their columns."""

from collections.abc import Iterator

from kg.fetch.raw import Raw
from kg.tables import table
from kg.tables.table import Item

from .chip_types import CHIP_TYPES
from .organizations import ORGANIZATIONS
from .sales import SALES

STREAMS = True

_NAME = "epoch-chip-sales"
_TABLES = (
    CHIP_TYPES,
    ORGANIZATIONS,
    SALES,
)


def recognise(raw: Raw) -> float:
    """Return how sure it is that the file holds one of the tables, by its columns."""
    return table.recognise(raw, _TABLES)


def load(raw: Raw) -> Iterator[Item]:
    """Yield the table's edition, then what its rows say."""
    return table.read(raw, _NAME, _TABLES)
