"""What the words around candidates weigh: sums of learned weights, for each predicate and by group of features."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned import SCALE, Table
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.ranking.features import Row
from kg.extract.ranking.lexical import GROUPS, Surroundings, group

_NUMBER = {predicate: n for n, predicate in enumerate(PREDICATES)}


@dataclass(slots=True)
class WordWeights:
    """The weights of the features of words: a row each, with a weight for each thing that is said, such as a predicate.

    Sums are of whole numbers, and so exact.
    """

    table: Table
    groups: NDArray[np.float32]
    """A row for each feature, with 1 in the column of its group."""

    def of_all(self, features: Iterable[str]) -> list[Row]:
        """Return for each thing that may be said what features weigh, by group."""
        known = self._known(features)
        found = self.table.rows[known].T.astype(np.float32) @ self.groups[known]
        rows: list[Row] = (found.astype(np.float64) / SCALE).tolist()
        return rows

    def of_one(self, features: Iterable[str], column: int) -> Row:
        """Return what features weigh for one thing, by group; this is much quicker than for all."""
        known = self._known(features)
        found = self.table.rows[known, column].astype(np.float32) @ self.groups[known]
        row: Row = (found.astype(np.float64) / SCALE).tolist()
        return row

    def _known(self, features: Iterable[str]) -> list[int]:
        return [number for number in map(self.table.numbers.get, features) if number is not None]

    @classmethod
    def of(cls, table: Table) -> "WordWeights":
        """Make them of a table of features."""
        groups = np.eye(len(GROUPS), dtype=np.float32)[[group(feature) for feature in table.numbers]]
        return cls(table, groups.reshape(-1, len(GROUPS)))


class WordScores:
    """What the words of a segment make of its candidates; what candidates of one pair share is summed up once."""

    def __init__(self, words: WordWeights, bias: float, around: Surroundings) -> None:
        self._words = words
        self._bias = bias
        self._around = around
        self._pairs: dict[tuple[Argument, Argument], list[Row]] = {}
        self._triggers: dict[Hashable, Row] = {}

    def row(self, c: Candidate) -> Row:
        """Return the log-odds of a candidate: in all, then by group of features."""
        at = _NUMBER[c.predicate]
        pair, trigger = (c.subject, c.object), (at, self._around.trigger_key(c))
        if pair not in self._pairs:
            self._pairs[pair] = self._words.of_all(self._around.of_pair(*pair))
        if trigger not in self._triggers:
            self._triggers[trigger] = self._words.of_one(self._around.of_trigger(c), at)
        parts = [a + b for a, b in zip(self._pairs[pair][at], self._triggers[trigger], strict=True)]
        return [self._bias + sum(parts), *parts]
