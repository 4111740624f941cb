"""Plain text: the file as it stands, and what it says about itself."""

from collections.abc import Iterator

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.metadata import read_metadata
from kg.text.plain import read_text
from kg.text.sniff import not_text


def recognise(raw: Raw) -> float:
    """Return a low certainty for whatever is text and no format for machines: any other loader goes before."""
    return 0.1 if not_text(raw.data) is None else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the document; its text is the file's with newlines read as one character, otherwise untouched."""
    text = read_text(raw.data, raw.charset)
    if text is None or not text.strip():
        yield Rejection(raw.address, not_text(raw.data) or "no text")
        return
    known = read_metadata(text)
    yield raw.document(text, kind=known.kind, title=known.title, publisher=known.publisher, published=known.published)
