"""What the words near a value tell: which entity has it, as which attribute."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.extract.facts.holders import ATTRIBUTES, Held
from kg.extract.learned import SCALE, Arrays, Table
from kg.extract.proposing.candidates import Argument
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.features import Row
from kg.extract.ranking.lexical import Surroundings
from kg.extract.ranking.wordscores import WordWeights

_NUMBER = {name: n for n, name in enumerate(ATTRIBUTES)}


class NearWords:
    """The features of the words near the values of a document."""

    def __init__(self, proposer: Proposer) -> None:
        self._reading = proposer.reading
        self._around: dict[int, Surroundings] = {}
        self._places: dict[tuple[int, int], Argument] = {}

    def features(self, h: Held) -> list[str]:
        """Return what joins a value to an entity that may have it."""
        place = h.segment, h.item
        if h.segment not in self._around:
            self._around[h.segment] = Surroundings(self._reading, h.segment)
        if place not in self._places:
            self._places[place] = Argument(-1, h.item)
        return self._around[h.segment].of_pair(h.argument, self._places[place])


@dataclass(frozen=True, slots=True)
class ValueWords:
    """Learned weights of the words near values, and what is said where there are none."""

    weights: WordWeights
    bias: float

    def rows(self, proposer: Proposer, options: Sequence[Held]) -> list[Row]:
        """Return what words make of each value with each holder, as log-odds: in all, then by group."""
        near = NearWords(proposer)
        found = [self.weights.of_one(near.features(h), _NUMBER[h.name]) for h in options]
        return [[self.bias + sum(parts), *parts] for parts in found]

    def to_arrays(self) -> dict[str, Any]:
        """Return the weights as they are written."""
        return {**self.weights.table.to_arrays(), "bias": round(self.bias * SCALE)}

    @classmethod
    def of(cls, arrays: Arrays) -> "ValueWords":
        """Make them of their arrays."""
        return cls(WordWeights.of(Table.of(arrays)), float(arrays["bias"]) / SCALE)
