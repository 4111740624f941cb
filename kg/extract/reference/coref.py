"""What pronouns and definite phrases stand for: up to four antecedents each, with their chances; the ranker decides."""

from dataclasses import dataclass
from functools import cache

from kg.extract.forest import Forest
from kg.extract.grammar.chunks import NP, VG
from kg.extract.grammar.words import noun_lemma
from kg.extract.learned import weights_of
from kg.extract.reading import Parsed, Reading
from kg.extract.reference.antecedents import Track
from kg.extract.reference.references import TYPE_HEADS, Phrase, gap, phrases
from kg.schema.registry import registry

__all__ = ["TYPE_HEADS", "Discourse", "Reference", "describe"]

KEPT = 4
LEAST = 0.04
"""Chance below which an antecedent is not considered."""

_EPITHETS = frozenset("maker owner parent developer creator builder giant company group operator inventor".split())
_HOW = {"definite": "definite", "we": "we", "our": "we"}


@dataclass(frozen=True, slots=True)
class Reference:
    """What an item stands for: an entity, its rank among the candidates (0 is best) and its chance, 0 to 1.

    ``how`` it refers is one of pronoun, definite, we and relative.
    """

    item: int
    entity: int
    how: str
    rank: int
    score: float


class Discourse:
    """Follows a document segment by segment, and says what the phrases of each one refer to."""

    def __init__(self, reading: Reading, chooser: Forest | None = None) -> None:
        self.reading = reading
        self.chooser = chooser or trained()
        describe(reading)
        self.track = Track(reading)
        self.frequency = self.track.frequency
        self._topics: dict[tuple[int, str], list[tuple[int, float]]] = {}

    def references(self) -> list[list[Reference]]:
        """Return the references of each parsed segment, in order."""
        return [self._of_segment(i) for i in range(len(self.reading.parsed))]

    def topics(self, i: int, kind: str) -> list[tuple[int, float]]:
        """Return the entities of a type that a segment is likely about without naming them, best first with chances."""
        if (i, kind) not in self._topics:
            self._topics[i, kind] = self._chosen(i, gap(kind))
        return self._topics[i, kind]

    def _chosen(self, i: int, phrase: Phrase) -> list[tuple[int, float]]:
        options = self.track.rows(i, phrase)
        chances = self.chooser.chances([row for _, row in options])
        scored = [(entity, chance) for (entity, _), chance in zip(options, chances, strict=True)]
        return [pair for pair in sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:KEPT] if pair[1] >= LEAST]

    def _of_segment(self, i: int) -> list[Reference]:
        parsed = self.reading.parsed[i]
        found: list[Reference] = []
        for phrase in phrases(parsed):
            known_by = self._epithet(parsed, phrase)
            if known_by is not None:
                found.append(Reference(phrase.item, known_by, "definite", 0, 1.0))
                continue
            how = _HOW.get(phrase.form, "pronoun")
            for rank, (entity, chance) in enumerate(self._chosen(i, phrase)):
                found.append(Reference(phrase.item, entity, how, rank, chance))
        for at, item in enumerate(parsed.items):
            if item.kind == "word" and item.lower == "whose":
                found += self._whose(parsed, at)
        return found

    def _whose(self, parsed: Parsed, at: int) -> list[Reference]:
        k = parsed.syntax.chunk_of[at] - 1
        while k >= 0 and parsed.chunks[k].kind != NP:
            k -= 1
        if k < 0:
            return []
        names = [parsed.items[n].ref for n in parsed.chunks[k].names]
        return [Reference(at, parsed.names[names[-1]].entity, "relative", 0, 1.0)] if names else []

    def _epithet(self, parsed: Parsed, phrase: Phrase) -> int | None:
        """Return the company behind "the ChatGPT maker" or "the Facebook owner", if the registry knows whose it is."""
        if phrase.noun not in _EPITHETS or len(phrase.names) != 1:
            return None
        product = self.reading.entities[parsed.names[phrase.names[0]].entity]
        known = registry().by_name(product.name) or [e for a in sorted(product.aliases) for e in registry().by_name(a)]
        owners = {e.parent for e in known if e.parent} | {e.id for e in known if e.type == "Company"}
        hits = [n for n, e in enumerate(self.reading.entities) if e.id in owners and e is not product]
        return hits[0] if len(hits) == 1 else None


def describe(reading: Reading) -> None:
    """Note for each entity the common nouns that the text puts beside its name: "Crusoe, the Denver developer"."""
    for parsed in reading.parsed:
        for k, chunk in enumerate(parsed.chunks):
            if chunk.kind != NP or not chunk.names:
                continue
            head = parsed.items[chunk.head]
            if head.kind != "name":
                continue
            entity = reading.entities[parsed.names[head.ref].entity]
            for j in range(chunk.first, chunk.head):
                if (
                    parsed.items[j].kind == "word"
                    and parsed.items[j].tag in ("NOUN", "ADJ")
                    and not any(parsed.items[m].tag == "GEN" for m in range(j, chunk.head))
                ):
                    entity.heads.add(noun_lemma(parsed.items[j].lower))
            for other in parsed.syntax.appositions(k):
                entity.heads |= _description(parsed, other)
            for j in range(k + 1, min(k + 3, len(parsed.chunks))):
                if (
                    parsed.chunks[j].kind == VG
                    and parsed.chunks[j].lemma == "be"
                    and j + 1 < len(parsed.chunks)
                    and parsed.chunks[j + 1].kind == NP
                ):
                    entity.heads |= _description(parsed, j + 1)


def _description(parsed: Parsed, k: int) -> set[str]:
    chunk = parsed.chunks[k]
    if parsed.items[chunk.head].kind == "name":
        return set()
    return {
        noun_lemma(item.lower)
        for item in parsed.items[chunk.first : chunk.head + 1]
        if item.tag in ("NOUN", "ADJ") or item.kind == "name"
    }


@cache
def trained() -> Forest:
    """Return the package's choice among antecedents."""
    data = weights_of("antecedents")
    return Forest.from_json(data)
