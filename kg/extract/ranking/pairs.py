"""What the encoder makes of pairs: how well each predicate suits two arguments of a segment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.encoding.encoder import Linear, Matrix, gelu, linear_of, matrix_of
from kg.extract.encoding.texts import Encoded, check_written
from kg.extract.encoding.windows import Pieces, Window
from kg.extract.learned import Arrays, arrays_of
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.reading import TYPES, Parsed, Reading

_COLUMN = {predicate: n for n, predicate in enumerate(PREDICATES)}

HOWS = ("name", "topic", "pronoun", "we", "definite", "inside", "relative")
"""How an argument may refer to its entity."""

RANKS = 4
"""Antecedents of one reference are told apart up to this one."""

WRITTEN = {"predicates": PREDICATES, "hows": (*HOWS, str(RANKS))}
"""What rows and columns of the arrays stand for, as it is written beside them."""

Pair = tuple[Argument, Argument, tuple[str, str]]
"""Two arguments, and the types that they are taken to be of."""


def pair_of(c: Candidate) -> Pair:
    """Return the pair that a candidate is about."""
    return c.subject, c.object, c.types


class Position(NamedTuple):
    """Where an argument stands in its window, and how: its first and last piece, that of the name it refers to or 0.

    ``how`` numbers the way in which it refers together with the antecedent's rank.
    """

    first: int
    last: int
    named: int
    how: int


@dataclass(slots=True)
class Placed:
    """A window with the segments of the document that it holds, in which arguments stand."""

    window: Window
    parsed: Sequence[Parsed]
    _known: dict[tuple[int, Argument], Position] = field(default_factory=dict)

    def indices(self, n: int, pair: Pair) -> list[int]:
        """Return the rows that tell of a pair of segment ``n``: pieces of subject and object, names, ways, types.

        In the tables of ways and of types the rows of objects follow those of subjects.
        """
        subject, target = self.position(n, pair[0]), self.position(n, pair[1])
        types = [TYPES.index(name) for name in pair[2]]
        return [
            *(subject.first, subject.last, target.first, target.last, subject.named, target.named),
            *(subject.how, target.how + len(HOWS) * RANKS),
            *(types[0], types[1] + len(TYPES)),
        ]

    def position(self, n: int, argument: Argument) -> Position:
        """Return where an argument of segment ``n`` stands; one that stands nowhere is looked for at the start."""
        found = self._known.get((n, argument))
        if found is None:
            first, last = self._place(n, argument)
            how = HOWS.index(argument.how) * RANKS + min(argument.rank, RANKS - 1)
            found = self._known[n, argument] = Position(first, last, self._antecedent(n, argument), how)
        return found

    def _place(self, n: int, argument: Argument) -> Pieces:
        if argument.item < 0:
            return 0, 0
        item = self.parsed[n].items[argument.item]
        return self.window.place(item.start, item.end)

    def _antecedent(self, n: int, argument: Argument) -> int:
        """Return the piece of the name that an argument refers to: the last one before it, else the next; else 0."""
        if argument.how == "name":
            return 0
        items = self.parsed[n].items
        at = items[max(argument.item, 0)].start if items else self.parsed[n].segment.start
        starts = [o.start for parsed in self.parsed for o in parsed.names if o.entity == argument.entity]
        nearest = next((start for start in reversed(starts) if start < at), starts[0] if starts else None)
        return 0 if nearest is None else self.window.place(nearest, nearest + 1)[0]


def placed(reading: Reading, found: Iterable[Window]) -> Iterator[Placed]:
    """Yield the windows of a document, each with its parsed segments."""
    following = iter(reading.parsed)
    for window in found:
        yield Placed(window, [*islice(following, window.segments)])


@dataclass(slots=True)
class PairScorer:
    """The small network over two of the encoder's states."""

    projections: Linear
    """Six side by side: of subject, object, the names that these refer to, and two whose product is taken."""
    context: Linear
    """Of the state of the window's first piece."""
    hows: Matrix
    types: Matrix
    hidden: Linear
    out: Linear

    def scores(
        self, reading: Reading, encoded: Sequence[Encoded], proposed: Iterable[list[Candidate]]
    ) -> Iterator[tuple[list[Candidate], list[float]]]:
        """Yield the candidates of each parsed segment, as they are proposed, with the log-odds of each.

        These are rounded to a hundredth: sums of another machine differ in the last digits, and claims should not.
        """
        following = iter(proposed)
        for one, place in zip(encoded, placed(reading, (one.window for one in encoded)), strict=True):
            inside = [*islice(following, one.window.segments)]
            found = self._of_window(place, one.states, inside) if any(inside) else [[] for _ in inside]
            yield from zip(inside, found, strict=True)

    def _of_window(self, place: Placed, states: Matrix, proposed: Sequence[list[Candidate]]) -> list[list[float]]:
        rows: dict[tuple[int, Pair], int] = {}
        for n, candidates in enumerate(proposed):
            for c in candidates:
                rows.setdefault((n, pair_of(c)), len(rows))
        indices = np.array([place.indices(n, pair) for n, pair in rows])
        table = self._log_odds(states, indices).astype(np.float64).round(2).tolist()
        return [
            [table[rows[n, pair_of(c)]][_COLUMN[c.predicate]] for c in candidates]
            for n, candidates in enumerate(proposed)
        ]

    def _log_odds(self, states: Matrix, indices: NDArray[np.int64]) -> Matrix:
        """Return the log-odds of each predicate, a row for each pair; ``indices`` are those of ``Placed.indices``."""
        size = self.context.bias.shape[0]
        parts = self.projections(states).reshape(len(states), 6, size).transpose(1, 0, 2)
        subject, target, subject_named, target_named, one, other = parts
        s, s_last, o, o_last, s_named, o_named, s_how, o_how, s_type, o_type = indices.T
        found = (subject[s] + subject[s_last] + target[o] + target[o_last]) / 2 + self.context(states[:1])
        found += subject_named[s_named] * (s_named > 0)[:, None] + target_named[o_named] * (o_named > 0)[:, None]
        found += one[s] * other[o] + self.hows[s_how] + self.hows[o_how] + self.types[s_type] + self.types[o_type]
        return self.out(gelu(self.hidden(gelu(found))))

    @classmethod
    def of(cls, arrays: Arrays) -> "PairScorer":
        """Make a scorer of its arrays. Raises OntologyError where they were learned for other things than these."""
        check_written(arrays, WRITTEN)
        names = ("projections", "context", "hidden", "out")
        projections, context, hidden, out = (linear_of(arrays, f"pairs.{name}") for name in names)
        hows, types = (matrix_of(arrays, f"pairs.{name}") for name in ("hows", "types"))
        return cls(projections, context, hows, types, hidden, out)


@cache
def trained() -> PairScorer:
    """Return the package's scorer of pairs."""
    return PairScorer.of(arrays_of("encoder", "pairs.", "written."))
