"""Extractors: what reads claims from a document, and the package's own, made when the first text is at hand."""

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kg.core.claim import Claim
from kg.core.document import Document

if TYPE_CHECKING:
    from kg.extract.explain import Examined
    from kg.extract.extractor import Extractor as Rules


class Extraction(Protocol):
    """What an extractor gives for one document."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that it read."""


class Extractor(Protocol):
    """Reads claims from a document; ``version`` changes whenever it may read something else."""

    @property
    def version(self) -> str:
        """The version that is stored with each document."""

    def extract(self, document: Document) -> Extraction:
        """Return the claims of one document."""


class _Rules:
    """The package's extractor, made when the first text is at hand: tables need none."""

    def __init__(self, min_confidence: float | None) -> None:
        self._min_confidence = min_confidence

    @cached_property
    def _made(self) -> "Rules":
        from kg.extract.extractor import Extractor as Rules  # noqa: PLC0415  reads the lexicon

        return Rules(self._min_confidence)

    @property
    def version(self) -> str:
        """The version that is stored with each document."""
        return self._made.version

    def prepare(self) -> None:
        """Load what reading takes, by reading a sentence."""
        self.extract(Document("Meta leases 20 MW from Crusoe Energy at Lakeside Hall.", "a sentence"))

    def extract(self, document: Document) -> Extraction:
        """Return the claims of one document."""
        return self._made.extract(document)

    def examine(self, document: Document) -> "list[Examined]":
        """Return what was considered in one document, and why."""
        return self._made.examine(document)


def default_extractor(min_confidence: float | None = None) -> Extractor:
    """Return the package's extractor; ``min_confidence`` (0 to 1) moves the cuts below which it claims nothing."""
    return _Rules(min_confidence)
