"""An HTML table as rows of cells, or the verdict that it is no table of data but a way to lay out a page."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "colgroup")
_NOT_IN_DATA = frozenset(
    {"table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "article", "section", "nav", "header", "footer"}
)
_WIDEST = 64
"""Columns, or rows, that a cell may span and that are kept in line; a page that says a million means nothing by it."""
_SIGN_AND_NUMBER = re.compile(r"(?:[$€£¥(]|US\$|\$\() [\d(.,–—-].*|.*[\d)–—-] (?:%|\)|\)%|%\)|x|pp|bps)")
_LONGEST = 1500
"""Characters of a cell; a longer one holds an article beside its navigation."""


def is_data(table: Any) -> bool:
    """Tell whether an lxml table holds data: several cells, all short, no tables, headings or forms, no stray text."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    count = 0
    for element in table.iterdescendants():
        if element.tag in _NOT_IN_DATA:
            return False
        if element.tag in ("td", "th"):
            count += 1
            if sum(map(len, element.itertext())) > _LONGEST:
                return False
    return count > 1 and not any(map(_has_more, table.iter(*_PARTS)))


def cells(table: Any) -> Iterator[list[tuple[int, Any]]]:
    """Yield the rows of a table, each as cells with the number of their column, which spanned cells push on."""
    below: dict[int, int] = {}
    for row in table.iter("tr"):
        line: list[tuple[int, Any]] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            while below.get(column):
                column += 1
            line.append((column, cell))
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                below.update(dict.fromkeys(range(column, min(column + width, _WIDEST)), height))
            column += width
        below = {column: left - 1 for column, left in below.items() if left > 1}
        yield line


def lines(rows: list[list[tuple[int, str]]]) -> list[list[str]]:
    """Return the texts of the cells row by row, column below column.

    Columns and rows that hold nothing are left out, since pages use them as white space; a column that holds only signs
    ("$", "%") joins its numbers. A table wider than any that a person reads is not aligned.
    """
    used = sorted({column for row in rows for column, text in row if text})
    if len(used) > _WIDEST:
        return [texts for row in rows if (texts := [text for _, text in row if text])]
    filled = [by_column for row in rows if any((by_column := dict(row)).values())]
    columns = [[row.get(column, "") for row in filled] for column in used]
    return [_trimmed(row) for row in zip(*_joined(columns), strict=True)]


def _joined(columns: list[list[str]]) -> list[list[str]]:
    """Return the columns, those of signs before or after numbers put together with them."""
    joined: list[list[str]] = []
    for column in columns:
        before = joined[-1] if joined else []
        pairs = [f"{left} {right}" for left, right in zip(before, column, strict=False) if left and right]
        if pairs and all(_SIGN_AND_NUMBER.fullmatch(pair) for pair in pairs):
            joined[-1] = [left + right for left, right in zip(before, column, strict=True)]
        else:
            joined.append(column)
    return joined


def _trimmed(row: Sequence[str]) -> list[str]:
    last = max(index for index, text in enumerate(row) if text)
    return list(row[: last + 1])


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    if not value:
        return 1
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdecimal() and len(value) < 10 else 1


def _has_more(part: Any) -> bool:
    """Tell whether a table, group or row has text outside its cells, or a row has something that is no cell."""
    stray = (part.text or "").strip() or any((child.tail or "").strip() for child in part)
    return bool(stray) or (part.tag == "tr" and any(child.tag not in ("td", "th") for child in part.iterchildren("*")))
