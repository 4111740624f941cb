"""Markdown: the file as it stands, and what its front matter and its first lines say about it."""

import re
from collections.abc import Iterator

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.markdown import cues, front_matter, front_matter_span
from kg.text.metadata import read_metadata
from kg.text.plain import read_text
from kg.text.sniff import not_text

_NAMES = (".md", ".markdown", ".mdown", ".qmd")
_HEADING = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)")


def recognise(raw: Raw) -> float:
    """Return how much of Markdown the text shows; its name counts as one sign of three that are enough."""
    text = read_text(raw.data) if not_text(raw.data) is None else None
    if text is None:
        return 0.0
    signs = cues(text) + 2 * (raw.suffix in _NAMES or raw.media_type == "text/markdown")
    return 0.6 if signs > 2 else 0.3 if signs == 2 else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the document; front matter stays in its text, so that offsets are those of the file."""
    text = read_text(raw.data, raw.charset)
    if text is None or not text.strip():
        yield Rejection(raw.address, not_text(raw.data) or "no text")
        return
    try:
        stated = front_matter(text)
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    body = text[(front_matter_span(text) or (0, 0))[1] :]
    if not body.strip():
        yield Rejection(raw.address, "front matter, but no text after it")
        return
    said = read_metadata(_EMPHASIS.sub("", body))
    heading = _HEADING.search(body, 0, 4000)
    yield raw.document(
        text,
        kind=stated.get("kind") or said.kind,
        title=stated.get("title") or (_EMPHASIS.sub("", heading[1]) if heading else said.title),
        url=stated.get("url"),
        publisher=stated.get("publisher") or said.publisher,
        published=stated.get("published") or said.published,
    )
