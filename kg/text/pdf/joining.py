"""Paragraphs to the text of a document: lines joined, divided words made whole, each line's place kept."""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.core.place import Area, Box
from kg.text.pdf.lines import BULLET
from kg.text.pdf.paragraphs import Line, Paragraph
from kg.text.pdf.words import HYPHEN, turn

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED = re.compile(rf"([^\W\d_]+)[-‐{HYPHEN}]$")
_FIRST = re.compile(r"[^\W\d_]+")
_COMPOUNDS = frozenset(
    "all anti build co cross double ex fast first full half hard high hyper inter large long low mid multi near net "
    "new non off on one open over part post power pre real right second self semi short single so state sub super "
    "tax third three top two ultra under up well wide year".split()
)
"""First parts of words that are written with a hyphen also within a line, where the text itself does not show it."""


class Writer:
    """Collects the text of a document and where each part of it stands.

    ``vocabulary`` holds the document's words in small letters.
    """

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self.areas: list[Area] = []
        self._parts: list[str] = []
        self._length = 0
        self._vocabulary = vocabulary

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def write(self, found: Iterable[Paragraph]) -> None:
        """Add paragraphs, a blank line between them; items and rows that follow each other are lines."""
        before = ""
        for paragraph in found:
            if self._parts:
                self._add("\n" if paragraph.kind == before and before in ("item", "row") else "\n\n")
            if paragraph.text is not None:
                self._place(paragraph.text, paragraph.lines)
            else:
                self._write_lines(paragraph)
            before = paragraph.kind

    def _write_lines(self, paragraph: Paragraph) -> None:
        texts = [line.piece.text for line in paragraph.lines]
        if paragraph.kind == "item":
            texts[0] = f"* {BULLET.sub('', texts[0], count=1)}"
        joined = [self._end(text, following) for text, following in pairwise(texts)]
        for line, text in zip(paragraph.lines, [*joined, texts[-1].replace(HYPHEN, "-")], strict=True):
            self._place(text, [line])

    def _end(self, text: str, following: str) -> str:
        """Return a line as it meets the next: with a space, or with nothing where a word or number goes on."""
        divided = _DIVIDED.search(text)
        if divided and following[:1].islower():
            rest = _FIRST.match(following)
            return text[:-1] + ("-" if rest and self._is_compound(divided[1], rest[0]) else "")
        text = text.replace(HYPHEN, "-")
        return text if re.search(r"\S[-‐/–—]$", text) else f"{text} "

    def _is_compound(self, first: str, rest: str) -> bool:
        """Tell whether two parts are written with a hyphen, as the rest of the text shows."""
        first, rest = first.lower(), rest.lower()
        if first + rest in self._vocabulary:
            return False
        if f"{first}-{rest}" in self._vocabulary or first in _COMPOUNDS:
            return True
        return min(len(first), len(rest)) > 3 and first in self._vocabulary and rest in self._vocabulary

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _place(self, text: str, lines: Sequence[Line]) -> None:
        start = self._length
        self._add(text)
        self.areas.append(Area(start, self._length, lines[0].page, _box(lines)))


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that stand within the lines, in small letters; those at an end may be parts of words."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line)[1:-1])


def _box(lines: Sequence[Line]) -> Box:
    """Return the box of the lines in the coordinates of the page as it lies in the file."""
    pieces = [turn((p.left, p.bottom, p.right, p.top), -line.quarters) for line in lines for p in (line.piece,)]
    lefts, bottoms, rights, tops = zip(*pieces, strict=True)
    return math.floor(min(lefts)), math.floor(min(bottoms)), math.ceil(max(rights)), math.ceil(max(tops))
