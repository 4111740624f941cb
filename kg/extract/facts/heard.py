"""What the encoder makes of facts: in which status a claim is told, what limits it, whose attribute a value is.

Two small networks look at the encoder's states of what a fact is about, the ends of a claim and a value: one says
in which status it is told, the other what the value is to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.core.claim import STATUSES
from kg.extract.encoding.encoder import Linear, Matrix, gelu, linear_of, matrix_of
from kg.extract.encoding.texts import Encoded, check_written, log_shares
from kg.extract.encoding.windows import Window
from kg.extract.facts.holders import ATTRIBUTES
from kg.extract.facts.surroundings import NOWHERE, Row
from kg.extract.facts.weighing import QUALIFIERS
from kg.extract.learned import Arrays, arrays_of
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.ranking.pairs import HOWS, RANKS, Placed, placed
from kg.extract.reading import Reading

COLUMNS = (*STATUSES, *dict.fromkeys((*QUALIFIERS, *ATTRIBUTES)))
"""What is answered: the log-probability of each status, then the log-odds of a value as each qualifier or attribute."""

COLUMN = {name: n for n, name in enumerate(COLUMNS)}

ABOUT = ("", *PREDICATES, *ATTRIBUTES)
"""What may be asked about: a value of which nothing is known yet, a relation, an attribute."""

WAYS = len(HOWS) * RANKS + 1
"""Ways in which an end may refer, with the antecedent's rank; the last is that of an end that there is not."""

NETWORKS = ("status", "values")
"""What says in which status a fact is told, and what says what a value is to it."""

STATES = 9
"""Parts that a network makes of a piece's state: see ``FactNetwork``."""

WRITTEN = {"columns": COLUMNS, "about": ABOUT, "ways": (*HOWS, str(RANKS)), "networks": NETWORKS}
"""What rows and columns of the arrays stand for, as it is written beside them."""


class Asked(NamedTuple):
    """What is asked about: a predicate, the segment of its ends, these, and a value by its segment and item."""

    about: str
    segment: int
    subject: Argument
    target: Argument | None = None
    value: tuple[int, int] | None = None


def asked_of(c: Candidate, value: tuple[int, int] | None = None) -> Asked:
    """Return what is asked about a claim, or about a value as a limit of it."""
    return Asked(c.predicate, c.segment, c.subject, c.object, value)


class Placing:
    """The windows of a document, and in which of them each of its segments is read."""

    def __init__(self, reading: Reading, windows: Iterable[Window]) -> None:
        self.windows: list[Placed] = [*placed(reading, windows)]
        self._of = [(w, n) for w, place in enumerate(self.windows) for n in range(place.window.segments)]

    def window(self, asked: Asked) -> int:
        """Return the number of the window in which ends and value stand; -1 if these are not in one."""
        own = self._of[asked.segment][0]
        return own if asked.value is None or self._reads(own, *asked.value) else -1

    def _reads(self, w: int, segment: int, item: int) -> bool:
        """Say whether a window has an item of a segment; it leaves out the rest of one that is too long."""
        window, n = self._of[segment]
        if window != w or item < 0:
            return window == w
        ends = self.windows[w].window.ends
        return bool(ends) and self.windows[w].parsed[n].items[item].start < ends[-1]

    def indices(self, asked: Asked) -> list[int]:
        """Return the rows that tell of it: first and last pieces of both ends and the value, ways, what it is about.

        What there is not is at the window's start.
        """
        w, n = self._of[asked.segment]
        place = self.windows[w]
        subject = place.position(n, asked.subject)
        target = place.position(n, asked.target) if asked.target is not None else None
        first, last = self._value(asked)
        return [
            *(subject.first, subject.last, target.first if target else 0, target.last if target else 0, first, last),
            *(subject.how, WAYS + (target.how if target else WAYS - 1), ABOUT.index(asked.about)),
        ]

    def _value(self, asked: Asked) -> tuple[int, int]:
        if asked.value is None or asked.value[1] < 0:
            return 0, 0
        w, n = self._of[asked.value[0]]
        item = self.windows[w].parsed[n].items[asked.value[1]]
        return self.windows[w].window.place(item.start, item.end)


@dataclass(slots=True)
class FactNetwork:
    """A network over the states of a fact."""

    projections: list[Linear]
    """Of subject, object and value; of subject, object and value for the product of either end with the value; of
    subject and object for theirs; and of the value for that with what is asked about."""
    context: Linear
    """Of the state of the window's first piece."""
    ways: Matrix
    about: Matrix
    gates: Matrix
    """What the value is multiplied with, by what is asked about."""
    hidden: Linear
    out: Linear

    def __call__(self, states: Matrix, indices: NDArray[np.int64]) -> Matrix:
        """Return a row of answers for each row of indices (``Placing.indices``) in a window of these states."""
        s, s_last, o, o_last, v, v_last, s_way, o_way, about = indices.T
        subject, target, value, one, other, of_value, left, right, meant = self.projections
        found = subject((states[s] + states[s_last]) / 2) + target((states[o] + states[o_last]) / 2)
        found += value((states[v] + states[v_last]) / 2) + self.context(states[:1])
        found += self.ways[s_way] + self.ways[o_way] + self.about[about]
        found += (one(states[s]) + other(states[o])) * of_value(states[v])
        found += left(states[s]) * right(states[o]) + meant(states[v]) * self.gates[about]
        return self.out(gelu(self.hidden(gelu(found))))

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "FactNetwork":
        """Make a network of its arrays."""
        names = ("projections", "context", "hidden", "out")
        projections, context, hidden, out = (linear_of(arrays, f"{name}.{part}") for part in names)
        parts = zip(np.split(projections.weight, STATES, axis=1), np.split(projections.bias, STATES), strict=True)
        ways, about, gates = (matrix_of(arrays, f"{name}.{table}") for table in ("ways", "about", "gates"))
        return cls([Linear(weight, bias) for weight, bias in parts], context, ways, about, gates, hidden, out)


@dataclass(slots=True)
class FactScorer:
    """The networks that say in which status a fact is told, and what a value is to it."""

    status: FactNetwork
    values: FactNetwork

    def answers(self, states: Matrix, indices: NDArray[np.int64]) -> Matrix:
        """Return a row of ``COLUMNS`` for each row of indices (``Placing.indices``) in a window of these states."""
        return np.hstack([log_shares(self.status(states, indices)), self.values(states, indices)])

    @classmethod
    def of(cls, arrays: Arrays) -> "FactScorer":
        """Make a scorer of its arrays. Raises OntologyError where they were learned for other things than these."""
        check_written(arrays, WRITTEN)
        status, values = (FactNetwork.of(arrays, name) for name in NETWORKS)
        return cls(status, values)


@cache
def trained() -> FactScorer:
    """Return the package's scorer of facts."""
    return FactScorer.of(arrays_of("encoder", *(f"{name}." for name in NETWORKS), "written."))


class Heard:
    """What the encoder makes of the facts of one document."""

    def __init__(self, reading: Reading, encoded: Sequence[Encoded], scorer: FactScorer | None = None) -> None:
        self._placing = Placing(reading, (one.window for one in encoded))
        self._states = [one.states for one in encoded]
        self._scorer = scorer or trained()

    def answers(self, every: Sequence[Asked]) -> list[Row]:
        """Return a row of ``COLUMNS`` for each fact; ``NOWHERE`` for what does not stand in one window.

        Numbers are rounded to a hundredth: sums of another machine differ in the last digits, and claims should not.
        """
        found: list[Row] = [[NOWHERE] * len(COLUMNS) for _ in every]
        inside: dict[int, list[int]] = defaultdict(list)
        for n, asked in enumerate(every):
            inside[self._placing.window(asked)].append(n)
        for w, numbers in inside.items():
            if w >= 0:
                indices = np.array([self._placing.indices(every[n]) for n in numbers])
                rows = self._scorer.answers(self._states[w], indices)
                for n, row in zip(numbers, rows.astype(np.float64).round(2).tolist(), strict=True):
                    found[n] = row
        return found

    def status(self, asked: Asked) -> Row:
        """Return the log-probability of each status in which a fact may be told."""
        return self.answers([asked])[0][: len(STATUSES)]

    def values(self, every: Sequence[tuple[Asked, str]]) -> Row:
        """Return the log-odds of each value as the qualifier or attribute of a name."""
        rows = self.answers([asked for asked, _ in every])
        return [row[COLUMN[name]] for row, (_, name) in zip(rows, every, strict=True)]
