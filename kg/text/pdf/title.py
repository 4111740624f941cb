"""The title of a PDF: what the file states, if it stands on the first page too, else the largest words there."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.text.pdf.lines import Row, joined
from kg.text.plain import one_line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WORD = re.compile(r"\w+")


def title(document: "PdfDocument", first: Sequence[Row]) -> str | None:
    """Return the title, or None where nothing is set larger than the rest; ``first`` is the first page as printed.

    What a file states is often left over from a template or names the program that made it.
    """
    stated = one_line(document.get_metadata_value("Title") or "")
    shown = _words(" ".join(joined(row).text for row in first))
    if len(stated) > 3 and _words(stated) and f" {_words(stated)} " in f" {shown} ":
        return stated
    return _largest(first)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _largest(first: Sequence[Row]) -> str | None:
    """Return the lines in the largest type of the page's upper half, up to where a smaller one follows."""
    lines = [joined(row) for row in first[: max(8, len(first) // 2)]]
    sizes = [line.size for line in lines if len(line.text) > 3]
    if not sizes or max(sizes) < 1.15 * _usual([joined(row).size for row in first]):
        return None
    largest = max(sizes)
    start = next(index for index, line in enumerate(lines) if line.size == largest and len(line.text) > 3)
    taken = []
    for line in lines[start : start + 4]:
        if line.size < 0.9 * largest:
            break
        taken.append(line.text)
    return one_line(" ".join(taken)) or None


def _usual(sizes: list[float]) -> float:
    return sorted(sizes)[len(sizes) // 2]
