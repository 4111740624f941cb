"""Qualifiers: which amounts, dates, sites, chips and titles near a claim limit it. A learned forest decides.

A claim may be told in several places, and what limits it in any of them: "leases the site", and later "The lease of the
site runs for 15 years".
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg.core.claim import Quantity, Value
from kg.extract.encoding.texts import check_beside
from kg.extract.facts.claims import Claims
from kg.extract.facts.heard import Heard, asked_of
from kg.extract.facts.limits import Limit, Limits
from kg.extract.forest import Forest
from kg.extract.learned import weights_of
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.contest import leads
from kg.extract.ranking.rivals import Scored

CLEAR = 0.5
"""Chance from which a place tells a claim clearly enough to tell what limits it, beside the clearest one."""

_MONEY = "value_usd"

PLACES = 3
"""Places of a claim that are looked at."""


@dataclass(slots=True)
class Qualified:
    """Qualifiers of a claim, the quantities that they come from, and how likely each belongs to it and where it stands.

    ``told`` has the chance, the segment and the item of each.
    """

    values: dict[str, Value] = field(default_factory=dict)
    quantities: dict[str, Quantity] = field(default_factory=dict)
    told: dict[str, tuple[float, int, int]] = field(default_factory=dict)

    def drop(self, name: str) -> None:
        """Take a qualifier out."""
        for part in (self.values, self.quantities, self.told):
            part.pop(name, None)


@dataclass(frozen=True, slots=True)
class QualifierModel:
    """The forest that says how likely a limit belongs to a claim, and for each qualifier the chance that it needs."""

    forest: Forest
    cuts: Mapping[str, float]


@cache
def trained() -> QualifierModel:
    """Return the package's weights. Raises OntologyError if they were learned beside another encoder."""
    data = weights_of("qualifiers")
    check_beside("qualifiers.json", data.get("encoder"))
    return QualifierModel(Forest.from_json(data["forest"]), data["cuts"])


def telling(entry: Scored) -> list[tuple[float, Candidate]]:
    """Return the places that tell what limits a claim, the clearest first.

    Where an end only stands in the passage around a place, its values may as well be those of another claim of the
    passage: such places do not count beside one that has both ends, and where none has, only the clearest does.
    """
    places = entry.places(CLEAR, len(entry.candidates))
    whole = [(chance, c) for chance, c in places if min(c.subject.item, c.object.item) >= 0]
    return whole[:PLACES] or places[:1]


def limits_of(
    places: Sequence[tuple[float, Candidate]], proposer: Proposer, claims: Claims, heard: Heard
) -> list[Limit]:
    """Return what may limit a claim in the places that tell it, with what grammar and encoder make of each.

    The last two numbers of a row are the place's own: which it is, and how clearly it tells the claim.
    """
    found: list[Limit] = []
    for n, (chance, candidate) in enumerate(places):
        limits = [*Limits(candidate, proposer, claims).find()]
        scores = heard.values([(asked_of(candidate, (one.segment, one.item)), one.name) for one in limits])
        ahead = leads([one.name for one in limits], [one.value for one in limits], scores)
        found += [
            replace(one, row=(*one.row, score, lead, float(n), chance))
            for one, score, lead in zip(limits, scores, ahead, strict=True)
        ]
    return found


def qualify(
    entry: Scored, proposer: Proposer, claims: Claims, heard: Heard, model: QualifierModel | None = None
) -> Qualified:
    """Return the qualifiers that the text ties to a claim, beside the other claims of its document."""
    model = model or trained()
    best: dict[str, tuple[float, Limit]] = {}
    limits = limits_of(telling(entry), proposer, claims, heard)
    for limit, chance in zip(limits, model.forest.chances([limit.row for limit in limits]), strict=True):
        if chance >= model.cuts.get(limit.name, 0.5) and (limit.name not in best or chance > best[limit.name][0]):
            best[limit.name] = (chance, limit)
    found = Qualified()
    for name, (chance, limit) in best.items():
        found.values[name] = limit.value
        found.told[name] = (chance, limit.segment, limit.item)
        if limit.quantity is not None:
            found.quantities[name] = limit.quantity
    return found


def settle_amounts(found: Sequence[tuple[Candidate, Qualified]]) -> None:
    """Take an amount of money from all but the likeliest of the claims of one pair that take it where it stands once.

    "Amazon had put $8 billion into the company" is no lease, however surely the company rents from Amazon.
    """
    takers: dict[tuple[frozenset[int], int, int], list[tuple[float, int]]] = defaultdict(list)
    for n, (c, qualified) in enumerate(found):
        if _MONEY in qualified.told:
            chance, *place = qualified.told[_MONEY]
            takers[frozenset((c.subject.entity, c.object.entity)), place[0], place[1]].append((chance, -n))
    for several in takers.values():
        for _, n in sorted(several)[:-1]:
            found[-n][1].drop(_MONEY)
