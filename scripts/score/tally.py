"""Counts of right, wrong and missed, and what follows from the confidence of what was claimed."""

from collections.abc import Sequence
from dataclasses import dataclass

Ranked = Sequence[tuple[float, bool]]
"""Confidence of each relation claimed, and whether it is right."""


@dataclass(slots=True)
class Tally:
    """How many were right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, right: bool) -> None:
        """Count one that was claimed."""
        self.right += right
        self.wrong += not right

    @property
    def total(self) -> int:
        """How many there were to find."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of what was claimed that is right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what there was to find that was claimed."""
        return _share(self.right, self.total)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return F1."""
    return _share(2 * precision * recall, precision + recall)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def recall_at(ranked: Ranked, total: int, least: float = 0.9) -> float:
    """Return the recall at the lowest cut at which precision is still ``least``; 0 if there is none.

    A cut keeps or drops equal confidences together.
    """
    best, right = 0.0, 0
    ordered = sorted(ranked, key=lambda pair: -pair[0])
    for count, (confidence, hit) in enumerate(ordered, 1):
        right += hit
        whole = count == len(ordered) or ordered[count][0] != confidence
        if whole and right / count >= least:
            best = max(best, _share(right, total))
    return best


def calibration_error(ranked: Ranked) -> float:
    """Return the mean distance between confidence and the share that is right, over ten groups by confidence."""
    ordered = sorted(ranked, key=lambda pair: -pair[0])
    size = max(1, len(ordered) // 10)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    off = sum(abs(sum(chance for chance, _ in group) - sum(hit for _, hit in group)) for group in groups)
    return _share(off, len(ordered))


def at_cuts(ranked: Ranked, total: int, cuts: Sequence[float]) -> list[tuple[float, float, float]]:
    """Return for each cut: the cut, precision and recall of what is at least so certain."""
    points = []
    for cut in cuts:
        hits = [hit for confidence, hit in ranked if confidence >= cut]
        points.append((cut, _share(sum(hits), len(hits)), _share(sum(hits), total)))
    return points
