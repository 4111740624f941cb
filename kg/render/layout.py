"""Text in columns: how wide each is, how long cells wrap, and what to leave out where the screen is too narrow."""

import unicodedata
from collections.abc import Iterator, Sequence

GAP = 2
FIRM = "\u00a0"
"""A space at which no line breaks, as between a number and its unit."""
_NARROW = 12
"""Columns are not made narrower than this, or than their longest word, if that is shorter."""


def width(text: str) -> int:
    """Return how many places a text takes on a screen."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)


def wrap(text: str, limit: int) -> list[str]:
    """Return the text in lines of at most ``limit`` places, broken between words where that is possible."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        for piece in _pieces(word, limit):
            if current and width(current) + 1 + width(piece) > limit:
                lines.append(current)
                current = piece
            else:
                current = f"{current} {piece}".strip(" ")
    return [*lines, current]


def _pieces(word: str, limit: int) -> Iterator[str]:
    """Yield a word that is too long for a line in pieces that are not."""
    while width(word) > limit:
        piece = _fitting(word, limit)
        yield piece
        word = word[len(piece) :]
    yield word


def _fitting(word: str, room: int) -> str:
    """Return as much of the word's beginning as has room, one character at least."""
    end = 1
    while end < len(word) and width(word[: end + 1]) <= room:
        end += 1
    return word[:end]


def fit(columns: Sequence[Sequence[str]], total: int) -> list[int] | None:
    """Return the widths that let these columns (cells from top to bottom) stand side by side, or None if none do.

    Wide columns give way first; short ones are broken only when nothing else is left.
    """
    widths = [max(map(width, cells)) for cells in columns]
    least = [min(wide, _NARROW, max(_longest_word(cells), 4)) for wide, cells in zip(widths, columns, strict=True)]
    room = total - GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    for floor in ([min(wide, _NARROW) for wide in widths], least):
        while sum(widths) > room and any(wide > low for wide, low in zip(widths, floor, strict=True)):
            widest = max(range(len(widths)), key=lambda n: widths[n] - floor[n])
            widths[widest] -= 1
    return widths


def _longest_word(cells: Sequence[str]) -> int:
    return max((width(word) for cell in cells for word in cell.split(" ")), default=1)


def pad(text: str, room: int, *, right: bool) -> str:
    """Return the text filled up with spaces."""
    space = " " * max(0, room - width(text))
    return space + text if right else text + space


def beside(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """Return one row of cells as lines."""
    wrapped = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped))):
        parts = [
            pad(lines_[number] if number < len(lines_) else "", room, right=aligned)
            for lines_, room, aligned in zip(wrapped, widths, right, strict=True)
        ]
        lines.append((" " * GAP).join(parts).rstrip())
    return lines
