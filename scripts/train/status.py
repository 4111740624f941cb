"""Learns in which status facts are told, from gold relations and attributes with their names given.

``python -m scripts.train.status`` prints what models make of documents that they did not see; ``--errors`` lists what
is wrong, each with its sentence; ``--write`` writes the weights. The encoders that saw half of the documents each must
lie in ``build/halves``, where ``python -m scripts.train`` leaves them.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from kg.core.claim import STATUSES
from kg.extract.encoding import texts
from kg.extract.facts.cues import cues
from kg.extract.facts.status import StatusModel
from kg.extract.learned import SCALE, Table, as_lines
from scripts.train.cases import FOLDS, REAL, HeardTold, tell
from scripts.train.corpus import training
from scripts.train.gold import statuses
from scripts.train.halves import Readers, hear, kept
from scripts.train.moods import moods
from scripts.train.passages import documents as passages
from scripts.train.stories import stories
from scripts.train.tally import Tally
from scripts.train.written import write_arrays

ALWAYS = -1
"""The fold of documents that are always learned from and never judged."""
RARE = 4
STRENGTH = 0.1
SMALL = 0.06


@dataclass(slots=True)
class Examples:
    """The cues of every gold fact, what the encoder makes of each status, and the status as a number."""

    cues: list[frozenset[str]] = field(default_factory=list)
    heard: list[list[float]] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)


def examples(told: Sequence[HeardTold], readers: Readers, judged: int) -> Examples:
    """Return the cues and statuses of all gold relations and attributes, and of plain sentences made for them.

    The first ``judged`` documents are texts by others.
    """
    real = [replace(one, weight=REAL) for one in told[:judged]]
    plain = [replace(one, fold=ALWAYS) for one in hear(tell(moods()), readers)]
    found = Examples()
    for one in [*real, *told[judged:], *plain]:
        for c, asked, known in statuses(one):
            found.cues.append(cues(c, one.proposer))
            found.heard.append(one.heard.status(asked))
            found.status.append(min(STATUSES.index(s) for s in known))
            found.fold.append(one.fold)
            found.weight.append(one.weight)
    return found


def fit(data: Examples, without: int | None = None) -> StatusModel:
    """Learn what each cue weighs, and what the encoder's answers do, on all folds but one."""
    kept = [n for n, fold in enumerate(data.fold) if fold != without]
    counts = Counter(cue for n in kept for cue in data.cues[n])
    index = {cue: n for n, cue in enumerate(sorted(cue for cue, count in counts.items() if count >= RARE))}
    rows, columns = [], []
    for row, n in enumerate(kept):
        for cue in sorted(data.cues[n]):
            if cue in index:
                rows.append(row)
                columns.append(index[cue])
    matrix = hstack(
        [
            csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(kept), len(index))),
            csr_matrix(np.array([data.heard[n] for n in kept])),
        ]
    ).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=150)
    model.fit(matrix, [data.status[n] for n in kept], sample_weight=[data.weight[n] for n in kept])
    table = np.zeros((len(STATUSES), len(index) + len(STATUSES)))
    bias = np.full(len(STATUSES), -9.0)
    for row, status in enumerate(model.classes_):
        table[status], bias[status] = model.coef_[row], model.intercept_[row]
    weights = {
        cue: tuple(round(float(v), 2) for v in table[:, n]) for cue, n in index.items() if np.ptp(table[:, n]) >= SMALL
    }
    trust = [[round(float(v), 2) for v in row] for row in table[:, len(index) :]]
    return StatusModel(tuple(round(float(v), 2) for v in bias), weights, trust)


def write(data: Examples, encoder: str) -> None:
    """Learn from all examples, and write the weights with the name of the encoder that they go with."""
    status, beside = fit(data), {"encoder": as_lines([encoder])}
    weights = Table.rounded(dict(sorted(status.weights.items())), len(STATUSES))
    bias, trust = (np.round(np.array(rows) * SCALE).astype(np.int16) for rows in (status.bias, status.trust))
    write_arrays("status", {"bias": bias, "trust": trust, **weights.to_arrays("cues."), **beside})


def measure(data: Examples, judged: Sequence[HeardTold]) -> tuple[Tally, list[str]]:
    """Return how much is right by models that did not see a document, and what is wrong."""
    wrong: list[str] = []
    tally = Tally()
    for k in range(FOLDS):
        model = fit(data, k)
        for one in judged:
            if one.fold == k:
                wrong += tally.judge(one, model)
    return tally, wrong


def main() -> None:
    """Learn, measure on documents held out, and print or write what is asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument("--some", type=int, default=60, help="how many errors to list")
    parser.add_argument("--all", action="store_true", help="measure on what was written to learn from, too")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    started, readers = time.time(), kept()
    whole = training()
    told = [*hear(tell([*whole, *stories(), *passages()]), readers)]
    data = examples(told, readers, len(whole))
    print(f"read: {time.time() - started:.0f} s", file=sys.stderr)
    if options.write:
        write(data, texts.trained().made)
    tally, wrong = measure(data, told if options.all else told[: len(whole)])
    print(*tally.lines(), sep="\n")
    if options.errors:
        print(*wrong[:: max(1, len(wrong) // options.some)], sep="\n")
    print(f"all: {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
