"""What may limit a claim: every amount, share, date, site, chip and office near it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.core.claim import Quantity, Value
from kg.extract.facts.claims import Claims
from kg.extract.facts.counting import counts_chips
from kg.extract.facts.surroundings import HOW, Row
from kg.extract.facts.weighing import OF_KIND, Spot, Weighing
from kg.extract.naming.entities import of_one
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import Parsed
from kg.extract.values.quantities import Amount
from kg.extract.values.shares import shares
from kg.extract.values.titles import titles
from kg.schema.ontology import ontology

_TYPES = {"facility": "Facility", "chip": "Chip"}
_BARE = (("power", 3000.0), ("percent", 100.0), ("term", 30.0))
"""What a number without a unit may be, up to which value, if the segment has another of that kind: "the other 15"."""

_SPACE = re.compile(r"(?:[\s,]|\b(?:of|for|at|the|to))+$")
_STEPS = (0, -1, 1)
"""Segments that are looked at: the claim's own, the one before, the one after."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that may limit a claim: the qualifier's name, the value, where it stands, what is known of it."""

    name: str
    value: Value
    quantity: Quantity | None
    segment: int
    item: int
    row: tuple[float, ...]


class Limits:
    """Finds the limits of one claim, beside the other claims of its document."""

    def __init__(self, candidate: Candidate, proposer: Proposer, claims: Claims) -> None:
        self.candidate = candidate
        self.proposer = proposer
        self.allowed = frozenset(ontology().predicates[candidate.predicate].qualifiers)
        self._claims = claims
        self._weighing = Weighing(candidate, proposer, claims)

    def find(self) -> Iterator[Limit]:
        """Yield the limits, those of the claim's own segment first."""
        every = self.proposer.reading.parsed
        home = every[self.candidate.segment]
        for step in _STEPS:
            i = self.candidate.segment + step
            if 0 <= i < len(every) and every[i].items and every[i].segment.block == home.segment.block:
                yield from self._of_segment(every[i], i, step)

    def _of_segment(self, parsed: Parsed, i: int, step: int) -> Iterator[Limit]:
        for at, item in enumerate(parsed.items):
            spot = Spot(parsed, i, step, at)
            if item.kind == "amount":
                yield from self._amounts(spot, parsed.amounts[item.ref])
            elif item.kind == "date" and "date" in self.allowed:
                iso = parsed.dates[item.ref].iso
                if iso:
                    yield self._limit("date", iso, None, spot, [float(len(iso)), float(iso[:4])])
        for name in sorted(self.allowed & set(_TYPES)):
            yield from self._names(name, parsed, i, step)
        if "title" in self.allowed:
            yield from self._titles(parsed, i, step)
        if "stake_pct" in self.allowed:
            yield from self._shares(parsed, i, step)

    def _limit(self, name: str, value: Value, quantity: Quantity | None, spot: Spot, more: Row) -> Limit:
        return Limit(name, value, quantity, spot.segment, spot.item, self._weighing.row(name, spot, more))

    def _amounts(self, spot: Spot, amount: Amount) -> Iterator[Limit]:
        """Yield what an amount may be; a bare number may take its unit from another one."""
        text = self.proposer.reading.text
        name = OF_KIND[amount.kind]
        if name in self.allowed and _fits(amount, spot, name):
            yield self._limit(name, amount.value, amount.quantity(text), spot, _of_amount(amount))
        elif amount.kind == "count" and not amount.per and not counts_chips(spot.parsed, spot.item):
            for kind, most in _BARE:
                known = any(other.kind == kind for other in spot.parsed.amounts)
                if known and OF_KIND[kind] in self.allowed and amount.value <= most:
                    quantity = replace(amount, kind=kind).quantity(text)
                    yield self._limit(OF_KIND[kind], amount.value, quantity, spot, [*_of_amount(amount), 1.0])

    def _titles(self, parsed: Parsed, i: int, step: int) -> Iterator[Limit]:
        """Yield the offices that a segment names, up to the name of whose they are."""
        text, segment = self.proposer.reading.text, parsed.segment
        for start, end, title in titles(text, segment.start, segment.end):
            name = next((o for o in parsed.names if o.start < end and o.end > start), None)
            office = title if name is None else _SPACE.sub("", text[start : name.start])
            at = _item(parsed, start)
            if office and at >= 0:
                yield self._limit("title", office, None, Spot(parsed, i, step, at), [float(len(office))])

    def _shares(self, parsed: Parsed, i: int, step: int) -> Iterator[Limit]:
        """Yield the shares that words give."""
        text, segment = self.proposer.reading.text, parsed.segment
        for start, end, share in shares(text, segment.start, segment.end):
            at = _item(parsed, start)
            if at >= 0 and parsed.items[at].kind == "word":
                quantity = Quantity(text[start:end], share, share, "%")
                more = [share, float(end - start), 0.0, 0.0, 0.0, 0.0, 2.0]
                yield self._limit("stake_pct", share, quantity, Spot(parsed, i, step, at), more)

    def _names(self, name: str, parsed: Parsed, i: int, step: int) -> Iterator[Limit]:
        """Yield the sites or chips that a segment names or refers to; what one beside it is about tells nothing."""
        discourse = self.proposer.discourse
        topics = discourse.topics(i, _TYPES[name])
        for argument in self.proposer.arguments(i):
            entity = self.proposer.reading.entities[argument.entity]
            if argument.rank or entity.chance(_TYPES[name]) < 0.5 or argument.entity in self._weighing.ends:
                continue
            if step and argument.how == "topic":
                continue
            more = [
                float(HOW.index(argument.how)), argument.score, float(discourse.frequency.get(argument.entity, 0)),
                float(bool(topics) and topics[0][0] == argument.entity),
                *self._claims.standing(self.candidate, argument.entity),
            ]  # fmt: skip
            value = of_one(entity.name) if name == "chip" else entity.name
            yield self._limit(name, value, None, Spot(parsed, i, step, argument.item), more)


def _item(parsed: Parsed, start: int) -> int:
    """Return the item that holds an offset, or -1."""
    return next((n for n, item in enumerate(parsed.items) if item.start <= start < item.end), -1)


def _of_amount(amount: Amount) -> Row:
    return [
        math.log10(max(amount.value, 1e-6)), float(amount.low is None), float(amount.high is None),
        float(amount.approximate), float(amount.currency == "USD"), float(amount.per is not None),
    ]  # fmt: skip


def _fits(amount: Amount, spot: Spot, name: str) -> bool:
    """Say whether an amount can measure what a qualifier means."""
    if amount.per:
        return False
    if name == "value_usd":
        return amount.currency == "USD" and amount.value >= 50_000
    if name == "chip_count":
        return amount.value >= 8 and (amount.value >= 64 or counts_chips(spot.parsed, spot.item))
    if name == "term_years":
        items = spot.parsed.items
        following = items[spot.item + 1].lower if spot.item + 1 < len(items) else ""
        return following not in ("ago", "old", "later", "earlier") and 0.2 <= amount.value <= 60
    return name != "stake_pct" or 0 < amount.value <= 100
