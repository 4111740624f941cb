"""A document as it is read: its segments parsed, with the names, quantities and dates that occur in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.grammar.chunking import chunk
from kg.extract.grammar.chunks import Chunk
from kg.extract.grammar.items import Item, items
from kg.extract.grammar.syntax import Syntax
from kg.extract.values.dates import When, dates
from kg.extract.values.quantities import Amount, amounts
from kg.text.segment import Segment

TYPES = ("Company", "Facility", "Chip", "Model", "Person", "Place")
"""The types of what texts name."""

OUTLET = "outlet"
"""The role of what reports news; no role of the ontology's."""


@dataclass(slots=True)
class DocEntity:
    """An entity of one document: its fullest name there, its type, other forms, and the registry id if it is known.

    ``roles`` are what the registry or the text says it does; ``heads`` are the common nouns that the text describes
    it by ("developer", "lab"), which later stand for it.
    """

    name: str
    type: str
    aliases: set[str] = field(default_factory=set)
    id: str | None = None
    roles: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    chances: dict[str, float] = field(default_factory=dict)
    """How likely the name is of which type; empty where there is no doubt."""
    place: "DocEntity | None" = None
    """The place that a site's own name holds."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types that the name may have, the likeliest first."""
        return tuple(sorted(self.chances, key=lambda k: (-self.chances[k], k))) or (self.type,)

    def chance(self, kind: str) -> float:
        """Return how likely the entity is of a type."""
        return self.chances.get(kind, 0.0) if self.chances else float(kind == self.type)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a document names an entity: ``text[start:end]``, and the index of the entity."""

    start: int
    end: int
    entity: int


@dataclass(slots=True)
class Parsed:
    """A segment with its grammar. ``names`` are the occurrences that items of kind name point to by ``ref``."""

    index: int
    segment: Segment
    names: list[Occurrence]
    amounts: list[Amount]
    dates: list[When]
    items: list[Item]
    chunks: list[Chunk]
    syntax: Syntax
    kinds: list[str]
    """The type of each entity of the document, by index."""


@dataclass(slots=True)
class Reading:
    """A document's text, segments and entities, and each readable segment parsed."""

    text: str
    segments: list[Segment]
    entities: list[DocEntity]
    parsed: list[Parsed]


def read(text: str, found: Sequence[Segment], entities: list[DocEntity], occurrences: Iterable[Occurrence]) -> Reading:
    """Parse every segment that is no aside."""
    ordered = sorted(occurrences, key=lambda o: (o.start, -o.end))
    kinds = [e.type for e in entities]
    parsed = []
    at = 0
    for index, segment in enumerate(found):
        while at < len(ordered) and ordered[at].end <= segment.start:
            at += 1
        inside = []
        last_end = segment.start
        for occurrence in ordered[at:]:
            if occurrence.start >= segment.end:
                break
            if occurrence.start >= last_end and occurrence.end <= segment.end:
                inside.append(occurrence)
                last_end = occurrence.end
        if segment.kind != "aside":
            parsed.append(parse(text, index, segment, inside, kinds))
    return Reading(text, list(found), entities, parsed)


def parse(text: str, index: int, segment: Segment, names: list[Occurrence], kinds: list[str]) -> Parsed:
    """Parse one segment, given the names in it."""
    taken = [(o.start, o.end) for o in names]
    when = [d for d in dates(text, segment.start, segment.end) if _free(d.start, d.end, taken)]
    taken += [(d.start, d.end) for d in when]
    numbers = [a for a in amounts(text, segment.start, segment.end) if _free(a.start, a.end, taken)]
    parts = items(
        text,
        segment.start,
        segment.end,
        [(o.start, o.end) for o in names],
        [(a.start, a.end) for a in numbers],
        [(d.start, d.end) for d in when],
    )
    chunks = chunk(parts)
    return Parsed(index, segment, names, numbers, when, parts, chunks, Syntax(parts, chunks), kinds)


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= s or start >= e for s, e in taken)
