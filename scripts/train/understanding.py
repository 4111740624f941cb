"""Reads documents to learn from, each with names and antecedents learned from others."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from kg.extract.encoding.texts import Hints
from kg.extract.naming.names import Model, name_document
from kg.extract.reading import Reading, read
from scripts.train.antecedents import Rows, fit, rows_of
from scripts.train.corpus import Annotated, fold_of
from scripts.train.names import train_names
from scripts.train.rank import ReadDocument, read_document

FOLDS = 4


@dataclass(slots=True)
class Understood:
    """Documents as they are read, and what antecedents are learned from."""

    documents: list[ReadDocument]
    antecedents: list[Rows]


def understand(documents: Sequence[Annotated], told: int, hints: Sequence[Hints]) -> Understood:
    """Read each document with names and antecedents learned without its fold.

    The first ``told`` documents tell whole stories, from which antecedents can be learned. ``hints`` are what an
    encoder that did not see a document makes of its words.
    """
    folds = [fold_of(d.name, FOLDS, "n") for d in documents]
    parts = [[n for n, fold in enumerate(folds) if fold != k] for k in range(FOLDS)]
    chosen = ([documents[n] for n in part] for part in parts)
    hinted = ([hints[n] for n in part] for part in parts)
    with ProcessPoolExecutor() as pool:
        models = [*pool.map(train_names, chosen, hinted)]
    readings = [_named(d, h, models[f]) for d, h, f in zip(documents, hints, folds, strict=True)]
    rows = [rows_of(d, r) for d, r in zip(documents[:told], readings, strict=False)]
    choosers = [fit([row for row, f in zip(rows, folds, strict=False) if f != k]).forest() for k in range(FOLDS)]
    found = [read_document(d, r, choosers[f]) for d, r, f in zip(documents, readings, folds, strict=True)]
    return Understood(found, rows)


def _named(document: Annotated, hints: Hints, model: Model) -> Reading:
    entities, occurrences = name_document(document.text, document.segments, hints, model)
    return read(document.text, document.segments, entities, occurrences)
