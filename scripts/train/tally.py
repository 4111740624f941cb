"""Counts what is right, wrong and missed, and shows each error."""

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.core.claim import STATUSES
from kg.extract.facts.heard import asked_of
from kg.extract.facts.status import StatusModel, status_of
from scripts.train.cases import Case, HeardTold, Told

PLAIN = 1.0
"""Rule score from which the grammar sees a relation, as it does those that are found in the end."""


class Tally:
    """Counts in which status relations are told, and in which they are taken for told."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.plain: Counter[bool] = Counter()

    def judge(self, one: HeardTold, model: StatusModel) -> Iterator[str]:
        """Count one document, and yield what is wrong in it."""
        for case in one.cases:
            yield from self._judge(one, case, model)

    def _judge(self, one: HeardTold, case: Case, model: StatusModel) -> Iterator[str]:
        c = case.candidates[0]
        gold = {r["status"] for r in case.records}
        found = status_of(c, one.proposer, one.heard.status(asked_of(c)), model)
        right = found.status in gold
        named = found.status if right else min(gold, key=STATUSES.index)
        self.confusion[named, found.status] += 1
        if c.rule >= PLAIN:
            self.plain[right] += 1
        if not right:
            why = "; ".join(found.cues)
            said = f"{named} -> {found.status}: {' '.join(case.triple)} by {c.trigger.lemma} [{why}]"
            yield f"\n{said}\n{sentence(one, c.segment)}\n  {case.records[0]['evidence']!r}"

    def lines(self) -> Iterator[str]:
        """Yield the tables."""
        right = sum(n for (gold, found), n in self.confusion.items() if gold == found)
        yield (
            f"status right {right / max(1, self.confusion.total()):.3f}; where the grammar sees the relation "
            f"{_share(self.plain):.3f}"
        )
        yield f"{'':12} " + " ".join(f"{s:>11}" for s in STATUSES)
        for gold in STATUSES:
            yield f"{gold:12} " + " ".join(f"{self.confusion[gold, found]:11}" for found in STATUSES)


def _share(counts: Counter[bool]) -> float:
    return counts[True] / max(1, counts.total())


def table(title: str, by_name: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Yield precision, recall and F1 of what is right, wrong and missed, in all and by name."""
    total: Counter[str] = Counter()
    for counts in by_name.values():
        total.update(counts)
    yield f"{title:16} {_scores(total)}"
    for name, counts in sorted(by_name.items()):
        yield f"  {name:14} {_scores(counts)}"


def _scores(counts: Counter[str]) -> str:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {right + missed}"


def sentence(one: Told, i: int) -> str:
    """Return a segment on one line."""
    segment = one.proposer.reading.parsed[i].segment
    return f"  [{segment.kind}] " + " ".join(one.document.text[segment.start : segment.end].split())
