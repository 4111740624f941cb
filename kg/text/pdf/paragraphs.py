"""Lines to paragraphs: where a paragraph ends, and where one goes on in the next column or on the next page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kg.text.pdf.lines import BULLET, Piece

_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+\S")
_DASHES = "*–—-"
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_PARTED = re.compile(r"\S[-‐–—/\xad]$")
_SAME = 0.08
"""Share by which the sizes of lines of one paragraph may differ."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, which was turned by so many quarters to the right."""

    page: int
    piece: Piece
    quarters: int = 0


@dataclass(slots=True)
class Paragraph:
    """Lines that are read as one. ``kind`` is paragraph, item or row; ``text`` is that of a row's cells."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    text: str | None = None
    is_short: bool = False
    """Whether the last line ends before its column does."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where lines of one size begin and end, and the usual height from one to the next."""

    left: float
    right: float
    leading: float


def paragraphs(lines: Sequence[Line], body: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of one column; ``body`` is the size of the document's ordinary type."""
    for group in _runs(lines):
        leading = _leading(group)
        for block in _blocks(group, leading):
            yield from _block(block, _Column(*_edges(block if len(block) > 2 else group), leading), body)


def connected(found: Iterable[Paragraph], body: float) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that go on in another column or on another page put together.

    Notes in small type at the foot of a page wait until the paragraph that they interrupt is complete.
    """
    current: Paragraph | None = None
    notes: list[Paragraph] = []
    for paragraph in found:
        if current is None:
            current = paragraph
        elif _is_note(paragraph, body) and not _is_note(current, body):
            notes.append(paragraph)
        elif _goes_on(current, paragraph):
            current.lines += paragraph.lines
            current.is_short = paragraph.is_short
        else:
            yield current
            yield from notes
            current, notes = paragraph, []
    if current:
        yield current
    yield from notes


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and not _alike(run[-1].piece, line.piece):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _alike(one: Piece, other: Piece) -> bool:
    return abs(one.size - other.size) <= _SAME * max(one.size, other.size)


def _leading(group: Sequence[Line]) -> float:
    steps = [one.piece.base - other.piece.base for one, other in pairwise(group)]
    size = group[0].piece.size
    usual = [step for step in steps if 0 < step < 2.2 * size]
    return median(usual) if len(usual) > 2 else 1.25 * size


def _blocks(group: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    """Yield lines that follow each other without a gap."""
    block = [group[0]]
    for before, line in pairwise(group):
        if not 0 <= before.piece.base - line.piece.base <= 1.3 * leading:
            yield block
            block = []
        block.append(line)
    yield block


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.piece.left for line in lines), max(line.piece.right for line in lines)


def _block(lines: Sequence[Line], column: _Column, body: float) -> Iterator[Paragraph]:
    current = _opened(lines[0])
    for before, line in pairwise(lines):
        if _parts(column, current, before.piece, line.piece, body):
            yield _closed(current, column, line.piece)
            current = _opened(line)
        else:
            current.lines.append(line)
    yield _closed(current, column, None)


def _opened(line: Line) -> Paragraph:
    return Paragraph("item" if BULLET.match(line.piece.text) else "paragraph", [line])


def _closed(paragraph: Paragraph, column: _Column, following: Piece | None) -> Paragraph:
    last = paragraph.lines[-1].piece
    room = following.first if following else 4 * last.size
    paragraph.is_short = column.right - last.right > room + 0.35 * last.size
    return paragraph


def _parts(column: _Column, current: Paragraph, before: Piece, line: Piece, body: float) -> bool:
    """Tell whether a new paragraph begins with this line."""
    size, first = line.size, current.lines[0].piece
    if _begins_item(current, before, line):
        return True
    if current.kind == "item" or _NUMBERED.match(first.text):
        hangs = before is not first and before.left > first.left + 0.5 * size
        if line.left < first.left - 0.5 * size or (hangs and line.left < first.left + 0.5 * size):
            return True
    elif before is not first and before.left - line.left > 0.8 * size:
        return True
    elif line.left - column.left > 0.8 * size > before.left - column.left + 0.3 * size and _END.search(before.text):
        return not _is_centred(before, line)
    return _is_broken_off(column, before, line, body)


def _begins_item(current: Paragraph, before: Piece, line: Piece) -> bool:
    """Tell whether a line begins an item; a dash or "26." may stand there only because the text was broken so."""
    if BULLET.match(line.text) and line.text[0] not in _DASHES:
        return True
    if not (BULLET.match(line.text) or _NUMBERED.match(line.text)):
        return False
    first = current.lines[0].piece.text
    return bool(current.kind == "item" or _NUMBERED.match(first) or _END.search(before.text))


def _is_broken_off(column: _Column, before: Piece, line: Piece, body: float) -> bool:
    """Tell whether the line before ends though the next word had room there; headings are broken as it looks best."""
    if _is_centred(before, line) or line.size > 1.25 * body or _PARTED.search(before.text):
        return False
    if line.text[0].islower() and not _END.search(before.text):
        return False
    return column.right - before.right > line.first + 0.35 * line.size


def _is_centred(before: Piece, line: Piece) -> bool:
    return abs(before.left + before.right - line.left - line.right) < 4 and abs(before.left - line.left) > line.size / 2


def _is_note(paragraph: Paragraph, body: float) -> bool:
    return paragraph.kind != "row" and paragraph.lines[0].piece.size < 0.9 * body


def _goes_on(current: Paragraph, following: Paragraph) -> bool:
    """Tell whether a paragraph that begins elsewhere is the rest of the current one."""
    last, first = current.lines[-1], following.lines[0]
    if following.kind != "paragraph" or current.kind == "row" or not _alike(last.piece, first.piece):
        return False
    if last.page == first.page and first.piece.base < last.piece.base:
        return False  # what parts them there has been weighed already
    if _END.search(last.piece.text):
        return False
    if first.piece.text[:1].islower():
        return True
    is_heading = current.is_short and len(current.lines) < 3
    return not is_heading and not _NUMBERED.match(first.piece.text)
