"""Gold facts as the grammar sees them, names given: what status, qualifiers and attributes are learned on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.core.ids import name_key
from kg.extract.facts.claims import Claims
from kg.extract.facts.heard import Heard
from kg.extract.forest import Forest
from kg.extract.naming.entities import known_id
from kg.extract.proposing.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger, as_triple
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import DocEntity, Occurrence, Reading, read
from kg.extract.reference.coref import Discourse
from kg.schema.registry import registry
from scripts.train import antecedents
from scripts.train.corpus import Annotated, fold_of
from scripts.train.names import gold_spans, learnable

FOLDS = 5
REAL = 4.0
"""How much a text by others counts in learning facts; one that was written to learn from counts 1."""
SEEN = 0.9
"""Rule score from which a relation will likely be found."""

Triple = tuple[str, str, str]


@dataclass(slots=True)
class Case:
    """A gold relation with all its records, and the candidates that say it, the one of its evidence first.

    ``bare`` marks one that the grammar does not propose there.
    """

    triple: Triple
    records: list[dict[str, Any]]
    candidates: list[Candidate]
    bare: bool


@dataclass(slots=True)
class Known:
    """A document that was read, with the gold name of each entity read."""

    document: Annotated
    proposer: Proposer
    names: list[str]
    fold: int
    weight: float = 1.0
    """How much it counts in learning."""

    def attributes(self) -> list[tuple[str, str, Any, str]]:
        """Return the gold attributes: entity, name, value, status."""
        return [(a["e"], a["p"], a["v"], a["status"]) for a in self.document.gold["attributes"]]


@dataclass(slots=True, kw_only=True)
class Told(Known):
    """A document with its gold names read, and its gold relations as cases."""

    cases: list[Case]

    def claims(self) -> Claims:
        """Return the gold relations that the extractor will likely find.

        The others are left out, for a model that learned with all of them would trust that none is missing.
        """
        return Claims([c.candidates[0] for c in self.cases if not c.bare and c.candidates[0].rule >= SEEN])


@dataclass(slots=True, kw_only=True)
class HeardTold(Told):
    """A told document with what an encoder that did not see it makes of its facts."""

    heard: Heard


def tell(documents: Sequence[Annotated]) -> list[Told]:
    """Read documents with the names of their gold, and antecedents by forests that did not see them."""
    readings = [gold_reading(d) for d in documents]
    rows = [antecedents.rows_of(d, r) for d, r in zip(documents, readings, strict=True)]
    folds = [fold_of(d.name, FOLDS, "f") for d in documents]
    choosers: list[Forest] = []
    for k in range(FOLDS):
        grown: Any = antecedents.fit([part for part, f in zip(rows, folds, strict=True) if f != k])
        choosers.append(grown if isinstance(grown, Forest) else grown.forest())
    told = []
    for document, reading, fold in zip(documents, readings, folds, strict=True):
        proposer = Proposer(reading, Discourse(reading, choosers[fold]))
        names = [entity.name for entity in reading.entities]
        told.append(Told(document, proposer, names, fold, cases=list(cases(document, proposer))))
    return told


def gold_reading(document: Annotated) -> Reading:
    """Read a document with the names that its gold gives, linked to the registry as found names would be."""
    entities, index = [], {}
    for number, entity in enumerate(document.gold["entities"]):
        link = known_id(entity["name"], entity["type"])
        roles = set(registry().entries[link].roles) if link and not link.startswith("place:") else set[str]()
        entities.append(DocEntity(entity["name"], entity["type"], set(entity["aliases"]), link, roles))
        for form in (entity["name"], *entity["aliases"]):
            part = learnable(form, entity["type"])
            if part:
                index[part] = number
    occurrences = [Occurrence(s, e, index[document.text[s:e]]) for s, e in sorted(gold_spans(document))]
    return read(document.text, document.segments, entities, occurrences)


def cases(document: Annotated, proposer: Proposer) -> Iterator[Case]:
    """Yield the gold relations of a document, each with its candidates."""
    facts = document.facts()
    records: dict[Triple, list[dict[str, Any]]] = defaultdict(list)
    for fact in document.gold["relations"]:
        records[as_triple(fact["s"], fact["p"], fact["o"])].append(fact)
    found = _proposed(proposer, set(records))
    for triple, told in records.items():
        shown = {i for i in range(len(proposer.reading.parsed)) if _overlaps(proposer, i, facts[triple])}
        best = sorted(found[triple].values(), key=lambda c: (c.segment not in shown, -c.rule, c.segment))
        bare = not best or best[0].segment not in shown
        if bare:
            made = _bare(proposer, triple, sorted(shown))
            best = [*([made] if made else []), *best]
        if best:
            yield Case(triple, told, best, bare)


def _proposed(proposer: Proposer, wanted: set[Triple]) -> dict[Triple, dict[int, Candidate]]:
    """Return the best candidate of each gold relation in each segment."""
    entities = proposer.reading.entities
    found: dict[Triple, dict[int, Candidate]] = defaultdict(dict)
    for i, candidates in enumerate(proposer.candidates()):
        for c in candidates:
            said = as_triple(entities[c.subject.entity].name, c.predicate, entities[c.object.entity].name)
            if said in wanted and (i not in found[said] or c.rule > found[said][i].rule):
                found[said][i] = c
    return found


def _overlaps(proposer: Proposer, i: int, spans: Sequence[tuple[int, int]]) -> bool:
    segment = proposer.reading.parsed[i].segment
    return any(start < segment.end and end > segment.start for start, end in spans)


def _bare(proposer: Proposer, triple: Triple, shown: Sequence[int]) -> Candidate | None:
    """Return a candidate without a trigger in the first segment of the evidence, where none is proposed."""
    numbers = {e.name: n for n, e in enumerate(proposer.reading.entities)}
    if not shown or triple[0] not in numbers or triple[2] not in numbers:
        return None
    i = shown[0]
    parsed = proposer.reading.parsed[i]
    subject, target = (_argument(proposer, i, numbers[name]) for name in (triple[0], triple[2]))
    at = max(0, min((a.item for a in (subject, target) if a.item >= 0), default=0))
    trigger = Trigger(at, parsed.syntax.chunk_of[at], "", "none", [], {})
    types = (proposer.reading.entities[subject.entity].type, proposer.reading.entities[target.entity].type)
    nowhere = Place((), HEAD)
    return Candidate(i, triple[1], subject, target, trigger, NO_USE, "", nowhere, nowhere, 0, 0, 0.0, types)


def _argument(proposer: Proposer, i: int, entity: int) -> Argument:
    options = [a for a in proposer.arguments(i) if a.entity == entity]
    return min(options, key=lambda a: (a.rank, -a.score)) if options else Argument(entity, -1, "topic", 0, 0.0)


def full_name(document: Annotated, value: Any) -> Any:
    """Return the fullest name of an entity that a qualifier names by another of its names."""
    for entity in document.gold["entities"]:
        if any(name_key(str(value)) == name_key(form) for form in (entity["name"], *entity["aliases"])):
            return entity["name"]
    return value
