"""A text as it is encoded: a state for each piece, and for each word how likely it is part of which name."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exceptions import OntologyError
from kg.extract.encoding.texts import LABELS, LEAST, TextEncoder, log_shares, trained
from kg.extract.encoding.windows import LENGTH
from kg.extract.encoding.wordpiece import CLS, MASK, SEP, UNKNOWN
from kg.extract.grammar.tokens import tokenize
from kg.extract.learned import arrays_of
from kg.extract.reading import TYPES
from kg.text.segment import segments
from tests.extract.encoding_small import ENCODER, arrays, lines, texts

few = settings(max_examples=25)


@few
@given(texts())
def test_each_word_that_is_read_has_the_chances_of_its_labels(text: str) -> None:
    encoded = ENCODER.encode(text, segments(text))
    hints = ENCODER.hints(encoded)
    starts = {t.start for s in segments(text) if s.kind != "aside" for t in tokenize(text, s.start, s.end)}
    assert starts >= {*hints}
    if all(len(one.window.pieces) < LENGTH for one in encoded):
        assert starts == {*hints}
    for row in hints.values():
        assert len(row) == len(LABELS)
        assert all(LEAST <= value <= 0 and round(value, 1) == value for value in row)
        assert max(row) >= round(-math.log(len(LABELS)), 1)


@few
@given(texts())
def test_a_window_has_a_state_for_each_piece_the_same_each_time(text: str) -> None:
    once, again = (ENCODER.encode(text, segments(text)) for _ in range(2))
    assert [len(one.states) for one in once] == [len(one.window.pieces) for one in once]
    assert all(np.array_equal(one.states, other.states) for one, other in zip(once, again, strict=True))


def test_what_a_window_says_is_read_in_its_words_first_pieces() -> None:
    text = "Tarn Cloud leases Gorse Field."
    (one,) = ENCODER.encode(text, segments(text))
    found = log_shares(ENCODER.labels(one.states[one.window.firsts]))
    hints = ENCODER.hints([one])
    assert [*hints] == [text.index(word) for word in ("Tarn", "Cloud", "leases", "Gorse", "Field", ".")]
    assert np.allclose(found, [*hints.values()], atol=0.051)


@given(st.lists(st.lists(st.floats(-60, 60, width=32), min_size=4, max_size=4), min_size=1, max_size=5))
def test_shares_are_positive_and_sum_to_one(rows: list[list[float]]) -> None:
    found = np.exp(log_shares(np.array(rows, np.float32)))
    assert (found >= math.exp(LEAST) * 0.99).all()
    assert np.allclose(found.sum(axis=1), 1, atol=4 * math.exp(LEAST))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("labels", LABELS[1:]),
        ("labels", LABELS[::-1]),
        ("labels", (*LABELS, "B-Dream")),
        ("length", (str(LENGTH // 2),)),
        ("length", ()),
    ],
)
def test_arrays_that_were_learned_for_other_things_are_refused(name: str, words: tuple[str, ...]) -> None:
    with pytest.raises(OntologyError, match=re.escape("python scripts/dev.py train")):
        TextEncoder.of({**arrays(), f"written.{name}": lines(words)})


def test_the_arrays_of_the_package_fit_each_other_and_the_package() -> None:
    found, encoder = arrays_of("encoder"), trained()
    pieces, size = found["pieces"].shape
    vocabulary = found["written.pieces"].tobytes().decode().split("\n")
    assert all(np.isfinite(array).all() for array in found.values())
    assert len({*vocabulary}) == len(vocabulary) == pieces == len(encoder.encoder.scales)
    assert [vocabulary[encoder.pieces[piece]] for piece in (CLS, SEP, MASK, UNKNOWN)] == [*(CLS, SEP, MASK, UNKNOWN)]
    assert encoder.encoder.layers
    assert encoder.encoder.positions.shape == (LENGTH, size)
    assert encoder.labels.weight.shape == (size, 2 * len(TYPES) + 1)
    assert trained() is encoder


def test_the_package_sees_names_that_no_list_holds() -> None:
    text = "Quellmoor Compute leases 300 MW from Haverstock Data at its Old Tannery campus in Ohio, said Ida Brandvold."
    hints = trained().hints(trained().encode(text, segments(text)))
    likeliest = {t.text: LABELS[int(np.argmax(hints[t.start]))] for t in tokenize(text, 0, len(text))}
    assert likeliest["Quellmoor"] == likeliest["Haverstock"] == "B-Company"
    assert likeliest["Compute"] == "I-Company"
    assert likeliest["Ida"] == "B-Person"
    assert {likeliest[word] for word in ("leases", "from", "at", "its", "said")} == {"O"}
