"""What a feed's tree says: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0 read alike, by the local names of elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_tz
from typing import Any
from urllib.parse import urljoin

from kg.text.bylines import read_date
from kg.text.head import without_site
from kg.text.html import read_fragment
from kg.text.plain import newlines, one_line
from kg.text.xml import local

_BODIES = ("encoded", "content", "description", "summary")
"""Where an entry's text stands, fullest first."""

_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``text`` is its title and what it says, empty if neither is there."""

    title: str | None
    text: str
    url: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, which names who publishes it, and its entries in order."""

    title: str | None
    entries: tuple[Entry, ...]


def read_feed(root: Any, url: str) -> Feed:
    """Return what a feed says; ``url`` is where it was fetched, for links that are relative to it."""
    channel = next(_children(root, "channel"), root)
    base = urljoin(url, root.get(_XML_BASE) or "")
    home = next(_children(channel, "link"), None)
    if not base and home is not None:
        base = one_line(home.get("href") or home.text or "")
    title = _title(channel)
    items = [*_children(root, "item"), *_children(channel, "item"), *_children(root, "entry")]
    return Feed(title, tuple(_entry(item, base, title) for item in dict.fromkeys(items)))


def _entry(item: Any, base: str, site: str | None) -> Entry:
    source = next(_children(item, "source"), None)
    publisher = (_title(source) or one_line(source.text or "")) if source is not None else None
    title = _title(item)
    for name in (publisher, site):
        title = without_site(title, name)
    return Entry(
        title=title,
        text=_text(title, _body(item)),
        url=_link(item, base),
        publisher=publisher or None,
        published=_published(item),
    )


def _title(item: Any) -> str | None:
    element = next(_children(item, "title"), None)
    return one_line(_readable(element).replace("\n", " ")) or None if element is not None else None


def _body(item: Any) -> str:
    """Return the text of the fullest body; a video's description may stand a level deeper."""
    for name in _BODIES:
        texts = [text for element in _children(item, name) if (text := _readable(element))]
        if texts:
            return max(texts, key=len)
    group = next(_children(item, "group"), None)
    return _body(group) if group is not None else ""


def _readable(element: Any) -> str:
    """Return what an element says in plain lines, whether it holds text, escaped HTML or elements of XHTML."""
    if len(element):
        from lxml import etree  # noqa: PLC0415  heavy

        inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return read_fragment((element.text or "") + inner)
    text = newlines(element.text or "").strip()
    plain = element.get("type") in ("text", "text/plain")
    return text if plain or not ("<" in text or "&" in text) else read_fragment(text)


def _text(title: str | None, body: str) -> str:
    begins = bool(title) and " ".join(body[: 2 * len(title or "")].split()).startswith(title or "")
    return body if begins or not title else f"{title}\n\n{body}".strip()


def _link(item: Any, base: str) -> str | None:
    """Return the address of the entry: Atom's alternate link, RSS's link, or an identifier that is an address."""
    links = list(_children(item, "link"))
    stated = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    stated += [link.text for link in links if link.text]
    stated += [mark.text for mark in [*_children(item, "guid"), *_children(item, "id")] if _is_address(mark)]
    for address in stated:
        whole = _joined(base, one_line(address))
        if whole.startswith(("http://", "https://")):
            return whole
    return None


def _is_address(mark: Any) -> bool:
    return (mark.text or "").strip().startswith("http") and mark.get("isPermaLink") != "false"


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _published(item: Any) -> str | None:
    """Return the publisher's local date of the first stated moment that can be read."""
    for name in _DATES:
        for element in _children(item, name):
            day = _day(one_line(element.text or ""))
            if day:
                return day
    return None


def _day(value: str) -> str | None:
    moment = parsedate_tz(value) if "," in value or value[:1].isdigit() is False else None
    found = f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}" if moment else value
    return read_date(found)


def _children(item: Any, name: str) -> Iterator[Any]:
    return (child for child in item if local(child) == name)
