"""The ranker: decides how likely each candidate is, first alone, then against its rivals in the document.

Its weights (``ranker.json`` and ``words.npz`` in ``weights``) are learned by ``scripts/train`` on annotated documents;
everything it looks at has a name (``FIRST_NAMES``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from kg.exceptions import OntologyError
from kg.extract.encoding import texts
from kg.extract.encoding.texts import Encoded
from kg.extract.forest import Forest
from kg.extract.learned import Table, arrays_of, weights_of
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking import pairs
from kg.extract.ranking.contest import NAMES as RIVALS
from kg.extract.ranking.contest import contest
from kg.extract.ranking.features import NAMES, SLOTS, Features, Row
from kg.extract.ranking.lexical import GROUPS, Surroundings
from kg.extract.ranking.pairs import PairScorer
from kg.extract.ranking.rivals import Rivals, Scored, by_triple
from kg.extract.ranking.wordscores import WordScores, WordWeights
from kg.extract.reading import DocEntity

GATE = -3.5
"""What words and rule must together make of a candidate to be looked at more closely. One in five passes; on texts
not learned from, the claims are as right and as many as with a gate that lets all pass that was learned from."""

_TOGETHER = 2000
"""Candidates that the first forest looks at together."""

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


@dataclass(slots=True)
class Ranker:
    """The learned parts: counts, the weights of words by predicate, two forests, and how scores become confidences."""

    odds: Odds
    words: WordWeights
    bias: float
    let_in: float
    """What the encoder must make of a candidate to be looked at at all."""
    first: Forest
    second: Forest
    steps: Sequence[tuple[float, float]] = field(default_factory=list)
    scorer: PairScorer | None = None
    """What scores pairs by the encoder's states; None for the package's own."""

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


FIRST_NAMES = (
    *(*NAMES, "odds_trigger", "odds_both", "odds_slots", "words"),
    *(f"words_{name}" for name in GROUPS),
    *RIVALS,
    "encoder",
    *(f"encoder_{name}" for name in RIVALS),
)
"""What the first forest looks at."""


def rank(proposer: Proposer, encoded: Sequence[Encoded], ranker: Ranker) -> list[Scored]:
    """Return the triples of a document, which is given as read and as encoded, with their confidence, best first."""
    found = [*_not_given_up(ranker, _worth_a_look(proposer, encoded, ranker))]
    rows = {id(c): row for _, c, row in found}
    triples = by_triple([(chance, c) for chance, c, _ in found])
    rivals = Rivals(triples, proposer.discourse.frequency)
    hopeful = [entry for entry in triples.values() if entry.candidates[0][0] >= HOPELESS]
    seconds = ranker.second.chances([[*rivals.row(entry), *rows[id(entry.candidates[0][1])]] for entry in hopeful])
    for entry, chance in zip(hopeful, seconds, strict=True):
        entry.chance = ranker.confidence(chance)
    ranked = sorted(triples.values(), key=lambda e: (-e.chance, e.triple))
    return agreeing(ranked, settle_types(ranked, proposer.reading.entities))


def _not_given_up(ranker: Ranker, looked_at: Iterable[tuple[Candidate, Row]]) -> Iterator[tuple[float, Candidate, Row]]:
    """Yield the candidates that the first forest does not give up, each with its chance."""
    following = iter(looked_at)
    while some := [*islice(following, _TOGETHER)]:
        chances = ranker.first.chances([row for _, row in some])
        yield from ((chance, c, row) for (c, row), chance in zip(some, chances, strict=True) if chance)


def _worth_a_look(proposer: Proposer, encoded: Sequence[Encoded], ranker: Ranker) -> Iterator[tuple[Candidate, Row]]:
    """Yield the candidates of a document that encoder and words let pass, each with its row."""
    scorer = ranker.scorer or pairs.trained()
    for i, (every, scores) in enumerate(scorer.scores(proposer.reading, encoded, proposer.candidates())):
        let_in = [(c, score) for c, score in zip(every, scores, strict=True) if score >= ranker.let_in]
        if let_in:
            yield from _of_segment(proposer, ranker, i, [c for c, _ in let_in], [score for _, score in let_in])


def _of_segment(
    proposer: Proposer, ranker: Ranker, i: int, candidates: list[Candidate], encoded: Row
) -> Iterator[tuple[Candidate, Row]]:
    """Yield the candidates of a segment whose words let them pass, each with its row."""
    by_words = WordScores(ranker.words, ranker.bias, Surroundings(proposer.reading, i))
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
    if data.get("names") != [*FIRST_NAMES] or data.get("encoder") != texts.trained().made:
        raise OntologyError("weights/ranker.json was learned from other features; run: python scripts/dev.py train")
    return Ranker(
        Odds(data["right"], data["seen"], data["prior"]),
        WordWeights.of(Table.of(arrays_of("words"))),
        data["bias"],
        data["let_in"],
        Forest.from_json(data["first"], data["stops"]),
        Forest.from_json(data["second"]),
        [(a, b) for a, b in data["steps"]],
    )
