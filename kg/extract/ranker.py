"""The ranker: decides how likely each candidate is, first alone, then against its rivals in the document.

Its weights (``weights/ranker.json``) are learned by ``scripts/train`` on annotated documents; everything it looks at
has a name (``kg.extract.features``).
"""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.exceptions import OntologyError
from kg.extract.candidates import Candidate
from kg.extract.features import HOW, NAMES, PREDICATES, SLOTS, Features, Row
from kg.extract.forest import Forest
from kg.extract.lexical import Surroundings
from kg.extract.propose import Proposer
from kg.extract.reading import DocEntity

SYMMETRIC = ("PARTNERS_WITH", "COMPETES_WITH")
_PAIRED = tuple(
    "LEASES_FROM SUPPLIES INVESTS_IN LENDS_TO ACQUIRES SUBSIDIARY_OF PARTNERS_WITH COMPETES_WITH OPERATES OWNS BUILDS "
    "LEASES POWERS DESIGNS USES_CHIP FABRICATES HOSTS_CHIP".split()
)
"""Predicates that may rival each other for one pair."""

GATE = -5.5
"""What words and rule must together make of a candidate to be looked at more closely; few right ones are lost."""

Triple = tuple[int, str, int]


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
    words: Mapping[str, Mapping[str, float]]
    bias: float
    first: Forest
    second: Forest
    steps: Sequence[tuple[float, float]] = field(default_factory=list)

    def by_words(self, around: Surroundings, c: Candidate) -> float:
        """Return what the words around a candidate make of it, as log-odds."""
        weights = self.words.get(c.predicate, {})
        return self.bias + sum(weights.get(f, 0.0) for f in set(around.features(c)))

    def by_grammar(self, features: Features, c: Candidate, words: float) -> float:
        """Return the chance of a candidate by itself, 0 to 1."""
        return self.first.chance([*features.row(c), *self.odds.row(c), words])

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


FIRST_NAMES = (*NAMES, "odds_trigger", "odds_both", "odds_slots", "words")


@dataclass(slots=True)
class Scored:
    """A triple of a document with the candidates that say it, best first, and its chances."""

    triple: Triple
    candidates: list[tuple[float, Candidate]]
    chance: float = 0.0


def by_triple(scored: Sequence[tuple[float, Candidate]]) -> dict[Triple, Scored]:
    """Gather the candidates of a document by what they say."""
    found: dict[Triple, Scored] = {}
    for chance, c in scored:
        s, o = c.subject.entity, c.object.entity
        triple = (min(s, o), c.predicate, max(s, o)) if c.predicate in SYMMETRIC else (s, c.predicate, o)
        found.setdefault(triple, Scored(triple, [])).candidates.append((chance, c))
    for entry in found.values():
        entry.candidates.sort(key=lambda pair: (-pair[0], pair[1].segment, pair[1].subject.item, pair[1].object.item))
    return found


class Rivals:
    """What the second forest looks at: how a triple stands against the others of its document."""

    def __init__(self, triples: Mapping[Triple, Scored], frequency: Mapping[int, int]) -> None:
        self.triples = triples
        self.total = max(1, sum(frequency.values()))
        self.frequency = frequency
        self.pairs: dict[frozenset[int], list[tuple[float, str, int]]] = defaultdict(list)
        self.of_subject: dict[tuple[int, str], list[float]] = defaultdict(list)
        self.of_object: dict[tuple[str, int], list[float]] = defaultdict(list)
        self.of_entity: dict[int, float] = defaultdict(float)
        self.of_predicate: dict[str, float] = defaultdict(float)
        for (s, p, o), entry in triples.items():
            best = entry.candidates[0][0]
            self.pairs[frozenset((s, o))].append((best, p, s))
            self.of_subject[s, p].append(best)
            self.of_object[p, o].append(best)
            self.of_entity[s] += best
            self.of_entity[o] += best
            self.of_predicate[p] += best

    def row(self, entry: Scored) -> Row:
        """Return the numbers of a triple."""
        s, p, o = entry.triple
        chances = [chance for chance, _ in entry.candidates]
        best, c = entry.candidates[0]
        pair = self.pairs[frozenset((s, o))]
        others = [b for b, q, _ in pair if q != p]
        reverse = [b for b, q, other in pair if q == p and other != s]
        by_predicate: dict[str, float] = defaultdict(float)
        for b, q, _ in pair:
            by_predicate[q] = max(by_predicate[q], b)
        of_subject, of_object = self.of_subject[s, p], self.of_object[p, o]
        return [
            PREDICATES.index(p),
            math.log(max(best, 1e-4) / max(1e-4, 1 - best)),
            chances[1] if len(chances) > 1 else 0.0,
            chances[2] if len(chances) > 2 else 0.0,
            len(chances),
            1 - math.prod(1 - chance for chance in chances[:6]),
            max(others, default=0.0),
            max(reverse, default=0.0),
            sum(b > best for b in of_subject),
            sum(b > best for b in of_object),
            max(of_subject),
            max(of_object),
            len(of_subject),
            len(of_object),
            self.of_entity[s],
            self.of_entity[o],
            self.of_predicate[p],
            max(c.rule for _, c in entry.candidates),
            len({c.segment for _, c in entry.candidates}),
            HOW.index(c.subject.how),
            HOW.index(c.object.how),
            c.subject.rank,
            c.object.rank,
            self.frequency.get(s, 0) / self.total,
            self.frequency.get(o, 0) / self.total,
            *(by_predicate[q] for q in _PAIRED),
        ]


def rank(proposer: Proposer, ranker: Ranker) -> list[Scored]:
    """Return the triples of a document with their confidence, best first."""
    scored: list[tuple[float, Candidate]] = []
    for i, candidates in enumerate(proposer.candidates()):
        if candidates:
            features, around = Features(proposer, i, candidates), Surroundings(proposer.reading, i)
            for c in candidates:
                words = ranker.by_words(around, c)
                if words + c.rule >= GATE:
                    scored.append((ranker.by_grammar(features, c, words), c))
    triples = by_triple(scored)
    rivals = Rivals(triples, proposer.discourse.frequency)
    for entry in triples.values():
        entry.chance = ranker.confidence(ranker.second.chance(rivals.row(entry)))
    ranked = sorted(triples.values(), key=lambda e: (-e.chance, e.triple))
    return agreeing(ranked, settle_types(ranked, proposer.reading.entities))


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
    data = json.loads(Path(__file__).with_name("weights").joinpath("ranker.json").read_text(encoding="utf-8"))
    if data.get("names") != [*FIRST_NAMES]:
        raise OntologyError("weights/ranker.json was learned from other features; run: python scripts/dev.py train")
    return Ranker(
        Odds(data["right"], data["seen"], data["prior"]),
        data["words"],
        data["bias"],
        Forest.from_json(data["first"]),
        Forest.from_json(data["second"]),
        [(a, b) for a, b in data["steps"]],
    )
