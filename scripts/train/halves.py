"""The two encoders that saw only half of the documents each, kept for what is learned with what they say.

``python -m scripts.train`` writes them below ``build``, and ``scripts.train.status`` reads them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kg.extract.encoding import texts
from kg.extract.encoding.texts import Encoded, TextEncoder, made_of
from kg.extract.facts.heard import FactScorer, Heard
from kg.extract.learned import Arrays, as_lines, lines_of
from scripts.train.cases import HeardTold, Told
from scripts.train.corpus import ROOT, fold_of

FOLDER = ROOT / "build" / "halves"

Readers = tuple[tuple[TextEncoder, FactScorer], tuple[TextEncoder, FactScorer]]
"""Both encoders with their scorers of facts; the one of a half's number did not see that half."""


def half_of(name: str) -> int:
    """Return which half a document falls into."""
    return fold_of(name, 2, "e")


def write(halves: Sequence[Arrays], whole: Arrays) -> None:
    """Keep both encoders beside the name of the one that saw all documents."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for n, arrays in enumerate(halves):
        written: dict[str, Any] = {**arrays, "whole": as_lines([made_of(whole)])}
        np.savez(FOLDER / f"{n}.npz", **written)


def kept() -> Readers:
    """Return the encoders that were kept. Ends the program where these do not go with the package's encoder."""
    return readers([_arrays(n) for n in (0, 1)])


def readers(halves: Sequence[Arrays]) -> Readers:
    """Return both encoders, made of their arrays."""
    one, other = ((TextEncoder.of(arrays), FactScorer.of(arrays)) for arrays in halves)
    return one, other


def _arrays(n: int) -> Arrays:
    path = FOLDER / f"{n}.npz"
    if path.exists():
        with np.load(path) as data:
            found = dict(data)
        if lines_of(found["whole"]) == [texts.trained().made]:
            return found
    wanted = "no encoder of half the documents that goes with weights/encoder.npz"
    raise SystemExit(f"{path}: {wanted}; run: python -m scripts.train")


def hear(
    told: Sequence[Told], both: Readers, encoded: Sequence[Sequence[Encoded]] | None = None
) -> Iterator[HeardTold]:
    """Yield documents with what the encoder that did not see each makes of its facts, and has made of its text."""
    for n, one in enumerate(told):
        encoder, scorer = both[half_of(one.document.name)]
        states = encoded[n] if encoded else encoder.encode(one.document.text, one.document.segments)
        heard = Heard(one.proposer.reading, states, scorer)
        yield HeardTold(one.document, one.proposer, one.names, one.fold, one.weight, cases=one.cases, heard=heard)
