"""RSS and Atom feeds: one document an entry, with its title, link, publisher and date."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text import xml
from kg.text.head import kind_of_host
from kg.text.metadata import kind
from kg.text.plain import decode

from .entries import Entry, Feed, read_feed

_ROOTS = {"rss": "", "feed": "atom", "RDF": "rss"}
"""First elements of feeds, and what their beginning must name: other files of RDF and other "feed" elements do not."""

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_KEPT = (b"amp", b"lt", b"gt", b"quot", b"apos")
_BARE = re.compile(rb"&(?!#?\w{1,31};)")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def recognise(raw: Raw) -> float:
    """Return how sure it is that the item is a feed: its first element says so."""
    head = raw.data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return 0.0
    name = xml.root_name(head)
    return 0.95 if name and name[1] in _ROOTS and _ROOTS[name[1]].encode() in head.lower() else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield a document for each entry, and say which entries have nothing to read."""
    try:
        feed = read_feed(_parsed(raw), raw.final_url or "")
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    if not feed.entries:
        yield Rejection(raw.address, "a feed without entries")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{raw.address}#{number}"
        yield _document(raw, feed, entry, where) if entry.text else Rejection(where, "neither title nor text")


def _parsed(raw: Raw) -> Any:
    """Return the feed's tree. Named characters of HTML are read; a stray "&" or control character is forgiven."""
    data = _utf8(raw) if raw.data.startswith((b"\xff\xfe", b"\xfe\xff")) else raw.data
    data = _NAMED.sub(_character, data)
    try:
        return xml.parse(data)
    except ValueError as first:
        if "refused" in str(first):
            raise
        try:
            return xml.parse(_CONTROL.sub(b"", _BARE.sub(b"&amp;", data)))
        except ValueError:
            raise first from None


def _utf8(raw: Raw) -> bytes:
    text = decode(raw.data, raw.charset) or ""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def _character(found: re.Match[bytes]) -> bytes:
    """Return a named character of HTML as a number, which XML knows."""
    from html.entities import html5  # noqa: PLC0415  two thousand names

    text = None if found[1] in _KEPT else html5.get(f"{found[1].decode()};")
    return "".join(f"&#{ord(letter)};" for letter in text).encode() if text else found[0]


def _document(raw: Raw, feed: Feed, entry: Entry, where: str) -> Document:
    document = raw.document(
        entry.text,
        kind=kind_of_host(entry.url) or kind(entry.text),
        title=entry.title,
        url=entry.url,
        publisher=entry.publisher or feed.title,
        published=entry.published,
    )
    return replace(document, address=entry.url or where, url=entry.url, file=raw.address)
