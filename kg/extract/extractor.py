"""The extractor: from a document to its claims. The grammar proposes, the ranker decides, the text shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg import resources
from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.extract.encoding import texts
from kg.extract.explain import Examined, explain_attribute, explain_relation
from kg.extract.facts.attributes import Attributed, attributes
from kg.extract.facts.claims import Claims
from kg.extract.facts.heard import Heard, asked_of
from kg.extract.facts.qualifiers import Qualified, qualify, settle_amounts, telling
from kg.extract.facts.status import status_of
from kg.extract.naming.names import name_document
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.ranker import Ranker, rank, settle_types, trained
from kg.extract.ranking.rivals import Scored
from kg.extract.reading import DocEntity, Parsed, read
from kg.schema.ontology import ontology
from kg.text.segment import segments

CUT = 0.38
"""Confidence from which a relation is claimed: on texts not learned from, F1 is within .002 of its best here."""

ATTRIBUTE_CUT = 0.4
"""Confidence from which an attribute is claimed: where F1 is best on texts not learned from."""

CONSIDERED = 0.05
"""Confidence from which what was dropped is worth a word."""

KEPT = 3
"""Places that are shown for a claim beside the clearest one: first those that its qualifiers may come from."""

SHOWN = 0.5
"""Chance from which another place is shown for a claim."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one document."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with what grammar and encoder make of it."""

    document: Document
    proposer: Proposer
    heard: Heard


class Extractor:
    """Reads claims from text by rules over the lexicon and learned weights; needs no network."""

    name = "rules"

    def __init__(self, min_confidence: float | None = None, ranker: Ranker | None = None) -> None:
        """Read with the package's weights; ``min_confidence`` moves the cuts below which nothing is claimed."""
        self.cut = CUT if min_confidence is None else min_confidence
        self.attribute_cut = ATTRIBUTE_CUT if min_confidence is None else min_confidence
        self._ranker = ranker

    @cached_property
    def version(self) -> str:
        """The version: changes with the code, the lexicon, the registry, the weights and the cut."""
        here = Path(__file__).parent
        files = [*sorted(here.rglob("*.py"))]
        files += sorted(path for path in (here / "weights").iterdir() if path.suffix in {".json", ".npz"})
        files += sorted((here.parent / "text").glob("*.py"))
        data = resources.folder("ontology")
        files += [*sorted((data / "lexicon").iterdir()), *sorted((data / "registry").glob("*.csv"))]
        moved = "" if (self.cut, self.attribute_cut) == (CUT, ATTRIBUTE_CUT) else f"-{self.cut:g}"
        return f"rules-{resources.fingerprint(files)}{moved}"

    def extract(self, document: Document) -> Extraction:
        """Return the claims of a document, in the order of their evidence."""
        return Extraction(tuple(e.claim for e in self._examine(document, 1.0)))

    def examine(self, document: Document) -> list[Examined]:
        """Return the claims of a document and what was considered and dropped, each with its reasons."""
        return self._examine(document, CONSIDERED)

    def _examine(self, document: Document, least: float) -> list[Examined]:
        """Return the claims, and what was dropped with at least this confidence."""
        parts = segments(document.text)
        encoder = texts.trained()
        encoded = encoder.encode(document.text, parts)
        entities, occurrences = name_document(document.text, parts, encoder.hints(encoded))
        proposer = Proposer(read(document.text, parts, entities, occurrences))
        ranked = rank(proposer, encoded, self._ranker or trained())
        for entity, kind in zip(entities, settle_types(ranked, entities), strict=True):
            entity.type = kind
        one = _Read(document, proposer, Heard(proposer.reading, encoded))
        found: dict[str, Examined] = {}
        for examined in [*self._relations(one, ranked, least), *self._attributes(one, least)]:
            other = found.get(examined.claim.id)
            if other is None or other.claim.confidence < examined.claim.confidence:
                found[examined.claim.id] = examined
        return sorted(found.values(), key=lambda e: (e.claim.evidence.start or 0, e.claim.id))

    def _relations(self, one: _Read, ranked: Sequence[Scored], least: float) -> Iterator[Examined]:
        claims = Claims([entry.candidates[0][1] for entry in ranked if entry.chance >= self.cut])
        kept = [entry for entry in ranked if entry.chance >= min(self.cut, least)]
        qualified = [qualify(entry, one.proposer, claims, one.heard) for entry in kept]
        made = zip(kept, qualified, strict=True)
        settle_amounts([(entry.candidates[0][1], own) for entry, own in made if entry.chance >= self.cut])
        for entry, own in zip(kept, qualified, strict=True):
            yield self._relation(one, entry, own)

    def _relation(self, one: _Read, entry: Scored, qualified: Qualified) -> Examined:
        c, document, proposer = entry.candidates[0][1], one.document, one.proposer
        parsed = proposer.reading.parsed[c.segment]
        subject, target = (entity_name(proposer.reading.entities[e]) for e in (c.subject.entity, c.object.entity))
        if ontology().predicates[c.predicate].symmetric and (target.name, target.type) < (subject.name, subject.type):
            subject, target = target, subject
        status = status_of(c, proposer, one.heard.status(asked_of(c)))
        places = [*telling(entry), *entry.places(SHOWN, 1 + KEPT)]
        elsewhere = [*dict.fromkeys(o.segment for _, o in places if o.segment != c.segment)][:KEPT]
        claim = Claim(
            document=document.address,
            document_id=document.id,
            subject=subject,
            predicate=c.predicate,
            object=target,
            qualifiers=qualified.values,
            quantities=qualified.quantities,
            status=status.status,
            ended_as=status.ended_as,
            stage=status.stage,
            confidence=entry.chance,
            published=document.published,
            evidence=evidence(parsed, document.text),
            also=tuple(evidence(proposer.reading.parsed[i], document.text) for i in elsewhere),
            extractor=self.name,
        )
        return Examined(claim, explain_relation(proposer.reading, c, status.cues), _below(entry.chance, self.cut))

    def _attributes(self, one: _Read, least: float) -> Iterator[Examined]:
        for found in attributes(one.proposer, one.heard):
            if found.confidence >= min(self.attribute_cut, least):
                yield self._attribute(one, found)

    def _attribute(self, one: _Read, found: Attributed) -> Examined:
        document, proposer = one.document, one.proposer
        parsed = proposer.reading.parsed[found.segment]
        status = found.status
        claim = Claim(
            document=document.address,
            document_id=document.id,
            subject=entity_name(proposer.reading.entities[found.entity]),
            predicate=found.name,
            value=found.value,
            quantities={found.name: found.quantity} if found.quantity else {},
            status=status.status,
            ended_as=status.ended_as,
            stage=status.stage,
            confidence=found.confidence,
            published=document.published,
            evidence=evidence(parsed, document.text),
            extractor=self.name,
        )
        explanation = explain_attribute(proposer.reading, parsed, found.item, status.cues)
        return Examined(claim, explanation, _below(found.confidence, self.attribute_cut))


def _below(chance: float, cut: float) -> str | None:
    return f"confidence {chance:.2f} is below {cut:.2f}" if chance < cut else None


def evidence(parsed: Parsed, text: str) -> Evidence:
    """Return the segment as evidence; its letters are those of the document."""
    start, end = parsed.segment.start, parsed.segment.end
    return Evidence(text[start:end], start, end)


def entity_name(entity: DocEntity) -> EntityName:
    """Return an entity as it stands in a claim."""
    return EntityName(entity.name, entity.type, entity.id, tuple(sorted(entity.aliases)))
