"""Learns and measures status and attributes by themselves, names and relations given.

``python -m scripts.train.facts`` prints what models make of documents that they did not see; ``--errors KIND`` lists
what is wrong (status, attributes), each with its sentence; ``--write`` writes the weights. The encoders
that saw half of the documents each must lie in ``build/halves``, where ``python -m scripts.train`` leaves them.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.core.claim import STATUSES
from kg.extract.encoding import texts
from kg.extract.facts.nearwords import ValueWords
from kg.extract.learned import SCALE, Table, as_lines
from scripts.train import fitting
from scripts.train.callings import callings
from scripts.train.cases import FOLDS, REAL, HeardTold, tell
from scripts.train.corpus import training
from scripts.train.halves import Readers, hear, kept
from scripts.train.moods import moods
from scripts.train.passages import documents as passages
from scripts.train.stories import stories
from scripts.train.tally import Tally
from scripts.train.valuewords import value_words
from scripts.train.written import write_arrays, write_json

ALWAYS = -1
"""The fold of documents that are always learned from and never judged."""


@dataclass(slots=True)
class Learned:
    """What was learned of facts: from what, and by all of it; the first ``judged`` documents are texts by others."""

    told: list[HeardTold]
    judged: int
    statuses: fitting.StatusExamples
    words: ValueWords
    attributes: fitting.Attributes


def learn(readers: Readers) -> Learned:
    """Learn what decides status and attributes, beside encoders that did not see the documents."""
    whole = training()
    told = [*hear(tell([*whole, *stories(), *passages(), *callings()]), readers)]
    told[: len(whole)] = [replace(one, weight=REAL) for one in told[: len(whole)]]
    plain = [replace(one, fold=ALWAYS) for one in hear(tell(moods()), readers)]
    statuses, words = fitting.status_examples([*told, *plain]), value_words(told)
    attributes = fitting.fit_attributes(told, fitting.held_examples(told, words.without), words.without)
    return Learned(told, len(whole), statuses, words.all, attributes)


def write(learned: Learned, encoder: str) -> None:
    """Write the weights beside those of the ranker, with the name of the encoder that they go with."""
    status, beside = fitting.fit_status(learned.statuses), {"encoder": as_lines([encoder])}
    cues = Table.rounded(dict(sorted(status.weights.items())), len(STATUSES))
    bias, trust = (np.round(np.array(rows) * SCALE).astype(np.int16) for rows in (status.bias, status.trust))
    first, second = learned.attributes.first.trees, learned.attributes.second.trees
    write_arrays("status", {"bias": bias, "trust": trust, **cues.to_arrays("cues."), **beside})
    write_json("attributes", {"first": first, "second": second, "encoder": encoder})
    write_arrays("attributes", {**learned.words.to_arrays(), **beside})


def measure(learned: Learned, judged: Sequence[HeardTold]) -> tuple[Tally, list[tuple[str, str]]]:
    """Return how much is right by models that did not see a document, and what is wrong."""
    wrong: list[tuple[str, str]] = []
    tally = Tally()
    for k in range(FOLDS):
        status = fitting.fit_status(learned.statuses, k)
        for one in judged:
            if one.fold == k:
                wrong += tally.judge(one, status, learned.attributes.models[k])
    return tally, wrong


def main() -> None:
    """Learn, measure on documents held out, and print or write what is asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--errors", choices=("status", "attributes"), help="list what is wrong")
    parser.add_argument("--some", type=int, default=60, help="how many errors to list")
    parser.add_argument("--all", action="store_true", help="measure on what was written to learn from, too")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    started = time.time()
    learned = learn(kept())
    print(f"learned: {time.time() - started:.0f} s", file=sys.stderr)
    if options.write:
        write(learned, texts.trained().made)
    tally, wrong = measure(learned, learned.told if options.all else learned.told[: learned.judged])
    print(*tally.lines(), sep="\n")
    listed = [line for kind, line in wrong if kind == options.errors]
    print(*listed[:: max(1, len(listed) // options.some)], sep="\n")
    print(f"all: {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
