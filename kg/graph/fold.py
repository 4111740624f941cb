"""Folding: from the claims that say one thing to the properties of the edge that an analyst queries. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.core.claim import STAGES, STATUSES
from kg.core.confidence import together
from kg.core.dates import earliest, latest
from kg.graph.elements import Property
from kg.graph.history import present
from kg.graph.resolved import ResolvedClaim
from kg.graph.sources import counted_as, sources
from kg.graph.values import NUMBERS, disputed, leading, told

REFUSED = ("denied", "declined")
"""Ways of ending that say the fact never was; the others say that it is over."""


@dataclass(frozen=True, slots=True)
class View:
    """Which claims count: all of them by default.

    ``as_of`` asks what was true on that day, ``known_by`` what this store knew then (ISO dates); ``statuses`` and
    ``kinds`` name the claim statuses and document kinds that count; ``min_sources`` is the number of independent
    sources below which there is no answer.
    """

    as_of: str | None = None
    known_by: str | None = None
    statuses: Collection[str] = ()
    kinds: Collection[str] = ()
    min_sources: int = 0

    @property
    def is_everything(self) -> bool:
        """Say whether nothing is filtered."""
        return self == View()

    def admits(self, item: ResolvedClaim) -> bool:
        """Say whether a claim counts."""
        claim = item.claim
        if self.kinds and item.kind not in self.kinds:
            return False
        if self.known_by and item.recorded[:10] > latest(self.known_by):
            return False
        if self.statuses and claim.status not in self.statuses and claim.status != "ended":
            return False
        if self.as_of:
            since = claim.valid_from or item.first
            return not (since and earliest(since) > latest(self.as_of)) and not (
                claim.valid_to and latest(claim.valid_to) < earliest(self.as_of)
            )
        return True


def fold(claims: Iterable[ResolvedClaim], view: View | None = None) -> dict[str, Property] | None:
    """Return the properties of the edge that these claims make, or None if they make none.

    All claims must have the same predicate and ends. Status is the strongest one said; an ending told later than
    all that says otherwise ends the edge (``current`` is False), one that cannot be ordered in time leaves it
    ``disputed``; what is said after an ending counts for the status, and what was said before it no more. What was only
    ever denied or declined makes no edge. ``sources`` counts independent origins (``kg.graph.sources``). Values
    are the leading ones (``kg.graph.values``), with the bound that their words put on them.
    """
    view = view or View()
    admitted = sorted((c for c in claims if view.admits(c)), key=lambda c: c.id)
    positive = [c for c in admitted if c.claim.status != "ended"]
    over = [c for c in admitted if c.claim.status == "ended" and c.claim.ended_as not in REFUSED]
    refused = [c for c in admitted if c.claim.status == "ended" and c.claim.ended_as in REFUSED]
    if not positive and not over:
        return None
    ended, unordered = _ending(positive, over)
    saying = positive or over
    counted = [*positive, *over] if ended else saying
    origins = sources(counted)
    if len(origins) < view.min_sources or (view.statuses and ended and "ended" not in view.statuses):
        return None
    if view.statuses and not ended and not positive:
        return None
    stages = [c.claim.stage for c in counted if c.claim.stage]
    properties: dict[str, Property] = {
        "status": "ended" if ended else min((c.claim.status for c in _since(positive, over)), key=STATUSES.index),
        "current": not ended,
        "stage": "ended" if ended else max(stages, key=STAGES.index, default=None),
        "confidence": combined_confidence(counted),
        "sources": len(origins),
        "claims": [c.id for c in admitted],
        "kinds": sorted({c.kind for c in counted}),
        **reported(counted),
    }
    conflict = bool(refused) or unordered
    return {**properties, **folded_values(saying), "disputed": conflict or _values_disputed(saying)}


def reported(claims: Iterable[ResolvedClaim]) -> dict[str, Property]:
    """Return when sources first and last said so."""
    news = [c for c in claims if c.is_news]
    first = min((c.first for c in news if c.first), default=None)
    last = max((c.claim.published for c in news if c.claim.published), default=None)
    return {"first_reported": first, "last_reported": last}


def _ending(positive: list[ResolvedClaim], over: list[ResolvedClaim]) -> tuple[bool, bool]:
    """Say whether the fact is over, and whether sources conflict on that without an order in time."""
    if not over:
        return False, False
    if not positive:
        return True, False
    holds, end = [c.claim.published for c in positive], _last_end(over)
    if end is None or None in holds:
        return False, True
    last_hold = max(str(date) for date in holds)
    if earliest(end) > latest(last_hold):
        return True, False
    return False, not earliest(last_hold) > latest(end)


def _last_end(over: list[ResolvedClaim]) -> str | None:
    """Return when the fact ended, by the latest that says so; None if one of them gives no date."""
    ends = [c.claim.valid_to or c.claim.published for c in over]
    return None if None in ends else max((str(date) for date in ends), default=None)


def _since(positive: list[ResolvedClaim], over: list[ResolvedClaim]) -> list[ResolvedClaim]:
    """Return what has been said since the fact ended, if anything has, else all of it."""
    end = _last_end(over)
    later = [c for c in positive if end and c.claim.published and earliest(c.claim.published) > latest(end)]
    return later or positive


def combined_confidence(claims: Iterable[ResolvedClaim]) -> float:
    """Return the chance that at least one independent origin was read right: noisy-or over each origin's best."""
    told = list(claims)
    origins = counted_as(told)
    return together((origins[item.id], item.claim.confidence) for item in told)


def folded_values(claims: list[ResolvedClaim]) -> dict[str, Property]:
    """Return the leading value of each qualifier, and the bound of each number that has one."""
    properties: dict[str, Property] = {}
    now = present(claims)
    for name in (*NUMBERS, "date", "title"):
        lead = leading(told(now, name))
        if lead is not None:
            properties[name] = float(lead.value) if name in NUMBERS else lead.value
            if lead.quantity and lead.quantity.bound:
                properties[f"{name.split('_')[0]}_bound"] = lead.quantity.bound
    return properties


def _values_disputed(claims: list[ResolvedClaim]) -> bool:
    now = present(claims)
    return any(disputed(told(now, name)) for name in (*NUMBERS, "date"))
