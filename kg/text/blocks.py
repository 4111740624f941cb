"""An HTML tree as blocks in reading order: headings, paragraphs, list items, table rows. Every visible word is in one.

The walk keeps no Python stack per level, so that a page nested two thousand deep is read like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.text import tables

_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "desc", "datalist", "param", "meta", "link"}
)
_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe input label legend li main menu nav
    noframes object ol optgroup option p pre search section select summary svg table tbody td text textarea tfoot th
    thead tr ul video
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_KINDS = {"li": ("item", 0)} | {f"h{level}": ("heading", level) for level in range(1, 7)}
_PREFORMATTED = ("pre", "textarea")
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MAIN = ("html", "body", "main", "article")  # whatever they are called
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog", "menu", "label", "option"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "alert"}
)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|share|sharing|social|related|recommended|read-?(?:more|next)|comments?|"
    r"disqus|sidebar|cookies?|consent|newsletter|subscribe|signup|promo|advert\w*|ads?|footer|popular|trending|tags|pagination|"
    r"paywall|skip-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BULLETS = frozenset("•·●○◦▪■–—-*‣o")
# Old pages write the dashes and quotes of Windows-1252 as numbers that HTML reads otherwise.
_REPAIRED = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_REPAIRED |= dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0xFEFF], "")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page that stands for itself: ``kind`` is heading, paragraph, item or row.

    ``furniture`` is True inside navigation, forms, comments and the like, by the page's own marks. ``linked`` counts
    the characters inside links; ``parent`` is the same number for blocks of one container; ``level`` is that of a
    heading, 1 to 6.
    """

    kind: str
    text: str
    furniture: bool = False
    linked: int = 0
    parent: int = 0
    level: int = 0


def render(blocks: list[Block]) -> str:
    """Return blocks as plain text, a blank line between them; items and rows that follow each other are lines."""
    out: list[str] = []
    before = ""
    for block in blocks:
        together = block.kind == before and block.kind in ("item", "row")
        out += ["\n" if together else "\n\n", f"* {block.text}" if block.kind == "item" else block.text]
        before = block.kind
    return "".join(out[1:])


def read_blocks(root: Any) -> list[Block]:
    """Return the visible blocks below an lxml element, in the order of the page."""
    return list(_Walk().blocks(root))


class _Walk:
    """One pass over a tree: what is open around the place reached, and the words collected since the last block."""

    def __init__(self, *, furniture: bool = False) -> None:
        self.words: list[str] = []
        self.linked = 0
        self.links = 0
        self.furniture = [furniture]
        self.preformatted = 0
        self.kinds: list[tuple[str, int]] = [("paragraph", 0)]
        self.parents: list[int] = [0]
        self.count = 0

    def blocks(self, root: Any) -> Iterator[Block]:
        """Yield the blocks; leaving an element out leaves out what is in it, not what follows it."""
        from lxml import etree  # noqa: PLC0415  heavy

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        left_out = False
        for event, element in walk:
            if event == "start" and _is_hidden(element):
                left_out = True  # and the next event is its end
                walk.skip_subtree()
            elif event == "start":
                yield from self.open(element)
                if element.tag == "table" and element is not root and tables.is_data(element):
                    yield from self.table(element)
                    walk.skip_subtree()
                else:
                    self.add(element.text)
            elif event == "end" and not left_out:
                yield from self.close(element.tag)
            else:
                left_out = False
            if event != "start" and element is not root:
                self.add(element.tail)
        yield from self.flush()

    def open(self, element: Any) -> Iterator[Block]:
        """Take note of an element that begins."""
        tag = element.tag
        if tag in _BLOCKS:
            yield from self.flush()
            self.count += 1
            self.parents.append(self.count)
        if tag == "br":
            self.words.append("\n")
        self.links += tag == "a"
        self.preformatted += tag in _PREFORMATTED
        self.furniture.append(self.furniture[-1] or _is_furniture(element))
        if tag in _KINDS:
            self.kinds.append(_KINDS[tag])

    def close(self, tag: str) -> Iterator[Block]:
        """Take note of an element that ends."""
        if tag in _BLOCKS:
            yield from self.flush()
            self.parents.pop()
        self.links -= tag == "a"
        self.preformatted -= tag in _PREFORMATTED
        self.furniture.pop()
        if tag in _KINDS:
            self.kinds.pop()

    def add(self, text: str | None) -> None:
        """Collect text that stands in the element reached."""
        if not text:
            return
        text = text.translate(_REPAIRED)
        words = text if self.preformatted else re.sub(r"\s+", " ", text)
        self.words.append(words)
        self.linked += len(words) if self.links else 0

    def flush(self) -> Iterator[Block]:
        """Yield what was collected, in two blocks where an empty line stands between."""
        if not self.words:
            return
        kind, level = self.kinds[-1]
        parent = self.parents[-2] if len(self.parents) > 1 else 0
        for piece in re.split(r"\n(?:[^\S\n]*\n)+", "".join(self.words)):
            text = self.tidy(piece, kind)
            if text:
                yield Block(kind, text, self.furniture[-1], min(self.linked, len(text)), parent, level)
        self.words.clear()
        self.linked = 0

    def tidy(self, piece: str, kind: str) -> str:
        """Return a block's text without needless white space; what was set line by line keeps its columns."""
        lines = piece.split("\n")
        if self.preformatted:
            return "\n".join(line.rstrip() for line in lines).strip("\n")
        return ("\n" if kind == "paragraph" else " ").join(" ".join(line.split()) for line in lines).strip()

    def table(self, table: Any) -> Iterator[Block]:
        """Yield the caption and the rows of a table of data; a row that is a bullet and a text is a list item."""
        self.count += 1
        for caption in table.iterchildren("caption"):
            yield from _Walk(furniture=self.furniture[-1]).blocks(caption)
        rows = [[(column, _inline(cell)) for column, cell in row] for row in tables.cells(table)]
        for texts in tables.lines(rows):
            if len(texts) == 2 and texts[0] in _BULLETS:
                yield Block("item", texts[1], self.furniture[-1], 0, self.count)
            else:
                yield Block("row", " | ".join(texts), self.furniture[-1], 0, self.count)


def _inline(cell: Any) -> str:
    if not len(cell) and not _is_hidden(cell):  # most cells, and a walk for each would take long
        return " ".join((cell.text or "").translate(_REPAIRED).split())
    return " ".join(" ".join(block.text for block in read_blocks(cell)).split())


def _is_hidden(element: Any) -> bool:
    """Tell whether a browser would not show the element; processing instructions and comments have no tag."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return True
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _NOT_SHOWN.search(style))


def _is_furniture(element: Any) -> bool:
    if element.tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return name != " " and element.tag not in _MAIN and bool(_FURNITURE_NAMES.search(name))
