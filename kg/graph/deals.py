"""Deals: which contractual claims tell of one arrangement. A pure function of the set of claims of one group.

Claims are joined in three steps, each of which depends on nothing but the set of claims:

1. What has something in common: the same site, value, term, date or other number, and contradicts nothing.
2. What has nothing in common and contradicts nothing either, if each side fits no other: one paper tells the value,
   another the site.
3. What gives none of these joins if exactly one deal of its parties fits. If several do, it stands apart as
   ``unallocated``, since nobody can tell which one it is about, and is never added to the others.
"""

from collections import defaultdict
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

_SITE_IS_OBJECT = ("LEASES", "POWERS")
"""Predicates whose object is the site; of a lease they leave the landlord unsaid."""


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

    @property
    def sites(self) -> set[str]:
        """The sites that it is told of."""
        return {site for c in self.claims if (site := _site(c))}

    @property
    def others(self) -> set[str]:
        """The parties beside the one that all share; of a lease without a landlord, none."""
        return {party for c in self.claims if (party := _other(self.kind, c))}

    @property
    def is_bare(self) -> bool:
        """Say whether nothing tells this arrangement from others of the same parties."""
        return not self.sites and not any(name in c.claim.qualifiers for c in self.claims for name in _TELLING)


_TELLING = (*NUMBERS, "date")


def group_of(kind: str, subject: str, target: str | None) -> str:
    """Return the group within which claims are compared: the kind of deal and the ends that all its claims share."""
    ends = {"subject": subject, "object": target or ""}
    return "|".join([kind, *(ends[end] for end in _ANCHOR[kind])])


def allocate(kind: str, claims: Iterable[ResolvedClaim]) -> list[DealClaims]:
    """Divide the claims of one group into deals; the order of the claims does not matter.

    Two claims of one document with the same predicate and ends are two arrangements, since a document's claim is made
    once; so are two rows of one table. One row is one arrangement, whatever its editions say of it.
    """
    units = sorted(_units(kind, claims), key=_order)
    deals: list[DealClaims] = []
    for unit in units:
        if not unit.is_bare:
            _join_best(deals, unit)
    deals = _join_compatible(deals)
    return [*deals, *_place_bare(deals, [unit for unit in units if unit.is_bare])]


def _order(unit: DealClaims) -> tuple[object, ...]:
    """Put what tells most first, so that it is there for the others to join; of a lease, what names the landlord."""
    known = len(unit.sites) + len({name for c in unit.claims for name in c.claim.qualifiers if name in _TELLING})
    return (-known, not unit.others, unit.id)


def _units(kind: str, claims: Iterable[ResolvedClaim]) -> list[DealClaims]:
    """Return each claim as a deal of its own, but together what one row of a table, or one sentence on a sum, tells."""
    rows: dict[tuple[str, ...], list[ResolvedClaim]] = defaultdict(list)
    sentences: dict[tuple[str, object], list[ResolvedClaim]] = defaultdict(list)
    single = []
    for claim in sorted(claims, key=lambda c: c.id):
        value = claim.claim.qualifiers.get("value_usd")
        if claim.claim.row:
            together = kind == "lease" or kind in _SHARED_BY_MANY
            rows[(claim.claim.row,) if together else (claim.claim.row, claim.subject, claim.object or "")].append(claim)
        elif kind in _SHARED_BY_MANY and value is not None and claim.claim.evidence.start is not None:
            sentences[claim.claim.document_id, value].append(claim)
        else:
            single.append([claim])
    sums = [sentence for told in sentences.values() for sentence in _by_sentence(told)]
    return [DealClaims(kind, members) for members in (*rows.values(), *sums, *single)]


def _by_sentence(claims: list[ResolvedClaim]) -> list[list[ResolvedClaim]]:
    """Divide claims of one document with one sum by sentences: in one, it is the sum of a syndicate or a round."""
    found: list[list[ResolvedClaim]] = []
    end = -1
    for claim in sorted(claims, key=lambda c: (c.claim.evidence.start or 0, c.claim.evidence.end or 0, c.id)):
        if (claim.claim.evidence.start or 0) >= end:
            found.append([])
        found[-1].append(claim)
        end = max(end, claim.claim.evidence.end or 0)
    return found


def _site(item: ResolvedClaim) -> str | None:
    return item.object if item.claim.predicate in _SITE_IS_OBJECT else item.facility


def _other(kind: str, item: ResolvedClaim) -> str | None:
    """Return the party beside the one that all claims of the deal share."""
    if kind == "lease":
        return None if item.claim.predicate in _SITE_IS_OBJECT else item.object
    return item.subject


# --- step 1: something in common


def _join_best(deals: list[DealClaims], unit: DealClaims) -> None:
    fitting = [(likeness, deal) for deal in deals if (likeness := _likeness(deal, unit)) > 0]
    if fitting:
        _, best = max(fitting, key=lambda pair: (pair[0], pair[1].id))
        best.claims += unit.claims
    else:
        deals.append(unit)


def _likeness(deal: DealClaims, unit: DealClaims) -> int:
    """Return how much two have in common: 0 for nothing, -1 if they cannot be one arrangement.

    A number that differs is a dispute, not another deal, where the site or value is the same and the news too.
    """
    if _told_twice(deal, unit):
        return -1
    same_site = bool(deal.sites & unit.sites)
    if deal.sites and unit.sites and not same_site:
        return -1
    likeness = 2 * same_site
    telling, conflict = same_site, False
    for name in _TELLING:
        mine, theirs = told(unit.claims, name), told(deal.claims, name)
        if not mine or not theirs:
            continue
        if any(agree(one, other) for one in mine for other in theirs):
            telling = telling or name == "value_usd"
            likeness += 2 if name == "value_usd" else 1
        elif name == "date":
            return -1
        else:
            conflict = True
    if not (_share_party(deal, unit) or (telling and _lacks_party(deal, unit))):
        return -1
    return -1 if conflict and not (telling and _same_news(deal, unit)) else likeness


def _share_party(deal: DealClaims, unit: DealClaims) -> bool:
    """Say whether a party beside the shared one is the same; two leases that name no landlord may have the same."""
    return bool(deal.others & unit.others) or not (deal.others or unit.others)


def _lacks_party(deal: DealClaims, unit: DealClaims) -> bool:
    """Say whether one side names no landlord: only the site or the value can tell that it is the other's."""
    return not deal.others or not unit.others


def _told_twice(deal: DealClaims, unit: DealClaims) -> bool:
    """Say whether one document tells of both, as two: apart in its text, or in two rows.

    An end is told beside what has ended, and may be of the same arrangement.
    """
    return any(
        one.ends == other.ends
        and (one.claim.status == "ended") == (other.claim.status == "ended")
        and _same_teller(one, other)
        for one in deal.claims
        for other in unit.claims
    )


def _same_teller(one: ResolvedClaim, other: ResolvedClaim) -> bool:
    if one.claim.key and other.claim.key:
        return one.claim.source == other.claim.source and one.claim.row != other.claim.row
    return one.claim.document_id == other.claim.document_id


def _same_news(deal: DealClaims, unit: DealClaims) -> bool:
    """Say whether both were told within days of each other."""
    mine, theirs = ([_day(c.claim.published) for c in side.claims if c.claim.published] for side in (unit, deal))
    return any(abs((one - other).days) <= SAME_NEWS_DAYS for one in mine for other in theirs)


def _day(published: str) -> date:
    return date.fromisoformat(earliest(published))


# --- step 2: nothing in common, nothing against it


def _join_compatible(deals: list[DealClaims]) -> list[DealClaims]:
    """Join the deals that fit each other and nothing else."""
    fits = [
        [j for j, other in enumerate(deals) if i != j and _are_compatible(deal, other)] for i, deal in enumerate(deals)
    ]
    joined: list[DealClaims] = []
    for i, deal in enumerate(deals):
        partner = fits[i][0] if len(fits[i]) == 1 and fits[fits[i][0]] == [i] else None
        if partner is None:
            joined.append(deal)
        elif i < partner:
            joined.append(DealClaims(deal.kind, deal.claims + deals[partner].claims))
    return joined


def _are_compatible(deal: DealClaims, other: DealClaims) -> bool:
    return bool(deal.others & other.others) and _likeness(deal, other) >= 0


# --- step 3: nothing but the parties


def _place_bare(deals: list[DealClaims], bare: list[DealClaims]) -> list[DealClaims]:
    """Join claims that give nothing but the parties to the one deal that fits; return the deals of the others."""
    apart: dict[tuple[str, ...], DealClaims] = {}
    joined: list[tuple[DealClaims, DealClaims]] = []
    for unit in bare:
        fitting = [deal for deal in deals if deal.others & unit.others and not _told_twice(deal, unit)]
        if len(fitting) == 1:
            joined.append((fitting[0], unit))
        else:
            deal = apart.setdefault(tuple(sorted(unit.others)), DealClaims(unit.kind))
            deal.claims += unit.claims
            deal.unallocated = deal.unallocated or len(fitting) > 1
    for deal, unit in joined:
        deal.claims += unit.claims
    return list(apart.values())
