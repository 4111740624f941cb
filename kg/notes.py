"""Prose in cells, read like any text: the claims keep the cell as their place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from kg.core.claim import Claim, Evidence
from kg.core.document import Document
from kg.core.note import Note
from kg.resolve.names import names_of

_PART = re.compile(
    r"(?:the )?(?:buildings?|phases?|halls?|blocks?|sites?|campus|data cent(?:er|re)s?|clusters?)"
    r"(?:[ -](?:\d+|[A-Z]|[IVX]+))*",
    re.IGNORECASE,
)
"""What a note calls the parts of its site ("Building 1"): every site has one, and all of them would become one."""

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

    The words of a link count, its address does not. What is said of a mere part of the site ("Building 1") is left out,
    since every site has one. A note has no characters in the edition's text: its claims have the
    sentence as evidence and the cell as locator.
    """
    for claim in extractor.extract(prose(note, edition)).claims:
        if not tells_of_part(claim):
            yield in_cell(claim, note, edition)


def tells_of_part(claim: Claim) -> bool:
    """Say whether a claim names a mere part of the site that a note is about, as if it were a site."""
    return any(name.type == "Facility" and _PART.fullmatch(name.name) for name in names_of(claim))


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
        citations=note.citations,
    )


def _in_cells(found: Iterable[Evidence], note: Note) -> Iterator[Evidence]:
    return (_in_cell(evidence, note) for evidence in found)


def _in_cell(evidence: Evidence, note: Note) -> Evidence:
    return Evidence(evidence.text, locator=note.locator)
