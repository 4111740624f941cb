"""From paths to documents and to the claims of rows: what is read before anything is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.exceptions import UsageError

if TYPE_CHECKING:
    from kg.fetch.raw import Raw
    from kg.plugins import Loaded, Loader

ROWS = "rows 4"
"""Version of what loaders make of rows; raised whenever they may read something else."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from: paths, folders, patterns, web addresses, ``-``; and how they are read.

    ``loader`` forces one by name, ``mapping`` is a file that says what the columns of a table mean. ``allow_private``
    lets web addresses lead into private networks. Documents below the folder ``base`` have addresses that begin there,
    so that those of the sample are the same wherever it is installed.

    Of tables: ``vintage`` is the ISO date of the edition, ``excerpt`` says that it is a part on purpose, ``wanted``
    names entities that are read from large registers beside the known ones, ``read_notes`` has prose in cells read too.
    """

    paths: tuple[str, ...]
    loader: str | None = None
    allow_private: bool = False
    stdin: BinaryIO | None = None
    base: Path | None = None
    mapping: str | None = None
    vintage: str | None = None
    excerpt: bool = False
    wanted: tuple[str, ...] = ()
    read_notes: bool = False


class _Versioned(Protocol):
    @property
    def version(self) -> str:
        """The version that is stored with each document."""


@dataclass(slots=True)
class Reading:
    """One document, and what its loader says of its rows: to be read to its end before the next one.

    ``said`` gives claims and notes; it is empty for a document that is nothing but text. ``is_table`` says that the
    text only describes the table, so that an extractor has nothing to read in it.
    """

    document: Document
    said: Iterator[Claim | Note]

    @property
    def is_table(self) -> bool:
        """Say whether the document is an edition of a table."""
        return self.document.source is not None

    def version(self, extractor: _Versioned, *, notes: bool) -> str:
        """Return what read it, for the store: a change of it has the document read again."""
        if not self.is_table:
            return extractor.version
        whole = ", whole" if self.document.whole else ""
        part = f", selection {self.document.selection}" if self.document.selection else ""
        return f"{ROWS} of {self.document.published}{whole}{part}" + (
            f", notes by {extractor.version}" if notes else ""
        )


def read(source: Source, known: Callable[[], tuple[str, ...]] | None = None) -> "Iterator[Iterator[Loaded]]":
    """Yield, for each file or page that the paths lead to, what its loader gives; all of it is taken before the next.

    ``known`` gives names and ids of the entities that a store has; it is asked only if there is a register to read, of
    which these are wanted beside those of the package's registry and those asked for.

    Raises InputError or FetchError for something that was named and cannot be read: before the first document, where
    that can be known.
    """
    from kg import plugins  # noqa: PLC0415  loaders are not wanted by commands that only ask
    from kg.fetch.files import sources  # noqa: PLC0415  as above

    chosen = _loader(source)
    for raw in sources(source.paths, stdin=source.stdin, allow_private=source.allow_private):
        if isinstance(raw, Rejection):
            yield iter([raw])
            continue
        told = _as_told(raw, source)
        loader = plugins.loader_for(told, chosen)
        filters = getattr(loader, "filters", None)
        if known and filters and filters(told):
            told = replace(told, wanted=(*told.wanted, *known()))
        yield plugins.load(told, loader)


def readings(files: "Iterator[Iterator[Loaded]]", rejected: Callable[[Rejection], None]) -> Iterator[Reading]:
    """Yield documents with what is said of their rows, as it comes; ``rejected`` is told what was left out.

    A claim that contradicts the ontology is among the latter. A file is opened when all of the one before is taken.
    """
    for items in files:
        groups = _Groups(items, rejected)
        while (document := groups.next_document()) is not None:
            yield Reading(document, groups.said())


class _Groups:
    """A run of items, each document followed by what belongs to it."""

    def __init__(self, items: "Iterator[Loaded]", rejected: Callable[[Rejection], None]) -> None:
        self._items = items
        self._rejected = rejected
        self._ahead: Document | None = None

    def next_document(self) -> Document | None:
        """Return the next document, past whatever is left of the one before; None at the end."""
        for _ in self.said():
            pass
        document, self._ahead = self._ahead, None
        return document

    def said(self) -> Iterator[Claim | Note]:
        """Yield claims and notes up to the next document."""
        from kg.schema.ontology import ontology  # noqa: PLC0415  commands that only ask need no check
        from kg.schema.validate import checked  # noqa: PLC0415  as above

        while self._ahead is None and (item := next(self._items, None)) is not None:
            if isinstance(item, Document):
                self._ahead = item
                return
            if isinstance(item, Claim):
                item = checked(item, ontology())
            if isinstance(item, Rejection):
                self._rejected(item)
            else:
                yield item


def _loader(source: Source) -> "str | Loader | None":
    if source.mapping is None:
        return source.loader
    if source.loader:
        raise UsageError("--as and --map exclude each other: a mapping is how the table is read.")
    from kg.tables.mapped import mapped  # noqa: PLC0415  only with a mapping

    return mapped(Path(source.mapping))


def _as_told(raw: "Raw", source: Source) -> "Raw":
    """Return the item with what the user said of it, its address beginning at the base."""
    if source.vintage or source.excerpt or source.wanted:
        raw = replace(raw, vintage=source.vintage, excerpt=source.excerpt, wanted=source.wanted)
    if source.base is None or not Path(raw.address).is_relative_to(source.base):
        return raw
    return replace(raw, address=Path(raw.address).relative_to(source.base).as_posix())
