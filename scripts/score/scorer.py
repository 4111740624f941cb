"""Claims against gold: what counts as right. Each fact counts once in a document, however often it is claimed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.score.compare import same_value
from scripts.score.gold import Gold, Triple
from scripts.score.tally import Tally, calibration_error, recall_at

Claims = Sequence[Mapping[str, Any]]
"""Claims in the form of JSON Lines."""


@dataclass(slots=True)
class Score:
    """Counts over documents. ``ranked`` has each relation claimed: confidence, and whether it is right."""

    documents: int = 0
    claims: int = 0
    relations: Tally = field(default_factory=Tally)
    attributes: Tally = field(default_factory=Tally)
    qualifiers: Tally = field(default_factory=Tally)
    status: Tally = field(default_factory=Tally)
    evidence: Tally = field(default_factory=Tally)
    by_predicate: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    ranked: list[tuple[float, bool]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the figures that are reported and guarded, each 0 to 1."""
        return {
            "relations_p": self.relations.precision,
            "relations_r": self.relations.recall,
            "relations_f1": self.relations.f1,
            "recall_at_p90": recall_at(self.ranked, self.relations.total),
            "calibration_error": calibration_error(self.ranked),
            "attributes_f1": self.attributes.f1,
            "qualifiers_f1": self.qualifiers.f1,
            "status_right": self.status.precision,
            "evidence_verbatim": self.evidence.precision,
        }

    def add(self, gold: Gold, text: str, claims: Claims) -> None:
        """Count one document, whose text the offsets of the evidence are in."""
        self.documents += 1
        self.claims += len(claims)
        for claim in claims:
            self.evidence.add(right=_is_verbatim(claim.get("evidence") or {}, text))
        made = by_triple(gold, claims)
        for triple, several in made.items():
            self._relation(gold, triple, several)
        for triple in gold.relations.keys() - made.keys():
            self.relations.missed += 1
            self.by_predicate[triple[1]].missed += 1
        self._attributes(gold, [claim for claim in claims if claim.get("object") is None])

    def _relation(self, gold: Gold, triple: Triple, made: Claims) -> None:
        records = gold.relations.get(triple)
        for tally in (self.relations, self.by_predicate[triple[1]]):
            tally.add(right=records is not None)
        self.ranked.append((max(float(claim.get("confidence") or 0) for claim in made), records is not None))
        if records is None:
            return
        self.status.add(right=bool({r["status"] for r in records} & {claim.get("status") for claim in made}))
        left = _distinct(claim.get("qualifiers") for claim in made)
        for name, value in _distinct(record.get("quals") for record in records):
            match = next((pair for pair in left if pair[0] == name and same_value(value, pair[1])), None)
            if match is None:
                self.qualifiers.missed += 1
            else:
                left.remove(match)
                self.qualifiers.add(right=True)
        self.qualifiers.wrong += len(left)

    def _attributes(self, gold: Gold, claims: Claims) -> None:
        left = list(gold.attributes)
        done: list[tuple[str, str, Any]] = []
        for claim in claims:
            said = gold.entity(claim["subject"]["name"]), claim["predicate"], claim["value"]
            if any(_same(said, other) for other in done):
                continue
            done.append(said)
            match = next((a for a in left if _same(a[:3], said)), None)
            for tally in (self.attributes, self.by_predicate[said[1]]):
                tally.add(right=match is not None)
            if match:
                left.remove(match)
                self.status.add(right=claim.get("status") == match[3])
        for _, predicate, _, _ in left:
            self.attributes.missed += 1
            self.by_predicate[predicate].missed += 1


def by_triple(gold: Gold, claims: Claims) -> dict[Triple, list[Mapping[str, Any]]]:
    """Return the relations among the claims, in gold names, each with all claims that make it."""
    made: dict[Triple, list[Mapping[str, Any]]] = defaultdict(list)
    for claim in claims:
        if claim.get("object") is not None:
            made[gold.triple(claim["subject"]["name"], claim["predicate"], claim["object"]["name"])].append(claim)
    return made


def _is_verbatim(evidence: Mapping[str, Any], text: str) -> bool:
    quote = evidence.get("text")
    return bool(quote) and text[evidence.get("start") or 0 : evidence.get("end") or 0] == quote


def _same(gold: tuple[str, str, Any], said: tuple[str, str, Any]) -> bool:
    return gold[:2] == said[:2] and same_value(gold[2], said[2])


def _distinct(mappings: Iterable[Mapping[str, Any] | None]) -> list[tuple[str, Any]]:
    """Return the different qualifiers of several claims or records; a list of values gives one each."""
    found: list[tuple[str, Any]] = []
    for name, value in _pairs(mappings):
        if not any(name == other and same_value(value, known) for other, known in found):
            found.append((name, value))
    return found


def _pairs(mappings: Iterable[Mapping[str, Any] | None]) -> Iterator[tuple[str, Any]]:
    for mapping in mappings:
        for name, value in (mapping or {}).items():
            yield from ((name, one) for one in (value if isinstance(value, list) else [value]))
