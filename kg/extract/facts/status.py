"""What a text commits to in saying something: asserted, reported, planned, speculative or ended, and by which cues.

A linear model over readable cues (``kg.extract.facts.cues``) and what the encoder makes of each status decides; its
weights are learned by ``scripts/train``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.core.claim import STATUSES
from kg.extract.encoding.texts import check_beside
from kg.extract.facts.cues import clause, cues
from kg.extract.facts.signs import find, signs
from kg.extract.learned import SCALE, LazyWeights, Table, arrays_of
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import Parsed

CONTRACTS = frozenset(("LEASES_FROM", "LEASES", "SUPPLIES", "LENDS_TO"))
"""Predicates that a signed contract makes true, however late it is delivered."""

_ENDED_AS = {
    "denied": "denied", "wrong": "denied", "declined": "declined", "cancelled": "cancelled", "terminated": "terminated",
    "repaid": "repaid", "former": "former", "left": "former", "sold": "former", "then": "former", "not": "denied",
}  # fmt: skip
_PERSONAL = frozenset(("LEADS", "OWNS", "SUBSIDIARY_OF", "OPERATES"))
_LOANS = frozenset(("LENDS_TO", "GUARANTEES"))
_SHOWN = 3
"""Cues that are named for a status."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status with how an ended fact ended, the deal's stage, and the cues that weighed most."""

    status: str
    ended_as: str | None = None
    stage: str | None = None
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusModel:
    """What each cue weighs for each status, in the order of ``STATUSES``, and what the encoder's answers weigh."""

    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]
    trust: Sequence[Sequence[float]]
    """For each status the weight of the encoder's log-probability of each."""

    def scores(self, found: Iterable[str], heard: Sequence[float]) -> list[float]:
        """Return how strongly cues and encoder speak for each status, as log-odds but for a constant.

        Cues come in no order: sums are rounded, so that it decides no tie.
        """
        total = list(self.bias)
        for cue in found:
            for n, weight in enumerate(self.weights.get(cue, ())):
                total[n] += weight
        return [round(score + self._by_encoder(n, heard), 6) for n, score in enumerate(total)]

    def _by_encoder(self, n: int, heard: Sequence[float]) -> float:
        return sum(weight * answer for weight, answer in zip(self.trust[n], heard, strict=True))

    def leading(self, found: Iterable[str], status: str) -> tuple[str, ...]:
        """Return the cues that speak most for a status rather than for a plain assertion."""
        n = STATUSES.index(status)
        gains = {cue: row[n] - row[0] for cue in found if (row := self.weights.get(cue)) is not None}
        best = sorted((cue for cue, gain in gains.items() if gain > 0), key=lambda cue: (-gains[cue], cue))
        return tuple(best[:_SHOWN])


@cache
def trained() -> StatusModel:
    """Return the package's weights. Raises OntologyError if they were learned beside another encoder."""
    data = arrays_of("status")
    check_beside("status.npz", data.get("encoder"))
    bias, trust = ((data[name] / SCALE).tolist() for name in ("bias", "trust"))
    return StatusModel(bias, LazyWeights(Table.of(data, "cues.")), trust)


def status_of(
    candidate: Candidate, proposer: Proposer, heard: Sequence[float], model: StatusModel | None = None
) -> Status:
    """Return the status in which a candidate's segment states it; ``heard`` is what the encoder makes of each."""
    if candidate.predicate == "LOCATED_IN":
        return Status("asserted")
    model = model or trained()
    found = cues(candidate, proposer)
    scores = model.scores(found, heard)
    status = STATUSES[max(range(len(STATUSES)), key=lambda n: scores[n])]
    if status == "asserted":
        return Status(status, stage=_stage(candidate, proposer.reading.parsed[candidate.segment], status))
    parsed = proposer.reading.parsed[candidate.segment]
    ended_as = _ended_as(candidate, parsed) if status == "ended" else None
    return Status(status, ended_as, _stage(candidate, parsed, status), model.leading(found, status))


def _ended_as(candidate: Candidate, parsed: Parsed) -> str:
    """Return how a fact ended: by the sign of an ending that stands nearest, those of its clause first."""
    names, _ = signs()
    at = min(max(candidate.trigger.item, 0), len(parsed.items) - 1)
    low, high = clause(parsed.items, at)
    best: tuple[bool, bool, int, str] | None = None
    for name, places in zip(names, find(parsed.items), strict=True):
        how = _ENDED_AS.get(name)
        if how is None or (how == "repaid" and candidate.predicate not in _LOANS):
            continue
        for place in places:
            option = (not low <= place <= high, name in ("not", "then"), abs(place - at), how)
            best = option if best is None or option < best else best
    if best is None:
        return "former" if candidate.predicate in _PERSONAL else "denied"
    return best[3]


def _stage(candidate: Candidate, parsed: Parsed, status: str) -> str | None:
    """Return the rung that the text puts the deal or site on, if it says so."""
    if status == "ended":
        return "ended"
    if status in ("reported", "speculative"):
        return "rumoured"
    names, _ = signs()
    said = {name for name, places in zip(names, find(parsed.items), strict=True) if places}
    if status == "planned":
        return "letter of intent" if "letter" in said else None
    if candidate.predicate == "BUILDS":
        return "under construction" if "under_way" in said else None
    if candidate.predicate in CONTRACTS:
        return "signed"
    return "operating" if candidate.predicate == "OPERATES" else None
