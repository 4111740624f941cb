"""Counts what is right, wrong and missed of status and attributes, and shows each error."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.core.claim import STATUSES
from kg.extract.extractor import ATTRIBUTE_CUT
from kg.extract.facts.attributes import Attributed, AttributeModel, attributes
from kg.extract.facts.heard import asked_of
from kg.extract.facts.status import StatusModel, status_of
from scripts.train.cases import Case, HeardTold, Told
from scripts.train.values import same_value

PLAIN = 1.0
"""Rule score from which the grammar sees a relation, as it does those that are found in the end."""

Wrong = tuple[str, str]
"""What is wrong: its kind (status, attributes), and a line."""


class Tally:
    """Counts what is right, wrong and missed."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.plain: Counter[bool] = Counter()
        self.attributes: dict[str, Counter[str]] = defaultdict(Counter)
        self.of_attributes: Counter[bool] = Counter()
        self.sure: dict[int, list[bool]] = defaultdict(list)

    def judge(self, one: HeardTold, status: StatusModel, known: AttributeModel) -> Iterator[Wrong]:
        """Count one document, and yield what is wrong in it."""
        for case in one.cases:
            yield from self._status(one, case, status)
        found = [a for a in attributes(one.proposer, one.heard, known, status) if a.confidence >= ATTRIBUTE_CUT]
        yield from self._attributes(one, found)

    def _status(self, one: HeardTold, case: Case, model: StatusModel) -> Iterator[Wrong]:
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
            yield "status", f"\n{said}\n{sentence(one, c.segment)}\n  {case.records[0]['evidence']!r}"

    def _attributes(self, one: Told, found: Sequence[Attributed]) -> Iterator[Wrong]:
        left = one.attributes()
        done: list[tuple[str, str, Any]] = []
        for a in found:
            name = one.proposer.reading.entities[a.entity].name
            if any(d[:2] == (name, a.name) and same_value(d[2], a.value) for d in done):
                continue
            done.append((name, a.name, a.value))
            hit = next((g for g in left if g[:2] == (name, a.name) and same_value(g[2], a.value)), None)
            self.attributes[a.name]["right" if hit else "wrong"] += 1
            self.sure[min(9, int(a.confidence * 10))].append(hit is not None)
            if hit:
                left.remove(hit)
                self.of_attributes[a.status.status == hit[3]] += 1
            else:
                said = f"wrong {a.confidence:.2f} {name} {a.name} {a.value}"
                yield "attributes", f"\n{said}\n{sentence(one, a.segment)}"
        for a in one.document.gold["attributes"]:
            if (a["e"], a["p"], a["v"], a["status"]) in left:
                self.attributes[a["p"]]["missed"] += 1
                yield "attributes", f"\nmissed {a['e']} {a['p']} {a['v']}\n  {a['evidence']!r}"

    def lines(self) -> Iterator[str]:
        """Yield the tables."""
        right = sum(n for (gold, found), n in self.confusion.items() if gold == found)
        yield (
            f"status right {right / max(1, self.confusion.total()):.3f}; where the grammar sees the relation "
            f"{_share(self.plain):.3f}; of attributes {_share(self.of_attributes):.3f}"
        )
        yield f"{'':12} " + " ".join(f"{s:>11}" for s in STATUSES)
        for gold in STATUSES:
            yield f"{gold:12} " + " ".join(f"{self.confusion[gold, found]:11}" for found in STATUSES)
        yield from table("attributes", self.attributes)
        shares = (f"{n / 10:.1f}: {sum(hits) / len(hits):.2f} of {len(hits)}" for n, hits in sorted(self.sure.items()))
        yield "attributes right by confidence: " + ", ".join(shares)


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
