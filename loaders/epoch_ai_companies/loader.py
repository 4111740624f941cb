"""Epoch AI's tables of AI companies, known by their columns."""

from collections.abc import Iterator

from kg.fetch.raw import Raw
from kg.tables import table
from kg.tables.table import Item

from .companies import COMPANIES
from .rounds import ROUNDS
from .spend import SPEND

STREAMS = True

_NAME = "epoch-ai-companies"
_TABLES = (
    COMPANIES,
    ROUNDS,
    SPEND,
)


def recognise(raw: Raw) -> float:
    """Return how sure it is that the file holds one of the tables, by its columns."""
    return table.recognise(raw, _TABLES)


def load(raw: Raw) -> Iterator[Item]:
    """Yield the table's edition, then what its rows say."""
    return table.read(raw, _NAME, _TABLES)
