"""Windows: neighbouring segments of a document that the encoder reads together, and where in them words stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.encoding.wordpiece import CLS, SEP, WordPieces
from kg.extract.grammar.tokens import Token, tokenize
from kg.text.segment import Segment

LENGTH = 256
"""Pieces of the longest window. Attention costs its square, and context further away tells little."""

Pieces = tuple[int, int]
"""The first and the last piece of something."""


@dataclass(slots=True)
class Window:
    """Segments read together: how many, their pieces, and of each of their words its offsets and its pieces."""

    pieces: list[int]
    segments: int = 0
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)

    def words(self, start: int, end: int) -> slice:
        """Return which words the text from ``start`` to ``end`` touches; none where the window leaves it out."""
        first = bisect_right(self.ends, start)
        return slice(first, max(bisect_left(self.starts, end), first))

    def place(self, start: int, end: int) -> Pieces:
        """Return the pieces of the words that a text touches; what the window leaves out is at its last word."""
        if not self.starts:
            return 0, 0
        words, most = self.words(start, end), len(self.starts) - 1
        first = min(words.start, most)
        return self.firsts[first], self.lasts[min(max(words.stop - 1, first), most)]


def windows(text: str, segments: Sequence[Segment], pieces: WordPieces) -> Iterator[Window]:
    """Yield the windows of a document, each with as many whole segments as it holds, one at least; asides are none."""
    window = Window([pieces[CLS]])
    for segment in segments:
        if segment.kind == "aside":
            continue
        tokens = tokenize(text, segment.start, segment.end)
        cut = [pieces.cut(token.text) for token in tokens]
        if window.segments and len(window.pieces) + sum(map(len, cut)) + 1 > LENGTH:
            yield window
            window = Window([pieces[CLS]])
        _add(window, tokens, cut, pieces[SEP])
    if window.segments:
        yield window


def _add(window: Window, tokens: Sequence[Token], cut: Sequence[list[int]], end: int) -> None:
    """Add a segment; of one that is longer than any window, the rest is left out."""
    for token, numbers in zip(tokens, cut, strict=True):
        at, room = len(window.pieces), LENGTH - 1 - len(window.pieces)
        if taken := numbers[: max(room, 0)]:
            window.pieces += taken
            window.starts.append(token.start)
            window.ends.append(token.end)
            window.firsts.append(at)
            window.lasts.append(len(window.pieces) - 1)
    window.pieces.append(end)
    window.segments += 1
