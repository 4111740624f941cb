"""Word documents (DOCX): the text with headings, lists and tables."""

from collections.abc import Iterator

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.office.docx import read_docx
from kg.text.office.package import kind


def recognise(raw: Raw) -> float:
    """Return whether the parts of the archive are those of a Word document, whatever it is called."""
    return 0.95 if kind(raw.data) == "docx" else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the document, or say why there is none."""
    if not raw.data.startswith(b"PK"):
        yield Rejection(raw.address, "not a DOCX file: no archive; one locked with a password is none either")
        return
    try:
        read = read_docx(raw.data)
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    if not read.text.strip():
        yield Rejection(raw.address, "a Word document without text")
        return
    known = read.metadata
    yield raw.document(
        read.text, kind=known.kind, title=known.title, publisher=known.publisher, published=known.published
    )
