"""Attributes: capacity, chips, cost, opening and valuation of sites and companies, and the roles of companies.

Two forests decide, as the ranker does for relations: the first judges each value with each entity that may hold it, the
second what a document says of an entity in all, against its rivals.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.core.claim import Quantity, Value
from kg.extract.encoding.texts import check_beside
from kg.extract.facts.heard import Asked, Heard
from kg.extract.facts.holders import ATTRIBUTES, HELD_BY, Held, held
from kg.extract.facts.nearwords import ValueWords
from kg.extract.facts.roles import ROLES
from kg.extract.facts.status import Status, StatusModel, status_of
from kg.extract.facts.surroundings import HOW
from kg.extract.forest import Forest
from kg.extract.learned import arrays_of, weights_of
from kg.extract.proposing.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.contest import leads

LEAST = 0.05
"""Chance from which an attribute is worth a word, though it may not be claimed."""

LIKELY = 0.3
"""Chance from which another value or entity is a rival."""

Key = tuple[int, str, Value]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A valued attribute that a document states: of which entity, name, value, quantity, where, status, how sure."""

    entity: int
    name: str
    value: Value
    quantity: Quantity | None
    segment: int
    item: int
    status: Status
    confidence: float


@dataclass(frozen=True, slots=True)
class AttributeModel:
    """The weights of words and the two forests; what the second says is the confidence."""

    words: ValueWords
    first: Forest
    second: Forest


@cache
def trained() -> AttributeModel:
    """Return the package's weights. Raises OntologyError if they were learned beside another encoder."""
    data, arrays = weights_of("attributes"), arrays_of("attributes")
    check_beside("attributes.json", data.get("encoder"))
    check_beside("attributes.npz", arrays.get("encoder"))
    return AttributeModel(ValueWords.of(arrays), Forest.from_json(data["first"]), Forest.from_json(data["second"]))


def attributes(
    proposer: Proposer, heard: Heard, model: AttributeModel | None = None, statuses: StatusModel | None = None
) -> Iterator[Attributed]:
    """Yield the attributes of a document with their confidence, each once; unlikely ones are left out."""
    model = model or trained()
    options = every(proposer, model.words, heard)
    found = [*gather(proposer, zip(model.first.chances([h.row for h in options]), options, strict=True))]
    for said, chance in zip(found, model.second.chances([said.row for said in found]), strict=True):
        if chance >= LEAST:
            h = said.best
            status = Status("asserted") if h.name == "role" else _status(proposer, h, heard, statuses)
            yield Attributed(h.argument.entity, h.name, h.value, h.quantity, h.segment, h.item, status, chance)


def every(proposer: Proposer, words: ValueWords, heard: Heard) -> list[Held]:
    """Return every value of a document with every entity that may hold it."""
    options = [h for i in range(len(proposer.reading.parsed)) for h in held(proposer, i)]
    rows = words.rows(proposer, options)
    scores = heard.values([(asked_of_value(h), h.name) for h in options])
    spots, holders = [(h.segment, h.item, h.name) for h in options], [h.argument.entity for h in options]
    by_words, by_encoder = leads(spots, holders, [row[0] for row in rows]), leads(spots, holders, scores)
    more = zip(rows, by_words, scores, by_encoder, strict=True)
    return [replace(h, row=(*h.row, *row, *rest)) for h, (row, *rest) in zip(options, more, strict=True)]


def asked_of_value(h: Held, name: str = "") -> Asked:
    """Return what is asked about a value and who may have it: as which attribute, or in which status as one."""
    return Asked(name, h.segment, h.argument, None, (h.segment, h.item))


def _status(proposer: Proposer, h: Held, heard: Heard, model: StatusModel | None) -> Status:
    return status_of(as_candidate(proposer, h), proposer, heard.status(asked_of_value(h, h.name)), model)


def as_candidate(proposer: Proposer, h: Held) -> Candidate:
    """Return an attribute in the form of a relation, so that the same cues tell its status."""
    parsed = proposer.reading.parsed[h.segment]
    kind = HELD_BY[h.name]
    trigger = Trigger(h.item, parsed.syntax.chunk_of[h.item], h.name, "noun", [], {})
    nowhere = Place((), HEAD)
    value = Argument(-1, h.item)
    return Candidate(
        h.segment, h.name, h.argument, value, trigger, NO_USE, "", nowhere, nowhere, 0, 0, 0.0, (kind, "")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of an entity in all: its clearest place, and what the second forest looks at."""

    key: Key
    best: Held
    row: tuple[float, ...]


def gather(proposer: Proposer, scored: Iterable[tuple[float, Held]]) -> Iterator[Said]:
    """Yield each entity, attribute and value once, against its rivals in the document."""
    places: dict[Key, list[tuple[float, Held]]] = defaultdict(list)
    for chance, h in scored:
        places[h.argument.entity, h.name, h.value].append((chance, h))
    rivals = _Rivals(places)
    for key, found in places.items():
        found.sort(key=lambda pair: (-pair[0], pair[1].segment, pair[1].item))
        yield Said(key, found[0][1], rivals.row(proposer, key, found))


class _Rivals:
    """The other values of an entity, the other entities of a value, and the other readings of the same words."""

    def __init__(self, places: Mapping[Key, list[tuple[float, Held]]]) -> None:
        self.values: dict[tuple[int, str], list[tuple[float, Value]]] = defaultdict(list)
        self.entities: dict[tuple[str, Value], list[tuple[float, int]]] = defaultdict(list)
        self.spots: dict[tuple[int, int], dict[tuple[str, int], float]] = defaultdict(dict)
        for (entity, name, value), found in places.items():
            best = max(chance for chance, _ in found)
            self.values[entity, name].append((best, value))
            self.entities[name, value].append((best, entity))
            for chance, h in found:
                spot = self.spots[h.segment, h.item]
                spot[name, entity] = max(spot.get((name, entity), 0.0), chance)

    def row(self, proposer: Proposer, key: Key, found: list[tuple[float, Held]]) -> tuple[float, ...]:
        """Return what the second forest looks at."""
        entity, name, value = key
        chances = [chance for chance, _ in found]
        best = found[0][1]
        spot = self.spots[best.segment, best.item]
        values = sorted((c for c, v in self.values[entity, name] if v != value), reverse=True)
        owners = self.entities[name, value]
        roles = proposer.reading.entities[entity].roles if name == "role" else frozenset[str]()
        return (
            float(ATTRIBUTES.index(name)), chances[0], chances[1] if len(chances) > 1 else 0.0, sum(chances),
            float(len(chances)), float(len({h.segment for _, h in found})),
            max((c for (n, e), c in spot.items() if n == name and e != entity), default=0.0),
            max((c for (n, _), c in spot.items() if n != name), default=0.0),
            values[0] if values else 0.0, values[1] if len(values) > 1 else 0.0, float(sum(c > LIKELY for c in values)),
            max((c for c, e in owners if e != entity), default=0.0), float(len(owners)),
            float(proposer.discourse.frequency.get(entity, 0)), float(value in roles),
            float(bool(roles) and value not in roles), float(best.argument.item < 0),
            float(HOW.index(best.argument.how)),
            float(ROLES.index(str(value))) if name == "role" else -1.0, float(max(spot.values()) == chances[0]),
        )  # fmt: skip
