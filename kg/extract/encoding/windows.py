"""Windows: neighbouring segments of a document that the encoder reads together, and where in them arguments stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.encoding.wordpiece import CLS, SEP, WordPieces
from kg.extract.proposing.candidates import Argument
from kg.extract.reading import Parsed, Reading

LENGTH = 256
"""Pieces of the longest window. Attention costs its square, and context further away tells little."""

TYPES = ("", "Company", "Place", "Facility", "Chip", "Person", "Model")
"""What a piece may be part of: no name, or the name of an entity of a type."""

HOWS = ("name", "topic", "pronoun", "we", "definite", "inside", "relative")
"""How an argument may refer to its entity."""

RANKS = 4
"""Antecedents of one reference are told apart up to this one."""

Pieces = tuple[int, int]
"""The first and the last piece of something."""


class Position(NamedTuple):
    """Where an argument stands in its window, and how: its first and last piece, that of the name it refers to or 0.

    ``how`` numbers the way in which it refers together with the antecedent's rank.
    """

    first: int
    last: int
    named: int
    how: int


@dataclass(slots=True)
class Window:
    """Segments read together: their pieces, the type of name each is part of, and where items and names are."""

    pieces: list[int]
    types: list[int]
    items: dict[int, list[Pieces]] = field(default_factory=dict)
    """For each segment, by its place among the parsed ones, where each item is."""
    names: dict[int, list[Pieces]] = field(default_factory=dict)
    """For each entity where it is named, in order."""
    _positions: dict[tuple[int, Argument], Position] = field(default_factory=dict)

    def position(self, segment: int, argument: Argument) -> Position:
        """Return where an argument of a segment stands; one that stands nowhere is looked for at the start."""
        found = self._positions.get((segment, argument))
        if found is None:
            first, last = self.items[segment][argument.item] if argument.item >= 0 else (0, 0)
            how = HOWS.index(argument.how) * RANKS + min(argument.rank, RANKS - 1)
            found = Position(first, last, self._antecedent(segment, argument), how)
            self._positions[segment, argument] = found
        return found

    def _antecedent(self, segment: int, argument: Argument) -> int:
        """Return the piece of the name that an argument refers to: the last one before it, else the next; else 0."""
        if argument.how == "name":
            return 0
        at = self.items[segment][max(argument.item, 0)][0] if self.items[segment] else 0
        named = [first for first, _ in self.names.get(argument.entity, ())]
        return next((first for first in reversed(named) if first < at), named[0] if named else 0)


def windows(reading: Reading, pieces: WordPieces) -> Iterator[Window]:
    """Yield the windows of a document, each with as many whole segments as it holds, one at least."""
    window = _empty(pieces)
    for number, parsed in enumerate(reading.parsed):
        cut = [pieces.cut(reading.text[item.start : item.end]) for item in parsed.items]
        if window.items and len(window.pieces) + sum(map(len, cut)) + 1 > LENGTH:
            yield window
            window = _empty(pieces)
        _add(window, number, parsed, cut, pieces[SEP])
    if window.items:
        yield window


def _empty(pieces: WordPieces) -> Window:
    return Window([pieces[CLS]], [0])


def _add(window: Window, number: int, parsed: Parsed, cut: list[list[int]], end: int) -> None:
    """Add a segment; of one that is longer than any window, the rest is taken for its end."""
    places: list[Pieces] = []
    for item, numbers in zip(parsed.items, cut, strict=True):
        at, room = len(window.pieces), LENGTH - 1 - len(window.pieces)
        taken = numbers[: max(room, 0)]
        entity = parsed.names[item.ref].entity if item.kind == "name" else -1
        window.pieces += taken
        window.types += [TYPES.index(parsed.kinds[entity]) if entity >= 0 else 0] * len(taken)
        places.append((at, at + max(len(taken) - 1, 0)))
        if entity >= 0 and taken:
            window.names.setdefault(entity, []).append(places[-1])
    window.pieces.append(end)
    window.types.append(0)
    window.items[number] = places
