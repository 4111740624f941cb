"""What a value may be an attribute of: every value of a segment with every entity that may hold it."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.core.claim import Quantity, Value
from kg.extract.facts.counting import counts_chips
from kg.extract.facts.roles import ROLES, roles
from kg.extract.facts.surroundings import AFTER, BEFORE, HOW, KINDS, NOWHERE, Row, apart, beside, verbs
from kg.extract.grammar.chunks import NP, VG
from kg.extract.proposing.candidates import Argument
from kg.extract.proposing.propose import Proposer
from kg.extract.proposing.tables import cells
from kg.extract.reading import Parsed

HELD_BY = {
    "capacity_mw": "Facility", "chip_count": "Facility", "cost_usd": "Facility", "opens": "Facility",
    "valuation_usd": "Company", "role": "Company",
}  # fmt: skip
ATTRIBUTES = tuple(HELD_BY)
_OF_COLUMN = {"capacity": "capacity_mw", "opens": "opens", "count": "chip_count", "cost": "cost_usd"}
_CUES = tuple(
    re.compile(rf"(?:{pattern})$")
    for pattern in (
        "cost|costs|costing|costed|price|budget|budgeted|investment|spend|spending|capex|affair|expense|worth",
        "capacity|load|draw|draws|drawing|megawatts|size|total|full|envelope|supply|critical|gross|power",
        "campus|site|facility|center|centre|datacenter|building|hall|plant|complex|cluster|park|supercomputer|station|farm|machine",
        "open|opens|opened|opening|live|online|service|operational|operation|operating|complete|completed|completion|ready|commissioned|launch|launched|finished|energized|energised|delivery|delivered|inaugurated|running|started|start|began|begin|switched|handed|due",
        "valuation|valued|values|valuing|value|worth|priced|prices|post-money|pre-money|market|round",
        "lease|leases|leased|rent|rents|contract|deal|agreement|tenant|option|order|signed|reserved|takes|took|taken|block|customer",
        "phase|stage|first|second|third|hall|building|expansion|another|more|further|additional|extra|rest",
        "loan|debt|bond|bonds|facility|credit|financing|funding|raised|stake|shares|equity|buy|bought|sale|sold",
        "will|would|planned|plans|plan|due|expected|expects|eventual|eventually|ultimate|by|scheduled|could|may|designed",
    )
)

_MOST = 3000.0
"""Up to which a number without a unit may be megawatts, if its segment has others: "80 MW, of which 30 now"."""
_FEWEST = 64
"""Chips that a number may count at the least."""


@dataclass(frozen=True, slots=True)
class Held:
    """A value that an entity may have: the attribute's name, the value, where it stands, who holds it, its features."""

    name: str
    value: Value
    quantity: Quantity | None
    segment: int
    item: int
    argument: Argument
    row: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A value before its holder is known; ``last`` is the item after which the holder may follow."""

    name: str
    value: Value
    quantity: Quantity | None
    item: int
    last: int
    more: tuple[float, ...]


def held(proposer: Proposer, i: int) -> Iterator[Held]:
    """Yield the values of a segment, each with every entity that may hold it."""
    parsed = proposer.reading.parsed[i]
    entities = proposer.reading.entities
    cue_items = [[n for n, item in enumerate(parsed.items) if cue.match(item.lower)] for cue in _CUES]
    found = list(_values(proposer, parsed))
    for value in found:
        kind = HELD_BY[value.name]
        options = [
            a for a in proposer.arguments(i)
            if a.rank <= 1 and entities[a.entity].chance(kind) >= 0.5 and (a.item != value.item or a.how == "definite")
        ]  # fmt: skip
        shared = _about(parsed, value, cue_items, sum(other.name == value.name for other in found))
        for argument in options:
            row = (*shared, *_between(proposer, parsed, value, argument, options))
            yield Held(value.name, value.value, value.quantity, i, value.item, argument, row)


def _values(proposer: Proposer, parsed: Parsed) -> Iterator[_Found]:
    text = proposer.reading.text
    columns = _columns(proposer, parsed)
    for at, item in enumerate(parsed.items):
        column = columns.get(at, "")
        if item.kind == "amount":
            yield from _amounts(parsed, at, text, column)
        elif item.kind == "date" and parsed.dates[item.ref].iso:
            iso = str(parsed.dates[item.ref].iso)
            yield _Found(
                "opens", iso, None, at, at, (float(len(iso)), float(iso[:4]), 0.0, 0.0, float(bool(column)), 0.0)
            )
    if parsed.segment.kind != "row":
        for first, last, role, strength in roles(parsed):
            yield _Found(
                "role",
                role,
                None,
                last,
                first,
                (float(ROLES.index(role)), float(strength), float(last - first), 0.0, 0.0, 0.0),
            )


def _amounts(parsed: Parsed, at: int, text: str, column: str) -> Iterator[_Found]:
    """Yield what an amount may be; a bare number may be megawatts where its column or its segment speaks of these."""
    amount = parsed.amounts[parsed.items[at].ref]
    more = (
        math.log10(max(amount.value, 1e-6)), float(amount.low is None), float(amount.high is None),
        float(amount.approximate), float(bool(column)),
    )  # fmt: skip
    if amount.per:
        return
    if amount.kind == "power":
        yield _Found("capacity_mw", amount.value, amount.quantity(text), at, at, (*more, 0.0))
    elif amount.kind == "money" and amount.currency == "USD" and amount.value >= 1e6:
        yield _Found("cost_usd", amount.value, amount.quantity(text), at, at, (*more, 0.0))
        yield _Found("valuation_usd", amount.value, amount.quantity(text), at, at, (*more, 0.0))
    elif amount.kind == "count":
        chips, of_column = counts_chips(parsed, at), column == "capacity_mw"
        shared = not chips and amount.value <= _MOST and any(other.kind == "power" for other in parsed.amounts)
        if of_column or shared:
            quantity = replace(amount, kind="power").quantity(text)
            yield _Found("capacity_mw", amount.value, quantity, at, at, (*more, float(not of_column)))
        if amount.value >= _FEWEST and not of_column:
            yield _Found("chip_count", amount.value, amount.quantity(text), at, at, (*more, 1.0 + chips))


def _columns(proposer: Proposer, parsed: Parsed) -> dict[int, str]:
    """Return the attribute that each item of a table's row stands under."""
    if parsed.segment.kind != "row":
        return {}
    found = {}
    for cell in cells(proposer.reading, parsed):
        name = _OF_COLUMN.get(cell.role or "", "")
        for at, item in enumerate(parsed.items):
            if name and cell.span[0] <= item.start < cell.span[1]:
                found[at] = name
    return found


def _about(parsed: Parsed, value: _Found, cue_items: Sequence[Sequence[int]], like: int) -> Row:
    """Return what a value's surroundings say of it, whoever holds it."""
    at = value.item
    row = [
        float(ATTRIBUTES.index(value.name)), *value.more, float(like), float(KINDS.index(parsed.segment.kind)),
        *beside(parsed, at, value.last),
    ]  # fmt: skip
    for places in cue_items:
        row.append(float(min((at - p for p in places if p <= at), default=60)))
        row.append(float(min((p - at for p in places if p > at), default=60)))
    return [*row, *verbs(parsed, parsed.syntax.chunk_of[at]), float(len(parsed.items)), float(at)]


def _between(proposer: Proposer, parsed: Parsed, value: _Found, argument: Argument, options: Sequence[Argument]) -> Row:
    """Return how an entity stands to a value: as what it is named, in which phrase, how far, with which rivals."""
    frequency = proposer.discourse.frequency
    entity = proposer.reading.entities[argument.entity]
    top = max((frequency.get(o.entity, 0) for o in options), default=0)
    row = [
        float(HOW.index(argument.how)), float(argument.rank), float(argument.score), entity.chance(HELD_BY[value.name]),
        float(frequency.get(argument.entity, 0)), float(frequency.get(argument.entity, 0) >= top),
        float(len({o.entity for o in options})), float(sum(o.item >= 0 for o in options)),
    ]  # fmt: skip
    row.append(
        float(value.name == "role" and str(value.value) in entity.roles) - float(value.name == "role" and not entity.id)
    )
    if argument.item < 0:
        return [*row, *([NOWHERE] * 16)]
    syntax, at, other = parsed.syntax, value.item, argument.item
    k, c = syntax.chunk_of[at], syntax.chunk_of[other]
    rivals = [o for o in options if o.item >= 0 and o.entity != argument.entity]
    nearer = sum(abs(o.item - at) < abs(other - at) for o in rivals)
    verb = next((j for j in range(k - 1, max(-1, k - 8), -1) if parsed.chunks[j].kind == VG), None)
    after = next((j for j in range(c + 1, min(len(parsed.chunks), c + 8)) if parsed.chunks[j].kind == VG), None)
    nouns = parsed.chunks[k].kind == NP
    row += [
        *apart(parsed, at, other), float(nearer),
        float(k == c), float(nouns and c in syntax.appositions(k)),
        float(verb is not None and c in syntax.subjects(verb)),
        float(after is not None and k in syntax.subjects(after)), float(nouns and parsed.chunks[k].head == other),
        float(parsed.chunks[c].head == other),
        float(BEFORE.get(parsed.items[other - 1].lower, 0)) if other else -1.0,
        float(AFTER.get(parsed.items[other + 1].lower, 0)) if other + 1 < len(parsed.items) else -1.0,
        float(argument.item == at and argument.how == "definite"), float(other > at),
    ]  # fmt: skip
    return row
