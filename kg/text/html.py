"""An HTML page as a document: main text in plain lines, what surrounds it set aside, and what it says of itself."""

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from kg.text import metadata
from kg.text.article import main_blocks
from kg.text.blocks import Block, read_blocks, render
from kg.text.bylines import published
from kg.text.head import page_head
from kg.text.metadata import Metadata
from kg.text.plain import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SKELETON = "html|head|title|meta|link|script|style|body|p|h[1-6]|li|tr|td|th|br|hr|nav|footer|aside|header|article"
_WRAPPER = re.compile(rf"</?(?!(?:{_SKELETON})\b)[a-z][^<>]*>", re.IGNORECASE)
# The parser compares each attribute with all others of its element; hundreds are an attack or an accident.
_CROWDED = re.compile(
    r"(<[a-z][\w:-]*+)(?:\s++[^\s=>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']*+))?+){300,}+", re.IGNORECASE
)
_ELEMENT = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_TEASER = 0.5
"""Share of the article in JSON-LD below which the visible text is only a teaser, or written by scripts."""

_MOST_TAGS = 3_000_000
"""Tags of a page that is read: the tree of a page with more takes gigabytes and minutes."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page read: ``text`` is the main text, ``aside`` every other visible word, both as blocks in plain lines."""

    text: str
    aside: str
    metadata: Metadata
    url: str | None


def read_page(data: bytes, *, charset: str | None = None, url: str | None = None) -> Page:
    """Return what a page says. An empty ``text`` means that the page shows none without running its scripts.

    ``charset`` is what the server declared, ``url`` where the page was fetched. In the text headings are lines of their
    own, paragraphs stand between blank lines, list items begin with "* " and the cells of a table row with " | ".
    Raises ValueError for bytes that are no text and for a page that no parser can follow.
    """
    tree = _parse(_markup(data, charset))
    if tree is None:
        return Page("", "", Metadata(), url)
    head = page_head(tree, url)
    blocks = read_blocks(tree)
    main = main_blocks(tree, blocks)
    taken = [block for block, is_main in zip(blocks, main, strict=True) if is_main]
    text = render(taken)
    aside = render([block for block, is_main in zip(blocks, main, strict=True) if not is_main])
    if head.body and len(text) < _TEASER * len(head.body):
        text, aside = read_fragment(head.body), render(blocks)
    return Page(text, aside, _completed(head.metadata, text, _beginning(blocks, main)), head.url)


def read_fragment(markup: str) -> str:
    """Return a piece of HTML, such as a feed holds, as blocks in plain lines; plain text stays as it is."""
    if not _ELEMENT.search(markup):
        return unescape(markup).strip()
    try:
        tree = _parse(_CROWDED.sub(r"\1", f"<div>{markup}</div>".replace("\0", "")))
    except ValueError:
        return ""
    return render(read_blocks(tree)) if tree is not None else ""


def page_blocks(data: bytes, *, charset: str | None = None) -> list[Block]:
    """Return every visible block of a page, main text and surroundings; raises ValueError as ``read_page`` does."""
    tree = _parse(_markup(data, charset))
    return read_blocks(tree) if tree is not None else []


def _markup(data: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(data, 0, 4096)
    text = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    if text is None:
        raise ValueError("an HTML page in no known character set")
    if text.count("<") > _MOST_TAGS:
        raise ValueError(f"an HTML page of more than {_MOST_TAGS // 1_000_000} million tags")
    return _CROWDED.sub(r"\1", _DECLARATION.sub("", text.replace("\0", "")))


def _parse(markup: str) -> Any:
    """Return the tree of a page, or None if there is nothing in it.

    The parser stops at two thousand levels. A page nested deeper is read again without the elements that only wrap
    others, so that its end is not lost.
    """
    from lxml import etree, html  # noqa: PLC0415  heavy

    for text in (markup, _WRAPPER.sub("<br><br>", markup)):
        parser = html.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
        try:
            tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            return None
        if not any("depth" in error.message for error in parser.error_log):
            return tree
    raise ValueError("an HTML page nested more than two thousand levels deep")


def _beginning(blocks: list[Block], main: list[bool]) -> str:
    """Return the lines around the page's heading, where a byline stands even if it is no main text."""
    first = main.index(True) if True in main else 0
    start = next((index for index in range(first, -1, -1) if blocks and blocks[index].level == 1), first)
    return "\n".join(block.text for block in blocks[start : start + 8] if not block.linked or not block.furniture)


def _completed(known: Metadata, text: str, beginning: str) -> Metadata:
    """Return what the page states, and for what it does not state what its text says.

    What a text is by its wording ("FOR IMMEDIATE RELEASE") goes before what its site calls it.
    """
    said = metadata.kind(text)
    kind = said if said not in (None, "news") else known.kind or said
    return replace(
        known,
        kind=kind,
        title=known.title or metadata.title(text),
        publisher=known.publisher or metadata.publisher(text),
        published=known.published or published(beginning) or published(text),
    )
