"""HTML pages: the main text in plain lines, everything else visible set aside."""

from collections.abc import Iterator

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.html import read_page
from kg.text.sniff import looks_like_html

_TYPES = ("text/html", "application/xhtml+xml")
_NAMES = (".html", ".htm", ".xhtml")


def recognise(raw: Raw) -> float:
    """Return how much the item looks like a page: it begins like one, or its server or name says so."""
    if looks_like_html(raw.data):
        return 0.9
    declared = raw.media_type in _TYPES or raw.suffix in _NAMES
    return 0.5 if declared and b"<" in raw.data and b"\0" not in raw.data[:1000] else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the page as one document, or say why it has no text."""
    try:
        page = read_page(raw.data, charset=raw.charset, url=raw.final_url)
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    if not page.text:
        yield Rejection(raw.address, _why_empty(page.aside))
        return
    known = page.metadata
    yield raw.document(
        page.text,
        aside=page.aside,
        kind=known.kind,
        title=known.title,
        url=page.url,
        publisher=known.publisher,
        published=known.published,
    )


def _why_empty(aside: str) -> str:
    if aside:
        return "an HTML page without main text: nothing but links, forms and the like"
    return "an HTML page without text; if scripts write it, save the page from a browser and load the file"
