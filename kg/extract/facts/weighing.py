"""What the choice of qualifiers looks at: how a value stands to a claim, and who else might own it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.facts.claims import Claims
from kg.extract.facts.surroundings import HOW, KINDS, NOWHERE, Row, apart, beside, theme, verbs
from kg.extract.grammar.items import Item
from kg.extract.proposing.candidates import PREDICATES, Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.features import SLOTS
from kg.extract.reading import Parsed
from kg.schema.ontology import ontology

OF_KIND = {
    "power": "capacity_mw",
    "money": "value_usd",
    "term": "term_years",
    "percent": "stake_pct",
    "count": "chip_count",
}
"""The qualifier that an amount of a kind gives a value to."""

QUALIFIERS = (*OF_KIND.values(), "date", "facility", "chip", "title")
_MORE = 14
_PARTS = ("noun", "verb", "row", "none")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: the segment, how many segments after the claim's, the item."""

    parsed: Parsed
    segment: int
    step: int
    item: int


class Weighing:
    """Weighs values for one claim, beside the other claims of its document."""

    def __init__(self, candidate: Candidate, proposer: Proposer, claims: Claims) -> None:
        self.candidate = candidate
        self.proposer = proposer
        self.others = claims.near(candidate)
        self.ends = (candidate.subject.entity, candidate.object.entity)
        self._own = _own_chunks(candidate)

    def row(self, name: str, spot: Spot, more: Sequence[float]) -> tuple[float, ...]:
        """Return everything that the forest looks at for a value as a qualifier of this name."""
        c = self.candidate
        row = [
            float(QUALIFIERS.index(name)), float(PREDICATES.index(c.predicate)), float(spot.step),
            float(KINDS.index(spot.parsed.segment.kind)), c.rule, float(c.subject_fit + c.object_fit),
            float(_PARTS.index(c.trigger.part)),
        ]  # fmt: skip
        row += self._place(spot)
        row += self._rivals(spot, name)
        row += self._segment(spot)
        return (*row, *[*more, *([NOWHERE] * _MORE)][:_MORE])

    def _place(self, spot: Spot) -> Row:
        """Return in which phrase and slot a value stands, between which words, how far from the claim."""
        at, parsed = spot.item, spot.parsed
        if at < 0:
            return [NOWHERE] * 27
        k = parsed.syntax.chunk_of[at]
        row = [*beside(parsed, at), *verbs(parsed, k), float(at), float(len(parsed.items))]
        if spot.step:
            return [*row, *([NOWHERE] * 12)]
        trigger = self.candidate.trigger
        inside = (s for s, ks in trigger.slots.items() if k in ks and s not in ("np", "verb", "negated"))
        slot = float(next((SLOTS.get(s, 18) for s in inside), 0))
        row += [float(k == trigger.chunk), float(k in self._own), slot, *apart(parsed, trigger.item, at)]
        for argument in (self.candidate.subject, self.candidate.object):
            if argument.item < 0:
                row += [-99.0, 0.0]
            else:
                c = parsed.syntax.chunk_of[argument.item]
                row += [float(at - argument.item), float(k == c or c in parsed.syntax.appositions(k))]
        return row

    def _rivals(self, spot: Spot, name: str) -> Row:
        """Return what else might own the value: values like it, and other claims nearer to it."""
        at, trigger = spot.item, self.candidate.trigger.item
        items = spot.parsed.items
        mine = abs(at - trigger)
        nearer = foreign = 0
        best = 60
        for other in self.others:
            if other.segment != spot.segment or name not in ontology().predicates[other.predicate].qualifiers:
                continue
            away = abs(at - other.trigger.item)
            foreign += not {other.subject.entity, other.object.entity} & set(self.ends)
            if other.trigger.item != trigger:
                best = min(best, away)
                nearer += away < mine
        like = sorted(
            (n for n, item in enumerate(items) if _gives(item, spot.parsed) == name), key=lambda n: abs(n - trigger)
        )
        names = {spot.parsed.names[item.ref].entity for item in items if item.kind == "name"}
        between = items[min(at, trigger) + 1 : max(at, trigger)] if at >= 0 and not spot.step else []
        return [
            float(len(like)), float(like.index(at)) if at in like else -1.0, float(nearer), float(foreign),
            float(best), float(best - mine), float(len(names)), float(sum(b.kind == "name" for b in between)),
            float(len(self.others)),
        ]  # fmt: skip

    def _segment(self, spot: Spot) -> Row:
        """Return whether the value's segment speaks of the claim's two ends, how it begins, what it else says."""
        arguments = self.proposer.arguments(spot.segment)
        row = []
        for end in self.ends:
            ways = [a.how for a in arguments if a.entity == end and a.rank == 0]
            row.append(float(min((HOW.index(how) for how in ways), default=len(HOW))))
        first = spot.parsed.chunks[0]
        head = spot.parsed.items[first.head] if first.head >= 0 else spot.parsed.items[0]
        row.append(theme(head))
        said = [o for o in self.others if o.segment == spot.segment]
        row.append(float(len(said)))
        row.append(float(sum(o.predicate == self.candidate.predicate for o in said)))
        return row


def _own_chunks(candidate: Candidate) -> set[int]:
    """Return the phrases that belong to a claim's trigger: its own and its complements."""
    chunks = {candidate.trigger.chunk}
    for slot, members in candidate.trigger.slots.items():
        if slot not in ("verb", "negated", "np", "subj"):
            chunks.update(members)
    return chunks


def _gives(item: Item, parsed: Parsed) -> str:
    """Return the qualifier that an item might give a value to."""
    if item.kind == "amount":
        return OF_KIND[parsed.amounts[item.ref].kind]
    if item.kind == "date":
        return "date"
    kind = parsed.kinds[parsed.names[item.ref].entity] if item.kind == "name" else ""
    return {"Facility": "facility", "Chip": "chip"}.get(kind, "")
