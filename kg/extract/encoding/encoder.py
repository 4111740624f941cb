"""The encoder: a transformer of a few layers (Vaswani et al. 2017) that reads a window of word pieces, in numpy.

``weights/encoder.npz`` holds its matrices as whole numbers of a byte, with a scale for each column, or for each
piece. They go back to E5 (Wang et al. 2022), and are fitted to annotated documents by ``scripts/train/encoder.py``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned import Arrays

Matrix = NDArray[np.float32]
HEADS = 12
"""Heads of attention, as E5 has them; no array's shape shows how many there are."""

_TINY = 1e-12


@dataclass(slots=True)
class Linear:
    """A linear map: ``weight`` has a row for each number that goes in, and a column for each that comes out."""

    weight: Matrix
    bias: Matrix

    def __call__(self, x: Matrix) -> Matrix:
        """Apply the map to each row."""
        found: Matrix = x @ self.weight
        found += self.bias
        return found


@dataclass(slots=True)
class Norm:
    """Layer normalisation: brings each row to mean 0 and variance 1, then to a learned scale."""

    weight: Matrix
    bias: Matrix

    def __call__(self, x: Matrix) -> Matrix:
        """Apply the norm to each row."""
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _TINY)
        found: Matrix = centred / spread * self.weight + self.bias
        return found


@dataclass(slots=True)
class Layer:
    """A layer of a transformer: attention of each piece to all, then a feed-forward network over each by itself."""

    query_key_value: Linear
    attention_output: Linear
    attention_norm: Norm
    feed_forward_in: Linear
    feed_forward_out: Linear
    feed_forward_norm: Norm

    def __call__(self, x: Matrix) -> Matrix:
        """Return the states after the layer of each piece; ``x`` has those before it."""
        x = self.attention_norm(x + self.attention_output(self._attend(x)))
        return self.feed_forward_norm(x + self.feed_forward_out(gelu(self.feed_forward_in(x))))

    def _attend(self, x: Matrix) -> Matrix:
        length, size = x.shape
        query, key, value = self.query_key_value(x).reshape(length, 3, HEADS, size // HEADS).transpose(1, 2, 0, 3)
        weights = (query / np.float32(np.sqrt(size // HEADS))) @ key.transpose(0, 2, 1)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        found = (weights @ value) / weights.sum(axis=2, keepdims=True)
        attended: Matrix = found.transpose(1, 0, 2).reshape(-1, size)
        return attended


def gelu(x: Matrix) -> Matrix:
    """Return the activation GELU, in the form with tanh (Hendrycks and Gimpel 2016)."""
    found = x * x
    found *= np.float32(0.7978846 * 0.044715)
    found += np.float32(0.7978846)
    found *= x
    np.tanh(found, out=found)
    found += 1
    found *= np.float32(0.5)
    found *= x
    return found


@dataclass(slots=True)
class Encoder:
    """Embeddings of pieces and of positions in a window, and the layers that follow."""

    pieces: NDArray[np.int8]
    scales: Matrix
    positions: Matrix
    norm: Norm
    layers: list[Layer]

    def __call__(self, pieces: list[int]) -> Matrix:
        """Return the states of a window's pieces: a row each, which tells what it says there."""
        embedded = self.pieces[pieces].astype(np.float32) * self.scales[pieces][:, None]
        x = self.norm(embedded + self.positions[: len(pieces)])
        for layer in self.layers:
            x = layer(x)
        return x

    @classmethod
    def of(cls, arrays: Arrays) -> "Encoder":
        """Make an encoder of its arrays; there are as many layers as they hold."""
        layers: list[Layer] = []
        while f"layers.{len(layers)}.query_key_value.weight" in arrays:
            layers.append(_layer_of(arrays, f"layers.{len(layers)}"))
        positions, scales = (matrix_of(arrays, name) for name in ("positions", "pieces.scale"))
        return cls(arrays["pieces"], scales, positions, norm_of(arrays, "norm"), layers)


def _layer_of(arrays: Arrays, name: str) -> Layer:
    return Layer(
        linear_of(arrays, f"{name}.query_key_value"),
        linear_of(arrays, f"{name}.attention_output"),
        norm_of(arrays, f"{name}.attention_norm"),
        linear_of(arrays, f"{name}.feed_forward_in"),
        linear_of(arrays, f"{name}.feed_forward_out"),
        norm_of(arrays, f"{name}.feed_forward_norm"),
    )


def linear_of(arrays: Arrays, name: str) -> Linear:
    """Return a linear map of its arrays."""
    weight = arrays[f"{name}.weight"].astype(np.float32) * matrix_of(arrays, f"{name}.scale")
    return Linear(weight, matrix_of(arrays, f"{name}.bias"))


def norm_of(arrays: Arrays, name: str) -> Norm:
    """Return a norm of its arrays."""
    return Norm(matrix_of(arrays, f"{name}.weight"), matrix_of(arrays, f"{name}.bias"))


def matrix_of(arrays: Arrays, name: str) -> Matrix:
    """Return an array that is written in half precision."""
    return arrays[name].astype(np.float32)
