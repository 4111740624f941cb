"""What the encoder learns from: windows of annotated documents with the names, pairs and facts in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kg.extract.encoding.texts import LABELS
from kg.extract.encoding.windows import Pieces, Window, windows
from kg.extract.encoding.wordpiece import WordPieces
from kg.extract.proposing.candidates import PREDICATES
from kg.extract.ranking.pairs import Pair, Placed, pair_of, placed
from scripts.train.cases import Told
from scripts.train.facttasks import FactTask, fact_tasks
from scripts.train.names import gold_spans
from scripts.train.rank import Example, ReadDocument

NOT_ASKED = -1
"""The label of pieces that nothing is asked of."""


@dataclass(slots=True)
class Task:
    """A window: the label of each piece, the names in it, its pairs and its facts.

    A pair has its indices, and a row each for which predicates are asked, and which are right.
    """

    document: int
    window: Window
    labels: NDArray[np.int64]
    names: list[Pieces]
    indices: NDArray[np.int64]
    asked: NDArray[np.float32]
    right: NDArray[np.float32]
    facts: FactTask


def tasks(
    documents: Sequence[ReadDocument], told: Sequence[Told], data: Sequence[Example], pieces: WordPieces
) -> list[Task]:
    """Return the windows of documents, of which each is read and told; ``data`` has all candidates in order."""
    by_segment = {place: [*members] for place, members in groupby(data, lambda e: (e.document, e.candidate.segment))}
    found = []
    for number, (document, one) in enumerate(zip(documents, told, strict=True)):
        reading = document.proposer.reading
        gold, at = gold_spans(document.annotated), 0
        cut = [*windows(reading.text, reading.segments, pieces)]
        for place, facts in zip(placed(reading, cut), fact_tasks(one, cut), strict=True):
            inside = [by_segment.get((number, at + n), []) for n in range(place.window.segments)]
            at += place.window.segments
            found.append(_task(number, place, inside, gold, facts))
    return found


def _task(
    number: int, place: Placed, inside: list[list[Example]], gold: dict[tuple[int, int], str], facts: FactTask
) -> Task:
    rows: dict[tuple[int, Pair], int] = {}
    places = []
    for n, examples in enumerate(inside):
        for e in examples:
            row = rows.setdefault((n, pair_of(e.candidate)), len(rows))
            places.append((row, PREDICATES.index(e.candidate.predicate), e.right))
    asked, right = (np.zeros((len(rows), len(PREDICATES)), np.float32) for _ in range(2))
    for row, column, hit in places:
        asked[row, column] = 1
        right[row, column] = max(right[row, column], hit)
    indices = np.array([place.indices(n, pair) for n, pair in rows], np.int64).reshape(-1, 10)
    named = [(o.start, o.end) for parsed in place.parsed for o in parsed.names]
    labels = labels_of(place.window, gold, named)
    names = [place.window.place(*span) for span in named]
    return Task(number, place.window, labels, names, indices, asked, right, facts)


def labels_of(window: Window, gold: dict[tuple[int, int], str], named: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Return the label of each piece. Nothing is asked of names that the gold, which has no use for them, leaves out.

    Nor is anything of pieces that continue a word.
    """
    of_word = np.zeros(len(window.starts), np.int64)
    for start, end in named:
        if not any(a < end and z > start for a, z in gold):
            of_word[window.words(start, end)] = NOT_ASKED
    for (start, end), kind in gold.items():
        of_word[window.words(start, end)] = LABELS.index(f"I-{kind}")
        of_word[window.words(start, start + 1)] = LABELS.index(f"B-{kind}")
    labels = np.full(len(window.pieces), NOT_ASKED, np.int64)
    labels[window.firsts] = of_word
    return labels
