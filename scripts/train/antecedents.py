"""Learns which entity a phrase stands for, from what the gold says of segments that do not name it.

A fact whose evidence names only one of its ends must mean the other by a pronoun, a description or a gap: whichever
phrase of the segment may stand for it is an example (distant supervision; Mintz et al., ACL 2009).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.extract.reading import Reading
from kg.extract.reference.antecedents import Track
from kg.extract.reference.coref import describe
from kg.extract.reference.references import gap, phrases
from scripts.train.corpus import Annotated
from scripts.train.forests import Grown, grow

PARAMETERS = {"num_leaves": 15, "learning_rate": 0.06, "min_data_in_leaf": 30, "feature_fraction": 0.6, "lambda_l2": 5}
TREES = 120
GAPS = ("Company", "Facility", "Chip")

Rows = tuple[list[list[float]], list[bool], list[float], list[tuple[Any, ...]]]


def rows_of(document: Annotated, reading: Reading) -> Rows:
    """Return the rows of a document's phrases, whether each candidate is meant, its weight, and (segment, entity)."""
    describe(reading)
    track, names = Track(reading), document.align(reading.entities)
    facts = document.facts()
    rows, right, weights, said = [], [], [], []
    for i, parsed in enumerate(reading.parsed):
        meant = {
            name
            for (s, _, o), spans in facts.items()
            if any(a < parsed.segment.end and b > parsed.segment.start for a, b in spans)
            for name in (s, o)
        }
        if not meant:
            continue
        here = {name.entity for name in parsed.names}
        for phrase in [*phrases(parsed), *(gap(kind) for kind in GAPS)]:
            options = track.rows(i, phrase)
            hits = [names[e] in meant for e, _ in options]
            for (entity, row), hit in zip(options, hits, strict=True):
                rows.append(row)
                right.append(hit)
                weights.append((0.4 if entity in here else 1.0) * (1.0 if any(hits) else 0.5))
                said.append((i, entity, phrase.form, entity in here))
    return rows, right, weights, said


def fit(parts: Sequence[Rows]) -> Grown:
    """Learn from the rows of several documents."""
    rows = np.array([row for part in parts for row in part[0]], dtype=float)
    right = np.array([hit for part in parts for hit in part[1]], dtype=float)
    weights = np.array([w for part in parts for w in part[2]])
    return grow(PARAMETERS, TREES, rows, right, weights)
