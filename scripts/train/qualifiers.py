"""Learns which values limit a claim, on claims as the ranker finds them in documents that it did not see.

Names, places and chances are those that the extractor will have to do with; the gold says which values are right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from kg.extract.extractor import CUT
from kg.extract.facts.claims import Claims
from kg.extract.facts.heard import Heard
from kg.extract.facts.limits import Limit
from kg.extract.facts.qualifiers import limits_of, telling
from kg.extract.proposing.candidates import as_triple
from kg.extract.ranking.rivals import Scored
from scripts.train.cases import FOLDS, REAL
from scripts.train.corpus import fold_of
from scripts.train.forests import Folded, Grown, cross_fit
from scripts.train.gold import limits, wanted_of
from scripts.train.rank import ReadDocument, triple_of
from scripts.train.tally import table

LIMITS = {"num_leaves": 31, "learning_rate": 0.03, "min_data_in_leaf": 20, "feature_fraction": 0.3, "lambda_l2": 5}
LIMIT_TREES = 400
LEAST = 0.2
"""Confidence from which a relation is learned from; those that will not be claimed teach as well."""
PRECISE = 0.55
"""How much recall counts, where precision counts 1, in choosing cuts of ``CAREFUL`` ones (the square of F's beta)."""
CAREFUL = ("facility", "chip", "date")
"""Qualifiers of which a wrong one leads a reader astray, or tells one deal as two."""


@dataclass(slots=True)
class LimitExamples:
    """Every limit of every relation that was found rightly, and whether the gold has it.

    ``case`` numbers the relation; ``wanted`` has for each the names of its qualifiers in the gold, or None where it is
    not judged: in texts that were written to learn from, and where it would not be claimed.
    """

    limits: list[Limit] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    case: list[int] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    wanted: list[list[str] | None] = field(default_factory=list)


@dataclass(slots=True)
class Learned:
    """The forest, the cuts, and what is right, wrong and missed of each name by forests that did not see a document."""

    forest: Grown
    cuts: dict[str, float]
    counts: dict[str, Counter[str]]

    def as_json(self, encoder: str) -> dict[str, Any]:
        """Return the weights as they are written, with the name of the encoder that they go with."""
        return {"cuts": self.cuts, "forest": self.forest.trees, "encoder": encoder}

    def lines(self) -> Iterator[str]:
        """Yield how good they are, in all and by name."""
        return table("qualifiers", self.counts)


def learn(
    documents: Sequence[ReadDocument], found: Sequence[Sequence[Scored]], heard: Sequence[Heard], judged: int
) -> Learned:
    """Learn from the relations found in each document; the first ``judged`` are texts by others."""
    data = LimitExamples()
    for number, (document, entries, answers) in enumerate(zip(documents, found, heard, strict=True)):
        _add(data, document, entries, answers, number < judged)
    rows, right = np.array([limit.row for limit in data.limits]), np.array(data.right, float)
    folded = Folded(rows, right, np.array(data.weight), np.array(data.fold))
    every, chances = cross_fit(LIMITS, LIMIT_TREES, folded, FOLDS)
    best = [*best_limits(data, chances)]
    chosen = cuts(best)
    return Learned(every, chosen, _counted(data, best, chosen))


def _add(data: LimitExamples, document: ReadDocument, entries: Sequence[Scored], heard: Heard, judged: bool) -> None:
    annotated, proposer = document.annotated, document.proposer
    records: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for fact in annotated.gold["relations"]:
        records[as_triple(fact["s"], fact["p"], fact["o"])].append(fact)
    claims = Claims([entry.candidates[0][1] for entry in entries if entry.chance >= CUT])
    named: dict[Any, str] = {e.name: n for e, n in zip(proposer.reading.entities, document.names, strict=True)}
    fold, weight = fold_of(annotated.name, FOLDS, "f"), REAL if judged else 1.0
    for entry in entries:
        told = records.get(triple_of(document, entry.candidates[0][1]))
        if not told or entry.chance < LEAST:
            continue
        wanted = wanted_of(annotated, told)
        for limit in limits_of(telling(entry), proposer, claims, heard):
            data.limits.append(limit)
            data.right.append(limits(wanted, replace(limit, value=named.get(limit.value, limit.value))))
            data.case.append(len(data.wanted))
            data.fold.append(fold)
            data.weight.append(weight)
        data.wanted.append([name for name, _ in wanted] if judged and entry.chance >= CUT else None)


def best_limits(data: LimitExamples, chances: np.ndarray) -> Iterator[tuple[float, str, bool]]:
    """Yield the likeliest limit of each name for each judged relation: chance, name, right."""
    best: dict[tuple[int, str], tuple[float, bool]] = {}
    for case, limit, chance, right in zip(data.case, data.limits, chances, data.right, strict=True):
        key = case, limit.name
        if data.wanted[case] is not None and (key not in best or chance > best[key][0]):
            best[key] = (float(chance), right)
    yield from ((chance, name, right) for (_, name), (chance, right) in best.items())


def cuts(scored: Sequence[tuple[float, str, bool]]) -> dict[str, float]:
    """Return for each name the chance above which F is best on documents that were held out.

    F weighs precision and recall alike, but for ``CAREFUL`` ones precision more.
    """
    found = {}
    for name in sorted({n for _, n, _ in scored}):
        own = sorted(((c, r) for c, n, r in scored if n == name), reverse=True)
        total, right, best = sum(r for _, r in own), 0, (0.0, 0.5)
        recall = PRECISE if name in CAREFUL else 1.0
        for count, (chance, hit) in enumerate(own, 1):
            right += hit
            if chance >= 0.2:
                best = max(best, ((1 + recall) * right / (count + recall * max(total, 1)), round(chance, 3)))
        found[name] = best[1]
    return found


def _counted(
    data: LimitExamples, best: Sequence[tuple[float, str, bool]], chosen: dict[str, float]
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for chance, name, right in best:
        if chance >= chosen[name]:
            counts[name]["right" if right else "wrong"] += 1
    for name, many in Counter(name for names in data.wanted for name in names or ()).items():
        counts[name]["missed"] = many - counts[name]["right"]
    return counts
