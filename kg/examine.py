"""What an extractor makes of documents: claims with their explanation, and what it dropped with the reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.place import on_pages
from kg.core.rejection import Rejection
from kg.exceptions import UsageError
from kg.notes import in_cell, prose, tells_of_part
from kg.reading import Reading, Source, read, readings

if TYPE_CHECKING:
    from kg.extractors import Extractor
    from kg.pipeline import Progress


class Examined(Protocol):
    """A claim that an extractor considered, why, and the reason for which it was dropped; None if it was not."""

    @property
    def claim(self) -> Claim:
        """What would be claimed."""

    @property
    def explanation(self) -> Mapping[str, Any]:
        """How it came about, as plain data."""

    @property
    def reason(self) -> str | None:
        """Why it is not claimed."""


class Examiner(Protocol):
    """An extractor that can say why."""

    def examine(self, document: Document) -> Sequence[Examined]:
        """Return what was considered in one document."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A claim, how it came about, and why it was dropped: the extractor's reason, or that the ontology forbids it."""

    claim: Claim
    explanation: Mapping[str, Any]
    reason: str | None = None


def examiner(extractor: "Extractor") -> Examiner:
    """Return the extractor as one that says why; raises UsageError if it cannot."""
    if not hasattr(extractor, "examine"):
        raise UsageError(
            f"The extractor {extractor.version} does not say how it reads: it has no examine(document). "
            "Leave out --explain and --rejected, or use the package's own."
        )
    return cast("Examiner", extractor)


def examine(
    source: Source, extractor: "Extractor", *, rejected: Callable[[Rejection], None], progress: "Progress | None" = None
) -> Iterator[Considered]:
    """Yield what was considered, document by document; no store is touched. ``rejected`` is told what was left out.

    Raises UsageError for an extractor that cannot say why, before anything is read.
    """
    able = examiner(extractor)
    return _examined(source, able, rejected, progress)


def _examined(
    source: Source, able: Examiner, rejected: Callable[[Rejection], None], progress: "Progress | None"
) -> Iterator[Considered]:
    for number, reading in enumerate(readings(read(source), rejected), 1):
        if progress:
            progress(number, reading.document.address)
        yield from considered(reading, able, notes=source.read_notes)


def considered(reading: Reading, able: Examiner, *, notes: bool = False) -> Iterator[Considered]:
    """Yield what was considered in one document: what its rows state, with ``notes`` prose in cells, and its text."""
    document = reading.document
    for item in reading.said:
        if isinstance(item, Claim):
            yield Considered(item, {"row": item.evidence.locator})
        elif notes:
            for examined in able.examine(prose(item, document)):
                if not tells_of_part(examined.claim):
                    yield _admitted(document, examined, in_cell(examined.claim, item, document))
    if not reading.is_table:
        for examined in able.examine(document):
            claim = on_pages(examined.claim, document.areas) if document.areas else examined.claim
            yield _admitted(document, examined, claim)


def _admitted(document: Document, examined: Examined, claim: Claim) -> Considered:
    from kg.schema.ontology import ontology  # noqa: PLC0415  not wanted by commands that only ask
    from kg.schema.validate import checked  # noqa: PLC0415  as above

    found = checked(claim, ontology(), document)
    if isinstance(found, Rejection):
        return Considered(claim, examined.explanation, examined.reason or found.reason)
    return Considered(found, examined.explanation, examined.reason)
