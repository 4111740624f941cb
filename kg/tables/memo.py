"""What was read in short cells is kept: companies, towns, days and categories come again in row after row."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, cast

SHORT = 120
"""Characters of a cell that is likely to come again."""

KEPT = 2048
"""Readings that are kept of one kind, so that memory stays flat."""

Reader = TypeVar("Reader", bound=Callable[..., object])


def remembered(read: Reader) -> Reader:
    """Return a function that reads a cell the same way, and one that it has met lately from memory.

    ``read`` takes one text or more, by place; it must be pure and give what nobody changes. Long texts are read anew,
    and so are those that raise an error.
    """
    kept = lru_cache(maxsize=KEPT)(read)

    @wraps(read)
    def reader(text: str, *others: str) -> object:
        if len(text) > SHORT or (others and max(map(len, others)) > SHORT):
            return read(text, *others)
        return kept(text, *others)

    return cast("Reader", reader)
