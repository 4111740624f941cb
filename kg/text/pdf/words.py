"""The words of a page with their places, as PDFium finds them."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_INVISIBLE = dict.fromkeys([*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x200B, 0x2060, 0xFEFF, 0xFFFF], "")
HYPHEN = "\xad"
"""A hyphen at the end of a line that may only divide a word."""

_LINE_END = (0x02, 0xFFFE)
_TEXT = _INVISIBLE | _LIGATURES | dict.fromkeys(_LINE_END, HYPHEN)
_TILT = 0.06
"""Share of a quarter turn by which text may lean."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its box in points of the page's coordinates, where its baseline begins, the size of its font.

    ``quarters`` tells in which direction it runs: 0 to the right, 1 upwards, 2 upside down, 3 downwards, None aslant.
    """

    text: str
    box: Edges
    origin: tuple[float, float]
    size: float
    quarters: int | None = 0


def words(textpage: "PdfTextPage") -> Iterator[Word]:
    """Yield the words of a page in the order in which the file draws them."""
    from pypdfium2 import raw  # noqa: PLC0415  heavy

    codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars())]
    for start, end in _spans(codes):
        word = _word(raw, textpage, codes, start, end)
        if word and end - start > 1 and _is_tall(word):
            letters = (_word(raw, textpage, codes, index, index + 1) for index in range(start, end))
            yield from filter(None, letters)
        elif word:
            yield word


def _word(raw: Any, textpage: "PdfTextPage", codes: Sequence[int], start: int, end: int) -> Word | None:
    text = "".join(map(_letter, codes[start:end])).translate(_TEXT)
    box = _box(raw, textpage, start, end - start) if text else None
    return Word(text, box, *_type(raw, textpage, start, box)) if box else None


def _is_tall(word: Word) -> bool:
    """Tell whether letters stand below each other: PDFium takes those for one word."""
    if word.quarters is None:
        return False
    _, bottom, _, top = turn(word.box, word.quarters)
    return top - bottom > 1.6 * word.size


def _spans(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where words start and end: at spaces, and after a hyphen that PDFium found at the end of a line."""
    start = 0
    for index, code in enumerate([*codes, 0]):
        if _is_space(code):
            if index > start:
                yield start, index
            start = index + 1
        elif code in _LINE_END:
            yield start, index + 1
            start = index + 1


def _is_space(code: int) -> bool:
    return code in (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000, 0) or 0x2000 <= code <= 0x200A or code in (0x2028, 0x202F)


def _letter(code: int) -> str:
    """Return the character; what no font names, or no Unicode text may hold, is the replacement character."""
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _box(raw: Any, textpage: "PdfTextPage", start: int, count: int) -> Edges | None:
    """Return left, bottom, right, top of the ink, or of the room for letters whose ink the font does not measure."""
    edges = [ctypes.c_double() for _ in range(4)]
    left, top, right, bottom = edges
    found = []
    for index in range(raw.FPDFText_CountRects(textpage, start, count)):
        raw.FPDFText_GetRect(textpage, index, *edges)
        found.append((left.value, bottom.value, right.value, top.value))
    if not found:
        loose = raw.FS_RECTF()
        for index in (start, start + count - 1):
            raw.FPDFText_GetLooseCharBox(textpage, index, loose)
            found.append((loose.left, loose.bottom, loose.right, loose.top))
    lefts, bottoms, rights, tops = zip(*found, strict=True)
    box = (min(lefts), min(bottoms), max(rights), max(tops))
    return box if box[0] < box[2] and all(map(math.isfinite, box)) else None


def _type(raw: Any, textpage: "PdfTextPage", index: int, box: Edges) -> tuple[tuple[float, float], float, int | None]:
    """Return where the baseline begins, size in points and direction of the letters."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    placed = raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(textpage, index, matrix) else 1.0
    size = raw.FPDFText_GetFontSize(textpage, index) * scale
    turns = -raw.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)
    quarters = round(turns) % 4 if abs(turns - round(turns)) < _TILT else None
    size = size if size > 0.5 else max(box[3] - box[1], 1.0)
    return ((x.value, y.value) if placed else box[:2]), size, quarters


def turn(box: Edges, quarters: int) -> Edges:
    """Return a box as it stands when the page is turned so many quarters to the right about its origin."""
    left, bottom, right, top = box
    turned = (box, (bottom, -right, top, -left), (-right, -top, -left, -bottom), (-top, left, -bottom, right))
    return turned[quarters % 4]
