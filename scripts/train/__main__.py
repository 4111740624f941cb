"""Learns the weights of the extractor from annotated documents and writes them: ``python -m scripts.train``.

Repeatable to the bit: fixed seeds, one thread, folds by name. The corpus lies beside the project; without it the
weights are learned from the project's own gold alone, which is enough to try it.
"""

import json
import sys
import time

from kg.extract.names import Model, name_document
from kg.extract.reading import read
from scripts.train import rank
from scripts.train.corpus import ROOT, Annotated, fold_of, training
from scripts.train.names import train_names

WEIGHTS = ROOT / "kg" / "extract" / "weights"
NAME_FOLDS = 4
SCALE = 100


def main() -> None:
    """Learn names, then the ranker on names that were found by models which did not see the document."""
    started = time.time()
    documents = training()
    print(f"{len(documents)} documents", file=sys.stderr)
    models = [train_names([d for d in documents if fold_of(d.name, NAME_FOLDS, "n") != k]) for k in range(NAME_FOLDS)]
    print(f"names, cross-fitted: {time.time() - started:.0f} s", file=sys.stderr)
    model = train_names(documents)
    write_names(model)
    print(f"names: {time.time() - started:.0f} s", file=sys.stderr)
    readings = [read_with(d, models[fold_of(d.name, NAME_FOLDS, "n")]) for d in documents]
    trained = rank.train_ranker(readings)
    (WEIGHTS / "ranker.json").write_text(dump(rank.as_json(trained.ranker)), encoding="utf-8")
    report(documents, trained)
    print(f"all: {time.time() - started:.0f} s", file=sys.stderr)


def read_with(document: Annotated, model: Model) -> rank.ReadDocument:
    """Read a document with the names that a model finds."""
    entities, occurrences = name_document(document.text, document.segments, model)
    return rank.read_document(document, read(document.text, document.segments, entities, occurrences))


def write_names(model: Model) -> None:
    """Write the weights of the names as whole hundredths; features that hardly weigh are left out."""

    def small(weights: dict[str, list[float]]) -> dict[str, list[int]]:
        rows = {f: [round(v * SCALE) for v in row] for f, row in sorted(weights.items())}
        return {f: row for f, row in rows.items() if max(map(abs, row)) >= SCALE // 4}

    data = {
        "scale": SCALE,
        "common": sorted(model.common),
        "first": small(dict(model.first)),
        "second": small(dict(model.second)),
    }
    (WEIGHTS / "names.json").write_text(dump(data), encoding="utf-8")


def dump(data: dict) -> str:
    """Return JSON with a line a key, so that a change shows as one."""
    return json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


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
