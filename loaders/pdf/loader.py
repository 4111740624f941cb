"""PDF files: the text in reading order, with the page and box of every line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.metadata import read_metadata
from kg.text.pdf.read import read_pdf

_START = re.compile(rb"%PDF-\d")


def recognise(raw: Raw) -> float:
    """Return whether it begins like a PDF; some have a few bytes of a web server before that."""
    return 0.95 if _START.search(raw.data, 0, 1024) else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the document, then the pages that are pictures; or say why there is no text."""
    start = _START.search(raw.data, 0, 1024)
    if not start:
        yield Rejection(raw.address, "not a PDF: does not begin like one")
        return
    try:
        read = read_pdf(raw.data[start.start() :])
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    said = read_metadata(read.text)
    document = raw.document(
        read.text,
        aside=read.aside,
        kind=said.kind,
        title=read.title or said.title,
        publisher=said.publisher,
        published=said.published,
    )
    yield replace(document, areas=read.areas)
    if read.pictures:
        pages = f"page{'s' if len(read.pictures) > 1 else ''} {_ranges(read.pictures)}"
        yield Rejection(
            raw.address, f"{pages} not read: pictures without text (add a text layer, for example with ocrmypdf)"
        )


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as people write them: 1, 3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
