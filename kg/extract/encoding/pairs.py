"""What the encoder makes of pairs: how well each predicate suits two arguments of a segment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kg.exceptions import OntologyError
from kg.extract.encoding.encoder import Encoder, Linear, Matrix, gelu, linear_of, matrix_of
from kg.extract.encoding.windows import HOWS, LENGTH, RANKS, TYPES, Window, windows
from kg.extract.encoding.wordpiece import WordPieces
from kg.extract.learned import Arrays, arrays_of, lines_of
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.reading import Reading

_COLUMN = {predicate: n for n, predicate in enumerate(PREDICATES)}

WRITTEN = {"predicates": PREDICATES, "types": TYPES, "hows": (*HOWS, str(RANKS), str(LENGTH))}
"""What rows and columns of the arrays stand for, as it is written beside them."""

PLACES = 6
"""Of the numbers that tell of a pair those that are pieces of its window: the first ones."""

Pair = tuple[Argument, Argument, tuple[str, str]]
"""Two arguments, and the types that they are taken to be of."""


def pair_of(c: Candidate) -> Pair:
    """Return the pair that a candidate is about."""
    return c.subject, c.object, c.types


def indices_of(window: Window, segment: int, pair: Pair) -> list[int]:
    """Return the rows that tell of a pair: first and last piece of subject and object, names, ways, types.

    In the tables of ways and of types the rows of objects follow those of subjects.
    """
    subject, target = window.position(segment, pair[0]), window.position(segment, pair[1])
    types = [TYPES.index(name) - 1 for name in pair[2]]
    return [
        *(subject.first, subject.last, target.first, target.last, subject.named, target.named),
        *(subject.how, target.how + len(HOWS) * RANKS),
        *(types[0], types[1] + len(TYPES) - 1),
    ]


@dataclass(slots=True)
class PairScorer:
    """The encoder, and the small network over two of its states."""

    pieces: WordPieces
    encoder: Encoder
    projections: Linear
    """Six side by side: of subject, object, the names that these refer to, and two whose product is taken."""
    context: Linear
    """Of the state of the window's first piece."""
    hows: Matrix
    types: Matrix
    hidden: Linear
    out: Linear
    made: str
    """A hash of what was learned, by which the ranker knows the encoder that it was learned with."""

    def scores(
        self, reading: Reading, proposed: Iterable[list[Candidate]]
    ) -> Iterator[tuple[list[Candidate], list[float]]]:
        """Yield the candidates of each parsed segment, as they are proposed, with the log-odds of each.

        These are rounded to a hundredth: sums of another machine differ in the last digits, and claims should not.
        """
        following = iter(proposed)
        for window in windows(reading, self.pieces):
            inside = [*islice(following, len(window.items))]
            found = self._of_window(window, inside) if any(inside) else [[] for _ in inside]
            yield from zip(inside, found, strict=True)

    def _of_window(self, window: Window, proposed: Sequence[list[Candidate]]) -> list[list[float]]:
        rows: dict[tuple[int, Pair], int] = {}
        for segment, candidates in zip(window.items, proposed, strict=True):
            for c in candidates:
                rows.setdefault((segment, pair_of(c)), len(rows))
        indices = np.array([indices_of(window, segment, pair) for segment, pair in rows])
        # What the last layer makes of pieces that no pair looks at would be thrown away; the first one always counts.
        seen, places = np.unique(np.append(0, indices[:, :PLACES]), return_inverse=True)
        indices[:, :PLACES] = places[1:].reshape(-1, PLACES)
        found = self._log_odds(self.encoder(window.pieces, window.types, seen), indices)
        table = found.astype(np.float64).round(2).tolist()
        return [
            [table[rows[segment, pair_of(c)]][_COLUMN[c.predicate]] for c in candidates]
            for segment, candidates in zip(window.items, proposed, strict=True)
        ]

    def _log_odds(self, states: Matrix, indices: NDArray[np.int64]) -> Matrix:
        """Return the log-odds of each predicate, a row for each pair; ``indices`` are those of ``indices_of``."""
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
        if any(_written(arrays, name) != [*lines] for name, lines in WRITTEN.items()):
            raise OntologyError("weights/encoder.npz was learned for other things; run: python scripts/dev.py train")
        names = ("projections", "context", "hidden", "out")
        projections, context, hidden, out = (linear_of(arrays, f"pairs.{name}") for name in names)
        hows, types = (matrix_of(arrays, f"pairs.{name}") for name in ("hows", "types"))
        pieces, made = WordPieces(_written(arrays, "pieces")), "".join(_written(arrays, "made"))
        return cls(pieces, Encoder.of(arrays), projections, context, hows, types, hidden, out, made)


def _written(arrays: Arrays, name: str) -> list[str]:
    return lines_of(arrays[f"written.{name}"]) if f"written.{name}" in arrays else []


@cache
def trained() -> PairScorer:
    """Return the package's scorer of pairs."""
    return PairScorer.of(arrays_of("encoder"))
