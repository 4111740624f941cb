"""A card cut to a page: so many rows of each attribute, fact and kind of deal, and how many more there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.questions.answer import Answer, Row
from kg.questions.card import Card

ROWS = 10
"""Rows of one attribute or fact that a page has unless more are asked for."""


def cut(card: Card, limit: int, hint: str = "") -> Card:
    """Return the card with at most ``limit`` rows of each attribute, fact and kind of deal, and as many documents.

    Of values with dates the latest stay. The notes of a part say what was left out, followed by ``hint``; its ``total``
    counts all rows.
    """
    return replace(
        card,
        attributes=_cut(card.attributes, "attribute", limit, hint),
        facts=_cut(card.facts, "fact", limit, hint),
        deals=_cut(card.deals, "kind", limit, hint),
        documents=_cut(card.documents, None, limit, hint),
    )


def _cut(part: Answer, column: str | None, limit: int, hint: str) -> Answer:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(part):
        groups[str(row[column]) if column else "documents"].append(place)
    kept = sorted(place for places in groups.values() for place in _latest(part, places)[:limit])
    notes = [
        f"… and {len(places) - limit:,} more of {name}{hint}" for name, places in groups.items() if len(places) > limit
    ]
    return Answer(
        [part[place] for place in kept],
        part.columns,
        name=part.name,
        title=part.title,
        parameters=part.parameters,
        notes=[*part.notes, *notes],
        total=len(part),
    )


def _latest(part: Answer, places: Iterable[int]) -> list[int]:
    """Return the places of rows, those that hold latest first, else in their order."""
    return sorted(places, key=lambda place: _day(part[place]), reverse=True)


def _day(row: Row) -> str:
    return str(row.get("valid") or "").strip("– ")
