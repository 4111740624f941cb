"""Where on the pages of a document its text stands, so that evidence can be found on paper too."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kg.core.claim import Claim, Evidence

Box = tuple[int, int, int, int]
"""Left, bottom, right, top in points (1/72 inch) of the page's own coordinates, whose origin is at the lower left."""

_ON_PAGE = re.compile(r"p\. (\d+) \[(-?\d+),(-?\d+),(-?\d+),(-?\d+)\]")


class Area(NamedTuple):
    """The characters ``start`` to ``end`` of a document's text stand in ``box`` on ``page``, counted from 1."""

    start: int
    end: int
    page: int
    box: Box


def areas_from(rows: Iterable[Sequence[Any]]) -> tuple[Area, ...]:
    """Return areas from their JSON form: start, end, page and a list of four edges, all whole numbers.

    Raises ValueError for anything else, and for areas that do not come in the order of the text.
    """
    areas = []
    reached = 0
    for row in rows:
        start, end, page, edges = row
        numbers = [start, end, page, *edges]
        if len(numbers) != 7 or not all(type(number) is int for number in numbers):
            raise ValueError(f"not an area of a page: {row}")
        if not reached <= start <= end or page < 1:
            raise ValueError(f"an area out of order: {row}")
        areas.append(Area(start, end, page, (edges[0], edges[1], edges[2], edges[3])))
        reached = end
    return tuple(areas)


def on_pages(claim: Claim, areas: Sequence[Area]) -> Claim:
    """Return the claim with the pages and boxes of its evidence; a locator that is there already stays."""
    also = tuple(_on_pages(evidence, areas) for evidence in claim.also)
    return replace(claim, evidence=_on_pages(claim.evidence, areas), also=also)


def locate(areas: Sequence[Area], start: int, end: int) -> str | None:
    """Return the locator of a slice, such as "p. 3 [72,501,523,540]", or None where no page is known.

    ``areas`` come in the order of the text. Lines below each other share a box; where the text goes on at the top of
    another column or page, a further one follows after "; ".
    """
    boxes: list[tuple[int, Box]] = []
    for area in _touched(areas, start, end):
        if boxes and boxes[-1][0] == area.page and _goes_on(boxes[-1][1], area.box):
            boxes[-1] = (area.page, _union(boxes[-1][1], area.box))
        else:
            boxes.append((area.page, area.box))
    return "; ".join(f"p. {page} [{','.join(map(str, box))}]" for page, box in boxes) or None


def boxes(locator: str) -> list[tuple[int, Box]]:
    """Return the pages and boxes that a locator names; none for the locator of a table."""
    found = [tuple(map(int, numbers)) for numbers in _ON_PAGE.findall(locator)]
    return [(page, (left, bottom, right, top)) for page, left, bottom, right, top in found]


def shown(locator: str) -> str:
    """Return a locator as people cite it: "p. 3" or "p. 3-4" for boxes on pages, anything else as it stands."""
    pages = sorted({page for page, _ in boxes(locator)})
    if not pages:
        return locator
    return f"p. {pages[0]}" if len(pages) == 1 else f"p. {pages[0]}-{pages[-1]}"


def _on_pages(evidence: Evidence, areas: Sequence[Area]) -> Evidence:
    if evidence.locator or evidence.start is None or evidence.end is None:
        return evidence
    return replace(evidence, locator=locate(areas, evidence.start, evidence.end))


def _touched(areas: Sequence[Area], start: int, end: int) -> Iterator[Area]:
    first = max(bisect_right(areas, start, key=lambda area: area.start) - 1, 0)
    for area in areas[first:]:
        if area.start >= end:
            return
        if area.end > start:
            yield area


def _goes_on(above: Box, below: Box) -> bool:
    """Tell whether a line stands below what was read before it, and not in another column."""
    return below[1] <= above[1] + 2 and below[0] < above[2] and above[0] < below[2]


def _union(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
