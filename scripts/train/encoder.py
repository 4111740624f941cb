"""Fits the encoder to annotated documents, in torch: what joins two names, given all that is said around them.

It begins as the lower layers of E5 (Wang et al. 2022). What the ranker learns of a document's candidates comes from
an encoder that did not see it, fitted to the half of the documents that it is not in.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.encoding.encoder import HEADS
from kg.extract.encoding.pairs import WRITTEN, Pair, PairScorer, indices_of, pair_of
from kg.extract.encoding.windows import HOWS, LENGTH, RANKS, TYPES, Window, windows
from kg.extract.encoding.wordpiece import MASK, WordPieces
from kg.extract.learned import as_lines
from kg.extract.proposing.candidates import PREDICATES
from scripts.train.corpus import fold_of
from scripts.train.pretrained import Pretrained

if TYPE_CHECKING:
    from scripts.train.rank import Example, ReadDocument

LAYERS = 6
"""Of twelve."""
SIZE = 384
PAIR_SIZE = 192
EPOCHS = 4
RATE = 1.5e-4
FRESH = 10
"""How many times faster the parts learn that begin from nothing."""
WARMING = 0.06
"""Share of the steps in which the rate rises; then it falls to nothing."""
BATCH = 1200
"""Pieces that are learned from at a time."""
REAL = 3.0
"""How much a text by others counts."""
DROPPED = 0.1
MASKED = 0.15
"""Share of names that are hidden, so that the encoder reads what is said of them rather than who they are."""
RARE = -5.0
"""Where log-odds begin: hardly any candidate is right."""
THREADS = 2
"""Sums depend on how many there are, so it is always the same number."""

Arrays = dict[str, NDArray[Any]]


@dataclass(slots=True)
class Task:
    """A window with its pairs: their indices, and a row each for which predicates are asked, and which are right."""

    document: int
    window: Window
    indices: NDArray[np.int64]
    asked: NDArray[np.float32]
    right: NDArray[np.float32]


def tasks(documents: Sequence["ReadDocument"], data: Sequence["Example"], pieces: WordPieces) -> list[Task]:
    """Return the windows of documents that have candidates; ``data`` has all candidates in order."""
    by_segment = {place: [*members] for place, members in groupby(data, lambda e: (e.document, e.candidate.segment))}
    found = []
    for number, document in enumerate(documents):
        for window in windows(document.proposer.reading, pieces):
            inside = [e for segment in window.items for e in by_segment.get((number, segment), ())]
            if inside:
                found.append(_task(number, window, inside))
    return found


def _task(document: int, window: Window, inside: Sequence["Example"]) -> Task:
    rows: dict[tuple[int, Pair], int] = {}
    places = []
    for e in inside:
        row = rows.setdefault((e.candidate.segment, pair_of(e.candidate)), len(rows))
        places.append((row, PREDICATES.index(e.candidate.predicate)))
    asked, right = (np.zeros((len(rows), len(PREDICATES)), np.float32) for _ in range(2))
    for place, e in zip(places, inside, strict=True):
        asked[place] = 1
        right[place] = max(right[place], e.right)
    indices = np.array([indices_of(window, segment, pair) for segment, pair in rows], np.int64)
    return Task(document, window, indices, asked, right)


class Layer(nn.Module):
    """A layer as ``kg.extract.encoding.encoder`` has it."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value, self.attention_output = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.feed_forward_in, self.feed_forward_out = nn.Linear(SIZE, 4 * SIZE), nn.Linear(4 * SIZE, SIZE)
        self.attention_norm, self.feed_forward_norm = nn.LayerNorm(SIZE, 1e-12), nn.LayerNorm(SIZE, 1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the states after the layer: windows × pieces × size."""
        many, length, size = x.shape
        parts = self.query_key_value(x).view(many, length, 3, HEADS, size // HEADS).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        x = self.attention_norm(x + self.attention_output(attended.transpose(1, 2).reshape(many, length, size)))
        inner = functional.gelu(self.feed_forward_in(x), approximate="tanh")
        return self.feed_forward_norm(x + self.feed_forward_out(inner))


class Network(nn.Module):
    """The encoder with the network over pairs; the embeddings of pieces stay as they were."""

    def __init__(self, pretrained: Pretrained) -> None:
        super().__init__()
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(pretrained.pieces), freeze=True)
        self.positions, self.norm = nn.Embedding(LENGTH, SIZE), nn.LayerNorm(SIZE, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        state = {name: torch.from_numpy(value) for name, value in pretrained.state(LENGTH, LAYERS).items()}
        self.load_state_dict({**state, "pieces.weight": self.pieces.weight})
        self.types = nn.Embedding(len(TYPES), SIZE)
        self.pairs = Pairs()
        nn.init.zeros_(self.types.weight)

    def forward(self, batch: "Batch") -> Tensor:
        """Return the log-odds of each predicate for each pair of a batch."""
        x = self.pieces(batch.pieces) + self.positions.weight[: batch.pieces.shape[1]] + self.types(batch.types)
        x = functional.dropout(self.norm(x), DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, batch.mask)
        found: Tensor = self.pairs(x, batch)
        return found


class Pairs(nn.Module):
    """The network over pairs as ``kg.extract.encoding.pairs`` has it."""

    def __init__(self) -> None:
        super().__init__()
        self.projections, self.context = nn.Linear(SIZE, 6 * PAIR_SIZE), nn.Linear(SIZE, PAIR_SIZE)
        self.hows = nn.Embedding(2 * len(HOWS) * RANKS, PAIR_SIZE)
        self.types = nn.Embedding(2 * (len(TYPES) - 1), PAIR_SIZE)
        self.hidden, self.out = nn.Linear(PAIR_SIZE, PAIR_SIZE), nn.Linear(PAIR_SIZE, len(PREDICATES))
        for table in (self.hows, self.types):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.constant_(self.out.bias, RARE)

    def forward(self, x: Tensor, batch: "Batch") -> Tensor:
        """Return the log-odds: pairs × predicates."""
        many, length, _ = x.shape
        parts = self.projections(x).reshape(many * length, 6, PAIR_SIZE).unbind(1)
        looked_up = [_lookup(part, batch.window * length) for part in parts]
        subject, target, subject_named, target_named, one, other = looked_up
        s, s_last, o, o_last, s_named, o_named, s_how, o_how, s_type, o_type = batch.indices.unbind(1)
        found = (subject(s) + subject(s_last) + target(o) + target(o_last)) / 2
        found = found + functional.embedding(batch.window, self.context(x[:, 0]))
        found = found + subject_named(s_named) * (s_named > 0)[:, None] + target_named(o_named) * (o_named > 0)[:, None]
        found = found + one(s) * other(o) + self.hows(s_how) + self.hows(o_how)
        found = found + self.types(s_type) + self.types(o_type)
        found = functional.dropout(functional.gelu(found, approximate="tanh"), DROPPED, self.training)
        log_odds: Tensor = self.out(functional.gelu(self.hidden(found), approximate="tanh"))
        return log_odds


def _lookup(rows: Tensor, base: Tensor) -> Callable[[Tensor], Tensor]:
    """Return what gives rows by their place in a window; an embedding's gradient is much quicker than an index's."""
    return lambda at: functional.embedding(base + at, rows)


@dataclass(slots=True)
class Batch:
    """Windows of about one length as tensors, the pairs of all of them in one list."""

    pieces: Tensor
    types: Tensor
    mask: Tensor
    window: Tensor
    """Of each pair the window that it is in."""
    indices: Tensor


def batch_of(members: Sequence[Task], mask: int, rng: random.Random) -> Batch:
    """Return windows as a batch in which some names are masked."""
    length = max(len(task.window.pieces) for task in members)
    pieces, types = (np.zeros((len(members), length), np.int64) for _ in range(2))
    present = np.zeros((len(members), 1, 1, length), bool)
    for n, task in enumerate(members):
        size = len(task.window.pieces)
        pieces[n, :size], types[n, :size], present[n, ..., :size] = task.window.pieces, task.window.types, True
        for first, last in (place for places in task.window.names.values() for place in places):
            if rng.random() < MASKED:
                pieces[n, first : last + 1] = mask
    window = np.repeat(np.arange(len(members)), [len(task.indices) for task in members])
    indices = np.concatenate([task.indices for task in members])
    return Batch(*map(torch.from_numpy, (pieces, types, present, window, indices)))


def batches(some: Sequence[Task], rng: random.Random) -> list[list[Task]]:
    """Return windows in batches of about one length, in an order and a company that differ each time."""
    key = [len(task.window.pieces) + 12 * rng.random() for task in some]
    found: list[list[Task]] = [[]]
    for n in sorted(range(len(some)), key=key.__getitem__):
        if found[-1] and (len(found[-1]) + 1) * len(some[n].window.pieces) > BATCH:
            found.append([])
        found[-1].append(some[n])
    rng.shuffle(found)
    return found


def fit(some: Sequence[Task], judged: int, pretrained: Pretrained, mask: int) -> Network:
    """Fit a network to windows; those of the first ``judged`` documents are texts by others."""
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    rng = random.Random(0)  # noqa: S311  repeatable, and nothing is secret
    network = Network(pretrained)
    network.train()
    fresh = [*network.types.parameters(), *network.pairs.parameters()]
    old = [*network.positions.parameters(), *network.norm.parameters(), *network.layers.parameters()]
    groups = [{"params": old, "rate": RATE}, {"params": fresh, "rate": RATE * FRESH}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = [members for _ in range(EPOCHS) for members in batches(some, rng)]
    for n, members in enumerate(steps, 1):
        done = n / (len(steps) + 1)
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(done / WARMING, 1 - done)
        loss = _loss(network, members, judged, batch_of(members, mask, rng))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*old, *fresh], 5.0)
        optimiser.step()
    network.eval()
    return network


def _loss(network: Network, members: Sequence[Task], judged: int, batch: Batch) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        log_odds = network(batch).float()
    asked = torch.from_numpy(np.concatenate([task.asked for task in members]))
    right = torch.from_numpy(np.concatenate([task.right for task in members]))
    weight = torch.tensor([REAL if t.document < judged else 1.0 for t in members])[batch.window][:, None]
    loss = functional.binary_cross_entropy_with_logits(log_odds, right, reduction="none")
    return (loss * asked * weight).sum() / len(log_odds)


def fit_encoder(
    documents: Sequence["ReadDocument"], data: Sequence["Example"], judged: int
) -> tuple[Arrays, NDArray[np.float32]]:
    """Return the arrays of an encoder fitted to all documents, and of each candidate the log-odds held out."""
    torch.set_num_threads(THREADS)
    pretrained = Pretrained.load()
    pieces = WordPieces(pretrained.vocabulary)
    everything = tasks(documents, data, pieces)
    half = [fold_of(document.annotated.name, 2, "e") for document in documents]
    found: dict[int, list[float]] = {}
    for own in (0, 1):
        network = fit([t for t in everything if half[t.document] != own], judged, pretrained, pieces[MASK])
        scorer = PairScorer.of(arrays(network, pretrained.vocabulary))
        found |= {n: scored(documents[n], scorer) for n, part in enumerate(half) if part == own}
    held = np.array([score for n in range(len(documents)) for score in found[n]], np.float32)
    return arrays(fit(everything, judged, pretrained, pieces[MASK]), pretrained.vocabulary), held


def scored(document: "ReadDocument", scorer: PairScorer) -> list[float]:
    """Return the log-odds of all candidates of a document, as the package would find them."""
    found = scorer.scores(document.proposer.reading, document.proposer.candidates())
    return [score for _, scores in found for score in scores]


def arrays(network: Network, vocabulary: Iterable[str]) -> Arrays:
    """Return a network as it is written: matrices in whole numbers with scales, all else in half precision."""
    found: Arrays = {f"written.{name}": as_lines([*lines]) for name, lines in {**WRITTEN, "pieces": vocabulary}.items()}
    for name, value in network.state_dict().items():
        rows, key = value.float().numpy(), name.removesuffix(".weight")
        if name == "pieces.weight":
            found["pieces"], found["pieces.scale"] = in_bytes(rows, axis=1)
        elif key.endswith(("positions", "types", "hows")):
            found[key] = rows.astype(np.float16)
        elif rows.ndim > 1:
            found[name], found[f"{key}.scale"] = in_bytes(rows.T, axis=0)
        else:
            found[name] = rows.astype(np.float16)
    return found


LEVELS = 31
"""The largest whole number of a matrix: six bits lose nothing that can be measured, and pack well."""
_SMALLEST = np.float32(6e-8)
"""The smallest number of half precision: a scale of nothing would divide by it."""


def in_bytes(rows: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return a matrix as whole numbers up to ``LEVELS``, and the scale of each row (axis 1) or column (axis 0)."""
    scale = np.maximum((np.abs(rows).max(axis=axis) / LEVELS).astype(np.float16), _SMALLEST.astype(np.float16))
    whole = np.round(rows / np.expand_dims(scale.astype(np.float32), axis))
    return np.clip(whole, -LEVELS, LEVELS).astype(np.int8), scale
