"""What a set of documents shows: the score, the speed, the curve, and, where it is not sealed, what went wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.score.gold import Gold, GoldSet, Triple
from scripts.score.losses import STEPS, steps, wrong
from scripts.score.read import Read
from scripts.score.scorer import Score, by_triple
from scripts.score.tally import at_cuts

CUTS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Where the precision-recall curve is read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One relation wrong or missed: where, which, why, and the words that show it."""

    kind: str
    document: str
    triple: Triple
    why: str
    words: str


@dataclass(slots=True)
class Measured:
    """A set of documents measured.

    ``megabytes_a_second`` is text read on one core, ``curve`` has (cut, precision, recall), ``lost`` how many
    relations are lost at each step; the latter and ``faults`` are empty for a sealed set.
    """

    name: str
    title: str
    sealed: bool
    score: Score
    megabytes_a_second: float
    curve: list[tuple[float, float, float]]
    lost: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return what is kept of it: figures, size, speed, precision, recall and number of each predicate."""
        return {
            "documents": self.score.documents,
            "relations": self.score.relations.total,
            **{name: round(value, 4) for name, value in self.score.figures().items()},
            "megabytes_a_second": round(self.megabytes_a_second, 3),
            "by_predicate": {
                name: [round(tally.precision, 3), round(tally.recall, 3), round(tally.f1, 3), tally.total]
                for name, tally in sorted(self.score.by_predicate.items())
            },
            "curve": [[cut, round(precision, 3), round(recall, 3)] for cut, precision, recall in self.curve],
            "lost": {step: self.lost[step] for step in STEPS} if self.lost else {},
        }


def measure(documents: GoldSet, reads: Sequence[Read]) -> Measured:
    """Measure a set by what was read in its documents, in the same order."""
    score = Score()
    ranked: list[tuple[float, bool]] = []
    for gold, read in zip(documents.documents, reads, strict=True):
        score.add(gold, read.text, read.claims)
        made = by_triple(gold, [*read.claims, *read.dropped])
        ranked += [(max(c["confidence"] for c in several), t in gold.relations) for t, several in made.items()]
    seconds = sum(read.seconds for read in reads)
    size = sum(len(read.text.encode()) for read in reads) / 1e6
    measured = Measured(
        documents.name,
        documents.title,
        documents.sealed,
        score,
        size / seconds if seconds else 0.0,
        at_cuts(ranked, score.relations.total, CUTS),
    )
    if not documents.sealed:
        for gold, read in zip(documents.documents, reads, strict=True):
            _find_faults(measured, gold, read)
    return measured


def _find_faults(measured: Measured, gold: Gold, read: Read) -> None:
    assert read.trace is not None  # noqa: S101  what is not sealed is traced
    for triple, step in steps(gold, read.trace, read.claims, read.dropped).items():
        measured.lost[step] += 1
        if step != "right":
            words = gold.relations[triple][0]["evidence"]
            measured.faults.append(Fault("missed", gold.name, triple, STEPS[step], words))
    for triple, why, claim in wrong(gold, read.claims):
        measured.faults.append(Fault("wrong", gold.name, triple, why, claim["evidence"]["text"]))
