"""Running heads, feet and page numbers: what is printed on every page and belongs to none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.text.pdf.lines import Row, joined

_ZONE = 0.09
"""Share of a page's height, at its top and at its foot, where such lines stand."""

_LINES = 3
"""Lines at the top and at the foot of a page that may be such."""

_NUMBER = re.compile(
    r"[-–—|\[( ]*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?[-–—|\]) ]*", re.IGNORECASE
)
_FIRST = re.compile(r"^\d{1,4}\b")
_LAST = re.compile(r"\b\d{1,4}$")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class PageRows:
    """The rows of a page from top to bottom, and the heights of its foot and top; ``aside`` is what was set apart.

    ``quarters`` are those by which the page was turned to the right so that its text runs as usual.
    """

    number: int
    quarters: int
    foot: float
    top: float
    rows: list[Row]
    aside: list[str] = field(default_factory=list)


def set_aside(pages: Sequence[PageRows]) -> list[str]:
    """Take running heads and feet out of the pages and return each once, in the order of the pages.

    A line is one if it stands at the top or foot of several pages, numbers apart, or shows the page's number. Where
    nothing else is on any page, all stays.
    """
    before = [list(page.rows) for page in pages]
    counts = Counter(key for page in pages for key in {_key(page, row) for row in _outer(page)})
    several = 2 if len(pages) < 5 else 3
    shift = _shift(pages)
    found: dict[str, str] = {}
    for page in pages:
        for row in dict.fromkeys(_outer(page)):
            text = joined(row).text
            numbered = shift is not None and page.number + shift in _numbers(row)
            if counts[_key(page, row)] >= several or numbered or _NUMBER.fullmatch(text):
                page.rows.remove(row)
                found.setdefault(_key(page, row), text)
    if not any(page.rows for page in pages):
        found.clear()
        for page, rows in zip(pages, before, strict=True):
            page.rows = rows
    for page in pages:
        for text in page.aside:
            found.setdefault(text, text)
    return list(found.values())


def _outer(page: PageRows) -> Iterator[Row]:
    """Yield the lines in the margins; one of many pieces is the head of a table that goes on."""
    height = page.top - page.foot
    for row in page.rows[:_LINES]:
        if row[0].base > page.top - _ZONE * height and len(row) < 4:
            yield row
    for row in page.rows[-_LINES:]:
        if row[0].base < page.foot + _ZONE * height and len(row) < 4:
            yield row


def _key(page: PageRows, row: Row) -> str:
    """Return what the same line on other pages shares with it: place, size and letters."""
    line = joined(row)
    upper = line.base > (page.top + page.foot) / 2
    return f"{upper} {line.size:.0f} {_DIGITS.sub('#', line.text.casefold())}"


def _shift(pages: Sequence[PageRows]) -> int | None:
    """Return what to add to the count of a page to have the number printed on it, if several pages agree on it."""
    shifts = Counter(
        number - page.number for page in pages for number in {n for row in _outer(page) for n in _numbers(row)}
    )
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= max(3, len(pages) / 3) else None


def _numbers(row: Row) -> set[int]:
    """Return the numbers with which a line begins or ends."""
    text = joined(row).text
    return {int(number) for number in [*_FIRST.findall(text), *_LAST.findall(text)]}
