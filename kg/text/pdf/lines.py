"""Words to pieces (words that stand together) and pieces to rows (all that stands at one height)."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.text.pdf.words import Word, turn

_WIDE = 1.05
"""Room between words, in sizes of the font, that divides pieces: a wide one may be a gutter between columns.

Too many pieces do no harm: those of one line are put together again once the columns are known.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line: text, box and baseline in points; ``first`` is the width of the first word.

    ``sizes`` are the sizes of its type with the number of letters in each.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    first: float
    sizes: tuple[tuple[float, int], ...]

    @property
    def size(self) -> float:
        """The size of the type: the largest in which a quarter of the letters are set."""
        if len(self.sizes) == 1:
            return self.sizes[0][0]
        enough = sum(count for _, count in self.sizes) / 4
        return max((size for size, count in self.sizes if count >= enough), default=max(self.sizes)[0])


_BULLETS = "•▪◦·‣●○■□▶➢➤✓⁃\uf0b7\uf0a7\uf06e"
"""Signs before items; the last three are those of symbol fonts."""

BULLET = re.compile(rf"[{_BULLETS}*–—-]\s+(?=\S)")
"""A bullet at the beginning of a line."""

_LABEL = re.compile(rf"[{_BULLETS}*–—-]|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?")

Row = tuple[Piece, ...]
"""The pieces at one height of a page, from left to right."""


def pieces(words: Iterable[Word], quarters: int = 0) -> list[Piece]:
    """Return the words put together in the order of the file, as long as each follows closely on the one before.

    Words that run in another direction than to the right come with the page turned so that they do.
    """
    found: list[Piece] = []
    line: list[Piece] = []
    for word in words:
        left, bottom, right, top = turn(word.box, quarters)
        base = turn((*word.origin, *word.origin), quarters)[1]
        sizes = ((round(word.size, 1), len(word.text)),)
        piece = Piece(word.text, left, bottom, right, top, base, right - left, sizes)
        if line and not _follows(line[-1], piece):
            found.append(joined(line))
            line = []
        line.append(piece)
    return [*found, joined(line)] if line else found


def rows(found: Iterable[Piece]) -> list[Row]:
    """Return the rows of a page from top to bottom; pieces drawn apart that belong together become one."""
    groups: list[list[Piece]] = []
    for piece in sorted(_level(list(found)), key=lambda piece: (-piece.base, piece.left)):
        if groups and abs(groups[-1][0].base - piece.base) <= 0.3 * min(groups[-1][0].size, piece.size):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [tuple(_mended(sorted(group, key=lambda piece: piece.left))) for group in groups]


def _level(found: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, bullets on the baseline of the text beside them: some programs draw them higher or lower."""
    others = sorted((piece for piece in found if piece.text not in _BULLETS), key=lambda piece: piece.base)
    bases = [piece.base for piece in others]
    for piece in found:
        if piece.text in _BULLETS:
            first, last = (bisect_left(bases, piece.base + step * piece.size) for step in (-1, 1))
            beside = (other for other in others[first:last] if _is_beside(piece, other))
            yield replace(piece, base=next((other.base for other in beside), piece.base))
        else:
            yield piece


def _is_beside(bullet: Piece, text: Piece) -> bool:
    """Tell whether a text follows closely at the height of a bullet."""
    middle = (bullet.bottom + bullet.top) / 2
    return 0 < text.left - bullet.right < 4 * text.size and text.bottom < middle < text.top


def joined(row: Sequence[Piece]) -> Piece:
    """Return pieces from left to right as one, on the baseline of the longest."""
    if len(row) == 1:
        return row[0]
    sizes: Counter[float] = Counter()
    for piece in row:
        for size, count in piece.sizes:
            sizes[size] += count
    return Piece(
        _text(row),
        min(piece.left for piece in row),
        min(piece.bottom for piece in row),
        max(piece.right for piece in row),
        max(piece.top for piece in row),
        max(row, key=lambda piece: len(piece.text)).base,
        row[0].first,
        tuple(sizes.items()),
    )


def _text(row: Sequence[Piece]) -> str:
    """Return the texts with a space between them where there is room for one, as between a word and its raised note."""
    text = row[0].text
    for before, piece in pairwise(row):
        close = piece.left - before.right < 0.08 * max(before.size, piece.size)
        text += piece.text if close else f" {piece.text}"
    return text


def _follows(before: Piece, piece: Piece) -> bool:
    if piece.text in _BULLETS:
        return False
    size = max(before.size, piece.size)
    overlap = min(before.top, piece.top) - max(before.bottom, piece.bottom)
    level = abs(before.base - piece.base) <= 0.25 * size
    raised = piece.size < 0.9 * before.size or before.size < 0.9 * piece.size
    if not level and not (raised and overlap > 0.3 * min(before.top - before.bottom, piece.top - piece.bottom)):
        return False
    return -0.3 * size <= piece.left - before.right <= _WIDE * size


def _mended(row: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a row, those that follow closely put together."""
    open_ = row[:1]
    for piece in row[1:]:
        if _follows(open_[-1], piece) or (len(open_) == 1 and _is_label(open_[0], piece)):
            open_.append(piece)
        else:
            yield joined(open_)
            open_ = [piece]
    yield joined(open_)


def _is_label(label: Piece, piece: Piece) -> bool:
    """Tell whether a piece is the bullet or number of an item that stands beside it."""
    return piece.left - label.right < 4 * piece.size and bool(_LABEL.fullmatch(label.text))
