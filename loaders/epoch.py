"""What the tables of Epoch AI have in common: tags of doubt, lists of companies, cited sources."""

import re
from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.schema.registry import registry
from kg.tables.cells import Tagged, links, tagged
from kg.tables.memo import remembered
from kg.tables.numbers import number
from kg.tables.row import Row

DOUBT = {
    "confirmed": 0.95,
    "confident": 0.95,
    "likely": 0.75,
    "estimate": 0.6,
    "uncertain": 0.5,
    "speculative": 0.4,
    "unlikely": 0.2,
    "unverified": 0.4,
    "unknown": 0.5,
}
"""Confidence by the compiler's own word for his doubt, in lower case."""

UNTAGGED = 0.85
"""Confidence of a name without a tag."""

LONGEST_NAME = 100
"""Letters of the longest institute in these tables, about; what is longer is a remark."""


_DOLLARS = re.compile(r"\(20\d\d USD\b")


def spelling(column: str) -> str:
    """Return the name of a column with 2025 as the year of its dollars: later editions count in later ones."""
    return _DOLLARS.sub("(2025 USD", column)


def confidence(row: Row, column: str, item: Tagged) -> float | None:
    """Return how sure the compiler is of a name in a list; an unknown tag becomes a Rejection."""
    if item.tag is None:
        return UNTAGGED
    if item.tag not in DOUBT:
        row.reject(column, f"unknown tag #{item.tag} after {item.name!r} (known: {', '.join(DOUBT)})")
    return DOUBT.get(item.tag)


def names(row: Row, column: str, kind: str) -> Iterator[tuple[EntityName, float]]:
    """Yield the entities that a cell lists, each with the compiler's confidence; remarks become Rejections."""
    cell = row[column]
    if not cell:
        return
    listed = tagged(cell)
    if any(is_remark(item.name) for item in listed):
        row.reject(column, f"a remark, not names: {cell[:60]!r}")
        return
    for item in listed:
        sure = confidence(row, column, item)
        if sure is not None:
            yield entity(item.name, kind), sure


@remembered
def number_alike(cell: str) -> str:
    """Return the number in a cell for a key, however it was saved; the cell itself if it is no number."""
    try:
        value = number(cell)
    except ValueError:
        return cell
    return "" if value is None else f"{value:.6g}"


@remembered
def entity(name: str, kind: str) -> EntityName:
    """Return an entity as a cell names it."""
    return EntityName(name, kind)


@remembered
def chip(name: str) -> EntityName:
    """Return a chip as named, linked to the registry where only a misprint ("L20 PCle") or a gloss hides it."""
    if name.isascii() and "PCle" not in name:
        return EntityName(name, "Chip")
    plain = re.sub(r"\s*\([^()]*[^\x00-\x7f][^()]*\)", "", name).replace("PCle", "PCIe")
    known = registry().by_name(plain, "Chip") if plain != name else []
    return EntityName(name, "Chip", known[0].id if len(known) == 1 else None)


@remembered
def is_remark(name: str) -> bool:
    """Say whether words that stand where a name is wanted are a sentence or half of one: long, and few in capitals."""
    words = name.split()
    capitals = sum(word[0].isupper() for word in words)
    return len(name) > LONGEST_NAME or (len(words) > 4 and capitals * 3 < len(words))


def cited(row: Row, subject: EntityName, key: str, *columns: str) -> Iterator[Claim]:
    """Yield a claim for each source that the cells cite: ``key`` is the column that names the subject."""
    for column in columns:
        cell = row.as_is(column)
        for link in links(cell) if cell else ():
            yield row.claim((key, column), subject, "cites", link.url, confidence=1.0)
