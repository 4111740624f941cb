"""Composes the stages: from paths to claims, and from claims to the graph in a store. It knows their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.place import on_pages
from kg.core.rejection import Rejection
from kg.exceptions import KGError, StoreError
from kg.extractors import Extractor, default_extractor
from kg.notes import noted
from kg.reading import Reading, Source, read, readings
from kg.store.base import Row, Store
from kg.store.names import company_names
from kg.store.open import open_store
from kg.workers import Workers

if TYPE_CHECKING:
    from kg.store.change import Effect
    from kg.store.ledger import Ledger

CHUNK = 50
"""Documents that are read, extracted and stored together."""

AHEAD = 16
"""Documents that are taken from a source before they are asked for, where they are read side by side."""


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What became of one document: "new", "unchanged" or "changed", its claims, and how many of them are new."""

    id: str
    address: str
    title: str | None
    outcome: str
    claims: int
    new_claims: int


@dataclass(slots=True)
class LoadReport:
    """What a load did, document by document, and what was left out with the reason.

    ``withdrawn`` names the rows of tables that a later edition lacks, and that were not withdrawn before.
    """

    documents: list[LoadedDocument] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """Return how many documents are "new", "unchanged" or "changed"."""
        return sum(document.outcome == outcome for document in self.documents)

    @property
    def claims(self) -> int:
        """How many claims the documents state."""
        return sum(document.claims for document in self.documents)

    @property
    def new_claims(self) -> int:
        """How many of them the store did not have."""
        return sum(document.new_claims for document in self.documents)

    def __str__(self) -> str:
        """Say it in one line."""
        changed = f"{self.count('changed')} changed, " if self.count("changed") else ""
        withdrawn = f"; {_counted(len(self.withdrawn), 'row')} withdrawn" if self.withdrawn else ""
        return (
            f"{_counted(len(self.documents), 'document')}: {self.count('new')} new, {changed}"
            f"{self.count('unchanged')} unchanged, {len(self.rejected)} rejected; "
            f"{_counted(self.claims, 'claim')}, {self.new_claims} new{withdrawn}"
        )


Progress = Callable[[int, str], None]
"""Called with the number of documents read so far and the address of the one at hand."""


def ledger(store: Store) -> "Ledger":
    """Return the ledger of an open store, with the package's ontology and registry."""
    from kg.schema.ontology import ontology  # noqa: PLC0415  only where something is written
    from kg.schema.registry import registry  # noqa: PLC0415  as above
    from kg.store.ledger import Ledger  # noqa: PLC0415  as above

    return Ledger(store, ontology(), registry())


def extract(
    source: Source,
    extractor: Extractor,
    *,
    rejected: Callable[[Rejection], None],
    progress: Progress | None = None,
    jobs: int = 1,
) -> Iterator[Claim]:
    """Yield the claims of the documents, in their order; no store is touched. ``rejected`` is told what was left out.

    ``jobs`` documents are read side by side; for that some are taken from the source before they are asked for.
    """
    with Workers(extractor, jobs) as workers:
        items = readings(read(source), rejected)
        for number, reading in enumerate(_announced(items, workers) if jobs > 1 else items, 1):
            if progress:
                progress(number, reading.document.address)
            yield from claims_of(reading, workers, rejected, notes=source.read_notes)


def _announced(items: Iterator[Reading], workers: Workers) -> Iterator[Reading]:
    """Yield what is read, with some documents announced before; what came before an error is given before it."""
    waiting: deque[Reading] = deque()
    try:
        for item in items:
            if item.is_table:
                yield from _emptied(waiting)
                yield item
                continue
            waiting.append(_taken(item))
            workers.ahead([item.document])
            if len(waiting) > AHEAD:
                yield waiting.popleft()
    except KGError:
        yield from _emptied(waiting)
        raise
    yield from _emptied(waiting)


def _emptied(waiting: deque[Reading]) -> Iterator[Reading]:
    while waiting:
        yield waiting.popleft()


def _taken(item: Reading) -> Reading:
    """Return a document with all that its loader says of it, so that the next one can be opened."""
    return replace(item, said=iter(list(item.said)))


def claims_of(
    reading: Reading, extractor: Extractor, rejected: Callable[[Rejection], None], *, notes: bool
) -> Iterator[Claim]:
    """Yield the claims of a document: those of its rows, with ``notes`` those of prose in cells, and of its text.

    ``rejected`` is told of what the extractor read and the ontology does not admit.
    """
    document = reading.document
    for item in reading.said:
        if isinstance(item, Claim):
            yield item
        elif notes:
            yield from _admitted(document, noted(item, document, extractor), rejected)
    if not reading.is_table:
        yield from _admitted(document, _of_text(document, extractor), rejected)


def _admitted(document: Document, claims: Iterable[Claim], rejected: Callable[[Rejection], None]) -> Iterator[Claim]:
    from kg.schema.ontology import ontology  # noqa: PLC0415  not wanted by commands that only ask
    from kg.schema.validate import checked  # noqa: PLC0415  as above

    for claim in claims:
        found = checked(claim, ontology(), document)
        if isinstance(found, Rejection):
            rejected(found)
        else:
            yield found


def _of_text(document: Document, extractor: Extractor) -> Iterator[Claim]:
    """Yield the claims of a text, with the pages of their evidence where the document has pages."""
    for claim in extractor.extract(document).claims:
        yield on_pages(claim, document.areas) if document.areas else claim


def load(
    source: Source,
    opener: Callable[[], Store],
    extractor: Extractor | None = None,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    fresh: bool = False,
) -> LoadReport:
    """Read documents, extract their claims, store both, and report what became of each.

    A document that the store has from this version of the extractor is not extracted again. ``opener`` is called
    after the first documents have been read, so that bad input leaves no store behind; the store is closed at the end.
    Documents are stored in chunks: an error or Ctrl-C loses nothing that an earlier chunk brought. ``jobs`` documents
    are read side by side, in processes of their own, which the extractor must be able to be sent to. ``fresh`` says
    that the store is new, so that no document is known.
    """
    report = LoadReport()
    with ExitStack() as stack:
        store = _Once(lambda: stack.enter_context(opener()))
        chunks = _chunks(readings(read(source, lambda: company_names(store())), report.rejected.append))
        first = next(chunks, None)
        if first is None:
            return report
        workers = stack.enter_context(Workers(extractor or default_extractor(), jobs))
        workers.start((reading.document for reading in first if not reading.is_table), fresh=fresh)
        writer = _Writer(store(), workers, report, progress, notes=source.read_notes)
        writer.store(first)
        for chunk in chunks:
            writer.store(chunk)
        report.rejected += writer.apart
        report.withdrawn += writer.withdrawn
    return report


class _Once:
    """Opens the store when it is first asked for, and gives the same ever after."""

    def __init__(self, opener: Callable[[], Store]) -> None:
        self._opener = opener
        self._store: Store | None = None

    def __call__(self) -> Store:
        if self._store is None:
            self._store = self._opener()
        return self._store


def forget(document: str, spec: str | None = None, *, several: bool = False) -> tuple[list[Row], "Effect"]:
    """Remove a document, and what only it supported, from the store that ``spec`` names.

    ``document`` is an id, address, web address or file name. Returns the documents removed and what followed. Raises
    UsageError if there is none, or more than one unless ``several`` are meant.
    """
    with open_store(spec, write=False) as store:
        book = ledger(store)
        found = book.find_documents(document) if several else [book.find_document(document)]
    with open_store(spec, write=True) as store:
        book = ledger(store)
        book.prepare()
        return found, book.forget([row["id"] for row in found])


def rebuild(spec: str | None = None, progress: Progress | None = None) -> int:
    """Derive the graph of the store that ``spec`` names again from its claims; return from how many documents.

    Raises StoreError for a store that holds nothing.
    """
    with open_store(spec, write=True, make=False) as store:
        book = ledger(store)
        if book.info() is None:
            raise StoreError(f"No documents in {store.address}; load something first: kg load …")
        return book.rebuild(_derived(progress))


def _derived(progress: Progress | None) -> Callable[[int, int], None] | None:
    """Return what tells ``progress`` of documents that the graph is derived from again."""
    return progress and (lambda done, total: progress(done, f"derived again, of {total:,}"))


class _Writer:
    """Takes chunks of documents into an open store."""

    def __init__(
        self, store: Store, extractor: Workers, report: LoadReport, progress: Progress | None, *, notes: bool
    ) -> None:
        self._ledger = ledger(store)
        self._ledger.prepare(_derived(progress))
        self._extractor = extractor
        self._report = report
        self._progress = progress
        self._notes = notes

    def store(self, chunk: list[Reading]) -> None:
        """Store what the store does not have yet; of a document that it has, nothing is extracted."""
        version = chunk[0].version(self._extractor, notes=self._notes)
        documents = [reading.document for reading in chunk]
        known = self._ledger.known_documents(document.id for document in documents)
        fresh = [reading for reading in chunk if known.get(reading.document.id) != version]
        self._extractor.ahead(_once(fresh))
        stored = {item.document.id: item for item in self._ledger.load(self._extracted(fresh), version)}
        there = self._claims_of([document.id for document in documents if document.id not in stored])
        reported: set[str] = set()
        for document in documents:
            item = stored.get(document.id)
            outcome, claims, new = (
                (item.outcome, item.claims, item.new) if item else ("unchanged", there[document.id], 0)
            )
            if document.id in reported:
                outcome, new = "unchanged", 0
            reported.add(document.id)
            self._report.documents.append(
                LoadedDocument(document.id, document.address, document.title, outcome, claims, new)
            )

    @property
    def apart(self) -> list[Rejection]:
        """What was not merged, since its ids contradict each other."""
        return self._ledger.apart

    @property
    def withdrawn(self) -> list[str]:
        """The rows that an edition has withdrawn."""
        return self._ledger.withdrawn

    def _extracted(self, chunk: Iterable[Reading]) -> Iterator[tuple[Document, Iterator[Claim]]]:
        seen: set[str] = set()
        for number, reading in enumerate(chunk, 1):
            document = reading.document
            if document.id in seen:
                continue
            seen.add(document.id)
            if self._progress:
                self._progress(len(self._report.documents) + number, document.address)
            yield document, claims_of(reading, self._extractor, self._report.rejected.append, notes=self._notes)

    def _claims_of(self, ids: list[str]) -> dict[str, int]:
        rows = self._ledger.store.read(
            "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claims",
            {"ids": ids},
        )
        return {row["id"]: row["claims"] for row in rows}


def _once(chunk: Iterable[Reading]) -> Iterator[Document]:
    """Yield the documents whose text is read; of those with the same text, as they are stored, the first."""
    seen: set[str] = set()
    for reading in chunk:
        if not reading.is_table and reading.document.id not in seen:
            seen.add(reading.document.id)
            yield reading.document


def _chunks(items: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Yield documents in lists; an edition of a table, whose rows are read as they come, is a list of its own."""
    chunk: list[Reading] = []
    for item in items:
        if item.is_table and chunk:
            yield chunk
            chunk = []
        chunk.append(item if item.is_table else _taken(item))
        if item.is_table or len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
