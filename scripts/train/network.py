"""The encoder with its heads in torch, as ``kg.extract.encoding`` and ``kg.extract.ranking.pairs`` have it in numpy."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.encoding.encoder import HEADS
from kg.extract.encoding.texts import LABELS
from kg.extract.encoding.windows import LENGTH
from kg.extract.facts.heard import ABOUT, COLUMNS, STATES, WAYS
from kg.extract.proposing.candidates import PREDICATES
from kg.extract.ranking.pairs import HOWS, RANKS
from kg.extract.reading import TYPES
from scripts.train.pretrained import Pretrained
from scripts.train.tasks import NOT_ASKED, Task

LAYERS = 6
"""Of twelve."""
SIZE = 384
PAIR_SIZE = 192
STATUS_SIZE = 128
VALUE_SIZE = 320
DROPPED = 0.1
MASKED = 0.15
"""Share of names that are hidden, so that the encoder reads what is said of them rather than who they are."""
RARE = -5.0
"""Where log-odds begin: hardly any candidate is right."""


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
        query, key, value = parts.unbind()
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        x = self.attention_norm(x + self.attention_output(attended.transpose(1, 2).reshape(many, length, size)))
        inner = functional.gelu(self.feed_forward_in(x), approximate="tanh")
        found: Tensor = self.feed_forward_norm(x + self.feed_forward_out(inner))
        return found


class Network(nn.Module):
    """The encoder, what tells names, and the networks over pairs and facts; embeddings of pieces stay as they were.

    Of facts there are two: ``status`` learns beside the encoder, ``values`` after it. Both answer all that may be
    asked, for one answer teaches another, and what is written of each is what it is there for.
    """

    def __init__(self, pretrained: Pretrained) -> None:
        super().__init__()
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(pretrained.pieces), freeze=True)
        self.positions, self.norm = nn.Embedding(LENGTH, SIZE), nn.LayerNorm(SIZE, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        state = {name: torch.from_numpy(value) for name, value in pretrained.state(LENGTH, LAYERS).items()}
        self.load_state_dict({**state, "pieces.weight": self.pieces.weight})
        self.labels = nn.Linear(SIZE, len(LABELS))
        self.pairs, self.status, self.values = Pairs(), Facts(STATUS_SIZE), Facts(VALUE_SIZE)

    def forward(self, batch: "Batch") -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of labels for each piece, the log-odds of predicates for each pair, and facts' answers."""
        x = self.states(batch)
        labels = self.labels(functional.dropout(x, DROPPED, self.training))
        return labels, self.pairs(x, batch), self.status(x, batch)

    def states(self, batch: "Batch") -> Tensor:
        """Return what the encoder makes of each piece: windows × pieces × size."""
        x = self.pieces(batch.pieces) + self.positions.weight[: batch.pieces.shape[1]]
        x = functional.dropout(self.norm(x), DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, batch.mask)
        return x


class Pairs(nn.Module):
    """The network over pairs as ``kg.extract.ranking.pairs`` has it."""

    def __init__(self) -> None:
        super().__init__()
        self.projections, self.context = nn.Linear(SIZE, 6 * PAIR_SIZE), nn.Linear(SIZE, PAIR_SIZE)
        self.hows = nn.Embedding(2 * len(HOWS) * RANKS, PAIR_SIZE)
        self.types = nn.Embedding(2 * len(TYPES), PAIR_SIZE)
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


class Facts(nn.Module):
    """A network over facts as ``kg.extract.facts.heard`` has it."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.projections, self.context = nn.Linear(SIZE, STATES * size), nn.Linear(SIZE, size)
        self.ways, self.about, self.gates = (nn.Embedding(n, size) for n in (2 * WAYS, len(ABOUT), len(ABOUT)))
        self.hidden, self.out = nn.Linear(size, size), nn.Linear(size, len(COLUMNS))
        nn.init.zeros_(self.gates.weight)
        for table in (self.ways, self.about):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, x: Tensor, batch: "Batch") -> Tensor:
        """Return the answers: facts × columns."""
        many, length, _ = x.shape
        parts = self.projections(x).reshape(many * length, STATES, -1).unbind(1)
        looked_up = [_lookup(part, batch.fact_window * length) for part in parts]
        subject, target, value, one, other, of_value, left, right, meant = looked_up
        s, s_last, o, o_last, v, v_last, s_way, o_way, about = batch.facts.unbind(1)
        found = (subject(s) + subject(s_last) + target(o) + target(o_last) + value(v) + value(v_last)) / 2
        found = found + functional.embedding(batch.fact_window, self.context(x[:, 0]))
        found = found + self.ways(s_way) + self.ways(o_way) + self.about(about) + (one(s) + other(o)) * of_value(v)
        found = found + left(s) * right(o) + meant(v) * self.gates(about)
        found = functional.dropout(functional.gelu(found, approximate="tanh"), DROPPED, self.training)
        found = functional.dropout(functional.gelu(self.hidden(found), approximate="tanh"), DROPPED, self.training)
        answers: Tensor = self.out(found)
        return answers


def _lookup(rows: Tensor, base: Tensor) -> Callable[[Tensor], Tensor]:
    """Return what gives rows by their place in a window; an embedding's gradient is much quicker than an index's."""
    return lambda at: functional.embedding(base + at, rows)


@dataclass(slots=True)
class Batch:
    """Windows of about one length as tensors, the pairs of all of them in one list, and their facts in another."""

    pieces: Tensor
    labels: Tensor
    mask: Tensor
    """Added to what decides where to look: no window looks at what only fills it up."""
    window: Tensor
    """Of each pair the window that it is in."""
    indices: Tensor
    fact_window: Tensor
    facts: Tensor
    """Of each fact what it is about (``Placing.indices``)."""


def batch_of(members: Sequence[Task], mask: int, rng: random.Random, masked: float = MASKED) -> Batch:
    """Return windows as a batch in which a share of the names are masked."""
    length = max(len(task.window.pieces) for task in members)
    pieces, labels = np.zeros((len(members), length), np.int64), np.full((len(members), length), NOT_ASKED)
    absent = np.full((len(members), 1, 1, length), -1e4, np.float32)
    for n, task in enumerate(members):
        size = len(task.window.pieces)
        pieces[n, :size], labels[n, :size], absent[n, ..., :size] = task.window.pieces, task.labels, 0
        for first, last in task.names:
            if rng.random() < masked:
                pieces[n, first : last + 1] = mask
    window = np.repeat(np.arange(len(members)), [len(task.indices) for task in members])
    indices = np.concatenate([task.indices for task in members])
    fact_window = np.repeat(np.arange(len(members)), [len(task.facts.indices) for task in members])
    facts = np.concatenate([task.facts.indices for task in members])
    return Batch(*map(torch.from_numpy, (pieces, labels, absent, window, indices, fact_window, facts)))
