"""Qualifiers: which amounts, dates, sites, chips and titles near a claim limit it. A learned forest decides."""

from collections.abc import Mapping
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


@dataclass(slots=True)
class Qualified:
    """Qualifiers of a claim, and the quantities that they come from."""

    values: dict[str, Value] = field(default_factory=dict)
    quantities: dict[str, Quantity] = field(default_factory=dict)


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


def limits_of(candidate: Candidate, proposer: Proposer, claims: Claims, heard: Heard) -> list[Limit]:
    """Return what may limit a claim, each with what grammar and encoder make of it."""
    limits = [*Limits(candidate, proposer, claims).find()]
    scores = heard.values([(asked_of(candidate, (one.segment, one.item)), one.name) for one in limits])
    ahead = leads([one.name for one in limits], [one.value for one in limits], scores)
    return [replace(one, row=(*one.row, score, lead)) for one, score, lead in zip(limits, scores, ahead, strict=True)]


def qualify(
    candidate: Candidate, proposer: Proposer, claims: Claims, heard: Heard, model: QualifierModel | None = None
) -> Qualified:
    """Return the qualifiers that the text ties to a candidate, beside the other claims of its document."""
    model = model or trained()
    best: dict[str, tuple[float, Limit]] = {}
    limits = limits_of(candidate, proposer, claims, heard)
    for limit, chance in zip(limits, model.forest.chances([limit.row for limit in limits]), strict=True):
        if chance >= model.cuts.get(limit.name, 0.5) and (limit.name not in best or chance > best[limit.name][0]):
            best[limit.name] = (chance, limit)
    found = Qualified()
    for name, (_, limit) in best.items():
        found.values[name] = limit.value
        if limit.quantity is not None:
            found.quantities[name] = limit.quantity
    return found
