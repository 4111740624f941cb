"""The replaceable parts by name: one visible table for each kind, imported when asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Protocol, cast

from kg import resources
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError, UsageError, did_you_mean
from kg.fetch.raw import Raw

LOADERS: Mapping[str, str] = {
    "feed": "feed.loader",
    "html": "html.loader",
    "jsonl": "jsonl.loader",
    "markdown": "markdown.loader",
    "text": "text.loader",
}
"""Loaders by name, each the path of its module below the loaders folder. Of equal claims to an item the first wins."""

Loaded = Document | Rejection
"""What a loader yields. Consumers go by the class, so that a loader of tables may yield rows beside them one day."""


class Loader(Protocol):
    """What the module of a loader offers; both functions are pure and read nothing but the item."""

    def recognise(self, raw: Raw) -> float:
        """Return how sure it is that the item is of its format: 0 (no) to 1, judged by content first."""

    def load(self, raw: Raw) -> Iterator[Loaded]:
        """Yield the documents of the item and what was left out with the reason; raise nothing for bad content."""


def loader(name: str) -> Loader:
    """Return the loader of this name; raises UsageError with the right names."""
    return cast("Loader", _named("loader", name, LOADERS, resources.loaders_package()))


def loader_for(raw: Raw, forced: str | None = None) -> Loader | None:
    """Return the loader that is surest of the item, or the one forced by name; None if none reads such items."""
    if forced:
        return loader(forced)
    claims = [(candidate.recognise(raw), candidate) for candidate in map(loader, LOADERS)]
    sure, best = max(claims, key=lambda claim: claim[0])
    return best if sure > 0 else None


def load(raw: Raw, forced: str | None = None) -> Iterator[Loaded]:
    """Yield the documents of an item, and Rejections for what of it was left out.

    An item that the user named and that gives no document raises InputError with the first reason; one that was found
    in a folder is only rejected.
    """
    early: list[Rejection] = []
    found = False
    for item in _items(raw, loader_for(raw, forced)):
        if found:
            yield item
        elif isinstance(item, Rejection):
            early.append(item)
        else:
            found = True
            yield from early
            yield item
    if found:
        return
    if raw.named and early:
        raise InputError(str(early[0]))
    yield from early


def _items(raw: Raw, chosen: Loader | None) -> Iterator[Loaded]:
    if chosen:
        return chosen.load(raw)
    from kg.text.sniff import not_text  # noqa: PLC0415  only for what nobody reads

    return iter([Rejection(raw.address, not_text(raw.data) or "nothing that a loader reads")])


def _named(kind: str, name: str, table: Mapping[str, str], package: str) -> ModuleType:
    path = table.get(name)
    if path is None:
        raise UsageError(f"No {kind} {name!r}.{did_you_mean(name, table)} There are: {', '.join(sorted(table))}")
    return import_module(f"{package}.{path}")
