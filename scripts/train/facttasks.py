"""What the encoder learns of facts: in which status claims are told, what limits them, whose attributes values are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.core.claim import STATUSES
from kg.extract.encoding.windows import Window
from kg.extract.facts.attributes import asked_of_value
from kg.extract.facts.heard import COLUMN, COLUMNS, Asked, Placing, asked_of
from kg.extract.facts.holders import held
from kg.extract.facts.limits import Limits
from scripts.train.cases import Told
from scripts.train.gold import is_held, limits, statuses, wanted_of


@dataclass(slots=True)
class FactTask:
    """The facts of a window: what each is about, and a row each for which columns are asked, and which are right."""

    indices: NDArray[np.int64]
    asked: NDArray[np.float32]
    right: NDArray[np.float32]


Answer = tuple[Asked, str, bool]
"""What is asked, a column that is asked of it, and whether it is right."""


def fact_tasks(one: Told, windows: Sequence[Window]) -> list[FactTask]:
    """Return what is to learn of the facts of each window of a document."""
    placing = Placing(one.proposer.reading, windows)
    inside: dict[int, dict[Asked, list[tuple[str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for asked, column, right in answers(one):
        inside[placing.window(asked)][asked].append((column, right))
    return [_task(placing, inside[n]) for n in range(len(windows))]


def _task(placing: Placing, every: dict[Asked, list[tuple[str, bool]]]) -> FactTask:
    wanted, right = (np.zeros((len(every), len(COLUMNS)), np.float32) for _ in range(2))
    for row, found in enumerate(every.values()):
        for column, hit in found:
            wanted[row, COLUMN[column]] = 1
            right[row, COLUMN[column]] = max(right[row, COLUMN[column]], hit)
    indices = np.array([placing.indices(asked) for asked in every], np.int64).reshape(-1, 9)
    return FactTask(indices, wanted, right)


def answers(one: Told) -> Iterator[Answer]:
    """Yield what the gold answers: statuses of its facts, limits of its relations, values of its entities."""
    for _, asked, known in statuses(one):
        told = min(known, key=STATUSES.index)
        yield from ((asked, status, status == told) for status in STATUSES)
    claims = one.claims()
    for case in one.cases:
        c, wanted = case.candidates[0], wanted_of(one.document, case.records)
        for limit in Limits(c, one.proposer, claims).find():
            yield asked_of(c, (limit.segment, limit.item)), limit.name, limits(wanted, limit)
    for i in range(len(one.proposer.reading.parsed)):
        for h in held(one.proposer, i):
            yield asked_of_value(h), h.name, is_held(one, h)
