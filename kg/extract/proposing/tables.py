"""Rows of tables in a text: a column's heading says what joins its cells to the row's first one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.grammar.words import lexicon_lines
from kg.extract.reading import Parsed, Reading
from kg.text.segment import Segment, Span

_OPENING = r"(?i)^\W*(?:the |its |current |main |total |design |critical |gross |net |it |installed |planned )?(?:{})\b"


@cache
def _columns() -> tuple[dict[str, re.Pattern[str]], dict[tuple[str, str], tuple[str, bool]]]:
    """Return what ``lexicon/columns.txt`` says: the pattern of each role, and what a role says of a type of row.

    The latter is a predicate, and whether the row's entity is its subject.
    """
    patterns: dict[str, re.Pattern[str]] = {}
    says: dict[tuple[str, str], tuple[str, bool]] = {}
    for line in lexicon_lines("columns.txt"):
        kind, rest = line.split(maxsplit=1)
        if kind == "column":
            role, pattern = rest.split(": ", maxsplit=1)
            patterns[role] = re.compile(_OPENING.format(pattern))
        else:
            of_type, role, predicate, *of = rest.split()
            says[of_type, role] = (predicate, not of)
    return patterns, says


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what its column is for; ``refs`` index the segment's names that stand in it."""

    role: str | None
    heading: str
    span: Span
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row states: predicate, subject and object as indexes of names (-1: what the table is about)."""

    predicate: str
    subject: int
    object: int
    heading: str


def column_role(heading: str) -> str | None:
    """Return what a column or label is for, if its words say so."""
    return next((role for role, pattern in _columns()[0].items() if pattern.search(heading)), None)


def cells(reading: Reading, parsed: Parsed) -> list[Cell]:
    """Return the cells of a row, with the roles that the table's first row gives them, or the row's own label."""
    text, segment = reading.text, parsed.segment
    header = _header(reading, segment)
    found = []
    for n, span in enumerate(segment.cells):
        refs = tuple(i for i, o in enumerate(parsed.names) if o.start >= span[0] and o.end <= span[1])
        heading = header[n] if header and n < len(header) else ""
        found.append(Cell(column_role(heading) if heading else None, heading, span, refs))
    if not header and len(found) == 2 and not found[0].refs:
        label = text[slice(*found[0].span)]
        found[1] = Cell(column_role(label), label, found[1].span, found[1].refs)
    return found


def _header(reading: Reading, segment: Segment) -> list[str] | None:
    """Return the headings of a row's table; None for the first row itself, and for a table without headings."""
    if segment.header is None:
        return None
    first = reading.segments[segment.header]
    if first is segment or first.kind != "row":
        return None
    headings = [reading.text[slice(*span)] for span in first.cells]
    known = sum(column_role(h) is not None for h in headings[1:])
    return headings if known and any(len(h) < 40 for h in headings) else None


def stated(reading: Reading, parsed: Parsed) -> Iterator[Stated]:
    """Yield what a row states."""
    row = cells(reading, parsed)
    key = row[0].refs[0] if row and row[0].refs and not row[0].role else None
    for cell in row[1:] if key is not None else row:
        if cell.role is None or not cell.refs:
            continue
        kinds = reading.entities[parsed.names[key].entity].kinds if key is not None else ("Facility", "Company")
        for kind in kinds:
            predicate, forward = _columns()[1].get((kind, cell.role), ("", True))
            if predicate:
                for ref in cell.refs:
                    ends = (key if key is not None else -1, ref)
                    yield Stated(predicate, *(ends if forward else ends[::-1]), cell.heading)
