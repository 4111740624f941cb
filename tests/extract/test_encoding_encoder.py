"""The encoder does what its parts are defined to do, on numbers that nobody learned."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.encoding.encoder import HEADS, Encoder, Layer, Linear, Matrix, Norm, gelu, linear_of
from tests.extract.encoding_small import PIECES, SIZE, arrays

seeds = st.integers(0, 1000)
lengths = st.integers(1, 12)


def rows(seed: int, length: int) -> Matrix:
    """Return the states of some pieces."""
    return np.random.default_rng(seed).normal(0, 1, (length, SIZE)).astype(np.float32)


def layer(seed: int) -> Layer:
    """Return a layer of its own."""
    return Encoder.of(arrays(1, seed)).layers[0]


def same(one: Matrix, other: Matrix) -> bool:
    """Say whether two matrices differ by no more than rounding."""
    return one.shape == other.shape and bool(np.allclose(one, other, atol=2e-4))


def plain_norm() -> Norm:
    """Return a norm that learned nothing."""
    return Norm(np.ones(SIZE, np.float32), np.zeros(SIZE, np.float32))


@given(seeds, lengths, st.floats(0.01, 100), st.floats(-10, 10))
def test_a_norm_gives_mean_0_and_variance_1_whatever_the_scale(
    seed: int, length: int, scale: float, shift: float
) -> None:
    x = rows(seed, length)
    found = plain_norm()(x * np.float32(scale) + np.float32(shift))
    assert np.allclose(found.mean(axis=1), 0, atol=1e-3)
    assert np.allclose(found.var(axis=1), 1, atol=1e-3)
    assert np.allclose(found, plain_norm()(x), atol=1e-2)


@given(seeds)
def test_a_norm_ends_in_its_learned_scale(seed: int) -> None:
    weight, bias = rows(seed, 2)
    assert same(Norm(weight, bias)(rows(seed, 3)), plain_norm()(rows(seed, 3)) * weight + bias)


def test_a_row_without_spread_is_brought_to_0() -> None:
    assert not plain_norm()(np.full((2, SIZE), 4, np.float32)).any()


@pytest.mark.parametrize(("x", "y"), [(0, 0), (1, 0.841192), (-1, -0.158808), (3, 2.996363), (-3, -0.003637)])
def test_gelu_of_known_numbers(x: float, y: float) -> None:
    assert gelu(np.array([x], np.float32))[0] == pytest.approx(y, abs=1e-5)


@given(st.floats(-30, 30, width=32))
def test_gelu_is_a_number_times_the_chance_of_a_smaller_one(x: float) -> None:
    up, down = gelu(np.array([x, -x], np.float32))
    assert up - down == pytest.approx(x, abs=1e-4)
    assert up == pytest.approx(x * (1 + math.erf(x / math.sqrt(2))) / 2, abs=1e-3)


@given(seeds, lengths)
def test_a_linear_map_is_its_written_columns_each_times_its_scale(seed: int, length: int) -> None:
    written = arrays(1, seed)
    found = linear_of(written, "layers.0.feed_forward_in")(rows(seed, length))
    for n, (scale, bias) in enumerate(
        zip(written["layers.0.feed_forward_in.scale"], written["layers.0.feed_forward_in.bias"], strict=True)
    ):
        column = written["layers.0.feed_forward_in.weight"][:, n].astype(np.float32) * np.float32(scale)
        assert np.allclose(found[:, n], rows(seed, length) @ column + np.float32(bias), atol=1e-4)


@given(seeds, st.permutations(range(7)))
def test_a_layer_knows_no_order(seed: int, order: list[int]) -> None:
    x, known = rows(seed, 7), layer(seed)
    assert same(known(x[order]), known(x)[order])


@given(seeds, lengths, st.integers(2, 3))
def test_what_all_pieces_say_twice_is_seen_as_said_once(seed: int, length: int, times: int) -> None:
    x, known = rows(seed, length), layer(seed)
    assert same(known(np.tile(x, (times, 1))), np.tile(known(x), (times, 1)))


@given(seeds, lengths)
def test_attention_does_not_depend_on_what_is_added_to_all_keys(seed: int, length: int) -> None:
    known, moved = layer(seed), layer(seed)
    moved.query_key_value.bias[SIZE : 2 * SIZE] += 3
    assert same(moved(rows(seed, length)), known(rows(seed, length)))
    moved.query_key_value.bias[2 * SIZE :] += 3 * rows(seed, 1)[0]
    assert not same(moved(rows(seed, length)), known(rows(seed, length)))


@given(seeds, lengths)
def test_attention_is_the_mean_of_what_pieces_say_by_how_they_suit(seed: int, length: int) -> None:
    """With no more than attention in it, a layer is the paper's formula, head by head."""
    x, known = rows(seed, length), layer(seed)
    known.attention_output = Linear(np.eye(SIZE, dtype=np.float32), np.zeros(SIZE, np.float32))
    known.feed_forward_out = Linear(np.zeros_like(known.feed_forward_out.weight), np.zeros(SIZE, np.float32))
    known.attention_norm = known.feed_forward_norm = plain_norm()
    query, key, value = np.split(known.query_key_value(x).astype(np.float64), 3, axis=1)
    expected = x.astype(np.float64)
    size = SIZE // HEADS
    for head in (slice(n * size, (n + 1) * size) for n in range(HEADS)):
        for n in range(length):
            suits = np.array([math.exp(query[n, head] @ one / math.sqrt(size)) for one in key[:, head]])
            expected[n, head] += suits @ value[:, head] / suits.sum()
    assert same(known(x), plain_norm()(expected.astype(np.float32)))


def test_a_layer_stands_great_numbers() -> None:
    with np.errstate(over="raise", invalid="raise"):
        assert np.isfinite(layer(0)(rows(0, 5) * 1e4)).all()


windows = st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=12)


@given(seeds, windows)
def test_without_layers_each_piece_stands_for_itself(seed: int, window: list[int]) -> None:
    written = {name: array.astype(np.float32) for name, array in arrays(0, seed).items() if array.dtype != np.uint8}
    found = Encoder.of(arrays(0, seed))(window)
    norm = Norm(written["norm.weight"], written["norm.bias"])
    for position, piece in enumerate(window):
        known = written["pieces"][piece] * written["pieces.scale"][piece]
        assert same(found[position : position + 1], norm((known + written["positions"][position])[None]))


@given(seeds, windows, st.data())
def test_only_positions_tell_the_order(seed: int, window: list[int], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(window))))
    encoder = Encoder.of(arrays(2, seed))
    encoder.positions[:] = 0
    assert same(encoder([window[n] for n in order]), encoder(window)[order])


@given(st.integers(0, 3), windows)
def test_there_are_as_many_layers_as_arrays_hold_and_each_counts(layers: int, window: list[int]) -> None:
    encoder = Encoder.of(arrays(layers))
    found = encoder(window)
    assert len(encoder.layers) == layers
    assert found.shape == (len(window), SIZE)
    assert found.dtype == np.float32
    if layers:
        encoder.layers.pop()
        assert not same(encoder(window), found)
