"""What the row of a table cites, told to each of its claims: whoever counts sources must know on which it rests."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kg.core.claim import Claim
from kg.core.note import Note

CITES = "cites"
"""The attribute whose values are the sources that a row cites."""

Item = TypeVar("Item")


def with_citations(items: Iterable[Item]) -> Iterator[Item]:
    """Yield what a loader does, each claim and note of a row with what all of the row's claims say that it cites.

    The claims of a row come one after the other; no more than those of one row are held.
    """
    held: list[Item] = []
    row: str | None = None
    for item in items:
        of = _row(item)
        if of != row:
            yield from _citing(held)
            held, row = [], of
        if of is None:
            yield item
        else:
            held.append(item)
    yield from _citing(held)


def _row(item: object) -> str | None:
    if isinstance(item, Claim):
        return item.row
    return item.key.rpartition("|")[0] if isinstance(item, Note) else None


def _citing(items: list[Item]) -> Iterable[Item]:
    cited = (str(item.value) for item in items if isinstance(item, Claim) and item.predicate == CITES)
    urls = tuple(dict.fromkeys(cited))
    return [_with(item, urls) for item in items] if urls else items


def _with(item: Item, urls: tuple[str, ...]) -> Item:
    if isinstance(item, Note) or (isinstance(item, Claim) and item.predicate != CITES):
        return replace(item, citations=urls)
    return item
