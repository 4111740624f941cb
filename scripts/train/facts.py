"""Learns and measures status, qualifiers and attributes by themselves, names and relations given.

``python -m scripts.train.facts`` prints what models make of documents that they did not see; ``--errors KIND`` lists
what is wrong (status, qualifiers, attributes), each with its sentence; ``--write`` writes the weights.
"""

import argparse
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np

from kg.core.claim import STATUSES
from kg.extract.facts.status import StatusModel
from kg.extract.learned import SCALE, Table
from scripts.train import fitting
from scripts.train.callings import callings
from scripts.train.cases import FOLDS, tell
from scripts.train.corpus import training
from scripts.train.moods import moods
from scripts.train.passages import documents as passages
from scripts.train.stories import stories
from scripts.train.tally import Tally
from scripts.train.valuewords import value_words
from scripts.train.written import write_arrays, write_json

ALWAYS = -1
"""The fold of documents that are always learned from and never judged."""

REAL = 4.0
"""How much a text by others counts; one that was written to learn from counts 1."""


def main() -> None:
    """Learn, measure on documents held out, and print or write what is asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--errors", choices=("status", "qualifiers", "attributes"), help="list what is wrong")
    parser.add_argument("--some", type=int, default=60, help="how many errors to list")
    parser.add_argument("--all", action="store_true", help="measure on what was written to learn from, too")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    started = time.time()
    whole = training()
    told = tell([*whole, *stories(), *passages(), *callings()])
    told[: len(whole)] = [replace(one, weight=REAL) for one in told[: len(whole)]]
    print(f"{len(told)} documents read: {time.time() - started:.0f} s", file=sys.stderr)
    statuses = fitting.status_examples([*told, *(replace(one, fold=ALWAYS) for one in tell(moods()))])
    limits = fitting.limit_examples(told)
    words = value_words(told)
    held = fitting.held_examples(told, words.without)
    forest, cuts = fitting.fit_qualifiers(limits, sum(len(one.cases) for one in told[: len(whole)]))
    known = fitting.fit_attributes(told, held, words.without)
    print(f"learned: {time.time() - started:.0f} s", file=sys.stderr)
    if options.write:
        write(fitting.fit_status(statuses), forest.trees, cuts, known)
        write_arrays("attributes", words.all.to_arrays())
    judged = told if options.all else told[: len(whole)]
    wrong: list[tuple[str, str]] = []
    tally = Tally()
    for k in range(FOLDS):
        models = (
            fitting.fit_status(statuses, k),
            fitting.qualifier_model(limits, cuts, k),
            known.models[k],
        )
        for one in judged:
            if one.fold == k:
                wrong += tally.judge(one, *models)
    print(*tally.lines(), sep="\n")
    listed = [line for kind, line in wrong if kind == options.errors]
    print(*listed[:: max(1, len(listed) // options.some)], sep="\n")
    print(f"all: {time.time() - started:.0f} s", file=sys.stderr)


def write(status: StatusModel, trees: list[Any], cuts: dict[str, float], known: fitting.Attributes) -> None:
    """Write the weights beside those of the ranker."""
    cues = Table.rounded(dict(sorted(status.weights.items())), len(STATUSES))
    bias = np.round(np.array(status.bias) * SCALE).astype(np.int16)
    write_arrays("status", {"bias": bias, **cues.to_arrays("cues.")})
    write_json("qualifiers", {"cuts": cuts, "forest": trees})
    write_json("attributes", {"first": known.first.trees, "second": known.second.trees})


if __name__ == "__main__":
    main()
