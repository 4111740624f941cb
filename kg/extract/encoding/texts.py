"""A document as the encoder reads it: a state for each word piece, and what is likely named where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from kg.exceptions import OntologyError
from kg.extract.encoding.encoder import Encoder, Linear, Matrix, linear_of
from kg.extract.encoding.windows import LENGTH, Window, windows
from kg.extract.encoding.wordpiece import WordPieces
from kg.extract.learned import Arrays, arrays_of, lines_of
from kg.extract.reading import TYPES
from kg.text.segment import Segment

LABELS = ("O", *(f"B-{name}" for name in TYPES), *(f"I-{name}" for name in TYPES))
"""What a word is: in no name, the first word of a name of a type, or a later one (Ramshaw and Marcus 1995)."""

WRITTEN = {"labels": LABELS, "length": (str(LENGTH),)}
"""What columns and rows of the arrays stand for, as it is written beside them."""

LEAST = -8.0
"""The smallest log-probability of a label: further down all are as unlikely."""


@dataclass(slots=True)
class Encoded:
    """A window, and the state of each of its pieces."""

    window: Window
    states: Matrix


Hints = Mapping[int, Sequence[float]]
"""By the offset of a word the log-probabilities of its labels."""


@dataclass(slots=True)
class TextEncoder:
    """Cuts text into pieces, encodes them, and says what is likely named where."""

    pieces: WordPieces
    encoder: Encoder
    labels: Linear
    made: str
    """A hash of what was learned, by which all that was learned with the encoder knows it."""

    def encode(self, text: str, segments: Sequence[Segment]) -> list[Encoded]:
        """Return the windows of a document with their states."""
        return [Encoded(window, self.encoder(window.pieces)) for window in windows(text, segments, self.pieces)]

    def hints(self, encoded: Iterable[Encoded]) -> dict[int, list[float]]:
        """Return the log-probabilities of the labels of each word, rounded to a tenth."""
        return {offset: row for one in encoded for offset, row in self._of_window(one)}

    def _of_window(self, one: Encoded) -> Iterator[tuple[int, list[float]]]:
        if one.window.firsts:
            found = log_shares(self.labels(one.states[one.window.firsts]))
            yield from zip(one.window.starts, found.astype(np.float64).round(1).tolist(), strict=True)

    @classmethod
    def of(cls, arrays: Arrays) -> "TextEncoder":
        """Make one of its arrays. Raises OntologyError where they were learned for other things than these."""
        check_written(arrays, WRITTEN)
        pieces = WordPieces(_written(arrays, "pieces"))
        return cls(pieces, Encoder.of(arrays), linear_of(arrays, "labels"), made_of(arrays))


def log_shares(x: Matrix) -> Matrix:
    """Return the logarithm of each number's share in its row (softmax), no less than ``LEAST``."""
    x = x - x.max(axis=1, keepdims=True)
    found: Matrix = np.maximum(x - np.log(np.exp(x).sum(axis=1, keepdims=True)), np.float32(LEAST))
    return found


def check_written(arrays: Arrays, expected: Mapping[str, Sequence[str]]) -> None:
    """Raise OntologyError if arrays were learned for other things than those expected."""
    if any(_written(arrays, name) != [*lines] for name, lines in expected.items()):
        raise OntologyError("weights/encoder.npz was learned for other things; run: python scripts/dev.py train")


def made_of(arrays: Arrays) -> str:
    """Return the hash of an encoder's arrays; "" if there is none."""
    return "".join(_written(arrays, "made"))


def _written(arrays: Arrays, name: str) -> list[str]:
    return lines_of(arrays[f"written.{name}"]) if f"written.{name}" in arrays else []


def check_beside(file: str, made: object) -> None:
    """Raise OntologyError if a file of weights was learned beside another encoder than the package's.

    ``made`` is the encoder's name that the file holds, as an array or as text; None if it holds none.
    """
    if isinstance(made, np.ndarray):
        made = "".join(lines_of(made))
    if made != trained().made:
        raise OntologyError(f"weights/{file} was learned beside another encoder; run: python scripts/dev.py train")


@cache
def trained() -> TextEncoder:
    """Return the package's encoder of texts."""
    return TextEncoder.of(arrays_of("encoder"))
