"""Deals: which contractual claims tell of one arrangement. A pure function of the set of claims of one group."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kg.core.dates import earliest
from kg.graph.resolved import ResolvedClaim
from kg.graph.values import NUMBERS, agree, told

SAME_NEWS_DAYS = 31
"""Sources that give different numbers for one site within this time tell of one deal, and dispute it."""

_ANCHOR = {
    "lease": ("subject",),
    "supply": ("subject", "object"),
    "investment": ("object",),
    "loan": ("object",),
    "guarantee": ("object",),
    "acquisition": ("object",),
    "power": ("object",),
    "partnership": ("subject", "object"),
}
"""The ends that all claims of one deal share: the tenant of a lease, the borrower of a loan."""

_SHARED_BY_MANY = ("loan", "investment", "guarantee")
"""Kinds in which several parties join in one sum: a syndicate, a round."""


@dataclass(slots=True)
class DealClaims:
    """The claims that tell of one deal."""

    kind: str
    claims: list[ResolvedClaim] = field(default_factory=list)
    unallocated: bool = False

    @property
    def id(self) -> str:
        """The deal's id, from its smallest claim id."""
        return "deal:" + min(c.id for c in self.claims).partition(":")[2]


def group_of(kind: str, subject: str, target: str | None) -> str:
    """Return the group within which claims are compared: the kind of deal and the ends that all its claims share."""
    ends = {"subject": subject, "object": target or ""}
    return "|".join([kind, *(ends[end] for end in _ANCHOR[kind])])


def allocate(kind: str, claims: Iterable[ResolvedClaim]) -> list[DealClaims]:
    """Divide the claims of one group into deals.

    A claim joins the deal of the same parties whose site, value, term and dates are compatible with its own, the one
    that it shares most with. One that gives none of these joins only if a single deal fits; those that fit several
    stand together as one unallocated deal of their parties, never added to the others. Two claims of one document
    with the same predicate and ends are two arrangements, since a document's claim is made once.
    The order of the claims does not matter.
    """
    ordered = sorted(claims, key=lambda c: (-_specifics(c), c.claim.predicate == "LEASES", c.id))
    deals: list[DealClaims] = []
    bare = []
    for claim in ordered:
        if not _specifics(claim):
            bare.append(claim)
            continue
        fitting = [(_likeness(kind, deal, claim), deal) for deal in deals]
        likeness, best = max(fitting, key=lambda pair: (pair[0], pair[1].id), default=(0, None))
        if best is None or likeness <= 0:
            deals.append(DealClaims(kind, [claim]))
        else:
            best.claims.append(claim)
    return [*deals, *_place_bare(kind, deals, bare)]


def _place_bare(kind: str, deals: list[DealClaims], bare: list[ResolvedClaim]) -> list[DealClaims]:
    """Join claims without site, value, term or date to the one deal that fits, or set them apart."""
    apart: dict[str | None, DealClaims] = {}
    joined: list[tuple[DealClaims, ResolvedClaim]] = []
    for claim in bare:
        fitting = [deal for deal in deals if _same_parties(kind, deal, claim) and not _told_twice(deal, claim)]
        if len(fitting) == 1:
            joined.append((fitting[0], claim))
            continue
        party = claim.subject if kind in _SHARED_BY_MANY or kind in ("acquisition", "power") else claim.object
        new = DealClaims(kind, unallocated=len(fitting) > 1)
        deal = apart.setdefault(party, new)
        deal.claims.append(claim)
        deal.unallocated = deal.unallocated or new.unallocated
    for deal, claim in joined:
        deal.claims.append(claim)
    return list(apart.values())


def _specifics(item: ResolvedClaim) -> int:
    """Count what tells this arrangement from others of the same parties."""
    names = [*NUMBERS, "date"]
    if item.claim.predicate in ("LEASES", "POWERS"):
        return 1 + sum(name in item.claim.qualifiers for name in names)
    return (item.facility is not None) + sum(name in item.claim.qualifiers for name in names)


def _site(item: ResolvedClaim) -> str | None:
    return item.object if item.claim.predicate in ("LEASES", "POWERS") else item.facility


def _likeness(kind: str, deal: DealClaims, claim: ResolvedClaim) -> int:
    """Return how much claim and deal have in common, or -1 if they cannot be one arrangement."""
    if _told_twice(deal, claim):
        return -1
    likeness = 0
    site = _site(claim)
    sites = {_site(c) for c in deal.claims} - {None}
    if site and sites:
        if site not in sites:
            return -1
        likeness += 2
    conflicts = 0
    for name in (*NUMBERS, "date"):
        mine, theirs = told([claim], name), told(deal.claims, name)
        if mine and theirs:
            if any(agree(mine[0], other) for other in theirs):
                likeness += 2 if name == "value_usd" else 1
            elif name == "date":
                return -1
            else:
                conflicts += 1
    if not _same_parties(kind, deal, claim) and not (_one_sum(deal, claim) and kind in _SHARED_BY_MANY):
        return -1
    if conflicts and not (likeness >= 2 and _same_news(deal, claim)):
        return -1
    return likeness + 1 if likeness else 0


def _same_parties(kind: str, deal: DealClaims, claim: ResolvedClaim) -> bool:
    """Say whether a party beyond the shared one is the same, or one side names none."""
    if kind == "lease":
        mine = claim.object if claim.claim.predicate == "LEASES_FROM" else None
        theirs = {c.object for c in deal.claims if c.claim.predicate == "LEASES_FROM"}
        return mine is None or not theirs or mine in theirs
    return any(c.subject == claim.subject and c.object == claim.object for c in deal.claims)


def _one_sum(deal: DealClaims, claim: ResolvedClaim) -> bool:
    """Say whether the claim's sentence in the deal's document gives the same sum to another party."""
    value = claim.claim.qualifiers.get("value_usd")
    return value is not None and any(
        c.claim.qualifiers.get("value_usd") == value
        and c.claim.document_id == claim.claim.document_id
        and (c.claim.evidence.start or 0) < (claim.claim.evidence.end or 0)
        and (claim.claim.evidence.start or 0) < (c.claim.evidence.end or 0)
        for c in deal.claims
    )


def _told_twice(deal: DealClaims, claim: ResolvedClaim) -> bool:
    return any(c.ends == claim.ends and c.claim.document_id == claim.claim.document_id for c in deal.claims)


def _same_news(deal: DealClaims, claim: ResolvedClaim) -> bool:
    """Say whether the deal was told within days of the claim."""
    if not claim.claim.published:
        return False
    day = date.fromisoformat(earliest(claim.claim.published))
    return any(
        abs((date.fromisoformat(earliest(c.claim.published)) - day).days) <= SAME_NEWS_DAYS
        for c in deal.claims
        if c.claim.published
    )
