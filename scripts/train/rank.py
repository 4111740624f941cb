"""Learns the ranker: counts, word weights, two forests and the calibration, each on documents it was not judged by."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from sklearn.isotonic import IsotonicRegression

from kg.extract.encoding.texts import Encoded
from kg.extract.forest import Forest, Stop
from kg.extract.learned import Table
from kg.extract.proposing.candidates import PREDICATES, Candidate, as_triple
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.contest import contest
from kg.extract.ranking.features import NAMES, Features
from kg.extract.ranking.lexical import GROUPS, Surroundings
from kg.extract.ranking.pairs import PairScorer
from kg.extract.ranking.ranker import FIRST_NAMES, GATE, Odds, Ranker, odds_keys
from kg.extract.ranking.rivals import Rivals, Scored, by_triple
from kg.extract.ranking.wordscores import WordWeights
from kg.extract.reading import Reading
from kg.extract.reference.coref import Discourse
from scripts.train.corpus import Annotated, fold_of
from scripts.train.forests import Grown, grow, in_threads, stops
from scripts.train.words import RELATIONS, Vocabulary, Words

FOLDS = 5
FIRST = {"num_leaves": 63, "learning_rate": 0.05, "min_data_in_leaf": 20, "feature_fraction": 0.4, "lambda_l2": 5}
FIRST_TREES = 300
SECOND = {"num_leaves": 31, "learning_rate": 0.04, "min_data_in_leaf": 40, "feature_fraction": 0.6, "lambda_l2": 10}
SECOND_TREES = 200
TURNED_AWAY = 0.0125
"""Share of what is right in texts by others that the encoder's say alone may leave out; a third of all goes with it.

How far its log-odds lie apart depends on how long it learned, so where they are cut is learned, too."""
MARGIN = 1.0
"""How far below the gate candidates are still learned from: forests tell better what they have seen fail."""
REAL_FIRST, REAL_SECOND = 3.0, 2.0
"""How much a text by others counts in each forest; one that was written to learn from counts 1."""


@dataclass(slots=True)
class Example:
    """A candidate of a training document: what the ranker sees of it, and whether it is right."""

    document: int
    candidate: Candidate
    right: bool
    weight: float
    keys: tuple[str, str, str]
    words: np.ndarray
    """The numbers of its features."""


@dataclass(slots=True)
class ReadDocument:
    """A training document as it was read: with predicted names, or with the gold ones."""

    annotated: Annotated
    proposer: Proposer
    names: list[str]
    """The gold name of each entity."""


def read_document(annotated: Annotated, reading: Reading, chooser: Forest | None = None) -> ReadDocument:
    """Prepare a document for training, with antecedents chosen by a forest that did not see it."""
    return ReadDocument(annotated, Proposer(reading, Discourse(reading, chooser)), annotated.align(reading.entities))


def triple_of(document: ReadDocument, c: Candidate) -> tuple[str, str, str]:
    """Return what a candidate says, in gold names."""
    return as_triple(document.names[c.subject.entity], c.predicate, document.names[c.object.entity])


def examples(documents: Sequence[ReadDocument], vocabulary: Vocabulary) -> list[Example]:
    """Return every candidate of the documents. One that is right, but not where the gold saw it, counts less."""
    found = []
    for number, document in enumerate(documents):
        facts = document.annotated.facts()
        for i, candidates in enumerate(document.proposer.candidates()):
            if not candidates:
                continue
            around, shared = Surroundings(document.proposer.reading, i), {}
            parsed = document.proposer.reading.parsed[i]
            for c in candidates:
                pair = (c.subject, c.object)
                if pair not in shared:
                    shared[pair] = vocabulary.encode(around.of_pair(*pair))
                spans = facts.get(triple_of(document, c))
                there = spans is not None and any(a < parsed.segment.end and b > parsed.segment.start for a, b in spans)
                words = np.concatenate([shared[pair], vocabulary.encode(around.of_trigger(c))])
                weight = 1.0 if spans is None or there else 0.3
                found.append(Example(number, c, spans is not None, weight, odds_keys(c), words))
    return found


def count_odds(data: Sequence[Example]) -> Odds:
    """Count how often candidates of each kind are right."""
    right: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(float)
    by_predicate: dict[str, float] = defaultdict(float)
    of_predicate: dict[str, float] = defaultdict(float)
    for e in data:
        of_predicate[e.candidate.predicate] += e.weight
        by_predicate[e.candidate.predicate] += e.right * e.weight
        for key in e.keys:
            seen[key] += e.weight
            if e.right:
                right[key] += e.weight
    return Odds(right, seen, {p: by_predicate[p] / of_predicate[p] for p in of_predicate})


class Learner:
    """What is learned from candidates of some documents and applied to those of others.

    ``table`` has a row for each candidate whose words let it pass (``passing``: their numbers), with counts and words
    learned without its fold, as they are used. ``of_words`` are the weights learned from all.
    """

    def __init__(
        self,
        documents: Sequence[ReadDocument],
        data: Sequence[Example],
        vocabulary: Vocabulary,
        encoded: np.ndarray,
        judged: int,
    ) -> None:
        """Take the candidates that the encoder lets pass, of all documents: the first of these are texts by others.

        ``encoded`` is what is made of each by an encoder that did not see its document, which falls into a fold by its
        name.
        """
        self.data = data
        self._all_folds = np.array([fold_of(documents[e.document].annotated.name, FOLDS) for e in data])
        right, weight = np.array([e.right for e in data], dtype=float), np.array([e.weight for e in data])
        predicates = np.array([PREDICATES.index(e.candidate.predicate) for e in data])
        self.words = Words(vocabulary, [e.words for e in data], predicates, right, weight, learning=RELATIONS)
        by_words = self._by_words()
        scores = by_words[:, 0] + [e.candidate.rule for e in data]
        self.passing = np.nonzero(scores >= GATE - MARGIN)[0]
        real = np.array([e.document < judged for e in data])
        weight = weight * np.where(real, REAL_FIRST, 1.0)
        self.folds, self.right, self.weight = (rows[self.passing] for rows in (self._all_folds, right, weight))
        rows = np.hstack([by_words, self._contests(scores), encoded[:, None], self._contests(encoded)])
        self.table = np.hstack([self._dense(documents), self._odds(), rows[self.passing]]).astype(np.float32)

    def _by_words(self) -> np.ndarray:
        everything = np.ones(len(self.data), dtype=bool)
        parts = [everything, *(self._all_folds != fold for fold in range(FOLDS))]
        self.of_words, *fitted = self.words.fit(parts)
        found = np.zeros((len(self.data), 1 + len(GROUPS)))
        for fold in range(FOLDS):
            own = self._all_folds == fold
            found[own] = self.words.scores(fitted[fold], own)
        return found

    def _dense(self, documents: Sequence[ReadDocument]) -> np.ndarray:
        rows = np.zeros((len(self.passing), len(NAMES)), dtype=np.float32)
        passing = dict(zip(self.passing.tolist(), rows, strict=True))
        for (document, segment), members in self._segments():
            features = Features(documents[document].proposer, segment, [self.data[n].candidate for n in members])
            for n in members:
                if n in passing:
                    passing[n][:] = features.row(self.data[n].candidate)
        return rows

    def _odds(self) -> np.ndarray:
        found = np.zeros((len(self.passing), 3))
        for fold in range(FOLDS):
            odds = count_odds([e for e, f in zip(self.data, self._all_folds, strict=True) if f != fold])
            for n in np.nonzero(self.folds == fold)[0]:
                found[n] = odds.row(self.data[self.passing[n]].candidate)
        return found

    def _contests(self, scores: np.ndarray) -> np.ndarray:
        """Return how each candidate stands among those of its segment."""
        rows: list[list[float]] = []
        for _, members in self._segments():
            rows += contest([self.data[n].candidate for n in members], scores[members].tolist())
        return np.array(rows)

    def _segments(self) -> Iterator[tuple[tuple[int, int], list[int]]]:
        places = [(e.document, e.candidate.segment) for e in self.data]
        for place, together in groupby(range(len(self.data)), places.__getitem__):
            yield place, list(together)

    def forest(self, without: int | None = None) -> Grown:
        """Grow the first forest on all candidates that pass, or on those outside a fold."""
        part = self.folds != without
        return grow(FIRST, FIRST_TREES, self.table[part], self.right[part], self.weight[part])

    def cross_fitted(self) -> tuple[np.ndarray, tuple[Stop, ...]]:
        """Return for each candidate the chance given by a forest that did not see its document, and fitting stops.

        The chance is 0 where the words do not let a candidate pass, or where it is given up.
        """
        grown = in_threads(self.forest, range(FOLDS))
        held = [self.folds == fold for fold in range(FOLDS)]
        found = stops([(forest, self.table[own]) for forest, own in zip(grown, held, strict=True)])
        chances = np.zeros(len(self.data))
        for forest, own in zip(grown, held, strict=True):
            chances[self.passing[own]] = forest.stopping(found).predict(self.table[own])
        return chances, found


@dataclass(slots=True)
class SecondRows:
    """The rows of the second forest; of each whether it is right, its document, its triple in gold names, its entry."""

    table: np.ndarray
    right: np.ndarray
    owner: np.ndarray
    said: list[tuple[str, str, str]]
    entries: list[Scored]


def second_rows(documents: Sequence[ReadDocument], learner: Learner, chances: np.ndarray) -> SecondRows:
    """Return how each triple stands in its document, beside what is seen of its best candidate."""
    scored: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    place: dict[int, int] = {}
    for at, n in enumerate(learner.passing.tolist()):
        if chances[n] > 0:
            e = learner.data[n]
            scored[e.document].append((float(chances[n]), e.candidate))
            place[id(e.candidate)] = at
    rows, best, right, owner, said, entries = [], [], [], [], [], []
    for number, pairs in sorted(scored.items()):
        document = documents[number]
        facts = document.annotated.facts()
        triples = by_triple(pairs)
        rivals = Rivals(triples, document.proposer.discourse.frequency)
        for _, entry in sorted(triples.items()):
            rows.append(rivals.row(entry))
            best.append(place[id(entry.candidates[0][1])])
            gold = triple_of(document, entry.candidates[0][1])
            right.append(gold in facts)
            owner.append(number)
            said.append(gold)
            entries.append(entry)
    table = np.hstack([np.array(rows, dtype=np.float32), learner.table[best]])
    return SecondRows(table, np.array(right, dtype=float), np.array(owner), said, entries)


@dataclass(slots=True)
class Trained:
    """The ranker, and what it reached on documents held out: chances, right or wrong, document, triple."""

    ranker: Ranker
    words: Table
    first: Grown
    second: Grown
    chances: np.ndarray
    right: np.ndarray
    owner: list[int]
    said: list[tuple[str, str, str]]
    found: list[list[Scored]]
    """What was found in each document, those that were written to learn from among them."""


def train_ranker(
    documents: Sequence[ReadDocument], encoded: Sequence[Sequence[Encoded]], scorers: Sequence[PairScorer], judged: int
) -> Trained:
    """Learn from documents, given what an encoder that did not see each makes of it, and the scorer that goes with it.

    What is reported comes from folds that did not see the document. Calibration and report go by the first ``judged``
    documents: those that are whole texts of others.
    """
    vocabulary = Vocabulary()
    data = examples(documents, vocabulary)
    everything = zip((d.proposer for d in documents), encoded, scorers, strict=True)
    found = (scorer.scores(p.reading, states, p.candidates()) for p, states, scorer in everything)
    scores = np.array([score for document in found for _, row in document for score in row], np.float32)
    let_in = least_heard(data, scores, judged)
    passing = np.nonzero(scores >= let_in)[0]
    data = [data[n] for n in passing]  # lets go of the others
    learner = Learner(documents, data, vocabulary, scores[passing], judged)
    return finish(documents, learner, let_in, judged)


def least_heard(data: Sequence[Example], scores: np.ndarray, judged: int) -> float:
    """Return what the encoder must make of a candidate, given its scores of all."""
    right = np.array([e.right and e.document < judged for e in data])
    return round(float(np.quantile(scores[right], TURNED_AWAY)), 2)


def finish(documents: Sequence[ReadDocument], learner: Learner, let_in: float, judged: int) -> Trained:
    """Learn the forests and the calibration."""
    chances, limits = learner.cross_fitted()
    rows = second_rows(documents, learner, chances)
    real = rows.owner < judged
    weight = np.where(real, REAL_SECOND, 1.0)
    folds = np.array([fold_of(documents[n].annotated.name, FOLDS) for n in rows.owner])
    held = np.zeros(len(rows.right))
    for k, grown in enumerate(in_threads(lambda k: grow_second(rows, weight, folds != k), range(FOLDS))):
        held[folds == k] = grown.predict(rows.table[folds == k])
    weights, bias = learner.of_words
    first = learner.forest().stopping(limits)
    second = grow_second(rows, weight, folds >= 0)
    words = learner.words.by_feature(weights)
    steps = calibrate(held[real], rows.right[real])
    odds, weighing = count_odds(learner.data), WordWeights.of(words)
    ranker = Ranker(odds, weighing, bias, let_in, first.forest(), second.forest(), steps)
    found: list[list[Scored]] = [[] for _ in documents]
    for entry, number, chance in zip(rows.entries, rows.owner, held, strict=True):
        entry.chance = ranker.confidence(float(chance))
        found[number].append(entry)
    calibrated = np.array([entry.chance for entry, own in zip(rows.entries, real, strict=True) if own])
    said = [triple for triple, own in zip(rows.said, real, strict=True) if own]
    return Trained(ranker, words, first, second, calibrated, rows.right[real], rows.owner[real].tolist(), said, found)


def grow_second(rows: SecondRows, weight: np.ndarray, part: np.ndarray) -> Grown:
    """Grow the second forest on the triples that a mask selects."""
    return grow(SECOND, SECOND_TREES, rows.table[part], rows.right[part], weight[part])


def calibrate(chances: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Return the steps by which a score becomes a confidence."""
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.005, y_max=0.995).fit(chances, right)
    grid = np.concatenate([np.linspace(0, 0.1, 11), np.linspace(0.12, 1, 45)])
    return [(round(float(x), 4), round(float(y), 4)) for x, y in zip(grid, model.predict(grid), strict=True)]


def as_json(trained: Trained) -> dict[str, Any]:
    """Return the ranker as it is written."""
    ranker = trained.ranker
    kept = {k: round(v, 2) for k, v in sorted(ranker.odds.seen.items()) if v >= 2}
    return {
        "names": [*FIRST_NAMES],
        "right": {k: round(v, 2) for k, v in sorted(ranker.odds.right.items()) if k in kept},
        "seen": kept,
        "prior": {k: round(v, 5) for k, v in sorted(ranker.odds.prior.items())},
        "bias": round(ranker.bias, 4),
        "let_in": ranker.let_in,
        "first": trained.first.trees,
        "stops": trained.first.stops,
        "second": trained.second.trees,
        "steps": ranker.steps,
    }
