"""An encoder small enough for tests: its pieces are single letters, its numbers come from a seed; and texts for it."""

import string
from collections.abc import Iterable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.core.claim import STATUSES
from kg.extract.encoding.texts import LABELS, TextEncoder
from kg.extract.encoding.texts import WRITTEN as OF_TEXTS
from kg.extract.encoding.windows import LENGTH
from kg.extract.encoding.wordpiece import CLS, INNER, MASK, SEP, UNKNOWN
from kg.extract.facts.heard import ABOUT, COLUMNS, STATES, WAYS, FactScorer, Heard
from kg.extract.facts.heard import WRITTEN as OF_FACTS
from kg.extract.proposing.candidates import PREDICATES
from kg.extract.ranking.pairs import HOWS, RANKS
from kg.extract.ranking.pairs import WRITTEN as OF_PAIRS
from kg.extract.reading import TYPES, Reading

SIZE, WIDE, PAIR, FACT = 24, 48, 8, 6
"""Numbers of a piece, within a layer, of a pair, and of a fact."""

_LETTERS = string.ascii_lowercase + string.digits
PIECES = [CLS, SEP, MASK, UNKNOWN, *_LETTERS, *(INNER + c for c in _LETTERS), *".,'$()-"]

Arrays = dict[str, NDArray[Any]]


def lines(words: Iterable[str]) -> NDArray[np.uint8]:
    """Return words as arrays hold them."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def arrays(layers: int = 1, seed: int = 0) -> Arrays:
    """Return what a trained encoder would be written as, with numbers that nobody learned."""
    numbers = np.random.default_rng(seed)
    written = {**OF_TEXTS, **OF_PAIRS, **OF_FACTS, "pieces": PIECES}
    found: Arrays = {f"written.{name}": lines(words) for name, words in written.items()}

    def table(name: str, rows: int, size: int) -> None:
        found[name] = numbers.normal(0, 0.3, (rows, size)).astype(np.float16)

    def linear(name: str, rows: int, columns: int) -> None:
        found[f"{name}.weight"] = numbers.integers(-127, 128, (rows, columns)).astype(np.int8)
        found[f"{name}.scale"] = numbers.uniform(0.001, 0.006, columns).astype(np.float16)
        found[f"{name}.bias"] = numbers.normal(0, 0.3, columns).astype(np.float16)

    def norm(name: str) -> None:
        found[f"{name}.weight"] = numbers.uniform(0.5, 1.5, SIZE).astype(np.float16)
        found[f"{name}.bias"] = numbers.normal(0, 0.3, SIZE).astype(np.float16)

    found["pieces"] = numbers.integers(-127, 128, (len(PIECES), SIZE)).astype(np.int8)
    found["pieces.scale"] = numbers.uniform(0.005, 0.01, len(PIECES)).astype(np.float16)
    table("positions", LENGTH, SIZE)
    norm("norm")
    for n in range(layers):
        linear(f"layers.{n}.query_key_value", SIZE, 3 * SIZE)
        linear(f"layers.{n}.attention_output", SIZE, SIZE)
        linear(f"layers.{n}.feed_forward_in", SIZE, WIDE)
        linear(f"layers.{n}.feed_forward_out", WIDE, SIZE)
        norm(f"layers.{n}.attention_norm")
        norm(f"layers.{n}.feed_forward_norm")
    linear("labels", SIZE, len(LABELS))
    linear("pairs.projections", SIZE, 6 * PAIR)
    linear("pairs.context", SIZE, PAIR)
    table("pairs.hows", 2 * len(HOWS) * RANKS, PAIR)
    table("pairs.types", 2 * len(TYPES), PAIR)
    linear("pairs.hidden", PAIR, PAIR)
    linear("pairs.out", PAIR, len(PREDICATES))
    for network, answers in (("status", len(STATUSES)), ("values", len(COLUMNS) - len(STATUSES))):
        linear(f"{network}.projections", SIZE, STATES * FACT)
        linear(f"{network}.context", SIZE, FACT)
        table(f"{network}.ways", 2 * WAYS, FACT)
        table(f"{network}.about", len(ABOUT), FACT)
        table(f"{network}.gates", len(ABOUT), FACT)
        linear(f"{network}.hidden", FACT, FACT)
        linear(f"{network}.out", FACT, answers)
    return found


ENCODER = TextEncoder.of(arrays())
ROUNDED = 0.011
"""How far apart the same answer may lie: it is rounded to a hundredth, and may fall on either side."""


def heard_by_small(reading: Reading) -> Heard:
    """Return a text's facts as this encoder hears them."""
    return Heard(reading, ENCODER.encode(reading.text, reading.segments), FactScorer.of(arrays()))


_WORDS = (
    "Tarn Cloud|Osprey Group|Gorse Field|Sedge Mill|Denver|H100|Quillon|Ines Farrow|leases|builds|its campus|it|they|"
    "the company|we|who|which|said|and|from|with|300 MW|$5 billion|in 2026|,|Zürich|&"
).split("|")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return sentences that mean nothing, some of them longer than a window."""
    sentences = draw(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12), max_size=8))
    times = draw(st.lists(st.sampled_from([1, 2, 6]), min_size=len(sentences), max_size=len(sentences)))
    ends = draw(st.lists(st.sampled_from([". ", ".\n\n"]), min_size=len(sentences), max_size=len(sentences)))
    return "".join(
        f"So {' '.join(words * often)}{end}" for words, often, end in zip(sentences, times, ends, strict=True)
    )
