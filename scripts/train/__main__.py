"""Learns the weights of the extractor from annotated documents and writes them: ``python -m scripts.train``.

Repeatable to the bit on one kind of processor: fixed seeds and threads, folds by name. The corpus lies beside the
project; without it the weights are learned from the project's own gold alone, which is enough to try it.
"""

import hashlib
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from kg.extract.forest import Forest
from kg.extract.learned import SCALE, Table, as_lines
from kg.extract.naming.names import Model, name_document
from kg.extract.naming.tagger import TYPES
from kg.extract.reading import Reading, read
from scripts.train import antecedents, rank
from scripts.train.corpus import Annotated, fold_of, training
from scripts.train.encoder import Arrays
from scripts.train.names import train_names
from scripts.train.passages import documents as passages
from scripts.train.stories import stories
from scripts.train.written import write_arrays, write_json

NAME_FOLDS = 4
SMALL = 25
"""Parts of ``SCALE`` below which weights of names are left out, if those of all types are."""


def main() -> None:
    """Learn names, antecedents, encoder and ranker, each on what the one before found in documents it did not see."""
    started = time.time()
    whole, told = training(), stories()
    documents = [*whole, *told, *passages()]
    print(f"{len(whole)} documents, {len(documents) - len(whole)} written to learn from", file=sys.stderr)
    folds = [fold_of(d.name, NAME_FOLDS, "n") for d in documents]
    others = ([d for d, f in zip(documents, folds, strict=True) if f != k] for k in range(NAME_FOLDS))
    with ProcessPoolExecutor() as pool:
        all_names, *models = pool.map(train_names, [documents, *others])
    write_names(all_names)
    print(f"names: {time.time() - started:.0f} s", file=sys.stderr)
    readings = [named(d, models[f]) for d, f in zip(documents, folds, strict=True)]
    choosers = antecedents_of(documents[: len(whole) + len(told)], readings, folds)
    read = [rank.read_document(d, r, choosers[f]) for d, r, f in zip(documents, readings, folds, strict=True)]
    print(f"read: {time.time() - started:.0f} s", file=sys.stderr)
    trained, arrays = rank.train_ranker(read, len(whole))
    write_ranker(trained, arrays)
    report(whole, trained)
    print(f"all: {time.time() - started:.0f} s", file=sys.stderr)


def named(document: Annotated, model: Model) -> Reading:
    """Read a document with the names that a model finds."""
    entities, occurrences = name_document(document.text, document.segments, model)
    return read(document.text, document.segments, entities, occurrences)


def antecedents_of(documents: list[Annotated], readings: list[Reading], folds: list[int]) -> list[Forest]:
    """Learn and write the choice of antecedents; return for each fold the one that did not see its documents."""
    rows = [antecedents.rows_of(d, r) for d, r in zip(documents, readings, strict=False)]
    write_json("antecedents", antecedents.fit(rows).trees)
    return [
        antecedents.fit([p for p, f in zip(rows, folds, strict=False) if f != k]).forest() for k in range(NAME_FOLDS)
    ]


def write_names(model: Model) -> None:
    """Write the weights of the names in small parts; features that hardly weigh are left out."""
    found = {"common": as_lines(sorted(model.common))}
    for name, weights in (("first.", model.first), ("second.", model.second)):
        kept = {feature: row for feature, row in sorted(weights.items()) if round(max(map(abs, row)) * SCALE) >= SMALL}
        found |= Table.rounded(kept, len(TYPES) + 1).to_arrays(name)
    write_arrays("names", found)


def write_ranker(trained: rank.Trained, arrays: Arrays) -> None:
    """Write the encoder and the ranker, which knows by a hash that it was learned with this encoder."""
    made = hashlib.sha256(b"".join(arrays[name].tobytes() for name in sorted(arrays))).hexdigest()[:16]
    write_arrays("encoder", {**arrays, "written.made": as_lines([made])})
    write_arrays("words", trained.words.to_arrays())
    write_json("ranker", {**rank.as_json(trained), "encoder": made})


def report(documents: list[Annotated], trained: rank.Trained) -> None:
    """Print what held-out documents say: the best F1, and the recall where precision is .90."""
    total = sum(len(d.facts()) for d in documents)
    ranked = sorted(zip(trained.chances, trained.right, strict=True), key=lambda pair: -pair[0])
    right, best, at90 = 0.0, (0.0, 0.0, 0.0, 0.0), 0.0
    for n, (chance, hit) in enumerate(ranked, 1):
        right += hit
        precision, recall = right / n, right / total
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        best = max(best, (f1, precision, recall, float(chance)))
        if precision >= 0.9:
            at90 = recall
    print(
        "held out: F1 {:.3f}  P {:.3f}  R {:.3f}  at {:.2f};".format(*best),
        f"recall {at90:.3f} at P .90",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
