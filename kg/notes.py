"""Prose in cells, read like any text: the claims keep the cell as their place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from kg.core.claim import Claim, Evidence
from kg.core.document import Document
from kg.core.note import Note

_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")


class _Extraction(Protocol):
    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that were read."""


class _Extractor(Protocol):
    def extract(self, document: Document) -> _Extraction:
        """Return the claims of one document."""


def noted(note: Note, edition: Document, extractor: _Extractor) -> Iterator[Claim]:
    """Yield the claims that an extractor reads in a note, as claims of the row that it stands in.

    The words of a link count, its address does not. A note has no characters in the edition's text: its claims have the
    sentence as evidence and the cell as locator.
    """
    for claim in extractor.extract(prose(note, edition)).claims:
        yield in_cell(claim, note, edition)


def prose(note: Note, edition: Document) -> Document:
    """Return a note as a document of its own, to be read like any other."""
    text = _LINK.sub(r"\1", note.text)
    return Document(text, edition.address, kind="table", title=note.about, published=note.published)


def in_cell(claim: Claim, note: Note, edition: Document) -> Claim:
    """Return a claim that was read in a note as one of its row."""
    return replace(
        claim,
        document=edition.address,
        document_id=note.document_id,
        evidence=_in_cell(claim.evidence, note),
        also=tuple(_in_cells(claim.also, note)),
        key=note.key,
    )


def _in_cells(found: Iterable[Evidence], note: Note) -> Iterator[Evidence]:
    return (_in_cell(evidence, note) for evidence in found)


def _in_cell(evidence: Evidence, note: Note) -> Evidence:
    return Evidence(evidence.text, locator=note.locator)
