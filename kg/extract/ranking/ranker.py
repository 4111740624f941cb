"""The ranker: decides how likely each candidate is, first alone, then against its rivals in the document.

Its weights (``weights/ranker.json``) are learned by ``scripts/train`` on annotated documents; everything it looks at
has a name (``kg.extract.ranking.features``).
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.exceptions import OntologyError
from kg.extract.encoding import pairs
from kg.extract.encoding.pairs import PairScorer
from kg.extract.forest import Forest
from kg.extract.learned import LazyTable, weights_of
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.contest import NAMES as RIVALS
from kg.extract.ranking.contest import contest
from kg.extract.ranking.features import NAMES, SLOTS, Features, Row
from kg.extract.ranking.lexical import GROUPS, Surroundings, group
from kg.extract.ranking.rivals import Rivals, Scored, by_triple
from kg.extract.reading import DocEntity

GATE = -3.5
"""What words and rule must together make of a candidate to be looked at more closely. One in five passes; on texts
not learned from, the claims are as right and as many as with a gate that lets all pass that was learned from."""

HOPELESS = 0.01
"""What the first forest must make of the best candidate of a claim for the second to look at it."""


@dataclass(slots=True)
class Odds:
    """How often candidates of a kind were right in training: by trigger, by trigger and slots, by slots."""

    right: Mapping[str, float]
    seen: Mapping[str, float]
    prior: Mapping[str, float]

    def row(self, c: Candidate) -> Row:
        """Return the three shares of a candidate, drawn towards the share of its predicate where little was seen."""
        by_trigger, both, by_slots = odds_keys(c)
        prior = self.prior.get(c.predicate, 0.03)
        one = (self.right.get(by_trigger, 0.0) + 5 * prior) / (self.seen.get(by_trigger, 0.0) + 5)
        three = (self.right.get(by_slots, 0.0) + 5 * prior) / (self.seen.get(by_slots, 0.0) + 5)
        two = (self.right.get(both, 0.0) + 4 * (one + three) / 2) / (self.seen.get(both, 0.0) + 4)
        return [one, two, three]


def odds_keys(c: Candidate) -> tuple[str, str, str]:
    """Return what candidates are counted by: trigger; trigger and slots; slots."""
    slots = f"{_slot(c.subject_place.slots)}|{_slot(c.object_place.slots)}"
    trigger = f"{c.trigger.lemma}|{c.predicate}"
    return trigger, f"{trigger}|{slots}", f"{c.predicate}|{c.trigger.part}|{slots}"


def _slot(slots: tuple[str, ...]) -> int:
    return next((SLOTS[s] for s in slots if s in SLOTS), 18 if slots else 0)


Weighed = Mapping[int, float]
"""The weights of a feature of words, by ``place`` of predicate and group."""


_FIRST_PLACE = {predicate: n * len(GROUPS) for n, predicate in enumerate(PREDICATES)}


def place(predicate: str, group: int) -> int:
    """Return the number of a predicate's weights of one group, those of a predicate side by side."""
    return _FIRST_PLACE[predicate] + group


def weighed(feature: str, weights: Mapping[str, float]) -> Weighed:
    """Return the weights of a feature, given by predicate, by place."""
    number = group(feature)
    return {place(predicate, number): weight for predicate, weight in weights.items()}


@dataclass(slots=True)
class Ranker:
    """The learned parts: counts, the weights of words by predicate, two forests, and how scores become confidences."""

    odds: Odds
    words: Mapping[str, Weighed]
    bias: float
    first: Forest
    second: Forest
    steps: Sequence[tuple[float, float]] = field(default_factory=list)
    scorer: PairScorer | None = None
    """What encodes the text; None for the package's own."""

    def row(self, features: Features, c: Candidate, words: Row, others: Row) -> Row:
        """Return what the first forest sees of a candidate, in the order of ``FIRST_NAMES``."""
        return [*features.row(c), *self.odds.row(c), *words, *others]

    def confidence(self, score: float) -> float:
        """Return the share that was right among claims of this score: calibrated by isotonic regression."""
        if not self.steps:
            return score
        low = self.steps[0]
        for high in self.steps:
            if score <= high[0]:
                width = high[0] - low[0]
                return high[1] if width <= 0 else low[1] + (high[1] - low[1]) * (score - low[0]) / width
            low = high
        return low[1]


class WordScores:
    """What the words of a segment make of its candidates; what candidates of one pair share is summed up once."""

    def __init__(self, ranker: Ranker, around: Surroundings) -> None:
        self._words = ranker.words
        self._bias = ranker.bias
        self._around = around
        self._pairs: dict[tuple[Argument, Argument], Row] = {}
        self._triggers: dict[Hashable, Row] = {}

    def row(self, c: Candidate) -> Row:
        """Return the log-odds of a candidate: in all, then by group of features."""
        pair, trigger = (c.subject, c.object), (c.predicate, self._around.trigger_key(c))
        if pair not in self._pairs:
            self._pairs[pair] = self._of_pair(pair)
        if trigger not in self._triggers:
            self._triggers[trigger] = self._of_trigger(c)
        first = place(c.predicate, 0)
        parts = self._pairs[pair][first : first + len(GROUPS)]
        for number, weight in zip(_OF_TRIGGER, self._triggers[trigger], strict=True):
            parts[number] += weight
        return [self._bias + sum(parts), *parts]

    def _of_trigger(self, c: Candidate) -> Row:
        found = [self._words.get(feature, _NOTHING) for feature in self._around.of_trigger(c)]
        first = place(c.predicate, 0)
        return [sum(weights.get(first + number, 0.0) for weights in found) for number in _OF_TRIGGER]

    def _of_pair(self, pair: tuple[Argument, Argument]) -> Row:
        sums = [0.0] * (len(PREDICATES) * len(GROUPS))
        for feature in self._around.of_pair(*pair):
            for at, weight in self._words.get(feature, _NOTHING).items():
                sums[at] += weight
        return sums


_NOTHING: Weighed = {}
_OF_TRIGGER = tuple(GROUPS.index(name) for name in ("trigger", "shape"))
"""The groups of the features that a candidate owes to its trigger."""

FIRST_NAMES = (
    *(*NAMES, "odds_trigger", "odds_both", "odds_slots", "words"),
    *(f"words_{name}" for name in GROUPS),
    *RIVALS,
    "encoder",
    *(f"encoder_{name}" for name in RIVALS),
)
"""What the first forest looks at."""


def rank(proposer: Proposer, ranker: Ranker) -> list[Scored]:
    """Return the triples of a document with their confidence, best first."""
    scored: list[tuple[float, Candidate]] = []
    rows: dict[int, Row] = {}
    encoded = (ranker.scorer or pairs.trained()).scores(proposer.reading, proposer.candidates())
    for i, (candidates, by_encoder) in enumerate(encoded):
        if candidates:
            for c, row in _worth_a_look(proposer, ranker, i, candidates, by_encoder):
                if chance := ranker.first.chance(row):
                    scored.append((chance, c))
                    rows[id(c)] = row
    triples = by_triple(scored)
    rivals = Rivals(triples, proposer.discourse.frequency)
    for entry in triples.values():
        chance, best = entry.candidates[0]
        if chance >= HOPELESS:
            entry.chance = ranker.confidence(ranker.second.chance([*rivals.row(entry), *rows[id(best)]]))
    ranked = sorted(triples.values(), key=lambda e: (-e.chance, e.triple))
    return agreeing(ranked, settle_types(ranked, proposer.reading.entities))


def _worth_a_look(
    proposer: Proposer, ranker: Ranker, i: int, candidates: list[Candidate], encoded: Row
) -> Iterator[tuple[Candidate, Row]]:
    """Yield the candidates of a segment whose words let them pass, each with its row."""
    by_words = WordScores(ranker, Surroundings(proposer.reading, i))
    words = [by_words.row(c) for c in candidates]
    scores = [row[0] + c.rule for row, c in zip(words, candidates, strict=True)]
    if max(scores) < GATE:
        return
    features = Features(proposer, i, candidates)
    contests = zip(contest(candidates, scores, GATE), contest(candidates, encoded), strict=True)
    for n, (c, row, (of_words, of_encoder)) in enumerate(zip(candidates, words, contests, strict=True)):
        if scores[n] >= GATE:
            yield c, ranker.row(features, c, row, [*of_words, encoded[n], *of_encoder])


def settle_types(ranked: Sequence[Scored], entities: Sequence[DocEntity]) -> list[str]:
    """Return the type of each entity: what its name suggests, and what its claims take it for."""
    support: list[dict[str, float]] = [
        {kind: 1.5 * entity.chance(kind) for kind in entity.kinds} for entity in entities
    ]
    for entry in ranked:
        best = entry.candidates[0][1]
        for entity, kind in ((best.subject.entity, best.types[0]), (best.object.entity, best.types[1])):
            if kind in support[entity]:
                support[entity][kind] += entry.chance
    return [max(kinds, key=lambda k: (kinds[k], k)) for kinds in support]


def agreeing(ranked: Sequence[Scored], types: Sequence[str]) -> list[Scored]:
    """Return the triples that take each entity for what it is."""
    kept = []
    for entry in ranked:
        fitting = [(p, c) for p, c in entry.candidates if (types[c.subject.entity], types[c.object.entity]) == c.types]
        if fitting:
            entry.candidates = fitting
            kept.append(entry)
    return kept


@cache
def trained() -> Ranker:
    """Return the package's ranker; raises OntologyError where its weights are older than what they weigh."""
    data = weights_of("ranker")
    if data.get("names") != [*FIRST_NAMES] or data.get("encoder") != pairs.trained().made:
        raise OntologyError("weights/ranker.json was learned from other features; run: python scripts/dev.py train")
    return Ranker(
        Odds(data["right"], data["seen"], data["prior"]),
        LazyTable(data["words"], weighed),
        data["bias"],
        Forest.from_json(data["first"], data["stops"]),
        Forest.from_json(data["second"]),
        [(a, b) for a, b in data["steps"]],
    )
