"""From a document's text to its segments: headings, sentences, bullets, table rows, and what is not the story."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.text import aligned
from kg.text.asides import is_aside, opens_list
from kg.text.markdown import front_matter_span
from kg.text.sentences import sentences

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text read as a whole: ``text[start:end]``.

    ``kind`` is heading, sentence, bullet, row or aside (bylines, navigation, advertisements: read for nothing).
    ``heading`` is the index of the heading that stands over it, ``block`` numbers paragraphs, lists and tables,
    ``cells`` are the spans of a row's cells, and ``header`` is the index of its table's first row.
    """

    start: int
    end: int
    kind: str
    block: int
    heading: int | None = None
    cells: tuple[Span, ...] = ()
    header: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    kind: str
    blank_before: bool


_SIGN = r"(?:[*•▪◦·‣–—>+-]|\(?\d{1,2}[.)]|\(?[a-z][.)])"
_BULLET = re.compile(rf"\s*{_SIGN}\s+(?=\S)")
_BULLET_TAB = re.compile(rf"{_SIGN}\t")
"""A bullet as word processors paste it."""
_GOES_ON = re.compile(r"\b(?:a|an|the|of|from|to|with|for|by|at|in|on|and|or|its|their|that|which|has|will|is|was)$")
"""A line that ends so was broken by hand."""
_RULE = re.compile(r"\s*\|?[\s:|+=_*~#.\-–—•]*$")


def segments(text: str) -> list[Segment]:
    """Return the segments of a text in order; their spans do not overlap, and none begins or ends with white space."""
    lines = _with_rows([*_lines(text)])
    found: list[Segment] = []
    heading: int | None = None
    for block, group in enumerate(_blocks(lines)):
        for segment in _block_segments(text, group, block, len(found)):
            if segment.kind == "heading":
                heading = len(found)
                found.append(segment)
            else:
                found.append(replace(segment, heading=heading))
    return found


def _lines(text: str) -> Iterator[_Line]:
    front = front_matter_span(text)
    position, blank = (front[1], True) if front else (0, True)
    aside_until_blank = False
    for raw in text[position:].split("\n"):
        start, end = position, position + len(raw)
        position = end + 1
        line = raw.strip()
        if not line:
            blank, aside_until_blank = True, False
            continue
        kind = "aside" if aside_until_blank else _line_kind(raw, line)
        if kind == "aside" and opens_list(line):
            aside_until_blank = True
        left = len(raw) - len(raw.lstrip())
        yield _Line(start + left, start + left + len(line), line, kind, blank)
        blank = False


def _with_rows(lines: list[_Line]) -> list[_Line]:
    """Return the lines, those that are set with spaces as rows of a table among them."""
    rows = [line.kind == "text" and aligned.looks_like_row(line.text) for line in lines]
    found = []
    for n, line in enumerate(lines):
        before = n - 1 - (n > 0 and lines[n - 1].kind == "rule")
        after = n + 1 + (n + 1 < len(lines) and lines[n + 1].kind == "rule")
        beside = (before >= 0 and rows[before] and not line.blank_before) or (
            after < len(lines) and rows[after] and not lines[after].blank_before
        )
        found.append(replace(line, kind="row") if rows[n] and beside else line)
    return found


def _line_kind(raw: str, line: str) -> str:
    if _RULE.match(raw):
        return "rule"
    if is_aside(line):
        return "aside"
    if _is_row(line):
        return "row"
    if _BULLET.match(line):
        return "bullet"
    if line.startswith("#") and re.match(r"#{1,6}\s", line):
        return "heading"
    return "text"


def _is_row(line: str) -> bool:
    if "\t" in line:
        return line.count("\t") > 1 or not _BULLET_TAB.match(line)
    return line.count("|") >= 2 or (line.startswith("|") and line.endswith("|"))


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Group the lines: paragraphs that were wrapped stay together, all else is a block a line, tables are one."""
    group: list[_Line] = []
    wrapped = _wrap_width(lines)
    for line in lines:
        if line.kind == "rule" and not (group and group[-1].kind == "row"):
            if group:
                yield group
            group = []
            continue
        if group and _continues(group, line, wrapped):
            group.append(line)
            continue
        if group:
            yield group
        group = [line]
    if group:
        yield group


def _wrap_width(lines: list[_Line]) -> int:
    """Return the width at which the text was wrapped by hand, or 0 if lines are paragraphs."""
    widths = sorted(len(a.text) for a, b in pairwise(lines) if a.kind == b.kind == "text" and not b.blank_before)
    if len(widths) < 5:
        return 0
    high = widths[int(len(widths) * 0.9)]
    widest = max(len(line.text) for line in lines if line.kind == "text")
    # Where some lines are far wider than the others, lines are paragraphs, and the short ones headings.
    return high if high <= 110 and widest <= high * 1.5 else 0


def _continues(group: list[_Line], line: _Line, wrapped: int) -> bool:
    last = group[-1]
    if line.kind in ("row", "rule") and group[0].kind == "row":
        return not line.blank_before or line.kind == "rule"
    if line.blank_before or line.kind != "text" or group[0].kind not in ("text", "bullet"):
        return False
    if line.text[:1].islower() or last.text.endswith(","):
        return not re.search(r"[.!?:][\"”’)]*$", last.text)
    if _GOES_ON.search(last.text):
        return True
    return bool(wrapped) and len(last.text) > wrapped * 0.7


def _block_segments(text: str, group: list[_Line], block: int, index: int) -> Iterator[Segment]:
    first, last = group[0], group[-1]
    if first.kind == "row":
        yield from _table(text, [line for line in group if line.kind == "row"], block, index)
    elif first.kind == "aside":
        for line in group:
            yield Segment(line.start, line.end, "aside", block)
    elif first.kind == "heading":
        hashes = len(first.text) - len(first.text.lstrip("#").lstrip())
        yield Segment(first.start + hashes, first.end, "heading", block)
    else:
        start, kind = first.start, "sentence"
        bullet = _BULLET.match(first.text)
        if first.kind == "bullet" and bullet:
            start, kind = first.start + bullet.end(), "bullet"
        if len(group) == 1 and _is_heading(text, first, start):
            yield Segment(start, last.end, "heading", block)
            return
        for begin, end in sentences(text, start, last.end):
            yield Segment(begin, end, kind, block)


def _is_heading(text: str, line: _Line, start: int) -> bool:
    if not _looks_like_heading(text[start : line.end]):
        return False
    if line.kind == "bullet":
        # An item of a list is none; "2. Lambda" between blank lines is.
        return line.blank_before and line.text[0].isdigit() and text[line.end : line.end + 2] == "\n\n"
    return _stands_alone(text, line)


def _stands_alone(text: str, line: _Line) -> bool:
    """Say whether a line is set apart like a heading: a blank line or nothing before it, or capitals throughout."""
    before = text[: line.start].rstrip(" \t")
    return not before or before.endswith("\n\n") or line.text.isupper() or text[line.end : line.end + 2] == "\n\n"


def _looks_like_heading(line: str) -> bool:
    """Say whether a line reads as a heading: short, and not a sentence by its end."""
    return (len(line) <= 140 and not re.search(r"[.!?;,][\"'”’)\]]*$", line)) or (line.isupper() and len(line) <= 140)


def _table(text: str, rows: list[_Line], block: int, index: int) -> Iterator[Segment]:
    tabs = _tabs(rows)
    heads = [*_cells(text, rows[0], tabs)]
    for row in rows:
        cells = [*_cells(text, row, tabs)]
        cells = cells if _parted(row) else [*aligned.under(text, heads, cells)]
        yield Segment(row.start, row.end, "row", block, cells=tuple(cells), header=index)


def _parted(row: _Line) -> bool:
    """Say whether signs part the cells of a row."""
    return "|" in row.text or "\t" in row.text


def _tabs(rows: list[_Line]) -> re.Pattern[str]:
    """Return what parts cells that tabs part: one, or several where rows are set with as many as bring them in line."""
    most = rows[0].text.count("\t")
    alone = "\t\t" not in rows[0].text and all(row.text.count("\t") <= most for row in rows)
    return re.compile(r"\t" if alone else r"\t+")


def _cells(text: str, row: _Line, tabs: re.Pattern[str]) -> Iterator[Span]:
    """Yield the span of each cell, empty ones included, so that columns stay columns."""
    if not _parted(row):
        yield from aligned.cells(text, row.start, row.end)
        return
    start = row.start
    if row.text.startswith("|"):
        start += 1
    end = row.end - 1 if row.text.endswith("|") else row.end
    separator = re.compile(r"\|") if "|" in row.text else tabs
    begin = start
    for mark in [*separator.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        piece = text[begin:stop]
        left = len(piece) - len(piece.lstrip())
        yield (begin + left, begin + max(left, len(piece.rstrip())))
        begin = mark.end() if mark else end
