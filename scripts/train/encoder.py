"""Fits the encoder to annotated documents, in torch: what is named where, what joins two names, and what facts say.

It begins as the lower layers of E5 (Wang et al. 2022). What names and ranker learn of a document comes from an encoder
that did not see it, fitted to the half of the documents that it is not in.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.core.claim import STATUSES
from kg.extract.encoding import texts
from kg.extract.encoding.wordpiece import MASK, WordPieces
from kg.extract.facts import heard
from kg.extract.learned import as_lines
from kg.extract.ranking import pairs
from scripts.train.network import DROPPED, Batch, Network, batch_of
from scripts.train.pretrained import Pretrained
from scripts.train.tasks import NOT_ASKED, Task

ROUNDS = ((4, 1.5e-4), (4, 1e-4), (3, 8e-5))
"""Of each round of learning how often it goes through all windows, and its highest rate.

After each it begins anew, lower (Loshchilov and Hutter 2017).
"""
FRESH = 10
"""How many times faster the parts learn that begin from nothing."""
WARMING = 0.06
"""Share of a round's steps in which the rate rises; then it falls to nothing."""
BATCH = 1200
"""Pieces that are learned from at a time."""
REAL = 3.0
"""How much a text by others counts."""
FACTS = 0.15
"""How much facts count. They are hard to learn: as heavy as pairs and names they leave these behind."""
VALUE_ROUNDS = 4
VALUE_RATE = 1e-3
"""How often what learns values goes through all windows, and its highest rate."""
WORKERS = 2
"""Encoders that are fitted at a time, each in one thread: two of these get further than one in two threads."""

Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")


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
    network = Network(pretrained)
    for number in range(len(ROUNDS)):
        _learn(network, some, judged, mask, number)
    network.eval()
    _learn_values(network, some, judged, mask)
    return network


def _learn(network: Network, some: Sequence[Task], judged: int, mask: int, number: int) -> None:
    """Go through one round of learning.

    Facts wait for the second: these are fewer, and say most to an encoder that knows names and what joins them.
    """
    torch.manual_seed(number)
    rng = random.Random(number)  # noqa: S311  repeatable, and nothing is secret
    network.train()
    fresh = [*network.labels.parameters(), *network.pairs.parameters(), *network.status.parameters()]
    old = [*network.positions.parameters(), *network.norm.parameters(), *network.layers.parameters()]
    epochs, rate = ROUNDS[number]
    groups = [{"params": old, "rate": rate}, {"params": fresh, "rate": rate * FRESH}]
    steps = [members for _ in range(epochs) for members in batches(some, rng)]
    _descend(groups, steps, lambda m: _loss(network, m, judged, batch_of(m, mask, rng), number > 0))


def _descend(groups: list[dict[str, Any]], steps: Sequence[T], loss_of: Callable[[T], Tensor]) -> None:
    """Take the steps one after another; ``groups`` have parameters and the highest rate of each."""
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    parameters = [one for group in groups for one in group["params"]]
    for n, step in enumerate(steps, 1):
        done = n / (len(steps) + 1)
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(done / WARMING, 1 - done)
        loss = loss_of(step)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.step()


def _learn_values(network: Network, some: Sequence[Task], judged: int, mask: int) -> None:
    """Learn what values are to facts, on an encoder that learns no more.

    A network that learned beside it knows the documents as well as it does; one that begins anew tells better what
    holds elsewhere (mean precision of qualifiers in documents held out .835 instead of .812).
    """
    torch.manual_seed(len(ROUNDS))
    rng = random.Random(len(ROUNDS))  # noqa: S311  repeatable, and nothing is secret
    kept = []
    with torch.no_grad():
        for members in batches([task for task in some if len(task.facts.indices)], rng):
            batch = batch_of(members, mask, rng, masked=0)
            kept.append((members, batch, network.states(batch).half()))

    def loss_of(step: tuple[Sequence[Task], Batch, Tensor]) -> Tensor:
        members, batch, states = step
        weight = torch.tensor([REAL if t.document < judged else 1.0 for t in members])
        dropped = functional.dropout(states.float(), DROPPED)
        return _of_facts(network.values(dropped, batch), members, weight[batch.fact_window])

    network.values.train()
    steps = [step for _ in range(VALUE_ROUNDS) for step in rng.sample(kept, len(kept))]
    _descend([{"params": [*network.values.parameters()], "rate": VALUE_RATE}], steps, loss_of)
    network.values.eval()


def _loss(network: Network, members: Sequence[Task], judged: int, batch: Batch, facts: bool) -> Tensor:
    short = torch.cpu.get_capabilities().get("amx_bf16", False)  # elsewhere short numbers are the slower ones
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
        labels, log_odds, answers = (found.float() for found in network(batch))
    weight = torch.tensor([REAL if t.document < judged else 1.0 for t in members])
    loss = _of_pairs(log_odds, members, weight[batch.window]) + _of_names(labels, batch.labels, weight)
    return loss + FACTS * _of_facts(answers, members, weight[batch.fact_window]) if facts else loss


def _of_pairs(log_odds: Tensor, members: Sequence[Task], weight: Tensor) -> Tensor:
    asked = torch.from_numpy(np.concatenate([task.asked for task in members]))
    right = torch.from_numpy(np.concatenate([task.right for task in members]))
    loss = functional.binary_cross_entropy_with_logits(log_odds, right, reduction="none")
    return (loss * asked * weight[:, None]).sum() / max(len(log_odds), 1)


def _of_names(labels: Tensor, right: Tensor, weight: Tensor) -> Tensor:
    loss = functional.cross_entropy(labels.transpose(1, 2), right, ignore_index=NOT_ASKED, reduction="none")
    return (loss * weight[:, None]).sum() / max(int((right != NOT_ASKED).sum()), 1)


def _of_facts(answers: Tensor, members: Sequence[Task], weight: Tensor) -> Tensor:
    asked = torch.from_numpy(np.concatenate([task.facts.asked for task in members]))
    right = torch.from_numpy(np.concatenate([task.facts.right for task in members]))
    many = len(STATUSES)
    told = asked[:, 0] * weight
    status = functional.cross_entropy(answers[:, :many], right[:, :many].argmax(1), reduction="none")
    other = functional.binary_cross_entropy_with_logits(answers[:, many:], right[:, many:], reduction="none")
    of_status = (status * told).sum() / max(float(asked[:, 0].sum()), 1.0)
    return of_status + (other * asked[:, many:] * weight[:, None]).sum() / max(float(asked[:, many:].sum()), 1.0)


def fit_encoders(
    pretrained: Pretrained, everything: Sequence[Task], half: Sequence[int], judged: int
) -> tuple[Arrays, tuple[Arrays, Arrays]]:
    """Return the arrays of an encoder fitted to all windows, and of two that saw none of half 0, or none of half 1.

    ``half`` has the half of each document, of which the first ``judged`` are texts by others.
    """
    mask = WordPieces(pretrained.vocabulary)[MASK]
    parts = [everything, *([t for t in everything if half[t.document] != own] for own in (0, 1))]
    # New processes: threads of other libraries do not outlive a fork.
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        whole, one, other = pool.map(_fitted, parts, repeat(judged), repeat(pretrained), repeat(mask))
    return whole, (one, other)


def _fitted(some: Sequence[Task], judged: int, pretrained: Pretrained, mask: int) -> Arrays:
    torch.set_num_threads(1)  # sums depend on how many there are
    return arrays(fit(some, judged, pretrained, mask), pretrained.vocabulary)


def arrays(network: Network, vocabulary: Iterable[str]) -> Arrays:
    """Return a network as it is written: matrices in whole numbers with scales, all else in half precision.

    A hash of all of it lies beside it, by which what is learned with it knows it.
    """
    written = {**texts.WRITTEN, **pairs.WRITTEN, **heard.WRITTEN, "pieces": vocabulary}
    found: Arrays = {f"written.{name}": as_lines([*lines]) for name, lines in written.items()}
    for name, value in network.state_dict().items():
        rows, key = value.float().numpy()[_USED.get(name, slice(None))], name.removesuffix(".weight")
        if name == "pieces.weight":
            found["pieces"], found["pieces.scale"] = in_bytes(rows, axis=1)
        elif key.endswith(("positions", "types", "hows", "ways", "about", "gates")):
            found[key] = rows.astype(np.float16)
        elif rows.ndim > 1:
            found[name], found[f"{key}.scale"] = in_bytes(rows.T, axis=0)
        else:
            found[name] = rows.astype(np.float16)
    made = hashlib.sha256(b"".join(found[name].tobytes() for name in sorted(found))).hexdigest()[:16]
    return {**found, "written.made": as_lines([made])}


_USED = {
    f"{network}.out.{kind}": part
    for network, part in (("status", slice(len(STATUSES))), ("values", slice(len(STATUSES), None)))
    for kind in ("weight", "bias")
}
"""Which answers of a network over facts are written."""

LEVELS = 20
"""The largest whole number of a matrix: five bits and a half. With six the wheel is above 20 MB; figures go up and down
by up to .007 between the two, as they do by chance."""
_SMALLEST = np.float32(6e-8)
"""The smallest number of half precision: a scale of nothing would divide by it."""


def in_bytes(rows: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return a matrix as whole numbers up to ``LEVELS``, and the scale of each row (axis 1) or column (axis 0)."""
    scale = np.maximum((np.abs(rows).max(axis=axis) / LEVELS).astype(np.float16), _SMALLEST.astype(np.float16))
    whole = np.round(rows / np.expand_dims(scale.astype(np.float32), axis))
    return np.clip(whole, -LEVELS, LEVELS).astype(np.int8), scale
