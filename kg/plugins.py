"""The replaceable parts by name: one visible table for each kind, imported when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Protocol, cast

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.exceptions import InputError, UsageError, did_you_mean
from kg.fetch.raw import Raw
from kg.tables.citations import with_citations

LOADERS: Mapping[str, str] = {
    "email": "email.loader",
    "epoch-ai-companies": "epoch_ai_companies.loader",
    "epoch-ai-models": "epoch_ai_models.loader",
    "epoch-chip-sales": "epoch_chip_sales.loader",
    "epoch-data-centers": "epoch_data_centers.loader",
    "epoch-gpu-clusters": "epoch_gpu_clusters.loader",
    "epoch-ml-hardware": "epoch_ml_hardware.loader",
    "docx": "docx.loader",
    "feed": "feed.loader",
    "gleif": "gleif.loader",
    "html": "html.loader",
    "jsonl": "jsonl.loader",
    "markdown": "markdown.loader",
    "pdf": "pdf.loader",
    "sec-edgar": "sec_edgar.loader",
    "sec-filings": "sec_filings.loader",
    "text": "text.loader",
    "wikidata": "wikidata.loader",
}
"""Loaders by name, each the path of its module below the loaders folder. Of equal claims to an item the first wins."""

AS_TEXT = 0.9
"""Below this a loader takes an item for mere text, which a file called .csv is not."""

HELD = 2_000_000
"""Bytes of a file whose claims are held until it has been read to its end; a larger one is read twice."""

Loaded = Document | Claim | Note | Rejection
"""What a loader yields: documents; of a table, after its document, its rows' claims and the prose in its cells."""


class Loader(Protocol):
    """What the module of a loader offers; both functions are pure and read nothing but the item.

    Of a damaged item ``load`` raises InputError, and nothing of it is kept. A loader that reads a file as it comes
    (``raw.open()``), whatever its size, says ``STREAMS = True``: it may find the damage after a million rows, so its
    items are read to their end before anything is passed on, those of large files twice. Any other raises before the
    first thing that it yields, and so does one that streams where its function ``is_checked(raw)`` says so. One whose
    function ``filters(raw)`` says so reads of a register only the entities that are wanted (``raw.wanted``).
    """

    def recognise(self, raw: Raw) -> float:
        """Return how sure it is that the item is of its format: 0 (no) to 1, judged by content first."""

    def load(self, raw: Raw) -> Iterator[Loaded]:
        """Yield the documents of the item and what was left out with the reason."""


def loader(name: str) -> Loader:
    """Return the loader of this name; raises UsageError with the right names."""
    return cast("Loader", _named("loader", name, LOADERS, resources.loaders_package()))


def loader_for(raw: Raw, forced: str | Loader | None = None) -> Loader | None:
    """Return the loader that is surest of the item, or the one forced by name; None if none reads such items."""
    if forced:
        return loader(forced) if isinstance(forced, str) else forced
    claims = [(candidate.recognise(raw), candidate) for candidate in map(loader, LOADERS) if _can_hold(candidate, raw)]
    sure, best = max(claims, key=lambda claim: claim[0], default=(0.0, None))
    return None if sure == 0 or (sure < AS_TEXT and _is_named_table(raw)) else best


def load(raw: Raw, forced: str | Loader | None = None) -> Iterator[Loaded]:
    """Yield the documents of an item, for a table also its claims and notes, and Rejections for what was left out.

    An item that the user named and that gives no document raises InputError with the first reason; one that was found
    in a folder is only rejected.
    """
    early: list[Rejection] = []
    found = False
    try:
        items = _items(raw, loader_for(raw, forced))
    except InputError as error:
        if raw.named:
            raise
        yield Rejection(raw.address, str(error).removeprefix(f"{raw.address}: "))
        return
    for item in with_citations(items):
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
    """Return what the loader yields; raises InputError at once for an item that is damaged anywhere."""
    if chosen is None or not _can_hold(chosen, raw):
        return iter([Rejection(raw.address, _nobody(raw))])
    is_checked = getattr(chosen, "is_checked", lambda _: False)
    if getattr(chosen, "STREAMS", False) and not is_checked(raw):
        return _whole(raw, chosen)
    items = chosen.load(raw)
    return chain(filter(None, [next(items, None)]), items)


def _whole(raw: Raw, chosen: Loader) -> Iterator[Loaded]:
    """Return what a loader yields that reads a file as it comes; raises InputError for damage anywhere in it.

    Only all dates of a column show whether they have the day first: a file where they do is read once more.
    """
    from kg.tables.orders import DayFirstError  # noqa: PLC0415  loaders of texts do without tables

    try:
        if not raw.partial and len(raw.data) <= HELD:
            return iter(list(chosen.load(raw)))
        for _ in chosen.load(raw):
            pass
    except DayFirstError as error:
        if error.column in raw.day_first:
            raise
        return _whole(replace(raw, day_first=raw.day_first | {error.column}), chosen)
    return chosen.load(raw)


def _is_named_table(raw: Raw) -> bool:
    """Say whether a file is called a table and begins like one, however short it is."""
    from kg.tables.sheet import headers  # noqa: PLC0415  only for what nobody is sure of

    return raw.suffix in {".csv", ".tsv"} and bool(headers(raw))


def _can_hold(candidate: Loader, raw: Raw) -> bool:
    return not raw.partial or getattr(candidate, "STREAMS", False)


def _nobody(raw: Raw) -> str:
    """Say what an item is that nobody reads."""
    from kg.tables.sheet import damage, headers  # noqa: PLC0415  only for what nobody reads
    from kg.text.sniff import not_text  # noqa: PLC0415  as above

    if columns := next((columns for columns in headers(raw) if len(columns) > 1), None):
        known = ", ".join(filter(None, columns[:8])) + (", …" if len(columns) > 8 else "")
        return f"a table with columns that no loader knows ({known}); say what they mean with: kg map suggest FILE"
    if reason := damage(raw):
        return reason
    if raw.partial:
        return "too large for a document (more than 50 MB), and no table that a loader reads"
    return not_text(raw.data) or "nothing that a loader reads"


def _named(kind: str, name: str, table: Mapping[str, str], package: str) -> ModuleType:
    path = table.get(name) or table.get(name.replace("_", "-")) or table.get(name.replace("-", "_"))
    if path is None:
        raise UsageError(f"No {kind} {name!r}.{did_you_mean(name, table)} There are: {', '.join(sorted(table))}")
    return import_module(f"{package}.{path}")
